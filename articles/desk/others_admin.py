"""Columns, authors and tags; corrections and editions to read."""

from django.contrib import admin
from taggit.models import Tag as GenericTag

from articles.desk.paging import BoundedPaginator
from articles.models import Author, Column, Correction, Edition, Tag

# taggit's own screen draws one inline form for each tagged item, and its merge view asks for no permission.
admin.site.unregister(GenericTag)


@admin.register(Column)
class ColumnAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "tagline", "shows", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    fields = ["name", "slug", "description"]
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator


class RecordAdmin(admin.ModelAdmin):
    """The record is read here and written by the verbs alone."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator

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
    list_display = ["headline", "number", "kind", "column", "live_from", "live_until"]
    list_filter = ["kind", "column"]
    list_select_related = ["column"]
    search_fields = ["headline"]
    ordering = ["-id"]
    fields = [
        "headline", "dek", "number", "kind", "reason", "column", "path", "language", "first_published_at",
        "updated_at", "live_from", "live_until", "made_by", "made_at", "summary",
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).lean()
