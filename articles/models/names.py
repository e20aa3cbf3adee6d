"""What a name may look like, in an address and to the eye."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.text import slugify

from articles.words import plain_latin

# First segments of public addresses that no column may take.
RESERVED = frozenset(
    [
        "admin", "by", "corrections", "feed", "files", "healthz", "history", "news-sitemap.xml", "oembed", "readyz",
        "robots.txt", "search", "sitemap.xml", "static", "tag", "tags", "favicon.ico", "about", "preview", "embed",
        "proof",
    ]
)  # fmt: skip

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_LENGTH = 80
validate_slug = RegexValidator(SLUG, "Use small letters a–z, digits and single hyphens.")


# Embeddings and overrides of direction. One that is not closed turns the rest of its line around, in a feed, too;
# isolates end with their line.
OVERRIDES = re.compile("[\u202a-\u202e]")


def without_overrides(line: str) -> str:
    """A line of text that reads in the order of its letters: U+202E shows “evil” as “live”."""
    return OVERRIDES.sub("", line)


def refuse_unseen(words: str) -> None:
    """Raises ValidationError for words without a single mark on the page: their link could not be pressed."""
    if all(unicodedata.category(letter)[0] in "CZ" for letter in words):
        raise ValidationError("Nothing of this can be seen: it has no letter, digit or sign.")


def slug_is_well_formed(field: str = "slug") -> Q:
    """The condition of a check constraint: lower-case ASCII words joined by single hyphens."""
    return Q(**{f"{field}__regex": SLUG})


def slug_from(words: str, otherwise: str) -> str:
    """A slug made of words, cut at a word's end; `otherwise` when nothing of them can stand in an address.

    A headline in Arabic or of punctuation alone has no ASCII letters: it gets the other name, made unique by the
    address, not by a transliteration that nobody asked for.
    """
    slug = slugify(plain_latin(re.sub(r"[‐‑‒–—―/:_…]", " ", re.sub(r"[’'‘.]", "", words))))
    slug = re.sub(r"[-_]+", "-", slug).strip("-")
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rsplit("-", 1)[0][:SLUG_LENGTH].strip("-")
    return slug or otherwise
