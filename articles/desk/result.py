"""What happened when something was published: which pages show it now, with links, and how long it took."""

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Edition


def happened(edition: Edition, said: str, seconds: float) -> SafeString:
    """Such as "Edition 3 is live: article, The Slatest, 4 tag pages (…), feeds: 0.4 s", each with its link.

    `seconds` from the press of the button as it came in until readers see the edition.
    """
    pages = format_html_join(", ", "{}", ((page,) for page in shown_on(edition)))
    return format_html("Edition {} {}: {}: {} s.", edition.number, said, pages, f"{max(seconds, 0.01):.2g}")


def shown_on(edition: Edition) -> Iterator[SafeString]:
    """The pages that show an edition, the ones whose caches were told of it."""
    yield link(edition.path, "article")
    yield link(edition.column.path, edition.column.name)
    tags = [row.tag for row in edition.edition_tags.select_related("tag")]
    if tags:
        names = format_html_join(", ", "{}", ((link(tag.path, tag.name),) for tag in tags))
        yield format_html("{} tag {} ({})", len(tags), "page" if len(tags) == 1 else "pages", names)
    yield from (link(row.author.path, row.author.name) for row in edition.edition_bylines.select_related("author"))
    yield link("/", "front")
    yield link(f"{edition.column.path}feed/", "feeds")


def link(path: str, words: str) -> SafeString:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', path, words)
