"""The record at the desk: editions and corrections are read here, written by the verbs, and emptied by one of them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from articles.desk.closed import ClosedIsForbidden
from articles.desk.paging import BoundedList
from articles.desk.reading import edition_to_read
from articles.desk.typed import typed
from articles.models import Article, Correction, Edition
from articles.publishing import PublishingError, redact

PERMISSION = "articles.redact_article"


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
        context["may_redact"] = bool(obj) and not obj.redacted_at and request.user.has_perm(PERMISSION)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @method_decorator(require_POST)
    def redact(self, request, pk: int):
        """Empty an edition for ever, with the reason that was typed."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        edition = get_object_or_404(Edition, pk=pk)
        reason = " ".join(typed(request.POST).get("reason", "").split())
        if not reason:
            messages.error(request, "Nothing was redacted. Say why: the reason stays in the place of the text.")
        else:
            self.carry_out(request, edition, reason)
        return HttpResponseRedirect(reverse("admin:articles_edition_change", args=[pk]))

    def carry_out(self, request, edition: Edition, reason: str) -> None:
        try:
            redact(edition, by=request.user, reason=reason)
        except PublishingError as error:
            messages.error(request, str(error))
            return
        self.log_change(request, edition, f"Redacted: {reason}")
        messages.success(request, f"Edition {edition.number} is redacted: its text is gone for ever.")
