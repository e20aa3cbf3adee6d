"""One box for several names in order: tags, bylines. A line is a name, so a name may hold blanks and commas.

taggit's own text field made two tags of `White House`. In the page the lines become a list that can be put in order;
without JavaScript the box is a plain textarea, one name a line.
"""

from django import forms
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from articles.models import Address, Article, Author, Byline, Tag
from articles.models.names import slug_from

LONGEST_NAME = 100


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

    def clean(self, value) -> list[str]:
        lines = filter(None, (" ".join(line.split()) for line in super().clean(value).splitlines()))
        first: dict[str, str] = {}
        for line in lines:
            first.setdefault(line.casefold(), line)
        names = list(first.values())
        if too_long := next((name for name in names if len(name) > LONGEST_NAME), None):
            raise forms.ValidationError(f"“{too_long[:40]}…” is longer than {LONGEST_NAME} characters.")
        return names

    def has_changed(self, initial, data) -> bool:
        return NamesWidget("").format_value(initial).split("\n") != (data or "").replace("\r", "").split("\n")


def tags_named(names: list[str]) -> dict[str, Tag]:
    """The tags that exist among the names, by the name in lower case."""
    found = Tag.objects.annotate(low=Lower("name")).filter(low__in=[name.lower() for name in names])
    return {tag.name.lower(): tag for tag in found}


def new_tag(name: str) -> Tag:
    """A tag with an address that nothing has, or once had."""
    slug = stem = slug_from(name, "tag")
    number = 1
    while Tag.objects.filter(slug=slug).exists() or Address.objects.filter(path=f"/tag/{slug}/").exists():
        number += 1
        slug = f"{stem}-{number}"
    return Tag.objects.create(name=name, slug=slug)


def tags_in_order(names: list[str]) -> list[Tag]:
    """The tags of these names, those that do not exist yet made."""
    known = tags_named(names)
    return [known.get(name.lower()) or new_tag(name) for name in names]


def author_named(name: str) -> Author:
    """The one author of this name, or with this address part. Raises ValidationError when there is none, or two."""
    found = list(Author.objects.filter(Q(name__iexact=name) | Q(slug=name))[:2])
    if not found:
        raise forms.ValidationError(f"There is no author called “{name}”.")
    if len(found) > 1:
        raise forms.ValidationError(f"Two authors are called “{name}”: write the last part of the address instead.")
    return found[0]


def sign(article: Article, authors: list[Author]) -> None:
    """Give an article these bylines in this order."""
    with transaction.atomic():
        article.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(article=article, author=author, position=n) for n, author in enumerate(dict.fromkeys(authors))
        )
