"""One request for a public page: which moment it asks about, what every page shows, how the answer is sent."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.edge.stamp import is_personal, stamp, stamp_private
from articles.models import Column
from articles.models.column import EVERY_PAGE
from articles.pages.ap_style import Moment
from articles.pages.question import Question
from articles.pages.unchanged import revalidated

# datetime overflows when the first or the last year moves to another zone.
YEARS = range(1000, 9999)
COLUMNS = Question(Column.objects.all)


class UnreadableMoment(Http404):
    """An editor's ?at= that says no moment. The page for it says how to write one."""


class Visit:
    """`moment` is now for readers; editors may look back (or ahead) with ?at=2026-11-21T14:05, newsroom time."""

    def __init__(self, request: HttpRequest):
        self.request = request
        asked = looks_at(request)
        self.elsewhen = asked is not None
        now = timezone.now()
        self.moment = asked or now
        self.ahead = self.moment > now

    @cached_property
    def columns(self) -> dict[int, Column]:
        """Every column by its id, in the order of the navigation: one query, and lists need no join."""
        return {column.pk: column for column in COLUMNS.instances(Column)}

    def column(self, slug: str) -> Column | None:
        """The column at this address today."""
        return next((column for column in self.columns.values() if column.slug == slug), None)

    def draw(
        self, template: str, keys: Iterable[str], *, status: int = 200, path: str = "", **context: Any
    ) -> HttpResponse:
        """The page as HTML, stamped with its cache keys; private when the visitor looks at another moment.

        `path` is the page's one address, "" for a page that has none of its own. In its place 304 for a reader who has
        it; what is private is never kept, so it is drawn each time.
        """
        context |= {
            "newsroom": settings.NEWSROOM_NAME,
            "canonical": settings.SITE_URL + path if path else "",
            "columns": list(self.columns.values()),
            "elsewhen": Moment(self.moment) if self.elsewhen else None,
            "ahead": self.ahead,
        }
        # Without the request: a context processor that looks at the session makes every page vary by cookie.
        response = HttpResponse(loader.get_template(template).render(context), status=status)
        stamped = self.stamped(response, [*keys, EVERY_PAGE])
        return stamped if self.is_private else revalidated(self.request, stamped)

    @property
    def is_private(self) -> bool:
        return self.elsewhen or is_personal(self.request)

    def stamped(self, response: HttpResponse, keys: Iterable[str]) -> HttpResponse:
        if self.is_private:
            stamp_private(response)
        else:
            stamp(response, keys)
        return response


def public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A public page: given a Visit for the request, read with GET and HEAD alone (405 for the rest)."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        return view(Visit(request), *args, **kwargs)

    # Exempt, for nothing is changed here: without it a POST is told 403 by the CSRF check before it is told 405.
    return csrf_exempt(require_safe(answer))


def looks_at(request: HttpRequest) -> datetime | None:
    """The moment that an editor asks to see. None for everybody else.

    Raises UnreadableMoment for an editor who wrote none: showing now in its place would mislead. Raises
    PermissionDenied for a moment to come without the right to see what is under embargo: it may show such a text.
    """
    asked = request.GET.get("at")
    # A reader has no session, and must not get one asked for: the page would vary by cookie.
    if not asked or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    if not request.user.has_perm("articles.view_edition"):
        return None
    try:
        moment = datetime.fromisoformat(asked)
        if moment.year not in YEARS:
            raise ValueError("Out of every calendar that we keep.")
    except ValueError as error:
        raise UnreadableMoment("Write the moment as 2026-11-21T14:05.") from error
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.get_default_timezone())
    if moment > timezone.now() and not request.user.has_perm("articles.see_embargoed"):
        raise PermissionDenied
    return moment
