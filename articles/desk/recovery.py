"""What somebody has typed and not saved: kept while they type, offered when they open the story again.

Never the working copy: a recovery is put back into the page, where a person looks at it and saves it, or not.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from articles.desk.clock import called, clock
from articles.desk.embeds import writers_only
from articles.desk.typed import typed, wants_json
from articles.desk.workflow import may
from articles.models import Article, Recovery

ADD = "articles.add_article"
PAGE = re.compile(r"[0-9a-f-]{36}")  # the name that a page has: a uuid
LARGEST = 1_500_000  # characters of all fields: a body may have a million
SHOWN = 10
# A page that is open saves what is typed every few seconds: older than this it was left, or it crashed.
LEFT = timedelta(minutes=1)
MOST = 50  # pages whose text is kept for one person; the oldest goes first

# What the page's form sends beside the story's own fields.
NOT_KEPT = {"csrfmiddlewaretoken", "version", "page", "writer", "confirm_removal"}


def urls(model_admin) -> list:
    """Where pages keep what is typed, and where it is thrown away. What a page keeps are the fields of its form."""
    guarded, names = model_admin.admin_site.admin_view, {"names": model_admin.form.base_fields}
    return [
        path("add/recovery/", guarded(write), names, name="articles_article_recovery_add"),
        path("<int:pk>/recovery/", guarded(write), names, name="articles_article_recovery"),
        path("recovery/discard/", guarded(writers_only(discard)), name="articles_article_recovery_discard"),
    ]


class TooLarge(ValueError):
    """More than the writing page could ever save."""


def keep(user, page: str, article: Article | None, version: str, said: Mapping[str, str], names: Iterable[str]):
    """Keep the fields called `names` of what a page says, in the place of what it said before. Raises TooLarge."""
    fields = {name: said[name] for name in names if name in said and name not in NOT_KEPT}
    if sum(map(len, fields.values())) > LARGEST:
        raise TooLarge
    based = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    kept = {"article": article, "base_version": based, "fields": fields, "saved_at": timezone.now()}
    row, made = Recovery.objects.update_or_create(user=user, page=page, defaults=kept)
    if made:
        newest = Recovery.objects.filter(user=user).values_list("pk", flat=True)[:MOST]
        Recovery.objects.filter(user=user).exclude(pk__in=list(newest)).delete()
    return row


def forget(user, page: str) -> None:
    Recovery.objects.filter(user=user, page=page).delete()


@dataclass(frozen=True)
class Offer:
    """A recovery in words, with the addresses at which it is restored and discarded."""

    row: Recovery

    @property
    def at(self) -> str:
        return clock(self.row.saved_at)

    @property
    def headline(self) -> str:
        """Of the story as it is saved, else as it was typed."""
        return self.row.article.headline if self.row.article else " ".join(self.row.fields.get("headline", "").split())

    @property
    def words(self) -> int:
        return len(re.sub(r"<[^>]*>", " ", self.row.fields.get("body", "")).split())

    @property
    def overtaken(self) -> str:
        """Who saved the story since, and when; "" when nobody did."""
        article = self.row.article
        if article is None or article.version == self.row.base_version:
            return ""
        return f"{called(article.saved_by)} saved the story at {clock(article.modified_at)}"

    @property
    def restore(self) -> str:
        return f"{self.desk}?recovery={self.row.page}"

    @property
    def desk(self) -> str:
        if self.row.article_id is None:
            return reverse("admin:articles_article_add")
        return reverse("admin:articles_article_change", args=[self.row.article_id])


def found(user, page: str, article: Article | None) -> Offer | None:
    """What a page of this person's kept of this story; None when there is no such thing."""
    rows = Recovery.objects.of(user, article).select_related("article__saved_by")
    row = rows.filter(page=page).first() if PAGE.fullmatch(page) else None
    return Offer(row) if row else None


def offers(user, article: Article | None, but: str = "") -> list[Offer]:
    """What this person may restore of a story, or of stories that were never saved (None), the newest first.

    Not what the page called `but` keeps: that is the page they look at.
    """
    rows = Recovery.objects.of(user, article).exclude(page=but if PAGE.fullmatch(but) else "")
    return [Offer(row) for row in rows.select_related("article__saved_by")]


def all_offers(user, before: datetime) -> list[Offer]:
    """All that this person typed before a moment and has not saved, of stories that are still open to them."""
    still = Q(article=None) | Q(article__in=Article.objects.open_to(user, timezone.now()).order_by().values("pk"))
    rows = Recovery.objects.filter(still, user=user, saved_at__lt=before)
    return [Offer(row) for row in rows.select_related("article__saved_by")[:SHOWN]]


def as_initial(offer: Offer | None) -> dict[str, str | int | bool]:
    """A recovery as the form's first values: the page goes on where the other one broke off, in its version."""
    if offer is None:
        return {}
    row = offer.row
    ticked = {"lead_decorative": bool(row.fields.get("lead_decorative"))}
    return {**row.fields, **ticked, "version": row.base_version or "", "page": row.page}


def address(article: Article | None) -> str:
    """Where a page keeps what is typed."""
    if article is None:
        return reverse("admin:articles_article_recovery_add")
    return reverse("admin:articles_article_recovery", args=[article.pk])


def story_to_write(request: HttpRequest, pk: int) -> Article:
    """The story whose page asks. Raises PermissionDenied, or 404."""
    article = get_object_or_404(Article, pk=pk)
    if not may(request.user, "write", article):
        raise PermissionDenied
    return article


@require_POST
def write(request: HttpRequest, names: Iterable[str], pk: int | None = None) -> JsonResponse:
    """Keep what a page says: {"at": "14:05"}; 413 with a sentence when it is too much, 400 for a page without name."""
    if pk is None and not request.user.has_perm(ADD):
        raise PermissionDenied
    article = story_to_write(request, pk) if pk is not None else None
    said = typed(request.POST)
    page = said.get("page", "")
    if not PAGE.fullmatch(page):
        return JsonResponse({"error": "A page keeps its text under its name, a uuid."}, status=400)
    if said.get("writer", str(request.user.pk)) != str(request.user.pk):
        return JsonResponse({"login": True}, status=403)
    try:
        row = keep(request.user, page, article, said.get("version", ""), said, names)
    except TooLarge:
        return JsonResponse({"error": "This is more text than one story may have: it is not kept."}, status=413)
    return JsonResponse({"at": clock(row.saved_at)})


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Forget what one of this person's own pages kept: nobody else's can be named."""
    forget(request.user, typed(request.POST).get("page", ""))
    if wants_json(request):
        return JsonResponse({"ok": True})
    back = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if ours else reverse("admin:articles_article_changelist"))
