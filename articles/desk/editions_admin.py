"""The record at the desk: editions and corrections are read here, written by the verbs, and emptied by one of them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from articles.desk.closed import ClosedIsForbidden
from articles.desk.history import Line
from articles.desk.paging import BoundedList
from articles.desk.reading import edition_to_read
from articles.desk.typed import typed
from articles.desk.workflow import may
from articles.models import Article, Correction, Edition
from articles.publishing import PublishingError, Redacted, redact, repeats


class RecordAdmin(ClosedIsForbidden, BoundedList):
    """The record is read here and written by the verbs alone."""

    def get_queryset(self, request):
        """Of stories that this person may open."""
        everything = super().get_queryset(request)
        if request.user.has_perms(["articles.open_any_article", "articles.see_embargoed"]):
            return everything
        return everything.filter(article__in=Article.objects.open_to(request.user, timezone.now()))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    list_display = ["text", "kind", "article", "at"]
    list_filter = ["kind"]
    list_select_related = ["article"]
    ordering = ["-at"]


@admin.register(Edition)
class EditionAdmin(RecordAdmin):
    change_form_template = "admin/articles/edition/change_form.html"
    list_display = ["headline", "number", "kind", "column", "live_from", "live_until"]
    list_filter = ["kind", "column"]
    list_select_related = ["column"]
    search_fields = ["headline"]
    ordering = ["-id"]
    fields = [
        "headline", "dek", "number", "text", "kind", "reason", "column", "path", "language", "first_published_at",
        "updated_at", "live_from", "live_until", "who", "made_at", "redacted_at", "summary",
    ]  # fmt: skip
    readonly_fields = ["text", "who"]

    def get_queryset(self, request):
        return super().get_queryset(request).lean()

    @admin.display(description="Made by")
    def who(self, edition: Edition) -> str:
        """A name and no link: few may see accounts."""
        return str(edition.made_by or "")

    @admin.display(description="Text")
    def text(self, edition: Edition):
        return edition_to_read(edition)

    def get_urls(self):
        own = path("<int:pk>/redact/", self.admin_site.admin_view(self.redact), name="articles_edition_redact")
        return [own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and not obj.redacted_at and may(request.user, "redact", obj.article):
            now = timezone.now()
            context |= {"may_redact": True, "is_live": Line(obj, now).is_live}
            context["repeats"] = [(each, Line(each.edition, now)) for each in repeats(obj)]
        return super().render_change_form(request, context, add, change, form_url, obj)

    @method_decorator(require_POST)
    def redact(self, request, pk: int):
        """Empty an edition for ever, and the others that were chosen, with the reason that was typed."""
        edition = get_object_or_404(Edition, pk=pk)
        if not may(request.user, "redact", edition.article):
            raise PermissionDenied
        reason = " ".join(typed(request.POST).get("reason", "").split())
        if not reason:
            messages.error(request, "Nothing was redacted. Say why: the reason stays in the place of the text.")
        else:
            self.carry_out(request, edition, reason)
        return HttpResponseRedirect(reverse("admin:articles_edition_change", args=[pk]))

    def carry_out(self, request, edition: Edition, reason: str) -> None:
        chosen = {words for words in request.POST.getlist("also") if words.isascii() and words.isdigit()}
        also = [each for each in edition.article.editions.all() if str(each.number) in chosen]
        try:
            with transaction.atomic():
                done = redact(edition, by=request.user, reason=reason, also=also)
                for each in done.emptied:
                    each.refresh_from_db()
                    self.log_change(request, each, f"Redacted: {reason}")
        except PublishingError as error:
            messages.error(request, str(error))
            return
        messages.success(request, emptied(done))
        if left := remaining(done):
            messages.warning(request, left)


def emptied(done: Redacted) -> str:
    """What a redaction did, in sentences."""
    said = [f"{editions(done.emptied)} {'is' if len(done.emptied) == 1 else 'are'} redacted."]
    if done.withdrawn:
        said.append("Readers do not see the story any more.")
    said += (f"Edition {each.number} is printed without its note." for each in done.anew)
    return " ".join(said)


def remaining(done: Redacted) -> str:
    """Where words of what was redacted still stand; "" for nowhere in this story."""
    said = []
    if done.in_working_copy:
        said.append(f"The working copy still says {passages(done.in_working_copy)} of it: it waits for approval again.")
    for each in done.remaining:
        told = [passages(each.passages)] if each.passages else []
        told += ["its note"] if each.note else []
        said.append(
            f"Edition {each.edition.number} still says {' and '.join(told)} of it: redact it, too, if it must not."
        )
    return " ".join(said)


def editions(rows: list[Edition]) -> str:
    """Edition 3; Editions 1, 3 and 4."""
    numbers = [str(row.number) for row in rows]
    if len(numbers) == 1:
        return f"Edition {numbers[0]}"
    return f"Editions {', '.join(numbers[:-1])} and {numbers[-1]}"


def passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"
