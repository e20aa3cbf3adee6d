"""The page for an address that nothing stands at. 500.html needs neither database nor context: Django draws it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader

from articles.edge.stamp import is_personal, stamp_private
from articles.models import Column
from articles.pages.visit import UnreadableMoment


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same whether the story waits or never was. Nobody keeps it: a story may appear here at any moment."""
    advice = str(exception) if isinstance(exception, UnreadableMoment) else ""
    context = {"newsroom": settings.NEWSROOM_NAME, "columns": Column.objects.all(), "advice": advice}
    response = HttpResponse(loader.get_template("404.html").render(context), status=404)
    response.headers["Cache-Control"] = "no-cache"
    if is_personal(request):
        stamp_private(response)
    return response
