"""The public addresses. What no pattern knows may still be an address that worked once: `elsewhere` answers."""

from django.urls import path, re_path

from articles.pages import (
    about,
    addresses,
    article,
    card,
    corrections,
    crawlers,
    files,
    front,
    history,
    oembed,
    search,
    sitemaps,
    views,
)
from articles.pages.feeds import sources as feeds

SLUG = "(?P<slug>[a-z0-9-]+)"
FEED = "feed/(?:(?P<form>atom|json)/)?$"
CARD = r"[a-z0-9-]+/card-(?P<number>[1-9][0-9]{0,8})\.png$"
YEAR = f"^{SLUG}" + r"/(?P<year>[0-9]{4})/"
MONTH = YEAR + r"(?P<month>[0-9]{2})/"
DAY = MONTH + r"(?P<day>[0-9]{2})/"
SITEMAP_OF_MONTH = r"^sitemap-(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<part>[2-9]|[1-9][0-9]{1,3}))?\.xml$"

urlpatterns = [
    path("", front.front),
    path("robots.txt", crawlers.robots),
    path(".well-known/security.txt", crawlers.security),
    path("favicon.ico", crawlers.favicon),
    path("sitemap.xml", sitemaps.index),
    path("sitemap-pages.xml", sitemaps.of_pages),
    path("news-sitemap.xml", sitemaps.of_news),
    re_path(SITEMAP_OF_MONTH, sitemaps.of_month),
    path("oembed", oembed.provider),
    re_path(f"^{FEED}", feeds.of_site),
    path("corrections/", corrections.corrections),
    re_path(f"^corrections/{FEED}", feeds.of_corrections),
    path("files/<path:name>", files.stored_file),
    path("search/", search.results),
    path("search/opensearch.xml", search.description),
    path("tag/<slug:slug>/", views.tag),
    path("by/<slug:slug>/", views.author),
    path("<slug:slug>/", views.column),
    path("<slug:slug>/about/", about.about),
    re_path(f"^tag/{SLUG}/{FEED}", feeds.of_tag),
    re_path(f"^by/{SLUG}/{FEED}", feeds.of_author),
    re_path(f"^{SLUG}/{FEED}", feeds.of_column),
    re_path(YEAR + "$", views.archive),
    re_path(MONTH + "$", views.archive),
    re_path(DAY + "$", views.archive),
    re_path(DAY + "[a-z0-9-]+/$", article.story),
    re_path(DAY + "[a-z0-9-]+/embed/$", oembed.embed),
    re_path(DAY + "[a-z0-9-]+/history/$", history.history),
    re_path(DAY + CARD, card.card),
    re_path("", addresses.elsewhere),
]
