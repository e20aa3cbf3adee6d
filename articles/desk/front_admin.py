"""The front's screen: editors arrange the seven places, see what readers would see, and save; others look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET, require_POST
from js_asset import ImportMap, Media, Script

from articles.desk import front_board as boards
from articles.desk.embeds import desk_only
from articles.desk.front_form import FrontFormSet, Rows
from articles.desk.front_stories import found
from articles.desk.moments import LAST_YEAR, moment
from articles.desk.typed import typed
from articles.models import Front, Slot
from articles.pages.ap_style import Moment
from articles.pages.front import draw_front, read
from articles.pages.visit import Visit
from articles.publishing import FrontChanged, PublishingError, arrange, planned

# What is planned for the front is read, found and previewed by its words: who arranges it may open every story.
ARRANGE = ("articles.arrange_front", "articles.open_any_article", "articles.see_embargoed")
# A preview shows what readers cannot see yet, as ?at= does: it asks for the same permission.
LOOK_AHEAD = "articles.view_edition"

front_media = Media(
    importmap=ImportMap({"desk/dialogs": "articles/desk/dialogs.js"}),
    js=[Script("articles/desk/front.js", type="module")],
)


@require_GET
def stories(request: HttpRequest) -> JsonResponse:
    """Live and scheduled stories by words of their headlines, for the search box."""
    words = typed(request.GET).get("q", "")[:200]
    return JsonResponse({"results": [story.card() for story in found(words, timezone.now())]})


def visit_at(request: HttpRequest, at: datetime) -> Visit:
    """A visit of somebody at the desk at a moment that is not in the address."""
    visit = Visit(request)
    visit.ahead = at > timezone.now()
    visit.moment, visit.elsewhen = at, True
    return visit


def current() -> Front:
    """The front, and who arranged it last."""
    return Front.objects.select_related("changed_by").get(pk=Front.current().pk)


def slots_ahead(now: datetime) -> list[Slot]:
    return list(Slot.objects.ahead(now).in_order())


def number(words: str) -> int:
    """The version that a form says it was drawn from; -1, which no front has, for anything else."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1


@admin.register(Slot)
class FrontAdmin(admin.ModelAdmin):
    def get_urls(self):
        """The screen, and nothing of the stock admin: slots are ended and begun together, never one by one."""
        site = self.admin_site
        return [
            path("", site.admin_view(self.changelist_view), name="articles_slot_changelist"),
            path("preview/", desk_only(site, self.preview, *ARRANGE, LOOK_AHEAD), name="articles_slot_preview"),
            path("stories/", desk_only(site, stories, *ARRANGE, LOOK_AHEAD), name="articles_slot_stories"),
        ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return request.user.has_perms(ARRANGE)

    def changelist_view(self, request, extra_context=None):
        """The screen, and with POST the save of it."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self.save(request)
        # The version first: whoever arranges the front between the two questions is met as a conflict.
        front, now = current(), timezone.now()
        ahead = slots_ahead(now)
        formset = Rows(initial=boards.initial(ahead, now), ahead=ahead, now=now)
        return self.screen(request, formset, front, seen=boards.seen(ahead))

    def save(self, request) -> HttpResponse:
        """Arrange the front as the form says. 409 when it was arranged anew meanwhile: what was typed stays."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        said, now, refused = typed(request.POST), timezone.now(), ""
        formset = Rows(request.POST, ahead=slots_ahead(now), now=now)
        version, seen = number(said.get("version", "")), said.get("seen", "")
        if formset.is_valid():
            try:
                arrange(formset.wishes, version=version, by=request.user)
            except FrontChanged:
                return self.conflict(request, formset, seen)
            except PublishingError as error:
                refused = str(error)
            else:
                messages.success(request, "The front is arranged.")
                return HttpResponseRedirect(reverse("admin:articles_slot_changelist"))
        return self.screen(request, formset, current(), seen=seen, version=version, refused=refused)

    def conflict(self, request, formset: FrontFormSet, seen: str) -> HttpResponse:
        """What was typed, what changed meanwhile, and the version of that: a second save replaces it knowingly."""
        front, now = current(), timezone.now()
        ahead = slots_ahead(now)
        changes = boards.changed(seen, ahead, now)
        return self.screen(request, formset, front, seen=boards.seen(ahead), status=409, conflict=True, changes=changes)

    def screen(
        self, request, formset: FrontFormSet, front: Front, *, seen: str, status: int = 200, **more: Any
    ) -> HttpResponse:
        standing = [slot for slot in formset.ahead if slot.live_from <= formset.now]
        context = {
            **self.admin_site.each_context(request),
            "title": "Front",
            "front": front,
            "changed": Moment(front.changed_at) if front.changed_at else None,
            "formset": formset,
            "version": front.version,
            "seen": seen,
            "board": boards.board(formset, read(visit_at(request, formset.now), standing), request.user),
            "may_arrange": self.has_change_permission(request),
            "zone": timezone.get_current_timezone_name(),
            "last_year": LAST_YEAR,
            "is_nav_sidebar_enabled": False,
            # The import map is the screen's one inline script: it carries the nonce of this answer's policy.
            "media": Media.from_media(front_media, nonce=str(request.csp_nonce)),
            **more,
        }
        return TemplateResponse(request, "admin/articles/slot/change_list.html", context, status=status)

    @method_decorator(require_POST)
    def preview(self, request) -> HttpResponse:
        """The front as readers would see it if this form were saved, now or at the moment asked for."""
        said = typed(request.POST)
        now = timezone.now()
        ahead = slots_ahead(now)
        formset = Rows(request.POST, ahead=ahead, now=now)
        try:
            at = moment(said["preview_at"], "At") if said.get("preview_at") and "preview_then" in said else now
            if at < now:
                raise PublishingError("This moment has passed: choose one to come.")
        except PublishingError as error:
            return self.no_preview(request, [str(error)])
        if not formset.is_valid():
            return self.no_preview(request, complaints_in(formset))
        response = draw_front(visit_at(request, at), planned(formset.wishes, ahead, now, at), preview=True)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def no_preview(self, request, complaints: Sequence[str]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": "No preview", "complaints": complaints}
        context["is_nav_sidebar_enabled"] = False
        return TemplateResponse(request, "admin/articles/slot/no_preview.html", context, status=400)


def complaints_in(formset: FrontFormSet) -> list[str]:
    """What is wrong with a form, with the place of each row."""
    told = [str(error) for error in formset.non_form_errors()]
    for form in formset.forms:
        where = f"Place {form['place'].value()}: " if form["place"].value() else ""
        told += [f"{where}{error}" for errors in form.errors.values() for error in errors]
    return told
