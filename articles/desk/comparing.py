"""The writing page's fields in two versions side by side: what the database holds, and what somebody sends."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django import forms

from articles import body
from articles.desk.names_field import NamesField
from articles.words.changes import GONE, NEW, SAME, Piece, names_changed, spans, words_changed
from media.models import Photo, Tweet

# Fields of the page's own bookkeeping: no text of the story.
UNSAID = {"version", "page", "writer", "removed_embeds", "confirm_removal"}
# Two blocks are versions of one when at least so much of their words is common.
ALIKE = 0.4
# … and they stand so near: every pair of two long texts would be too many.
NEARBY = 12

KINDS = {
    body.Paragraph: "",
    body.Heading: "Heading",
    body.List: "List",
    body.Quote: "Quote",
    body.PullQuote: "Pull quote",
    body.PhotoRef: "Photo",
    body.TweetRef: "Tweet",
    body.Rule: "Rule",
}


@dataclass(frozen=True)
class BlockChange:
    """A block, or how many are the same. `what`: same, gone, new or changed (then `pieces` tell its words)."""

    what: str
    kind: str = ""
    pieces: list[Piece] = field(default_factory=list)
    count: int = 0
    note: str = ""


@dataclass(frozen=True)
class FieldChange:
    """A field of which two versions differ; the body in blocks, names one by one, the rest in words."""

    name: str
    label: str
    pieces: list[Piece] = field(default_factory=list)
    blocks: list[BlockChange] = field(default_factory=list)
    names: bool = False


def as_sent(form: forms.BaseForm, name: str) -> str:
    """What a field of an unbound form holds, as a browser would send it back."""
    said = form.fields[name].prepare_value(form.get_initial_for_field(form.fields[name], name))
    if isinstance(said, list):
        return "\n".join(said)
    if isinstance(said, bool):
        return "on" if said else ""
    return "" if said is None else str(said)


def story_fields(form: forms.BaseForm) -> list[str]:
    return [name for name in form.fields if name not in UNSAID]


def compared(form: forms.BaseForm, sent: Mapping[str, str]) -> list[FieldChange]:
    """The fields in which an unbound form of the saved story and what is sent for it differ, in the page's order."""
    pairs = [(name, as_sent(form, name), sent.get(name, "")) for name in story_fields(form)]
    return [
        field_change(form.fields[name], name, theirs, mine)
        for name, theirs, mine in pairs
        if meant(name, theirs) != meant(name, mine)
    ]


def meant(name: str, words: str) -> str:
    """What a field says, however it is spelt: an editor writes the same body in other markup than the database."""
    if name == "body":
        try:
            return body.clean(words)
        except body.BodyError:
            return words
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.splitlines())))


def field_change(asked: forms.Field, name: str, theirs: str, mine: str) -> FieldChange:
    label = str(asked.label or name.replace("_", " ").capitalize())
    if name == "body":
        return FieldChange(name, label, blocks=body_changed(theirs, mine))
    if isinstance(asked, NamesField):
        lists = (meant(name, words).splitlines() for words in (theirs, mine))
        return FieldChange(name, label, pieces=names_changed(*lists), names=True)
    if isinstance(asked, forms.ChoiceField | forms.BooleanField):
        before, after = (chosen(asked, words) for words in (theirs, mine))
        return FieldChange(name, label, pieces=[Piece(GONE, before), Piece(NEW, after)], names=True)
    return FieldChange(name, label, pieces=words_changed(theirs, mine))


def chosen(asked: forms.Field, words: str) -> str:
    """What was chosen, by the words that people chose it by."""
    if isinstance(asked, forms.BooleanField):
        return "Yes" if words else "No"
    if isinstance(asked, forms.ModelChoiceField):
        row = asked.queryset.filter(pk=words).first() if words.isascii() and words.isdigit() else None
        return str(row or words or "None")
    return str(dict(asked.choices).get(words, words))


def body_changed(theirs: str, mine: str) -> list[BlockChange]:
    """Block by block; a body that the grammar refuses is compared by all its words."""
    try:
        before, after = body.parse(theirs), body.parse(mine)
    except body.BodyError:
        return [BlockChange("changed", pieces=words_changed(theirs, mine))]
    blocks = {body.render((block,)): block for block in (*before, *after)}
    told = Telling([*before, *after])
    found: list[BlockChange] = []
    gone: list[body.Block] = []
    for what, keys in spans([body.render((b,)) for b in before], [body.render((b,)) for b in after]):
        here = [blocks[key] for key in keys]
        if what == GONE:
            gone = here
            continue
        found += told.paired(gone, here if what == NEW else [])
        gone = []
        if what == SAME:
            found.append(BlockChange(SAME, count=len(here)))
    return found + list(told.paired(gone, []))


class Telling:
    """Blocks in words; photos and tweets are asked for once."""

    def __init__(self, blocks: list[body.Block]):
        self.photos = Photo.objects.in_bulk({ref.photo for ref in body.photo_refs(blocks)})
        self.tweets = Tweet.objects.in_bulk({ref.tweet for ref in body.tweet_refs(blocks)})

    def words(self, block: body.Block) -> str:
        match block:
            case body.PhotoRef():
                crop = f"cut: {block.crop}" if block.crop else ""
                said = [str(self.photos.get(block.photo, block.photo)), block.caption, block.alt or "", crop]
                return " · ".join(filter(None, said))
            case body.TweetRef():
                return str(self.tweets.get(block.tweet, block.tweet))
        return body.text((block,))

    def paired(self, gone: list[body.Block], new: list[body.Block]) -> Iterator[BlockChange]:
        """Blocks that went and came in one place: those alike as one that changed, the others alone."""
        rest = list(new)
        for block in gone:
            twin = next((n for n, other in enumerate(rest[:NEARBY]) if self.alike(block, other)), None)
            if twin is None:
                yield self.alone(GONE, block)
                continue
            yield from (self.alone(NEW, other) for other in rest[:twin])
            yield self.changed(block, rest[twin])
            del rest[: twin + 1]
        yield from (self.alone(NEW, other) for other in rest)

    def alike(self, one: body.Block, other: body.Block) -> bool:
        if isinstance(one, body.PhotoRef) and isinstance(other, body.PhotoRef):
            return one.photo == other.photo
        if isinstance(one, body.PhotoRef | body.TweetRef) or isinstance(other, body.PhotoRef | body.TweetRef):
            return False
        mine, theirs = Counter(self.words(one).split()), Counter(self.words(other).split())
        return (mine & theirs).total() >= ALIKE * max(mine.total(), theirs.total(), 1)

    def alone(self, what: str, block: body.Block) -> BlockChange:
        return BlockChange(what, KINDS[type(block)], [Piece(what, self.words(block))])

    def changed(self, before: body.Block, after: body.Block) -> BlockChange:
        pieces = words_changed(self.words(before), self.words(after))
        kinds = [KINDS[type(block)] or "Paragraph" for block in (before, after)]
        note = f"{kinds[0]} became {kinds[1].lower()}" if kinds[0] != kinds[1] else ""
        if not note and all(piece.what == SAME for piece in pieces):
            note = "The same words; links, emphasis or their order in a list differ"
        return BlockChange("changed", KINDS[type(after)], pieces, note=note)
