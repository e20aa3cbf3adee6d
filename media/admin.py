"""How photos, tweets and agencies are kept at a desk. Registered by whoever knows where they are used."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from media.crediting import credit_from_file, describe
from media.credits import compose
from media.intake import BadPicture, store
from media.models import Agency, Credit, Photo, Tweet
from media.models.credit import refuse_long_agency
from media.tweets import direction_of, time_of

FOR_THE_DESK = (
    "instructions", "keywords", "city", "country", "taken_at", "focal_x", "focal_y",
)  # fmt: skip
LONG = ["caption", "alt_text", "keywords", "instructions"]


class DayAndTime(AdminSplitDateTime):
    """Two boxes, each called what it is."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for box, name in zip(self.widgets, ("Date", "Time"), strict=True):
            box.attrs["aria-label"] = name


MOMENTS: Mapping[type[models.Field], Mapping[str, Any]] = {
    models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": DayAndTime}
}


class PhotoForm(forms.ModelForm):
    upload = forms.FileField(
        required=False,
        label="File",
        help_text="JPEG, PNG, WebP, GIF, AVIF or TIFF. A new file takes the old one's place.",
    )

    class Meta:
        model = Photo
        fields = [
            "title", "caption", "alt_text", "keywords", "city", "country", "instructions", "focal_x", "focal_y",
            "taken_at",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in LONG}

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            try:
                store(self.instance, upload)
            except BadPicture as error:
                raise ValidationError(str(error)) from error
        return upload


class CreditForm(forms.ModelForm):
    agency_chain = forms.CharField(
        required=False,
        label="Agency chain",
        help_text="In the order in which the picture came, parted by a slash: AFP / Getty Images.",
    )
    credit_line = forms.CharField(
        required=False,
        max_length=400,
        help_text="As readers see it: Zein al-Rifai/AFP/Getty Images. Made from the parts when empty.",
    )

    class Meta:
        model = Credit
        fields = [
            "photographer", "credit_line", "printed_credit", "source", "copyright_notice", "usage_terms", "rights",
            "rights_end", "license_url", "licensor", "licensor_url",
        ]  # fmt: skip
        widgets = {"usage_terms": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["agency_chain"] = " / ".join(self.instance.agency_names())

    def clean_agency_chain(self) -> list[str]:
        """The names in order, each once; AFP and afp are one."""
        names = filter(None, (" ".join(name.split()) for name in self.cleaned_data["agency_chain"].split("/")))
        first: dict[str, str] = {}
        for name in names:
            first.setdefault(name.casefold(), name)
            refuse_long_agency(name)
        return list(first.values())

    def clean(self) -> dict:
        said = super().clean()
        if self.errors:
            return said  # the line is made of parts that are not right yet
        if not said.get("credit_line"):
            said["credit_line"] = compose(said.get("photographer", ""), said.get("agency_chain", []))
        if not said["credit_line"]:
            raise ValidationError("Name the photographer, an agency, or write the credit line.")
        return said


class CreditInline(admin.StackedInline):
    model = Credit
    form = CreditForm
    extra = 1
    can_delete = False
    verbose_name_plural = "credit"
    fields = [
        "photographer", "agency_chain", "credit_line", "printed_credit", "source", "copyright_notice", "usage_terms",
        "rights", "rights_end", "license_url", "licensor", "licensor_url",
    ]  # fmt: skip


class PhotoAdmin(admin.ModelAdmin):
    formfield_overrides = MOMENTS
    form = PhotoForm
    inlines = [CreditInline]
    list_display = ["__str__", "credit_line", "has_file", "created_at"]
    list_filter = ["credit__rights"]
    list_select_related = ["credit"]
    search_fields = ["title", "caption", "keywords", "credit__credit_line"]
    search_help_text = "Title, caption, keywords or credit"
    fieldsets = [
        (None, {"fields": ["upload", "title", "caption", "alt_text"]}),
        ("For the desk", {"classes": ["collapse"], "fields": FOR_THE_DESK}),
    ]

    @admin.display(description="Credit")
    def credit_line(self, photo: Photo) -> str:
        return photo.credit_words() or "Nobody credited"

    @admin.display(description="File", boolean=True, ordering="file")
    def has_file(self, photo: Photo) -> bool:
        return bool(photo.file)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.uploaded_by = request.user
        if "upload" in form.changed_data:
            describe(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for credit_form in (line for formset in formsets for line in formset.forms):
            chain = credit_form.cleaned_data.get("agency_chain") if credit_form.has_changed() else None
            # A form that names the credit of another photo was not saved.
            if chain is not None and credit_form.instance.pk and chain != list(credit_form.instance.agency_names()):
                credit_form.instance.set_chain(chain)
        if "upload" in form.changed_data and not Credit.objects.filter(photo=form.instance).exists():
            credit_from_file(form.instance)


# The shape of a BCP 47 tag (RFC 5646, 2.1): two or three letters, then parts of two to eight.
language_tag = RegexValidator(
    re.compile(r"\A[a-z]{2,3}(-[a-z0-9]{2,8})*\Z", re.ASCII | re.IGNORECASE),
    "Write the language as a tag: en, ar, pt-BR.",
)

STATUS_ID = re.compile("[0-9]+")


class TweetForm(forms.ModelForm):
    class Meta:
        model = Tweet
        fields = [
            "status_id", "author_name", "handle", "text", "translation", "language", "direction", "posted_at", "url",
            "availability", "embed_code",
        ]  # fmt: skip

    def clean_handle(self) -> str:
        return self.cleaned_data["handle"].lstrip("@")

    def clean_status_id(self) -> str:
        status_id = self.cleaned_data["status_id"].strip()
        if not STATUS_ID.fullmatch(status_id):
            raise ValidationError("A status id is digits alone.")
        if status_id.startswith("0"):
            raise ValidationError("No post has this id: a status id does not begin with 0.")
        return status_id

    def clean_language(self) -> str:
        language = self.cleaned_data["language"].strip()
        if language:
            language_tag(language)
        return language


class TweetAdmin(admin.ModelAdmin):
    formfield_overrides = MOMENTS
    form = TweetForm
    list_display = ["__str__", "posted_at", "availability"]
    list_filter = ["availability", "language"]
    search_fields = ["text", "author_name", "handle", "status_id"]
    search_help_text = "Words, name, handle or status id"

    def get_readonly_fields(self, request, obj=None):
        """Which post it is, and the code as it came, are the record."""
        return ["status_id", "embed_code", "captured_at"] if obj else ["captured_at"]

    def get_fieldsets(self, request, obj=None):
        words = ["status_id", "author_name", "handle", "text", "translation", "language", "direction"]
        return [
            (None, {"fields": [*words, "posted_at", "url", "availability"]}),
            ("As it came", {"classes": ["collapse"], "fields": ["captured_at", "embed_code"]}),
        ]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.posted_at = obj.posted_at or time_of(obj.status_id)
            obj.direction = direction_of(obj.text) if "direction" not in form.changed_data else obj.direction
        super().save_model(request, obj, form, change)


class AgencyForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = ["name"]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = Agency.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if like := next((other for other in others if other.casefold() == name.casefold()), None):
            raise ValidationError(f"This agency is kept already, as “{like}”.")
        return name


class AgencyAdmin(admin.ModelAdmin):
    form = AgencyForm
    search_fields = ["name"]
