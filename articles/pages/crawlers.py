"""The small files at fixed addresses that programs ask every site for."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from articles.pages.visit import Visit, public

TEXT = "text/plain; charset=utf-8"
SECURITY = "/.well-known/security.txt"
# RFC 9116 asks for less than a year: whoever keeps the file is to look again whether it still holds.
HOLDS_FOR = timedelta(days=180)
NEVER_CHANGES = ["site"]


@public
def robots(visit: Visit) -> HttpResponse:
    """RFC 9309. The desk is nobody's business, and a crawler could search for ever."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        f"Sitemap: {settings.SITE_URL}/news-sitemap.xml",
    ]
    return plain(visit, lines)


@public
def security(visit: Visit) -> HttpResponse:
    """RFC 9116: where to report a hole. Raises Http404 while nobody would read it."""
    if not settings.CONTACT_EMAIL:
        raise Http404("Nobody is named to write to.")
    midnight = datetime.combine(visit.moment.astimezone(UTC).date(), time(), UTC)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {midnight + HOLDS_FOR:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE.split('-')[0]}",
    ]
    if settings.SECURE:  # the address must be one of https
        lines.append(f"Canonical: {settings.SITE_URL}{SECURITY}")
    return plain(visit, lines)


@public
def favicon(visit: Visit) -> HttpResponse:
    """For programs that ask for it without having read a page; pages name their icon themselves."""
    return visit.stamped(HttpResponseRedirect(static("articles/favicon.ico")), NEVER_CHANGES)


def plain(visit: Visit, lines: list[str]) -> HttpResponse:
    return visit.stamped(HttpResponse("\n".join(lines) + "\n", content_type=TEXT), NEVER_CHANGES)
