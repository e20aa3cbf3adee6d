"""One box for several names in order: tags, bylines. A line is a name, so a name may hold blanks and commas.

taggit's own text field made two tags of `White House`. In the page the lines become a list that can be put in order;
without JavaScript the box is a plain textarea, one name a line.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from django import forms
from django.db import IntegrityError, transaction

from articles.models import Address, Article, Author, Byline, Tag
from articles.models.names import SLUG_LENGTH, refuse_unseen, slug_from

Row = TypeVar("Row", Tag, Author)
LABELLED = re.compile(r"(?P<name>.+) \((?P<slug>[a-z0-9-]+)\)")
# As long as the model lets a name be; an author's may carry the address part in brackets.
LONGEST = {
    "tags": Tag._meta.get_field("name").max_length,
    "authors": Author._meta.get_field("name").max_length + SLUG_LENGTH + len(" ()"),
}


class NamesWidget(forms.Textarea):
    def __init__(self, kind: str, **kwargs):
        super().__init__(**kwargs)
        self.attrs |= {"rows": 3, "placeholder": "One a line", "data-desk-names": kind}

    def format_value(self, value) -> str:
        return value if isinstance(value, str) else "\n".join(value or [])


class NamesField(forms.CharField):
    """Cleans to a list of distinct names in the order typed."""

    def __init__(self, kind: str, **kwargs):
        super().__init__(required=False, widget=NamesWidget(kind), **kwargs)
        self.longest = LONGEST[kind]

    def clean(self, value) -> list[str]:
        typed = unicodedata.normalize("NFC", super().clean(value))
        first: dict[str, str] = {}
        for line in filter(None, (" ".join(line.split()) for line in typed.splitlines())):
            first.setdefault(folded(line), line)
        names = list(first.values())
        if too_long := next((name for name in names if len(name) > self.longest), None):
            raise forms.ValidationError(f"“{too_long[:40]}…” is longer than {self.longest} characters.")
        for name in names:
            refuse_unseen(name)
        return names

    def has_changed(self, initial, data) -> bool:
        return NamesWidget("").format_value(initial).split("\n") != (data or "").replace("\r", "").split("\n")


def folded(name: str) -> str:
    """A name without its case: two names that fold to one are one. Not the database's LOWER, which knows only a to z
    on SQLite: there the second use of the tag Élysée was a crash."""
    return unicodedata.normalize("NFC", name).casefold()


def rows_called(model: type[Row], names: Iterable[str]) -> dict[str, list[Row]]:
    """The rows of each name, by the name as it is asked for: those written just so, else those of another case."""
    called: dict[str, list[Row]] = {name: [] for name in names}
    for row in model.objects.filter(name__in=called).order_by("pk"):
        called[row.name].append(row)
    missing = {folded(name): name for name, rows in called.items() if not rows}
    if missing:
        # All names are read only for one that is new or written in another case: a few thousand, in milliseconds.
        alike = {pk: folded(name) for pk, name in model.objects.values_list("pk", "name") if folded(name) in missing}
        for row in model.objects.filter(pk__in=alike).order_by("pk"):
            called[missing[alike[row.pk]]].append(row)
    return called


def tags_named(names: list[str]) -> dict[str, Tag]:
    """The tags that exist among the names, by the name as it was typed."""
    return {name: rows[0] for name, rows in rows_called(Tag, names).items() if rows}


def new_tag(name: str) -> Tag:
    """A tag with an address that nothing has, or once had; the tag of this name when somebody else was quicker."""
    slug = stem = slug_from(name, "tag")
    number = 1
    while True:
        taken = Tag.objects.filter(slug=slug).exists() or Address.objects.filter(path=f"/tag/{slug}/").exists()
        if not taken:
            try:
                with transaction.atomic():
                    return Tag.objects.create(name=name, slug=slug)
            except IntegrityError:
                if made := tags_named([name]).get(name):
                    return made
                if not Tag.objects.filter(slug=slug).exists():
                    raise
        number += 1
        slug = f"{stem}-{number}"


def tags_in_order(names: list[str]) -> list[Tag]:
    """The tags of these names, those that do not exist yet made."""
    known = tags_named(names)
    return [known.get(name) or new_tag(name) for name in names]


def author_named(name: str) -> Author:
    """The one author of this name, `Sam Twin (sam-twin-2)` or address part. Raises ValidationError: none, or two."""
    found = rows_called(Author, [name])[name]
    if not found:
        labelled = LABELLED.fullmatch(name)
        wanted = {"name": labelled["name"], "slug": labelled["slug"]} if labelled else {"slug": name}
        found = list(Author.objects.filter(**wanted))
    if not found:
        raise forms.ValidationError(f"There is no author called “{name}”.")
    if len(found) > 1:
        which = " or ".join(f"“{label(author)}”" for author in found)
        raise forms.ValidationError(f"{len(found)} authors are called “{name}”: write {which}.")
    return found[0]


def label(author: Author) -> str:
    """The name with what tells two authors of one name apart: the last part of the address."""
    return f"{author.name} ({author.slug})"


def known_as(authors: Iterable[Author]) -> list[str]:
    """How each author is written in the box: by name, and by name and address part where the name is not enough."""
    authors = list(authors)
    named = Counter(Author.objects.filter(name__in=[author.name for author in authors]).values_list("name", flat=True))
    return [label(author) if named[author.name] > 1 else author.name for author in authors]


def sign(article: Article, authors: list[Author]) -> None:
    """Give an article these bylines in this order."""
    with transaction.atomic():
        article.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(article=article, author=author, position=n) for n, author in enumerate(dict.fromkeys(authors))
        )
