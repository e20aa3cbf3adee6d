"""Photos and tweets that a save would take out of a text.

An editor that starts without a node for them drops every photo at the first keystroke, in silence. So a save that
loses embeds must say which ones it means to lose: the page's script lists what a person deleted, and what is missing
without being listed is asked back.
"""

from collections import Counter

from articles import body
from media.models import Photo, Tweet


def embeds(html: str) -> Counter[str]:
    """The embeds of a body, such as {"photo:12": 1, "tweet:5": 2}. Raises body.BodyError."""
    blocks = body.parse(html)
    return Counter(
        [f"photo:{ref.photo}" for ref in body.photo_refs(blocks)]
        + [f"tweet:{ref.tweet}" for ref in body.tweet_refs(blocks)]
    )


def lost(before: str, after: str, admitted: str) -> list[str]:
    """What stood in `before`, is missing in `after` and is not among the `admitted` words ("photo:12 tweet:5").

    A body that the grammar refuses is compared by what can be read of it: nothing.
    """
    try:
        stood = embeds(before)
    except body.BodyError:
        return []
    return sorted((stood - embeds(after) - Counter(admitted.split())).elements())


def described(words: list[str]) -> str:
    """The embeds in words an editor understands, for the question."""
    return "; ".join(map(described_one, words))


def described_one(word: str) -> str:
    kind, pk = word.split(":")
    row = (Photo if kind == "photo" else Tweet).objects.filter(pk=pk).first()
    return f"the {kind} “{row}”" if row else f"{kind} {pk}"
