"""The page for an address that nothing stands at. 500.html needs neither database nor context: Django draws it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

from articles.models import Column


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same whether the story waits or never was. Nobody keeps it: a story may appear here at any moment."""
    context = {"newsroom": settings.NEWSROOM_NAME, "columns": Column.objects.all()}
    response = HttpResponse(loader.get_template("404.html").render(context), status=404)
    response.headers["Cache-Control"] = "no-cache"
    return response
