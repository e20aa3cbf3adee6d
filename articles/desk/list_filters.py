"""By what people look for a story: its stage, who wrote it, its tag, when it was printed. No box of 10,000 options."""

from datetime import datetime

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from articles.desk.finding import MOST, UNPRINTED
from articles.models import ArticleTag, Author, Byline, Edition, Withdrawal
from articles.models.article import Stage
from articles.pages.views import span

NAMESAKES = 20


class StageFilter(admin.SimpleListFilter):
    """By what readers see now, which no column of the article holds.

    Each stage is narrowed first by what an index knows: asking every one of 100,000 stories took a second.
    """

    title = "stage"
    parameter_name = "stage"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        # Nearly all stories are live, and to say so each is looked at: of a search only those that its words leave.
        self.words = request.GET.get(SEARCH_VAR, "").strip()

    def lookups(self, request, model_admin):
        return [*Stage.choices, ("trash", "In the trash")]

    def queryset(self, request, queryset):
        if self.value() == "trash":
            return queryset.filter(trashed_at__isnull=False)
        queryset = queryset.kept()
        if self.value() not in Stage.values or (self.value() == Stage.LIVE and self.words):
            return queryset
        return self.narrowed(queryset, timezone.now()).filter(stage_now=self.value())

    def narrowed(self, queryset: QuerySet, now: datetime) -> QuerySet:
        match self.value():
            case Stage.LIVE:
                return queryset
            case Stage.WITHDRAWN:
                return queryset.filter(pk__in=Withdrawal.objects.filter(at__lte=now).values("article"))
            case Stage.READY:
                waiting = Edition.objects.waiting(now).order_by().values("article")
                return queryset.filter(pk__in=waiting) | queryset.filter(UNPRINTED)
        return queryset.filter(stage=self.value())


class TypedFilter(admin.SimpleListFilter):
    """A filter with a field to type in."""

    template = "admin/articles/article/typed_filter.html"
    suggestions = ""  # which list of the writing page helps with typing

    def lookups(self, request, model_admin):
        return [("", "")]  # without one the admin leaves the filter out

    def choices(self, changelist):
        kept = changelist.get_filters_params().items()
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "suggestions": self.suggestions,
            "others": [(name, value) for name, values in kept if name != self.parameter_name for value in values],
            "without": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request, queryset):
        words = " ".join((self.value() or "").replace("\0", " ").split())[:200]
        return self.filtered(queryset, words) if words else queryset


class AuthorFilter(TypedFilter):
    title = "author"
    parameter_name = "author"
    suggestions = "authors"

    def filtered(self, queryset, words: str):
        """The newest stories of the first authors of that name: a letter or two is in every name."""
        authors = list(Author.objects.filter(name__icontains=words).values_list("pk", flat=True)[:NAMESAKES])
        signed = Byline.objects.filter(author__in=authors).order_by("-article_id").values_list("article", flat=True)
        return queryset.filter(pk__in={*signed[:MOST]})


class TagFilter(TypedFilter):
    title = "tag"
    parameter_name = "tag"
    suggestions = "tags"

    def filtered(self, queryset, words: str):
        return queryset.filter(pk__in=ArticleTag.objects.filter(tag__name__iexact=words).values("content_object"))


class PrintedFilter(TypedFilter):
    title = "printed"
    parameter_name = "printed"

    def filtered(self, queryset, words: str):
        """A day, a month or a year of the newsroom's calendar; nothing is found in what is none."""
        try:
            year, month, day = [*(int(part) for part in words.split("-")), None, None][:3]
            start, end = span(year or 0, month, day)
        except (ValueError, OverflowError, Http404):
            return queryset.none()
        return queryset.filter(first_published_at__gte=start, first_published_at__lt=end)
