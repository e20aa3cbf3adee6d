"""Two people at one story: who else has it open, and who saved it last."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles.desk.clock import called, clock
from articles.desk.recovery import story_to_write
from articles.desk.typed import typed
from articles.models import Article, Presence
from articles.models.recovery import AWAY


def urls(model_admin) -> list:
    guarded = model_admin.admin_site.admin_view(heartbeat)
    return [path("<int:pk>/presence/", guarded, name="articles_article_presence")]


def sit_down(article: Article, user) -> None:
    """Say that somebody has the story open; who was away for long begins anew. Rows of those who left are cleaned."""
    now = timezone.now()
    Presence.objects.filter(seen_at__lte=now - AWAY).delete()
    Presence.objects.update_or_create(
        article=article, user=user, defaults={"seen_at": now}, create_defaults={"seen_at": now, "since": now}
    )


def stand_up(article: Article, user) -> None:
    Presence.objects.filter(article=article, user=user).delete()


def others(article: Article, user) -> list[dict[str, str]]:
    here = Presence.objects.here(timezone.now()).filter(article=article).exclude(user=user).select_related("user")
    return [{"name": called(row.user), "since": clock(row.since)} for row in here]


@require_POST
def heartbeat(request: HttpRequest, pk: int) -> JsonResponse:
    """The page is open, or with `leaving` no longer.

    {"others": [{name, since}], "version": of the story now, "saved_by", "saved_at", "by_you"}.
    """
    article = story_to_write(request, pk)
    if "leaving" in typed(request.POST):
        stand_up(article, request.user)
        return JsonResponse({"others": []})
    sit_down(article, request.user)
    return JsonResponse(
        {
            "others": others(article, request.user),
            "version": article.version,
            "saved_by": called(article.saved_by),
            "saved_at": clock(article.modified_at),
            "by_you": article.saved_by_id == request.user.pk,
        }
    )
