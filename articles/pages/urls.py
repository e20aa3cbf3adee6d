"""The public addresses. What no pattern knows may still be an address that worked once: `elsewhere` answers."""

from django.urls import path, re_path

from articles.pages import addresses, article, feeds, files, views

YEAR = r"^(?P<slug>[a-z0-9-]+)/(?P<year>[0-9]{4})/"
MONTH = YEAR + r"(?P<month>[0-9]{2})/"
DAY = MONTH + r"(?P<day>[0-9]{2})/"

urlpatterns = [
    path("", views.front),
    path("feed/", feeds.of_site),
    path("files/<path:name>", files.stored_file),
    path("tag/<slug:slug>/", views.tag),
    path("by/<slug:slug>/", views.author),
    path("<slug:slug>/", views.column),
    path("<slug:slug>/feed/", feeds.of_column),
    re_path(YEAR + "$", views.archive),
    re_path(MONTH + "$", views.archive),
    re_path(DAY + "$", views.archive),
    re_path(DAY + "[a-z0-9-]+/$", article.story),
    re_path("", addresses.elsewhere),
]
