"""Writes an imported story into the newsroom. One file, one transaction: it is in whole or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import unified_diff

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles import body
from articles.body.inline import inline, one_line, without_controls
from articles.exchange import embeds, files, text
from articles.models import Address, Article, Author, Byline, Column, Manuscript
from articles.models.names import SLUG_LENGTH, slug_from
from articles.publishing import PublishingError, publish
from media.crediting import credit_from_line
from media.models import Photo

# The slug of a headline that has no Latin letter: it names no story.
NAMELESS = "story"


class ImportRefused(ValueError):
    """Why a file was not imported, as a sentence; for a changed file the differences follow."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for beside the file. `column` "" means as the file says; `published` None: not printed yet."""

    column: str = ""
    bylines: tuple[str, ...] = ()
    published: datetime | None = None
    publish: bool = False


@dataclass(slots=True)
class Imported:
    """What became of a file. `unchanged`: the newsroom has it already, nothing was written."""

    article: Article
    unchanged: bool = False
    path: str = ""
    notes: list[str] = field(default_factory=list)


def import_text(data: bytes, file_name: str, order: Order) -> Imported:
    """Make an article of a plain text, and edition 1 of it when the order says publish.

    Raises ImportRefused, and then nothing was written.
    """
    try:
        with transaction.atomic():
            copy = files.text_of(data)
            digest = hashlib.sha256(data).hexdigest()
            known = Manuscript.objects.select_related("article").filter(sha256=digest).first()
            return unchanged(known) if known else import_story(copy, digest, file_name, order)
    except (files.BadFile, text.BadText, body.BodyError, PublishingError) as error:
        raise ImportRefused(str(error)) from error
    except ValidationError as error:
        raise ImportRefused(sentences(error)) from error
    except IntegrityError as error:
        raise ImportRefused("Somebody else imported or wrote the same at this moment. Try again.") from error


def sentences(error: ValidationError) -> str:
    """What the rows' own rules said, each with the field it is about."""
    told = error.message_dict.items() if hasattr(error, "error_dict") else [("__all__", error.messages)]
    return " ".join(
        message if name == "__all__" else f"{name.replace('_', ' ').capitalize()}: {message}"
        for name, messages in told
        for message in messages
    )


def unchanged(manuscript: Manuscript) -> Imported:
    return Imported(manuscript.article, unchanged=True, path=address_of(manuscript.article))


def import_story(copy: str, digest: str, file_name: str, order: Order) -> Imported:
    story = text.read(copy, column=order.column, known=list(Column.objects.values_list("name", flat=True)))
    notes = [f"the file's own column line, “{story.set_aside}”, is set aside"] if story.set_aside else []
    column = column_named(story.column, notes)
    headline = without_controls(story.headline)
    twin = same_story(column, headline, order.published or timezone.now())
    if twin and twin.manuscript.text.split() == copy.split():
        return unchanged(twin.manuscript)  # saved again with other line ends or blanks
    if twin:
        raise ImportRefused(difference(twin.manuscript, copy, file_name))
    blocks = tuple(body.Paragraph(html) for words in story.paragraphs if (html := inline([(one_line(words), ())])))
    article = Article(
        headline=headline,
        column=column,
        language=story.language,
        body=body.render(blocks),
        first_published_at=order.published,
        slug=slug_from(headline, NAMELESS),
    )
    if story.credit:
        article.lead_photo = photo_in_words(story, notes)
        article.lead_caption = story.caption
    article.full_clean()
    article.save()
    sign(article, order.bylines, notes)
    Manuscript.objects.create(article=article, file_name=file_name[-255:], sha256=digest, text=copy)
    notes += doubts(story, blocks)
    if order.publish:
        publish(article, first_published_at=order.published)
    return Imported(article, path=address_of(article), notes=notes)


def column_named(name: str, notes: list[str]) -> Column:
    """The column of this name, or one with the same address ("The Slatest."), or a new one."""
    slug = slug_from(name, "column")
    found = Column.objects.filter(name__iexact=name).first() or Column.objects.filter(slug=slug).first()
    if found and (found.name.casefold() == name.casefold() or slug != "column"):
        return found
    column = Column(name=name, slug=free_slug(Column, slug))
    try:
        column.full_clean()
    except ValidationError as error:
        raise ImportRefused(f"The first line was read as the column, “{name}”: {sentences(error)}") from error
    column.save()
    notes.append(f"column “{name}” is new")
    return column


def free_slug(model: type[Column] | type[Author], slug: str) -> str:
    """The slug, or with -2, -3 and so on the first that is not and never was another one's address."""
    number = 1
    while True:
        tail = "" if number == 1 else f"-{number}"
        tried = f"{slug[: SLUG_LENGTH - len(tail)].rstrip('-')}{tail}"
        row = model(slug=tried)
        if not Address.objects.filter(path=row.path).exists():
            return tried
        number += 1


def same_story(column: Column, headline: str, printed: datetime) -> Article | None:
    """The story that came from a file for this column, date and slug. Nameless ones must share the headline too."""
    slug = slug_from(headline, NAMELESS)
    day = timezone.localtime(printed).date()
    undated = models.Q(first_published_at__isnull=True, manuscript__imported_at__date=day)
    twins = Article.objects.select_related("manuscript").filter(
        models.Q(first_published_at__date=day) | undated, manuscript__isnull=False, column=column, slug=slug
    )
    return (twins.filter(headline=headline) if slug == NAMELESS else twins).first()


def difference(manuscript: Manuscript, copy: str, file_name: str) -> str:
    lines = unified_diff(
        manuscript.text.splitlines(),
        copy.splitlines(),
        fromfile=f"{manuscript.file_name} (imported {timezone.localtime(manuscript.imported_at):%Y-%m-%d %H:%M})",
        tofile=file_name,
        lineterm="",
        n=1,
    )
    told = "This column has a story of the same date and slug, and its text is another. Correct it at the desk."
    return "\n".join([told, *lines])


def photo_in_words(story: text.Typescript, notes: list[str]) -> Photo:
    """A photo without a file: its caption and credit stand for it until the picture desk finds the picture."""
    photo = Photo.objects.create(title=story.headline[:200], caption=story.caption)
    credit = credit_from_line(photo, story.credit)
    agencies = credit.agency_names()
    names = [f"photographer {credit.photographer}"] if credit.photographer else []
    names += [f"agencies {', '.join(agencies)}"] if agencies else []
    notes.append(f"photo credit: {credit.credit_line} ({'; '.join(names) or 'nobody recognised'})")
    return photo


def sign(article: Article, names: Sequence[str], notes: list[str]) -> None:
    """Give the article its bylines in order; authors the newsroom does not know are made."""
    authors: dict[int, Author] = {}
    for name in filter(None, (" ".join(name.split()) for name in names)):
        author = Author.objects.filter(name__iexact=name).order_by("pk").first()
        if author is None:
            author = Author(name=name, slug=free_slug(Author, slug_from(name, "author")))
            author.full_clean()
            author.save()
            notes.append(f"author “{name}” is new")
        authors[author.pk] = author
    Byline.objects.bulk_create(
        Byline(article=article, author=author, position=n) for n, author in enumerate(authors.values())
    )


def doubts(story: text.Typescript, blocks: Sequence[body.Block]) -> list[str]:
    """What looks lost, or needs a hand at the desk."""
    found = [f"embeds may be missing after paragraph {number}" for number in embeds.announced_in_vain(blocks)]
    found += [f"paragraph {number} is the address of a post: embed it" for number in embeds.addresses_of_posts(blocks)]
    found += [f"paragraph {number} looks like the credit of another photo" for number in story.later_credits()]
    found += ["the photo has no file: its credit stands for it"] if story.credit else []
    found += [] if blocks else ["there is no text under the headline"]
    words = " ".join((story.headline, story.caption, *story.paragraphs))
    found += ["letters were lost before the file came here (�)"] if "\ufffd" in words else []
    found += ["“â€” in the text: a conversion went wrong before the file came here"] if "â€" in words else []
    return found


def address_of(article: Article) -> str:
    """The current address of a published story, "" before."""
    current = Address.objects.filter(article=article, is_current=True).first()
    return current.path if current else ""
