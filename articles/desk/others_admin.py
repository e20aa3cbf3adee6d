"""Columns, authors and tags."""

from django import forms
from django.contrib import admin
from taggit.models import Tag as GenericTag

from articles.desk.names_field import rows_called
from articles.desk.paging import BoundedList
from articles.models import Author, Column, Tag
from articles.models.names import refuse_unseen

# taggit's own screen draws one inline form for each tagged item, and its merge view asks for no permission.
admin.site.unregister(GenericTag)


class NamedForm(forms.ModelForm):
    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        refuse_unseen(name)
        return name


@admin.register(Column)
class ColumnAdmin(BoundedList):
    form = NamedForm
    list_display = ["name", "slug", "tagline", "shows", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Author)
class AuthorAdmin(BoundedList):
    form = NamedForm
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["user"]

    def get_exclude(self, request, obj=None):
        """The box that finds accounts answers 403 to who may not see accounts: they get no box."""
        return [] if request.user.has_perm("auth.view_user") else ["user"]


class TagForm(NamedForm):
    def clean_name(self) -> str:
        """Refuses a name that another tag has in other letters of the same words: Courts beside courts."""
        name = super().clean_name()
        twin = next((tag for tag in rows_called(Tag, [name])[name] if tag.pk != self.instance.pk), None)
        if twin:
            raise forms.ValidationError(f"There is a tag “{twin.name}” already.")
        return name


@admin.register(Tag)
class TagAdmin(BoundedList):
    form = TagForm
    fields = ["name", "slug", "description"]
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
