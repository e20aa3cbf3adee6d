"""Columns, authors and tags."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
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


class AccountField(forms.ModelChoiceField):
    """An account, typed by its username: a box of all accounts may hold 10,000."""

    widget = forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"})

    def prepare_value(self, value):
        account = User.objects.filter(pk=value).first() if isinstance(value, int) else None
        return account.username if account else value

    def to_python(self, value):
        return super().to_python((value or "").strip().replace("\0", "\N{REPLACEMENT CHARACTER}"))


@admin.register(Author)
class AuthorAdmin(BoundedList):
    form = NamedForm
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def get_exclude(self, request, obj=None):
        return [] if request.user.has_perm("auth.view_user") else ["user"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name != "user":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return AccountField(
            User.objects.all(),
            to_field_name="username",
            required=False,
            label="Account",
            help_text="The username with which this person logs in: stories signed by them are theirs.",
            error_messages={"invalid_choice": "There is no account of this name."},
        )


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
