"""Every address of the site: the desk, what it sends out to be read, and below it the public pages."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("admin", RedirectView.as_view(url="/admin/", permanent=True)),
    path("admin/", admin.site.urls),
    path("", include("articles.desk.urls")),
    path("", include("articles.pages.urls")),
]
handler404 = "articles.pages.errors.not_found"
