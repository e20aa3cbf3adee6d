"""The list of articles: what it shows, how a story is found in it, and what is done with many at once."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles.desk import many, workflow
from articles.desk.closed import ClosedIsForbidden
from articles.desk.finding import found
from articles.desk.list_filters import AuthorFilter, PrintedFilter, StageFilter, TagFilter
from articles.desk.paging import BoundedList
from articles.models import Article, Byline, Column
from articles.models.article import Stage
from articles.publishing import PublishingError

TOLD = 5  # refusals that are named one by one


class Moving(ActionForm):
    to_column = forms.ModelChoiceField(Column.objects.all(), required=False, label="To column")


class ArticleList(ClosedIsForbidden, BoundedList):
    list_display = ["headline", "stage_words", "column", "byline", "modified_at"]
    list_filter = [StageFilter, "column", AuthorFilter, TagFilter, PrintedFilter, "modified_at"]
    list_select_related = []  # joined to columns, SQLite began with them and sorted all the stories there are
    sortable_by = ["modified_at"]  # the one order that an index has
    list_per_page = 50
    search_fields = ["headline"]  # that there is a search; how it finds stands in get_search_results
    search_help_text = "Words of the text, a “phrase”, -without"
    actions = ["move_them", "copy_them", "put_them_away", "take_them_out"]
    action_form = Moving

    @admin.display(description="Stage")
    def stage_words(self, article: Article) -> str:
        if article.trashed_at:
            return "In the trash"
        words = Stage(article.stage_now).label
        held = article.embargo_until and article.embargo_until > timezone.now()
        changed = article.stage_now == Stage.LIVE and article.stage != Stage.READY
        return words + (", under embargo" if held else "") + (", changed since" if changed else "")

    @admin.display(description="By")
    def byline(self, article: Article) -> str:
        return ", ".join(line.author.name for line in article.bylines.all())

    def get_queryset(self, request):
        """What this person may open: lists, searches and actions know of no other."""
        now = timezone.now()
        return super().get_queryset(request).open_to(request.user, now).with_stage(now)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        # Of the rows of this page alone: the question that counts needs no names.
        changelist.result_list = changelist.result_list.prefetch_related(
            "column", Prefetch("bylines", Byline.objects.select_related("author"))
        ).defer("body", "dek", "note")
        return changelist

    def get_search_results(self, request, queryset, search_term):
        if search_term.strip():
            queryset = queryset.filter(found(search_term, queryset))
            if request.GET.get("stage") == Stage.LIVE:
                queryset = queryset.filter(stage_now=Stage.LIVE)
        return queryset, False

    def get_actions(self, request):
        """Deleting for good is for what lies in the trash, one story at a time."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        if not self.has_change_permission(request):
            return {}
        return actions

    @admin.action(description="Move to the column")
    def move_them(self, request, queryset):
        column = Column.objects.filter(pk=request.POST.get("to_column") or 0).first()
        if column is None:
            return messages.error(request, "Nothing was moved: choose the column, too.")
        moved, stayed = many.move(queryset, column, request.user)
        if moved:
            messages.success(
                request,
                f"Moved to {column.name} at the desk: {moved}. Readers see a live story there from its next update on.",
            )
        if stayed:
            messages.warning(request, f"Not yours to move: {stayed}.")

    @admin.action(description="Copy")
    def copy_them(self, request, queryset):
        if not self.has_add_permission(request):
            raise PermissionDenied
        chosen = list(queryset[: self.list_per_page + 1])
        if len(chosen) > self.list_per_page:
            return messages.error(request, f"Nothing was copied: choose at most {self.list_per_page} at a time.")
        for article in chosen:
            self.tell_of_copy(request, article, many.copy(article, request.user))

    def tell_of_copy(self, request, article: Article, made: Article) -> None:
        address = reverse("admin:articles_article_change", args=[made.pk])
        messages.success(request, format_html('A copy of “{}” is <a href="{}">a draft</a>.', article, address))

    @admin.action(description="Put into the trash")
    def put_them_away(self, request, queryset):
        self.tell(request, *many.put_away(queryset, request.user), "Put into the trash: {}.")

    @admin.action(description="Take out of the trash")
    def take_them_out(self, request, queryset):
        self.tell(request, *many.take_out(queryset, request.user), "Taken out of the trash: {}.")

    def tell(self, request, done: int, refused: list[str], words: str) -> None:
        if done:
            messages.success(request, words.format(done))
        for sentence in refused[:TOLD]:
            messages.warning(request, sentence)
        if len(refused) > TOLD:
            messages.warning(request, f"And {len(refused) - TOLD} more stay where they are.")

    def get_urls(self):
        site = self.admin_site
        own = [
            path(f"<int:pk>/{name}/", site.admin_view(view), name=f"articles_article_{name}")
            for name, view in (("copy", self.copy_one), ("trash", self.trash_one), ("restore", self.restore_one))
        ]
        return [*own, *super().get_urls()]

    def asked_for(self, request, pk: int, deed: str) -> Article:
        """The article, for somebody who may do this with it. Raises Http404 and PermissionDenied."""
        article = get_object_or_404(Article, pk=pk)
        if not workflow.may(request.user, deed, article):
            raise PermissionDenied
        return article

    @method_decorator(require_POST)
    def copy_one(self, request, pk: int):
        article = self.asked_for(request, pk, "read")
        if not self.has_add_permission(request):
            raise PermissionDenied
        made = many.copy(article, request.user)
        self.tell_of_copy(request, article, made)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[made.pk]))

    @method_decorator(require_POST)
    def trash_one(self, request, pk: int):
        article = self.asked_for(request, pk, "trash")
        try:
            workflow.trash(article, by=request.user)
        except PublishingError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
        messages.success(request, f"“{article}” lies in the trash.")
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))

    @method_decorator(require_POST)
    def restore_one(self, request, pk: int):
        article = self.asked_for(request, pk, "restore")
        workflow.restore(article, by=request.user)
        messages.success(request, f"“{article}” is a draft again.")
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))

    def has_delete_permission(self, request, obj=None):
        """For good only what lies in the trash, and never what readers have seen (the record holds it)."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.trashed_at is not None)
