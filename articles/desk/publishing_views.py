"""The buttons of the writing page: what was typed is saved first, then the deed is done on it, in one request.

Undo alone comes before the save: it must not wait for a form that is not right yet, nor lose what was typed since.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from articles import publishing
from articles.desk import margin, workflow
from articles.desk.buttons import BUTTONS, Button, Press, stays_cancelled, taken_back
from articles.desk.moments import Twice, in_words
from articles.desk.result import happened
from articles.desk.typed import typed
from articles.models import Article
from articles.models.article import Stage
from articles.publishing import PublishingError

NAMED = 3  # findings that are said when something is published with them
OVERRIDE = "articles.override_checks"
UNDO = "_undo"


def pressed(request, article: Article | None) -> str:
    """The button that a request presses, "" for a plain save. Raises PermissionDenied before anything is saved.

    `article` is None for one that is being begun.
    """
    if request.method != "POST":
        return ""
    name = next((name for name in (UNDO, *BUTTONS) if name in request.POST), "")
    deeds = BUTTONS[name].deeds if name in BUTTONS else ("undo",)
    if name and not any(has_right(request.user, deed, article) for deed in deeds):
        raise PermissionDenied
    if request.POST.get("override_reason", "").strip() and not request.user.has_perm(OVERRIDE):
        raise PermissionDenied
    return name


def has_right(user, deed: str, article: Article | None) -> bool:
    return workflow.may(user, deed, article) if article else user.has_perm(workflow.DEEDS[deed].permission)


def act(request, article: Article, name: str) -> None:
    """Do what a button says on the saved working copy. A refusal is a message; what was saved stays saved."""
    button = BUTTONS[name]
    waiting = list(article.editions.waiting(timezone.now()).values_list("pk", flat=True))
    try:
        refuse_out_of_place(button, request.user, article)
        with transaction.atomic():
            press = Press(article, request.user, typed(request.POST), let_through(request, article, button))
            done = button.press(press)
            if done.logged:
                workflow.log(article, by=request.user, words=done.logged)
    except PublishingError as error:
        messages.error(request, f"The article is saved, but not more. {error}")
        request.desk_refused = error.field if isinstance(error, Twice) else "refused"
        return
    request.desk_done = done
    if not done.edition:
        messages.success(request, done.said)
    # Those say so themselves, or put its like in its place.
    if name not in ("_cancel", "_reprint", "_reschedule", "_embargo"):
        for edition in article.editions.lean().filter(pk__in=waiting):
            if edition.cancelled:
                messages.warning(request, f"The edition planned for {in_words(edition.live_from)} was cancelled.")


def refuse_out_of_place(button: Button, user, article: Article) -> None:
    """Raise PublishingError for a deed that does not fit where the story is by now."""
    if not {*button.deeds} & workflow.possible(user, article):
        stage = Stage(article.stage_at(timezone.now())).label.lower()
        raise PublishingError(f"The story is {stage} now, and this is not among what can be done with it.")


def let_through(request, article: Article, button: Button) -> frozenset[int]:
    """The photos that are printed without a credit, for the reason that was typed and is logged.

    Raises PublishingError for a hard stop without a reason.
    """
    found = margin.of_copy(article) if button.shows else None
    if not found or not found.stops:
        return frozenset()
    reason = " ".join(typed(request.POST).get("override_reason", "").split())
    if not reason:
        raise PublishingError(" ".join(stop.words for stop in found.stops))
    said = " ".join(stop.words for stop in found.stops)
    workflow.log(article, by=request.user, words=f"Printed over a hard stop ({said}): {reason}")
    return found.uncredited


def tell(request, seconds: float) -> None:
    """Say what was published, after the commit: readers see it only since then. And what stood in the margin."""
    done = getattr(request, "desk_done", None)
    if not done or not done.edition:
        return
    messages.success(request, happened(done.edition, done.said, seconds))
    if left := margin.of_copy(done.edition.article).findings:
        words = " ".join(finding.words for finding in left[:NAMED])
        more = f" And {len(left) - NAMED} more." if len(left) > NAMED else ""
        messages.warning(request, f"Still to look at: {words}{more}")


def take_back(request, article: Article) -> None:
    """Undo the edition whose key the button carries."""
    number = request.POST.get(UNDO, "")
    is_key = number.isascii() and number.isdecimal() and len(number) < 19
    edition = article.editions.filter(pk=number).first() if is_key else None
    try:
        if edition is None:
            raise PublishingError("There is no such edition to take back.")
        with transaction.atomic():
            prior = publishing.undo(edition, by=request.user)
            workflow.log(article, by=request.user, words=f"Edition {edition.number} taken back.")
    except PublishingError as error:
        messages.error(request, str(error))
        return
    was_seen = article.editions.ever_seen(timezone.now()).exists()
    messages.success(request, taken_back(edition, prior, was_seen))
    if lost := stays_cancelled(edition, timezone.now()):
        messages.warning(request, lost)


@require_POST
def checks(request, pk: int | None = None):
    """What is found in the unsaved form, as the list in the margin. 403 for a story that is not theirs to write."""
    article = get_object_or_404(Article, pk=pk) if pk else None
    if article and not workflow.may(request.user, "write", article):
        raise PermissionDenied
    if not article and not request.user.has_perm("articles.add_article"):
        raise PermissionDenied
    found = margin.of_form(typed(request.POST))
    context = {"margin": found, "may_override": request.user.has_perm(OVERRIDE)}
    html = render_to_string("admin/articles/article/findings.html", context, request)
    return JsonResponse({"html": html, "count": len(found.findings), "stops": len(found.stops)})


def urls(site) -> list:
    """The addresses under /admin/articles/article/."""
    return [
        path("checks/", site.admin_view(checks), name="articles_article_checks_new"),
        path("<int:pk>/checks/", site.admin_view(checks), name="articles_article_checks"),
    ]
