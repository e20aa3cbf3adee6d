"""Columns, authors and tags."""

from django.contrib import admin
from taggit.models import Tag as GenericTag

from articles.desk.paging import BoundedPaginator
from articles.models import Author, Column, Tag

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

    def get_exclude(self, request, obj=None):
        """The box that finds accounts answers 403 to who may not see accounts: they get no box."""
        return [] if request.user.has_perm("auth.view_user") else ["user"]


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    fields = ["name", "slug", "description"]
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
