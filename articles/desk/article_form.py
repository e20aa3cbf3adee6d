"""The writing page's form: the working copy, its bylines and its tags."""

import uuid

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from articles import body
from articles.desk.checks import SEARCH_SHOWS
from articles.desk.editor import BodyWidget
from articles.desk.lost_embeds import described, lost
from articles.desk.names_field import NamesField, author_named, known_as, tags_named
from articles.models import Article, ArticleChanged, Column
from articles.models.article import RIGHT_TO_LEFT
from articles.models.names import refuse_unseen, slug_from
from articles.models.placement import refuse_strangers
from media.admin import language_tag
from media.models import Photo, Tweet

OTHERWISE = "Save again to save it under the name that is logged in now."


class LeadPhotoWidget(forms.TextInput):
    """The photo's number; in the page a picture with "Choose" and "Remove"."""

    input_type = "text"

    def __init__(self):
        super().__init__(attrs={"data-desk-lead": "", "inputmode": "numeric"})


class ArticleForm(forms.ModelForm):
    body = forms.CharField(required=False, widget=BodyWidget, strip=False)
    column = forms.ModelChoiceField(Column.objects.all(), empty_label=None)
    author_names = NamesField("authors", label="Byline", help_text="In order.")
    tag_names = NamesField("tags", label="Tags", help_text="In order; the first is the lead tag.")
    lead_photo = forms.ModelChoiceField(
        Photo.objects.all(),
        required=False,
        widget=LeadPhotoWidget,
        error_messages={"invalid_choice": "There is no such photo."},
    )
    lead_decorative = forms.BooleanField(
        required=False, label="Decorative", help_text="Passed over in silence when the page is read aloud."
    )
    removed_embeds = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-desk-removed": ""}))
    confirm_removal = forms.BooleanField(required=False, widget=forms.HiddenInput, label="Yes, take them out")
    # The version that the page was drawn from, its own name, and whose it is; the template draws them.
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    page = forms.CharField(required=False, widget=forms.HiddenInput)
    writer = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Article
        fields = [
            "headline", "dek", "body", "column", "kicker", "slug", "seo_title", "language",
            "lead_photo", "lead_caption", "lead_alt", "lead_crop", "note",
        ]  # fmt: skip
        help_texts = {"dek": ""}
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 1, "placeholder": "Headline"}),
            "dek": forms.Textarea(attrs={"rows": 1, "placeholder": "Dek"}),
            "language": forms.TextInput(attrs={"data-desk-rtl": " ".join(RIGHT_TO_LEFT), "list": "languages"}),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "lead_alt": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 2, "data-desk-grow": ""}),
        }

    # What the page keeps for itself: no change that anybody made, so the log does not name it.
    BOOKKEEPING = ("removed_embeds", "confirm_removal", "version", "page", "writer")
    # The person at the desk; the admin class sets it.
    user = None
    # What the person typed on another page and never saved, to begin with; the admin class sets it.
    recovered: dict[str, str] = {}

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in self.BOOKKEEPING]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else ""
        self.initial["page"] = uuid.uuid4()
        self.initial["lead_decorative"] = self.instance.lead_alt == ""
        if self.instance.pk:
            bylines = self.instance.bylines.select_related("author")
            self.initial["author_names"] = known_as(line.author for line in bylines)
            self.initial["tag_names"] = [tag.name for tag in self.instance.ordered_tags()]
        if "headline" in self.fields:  # who only reads has none
            self.dress()
        self.initial |= self.recovered

    def dress(self) -> None:
        """Tell the page's script what the fields are about."""
        if not self.instance.pk:
            self.fields["headline"].widget.attrs["autofocus"] = True
        for name in ("headline", "dek", "body", "lead_caption", "lead_alt", "seo_title"):
            self.fields[name].widget.attrs |= {"lang": self.instance.language, "dir": self.instance.direction}
        self.fields["slug"].widget.attrs["data-desk-slug"] = self.slug_follows()
        self.fields["seo_title"].widget.attrs["data-desk-shows"] = SEARCH_SHOWS

    def slug_follows(self) -> str:
        """ "live" when readers know the address, "auto" while it is what the headline makes of itself, else "own"."""
        if self.is_known():
            return "live"
        return "auto" if self.instance.slug in ("", slug_from(self.instance.headline, "story")) else "own"

    def is_known(self) -> bool:
        """Whether readers have seen the story, and so know its address."""
        return bool(self.instance.pk) and self.instance.editions.ever_seen(timezone.now()).exists()

    def clean_version(self) -> str:
        """Raises ArticleChanged, before anything else is looked at: a late page is not a wrong one.

        Without a version a page is as late as can be.
        """
        version = self.cleaned_data["version"]
        if self.instance.pk and version != str(self.instance.version):
            raise ArticleChanged("Somebody else saved the story meanwhile.")
        return version

    def clean_headline(self) -> str:
        headline = " ".join(self.cleaned_data["headline"].split())
        refuse_unseen(headline)
        return headline

    def clean_language(self) -> str:
        """The database refuses it too, but for the whole story and not at its field."""
        language_tag(self.cleaned_data["language"])
        return self.cleaned_data["language"]

    def clean_slug(self) -> str:
        """An empty box makes itself from the headline, until readers know the address: from then on it stays."""
        return self.cleaned_data["slug"] or (self.initial["slug"] if self.is_known() else "")

    def clean_body(self) -> str:
        html = self.cleaned_data["body"]
        try:
            blocks = body.parse(html)
            refuse_strangers("photo", Photo, {ref.photo for ref in body.photo_refs(blocks)})
            refuse_strangers("tweet", Tweet, {ref.tweet for ref in body.tweet_refs(blocks)})
        except body.BodyError as error:
            raise forms.ValidationError(str(error)) from error
        return html

    def clean_lead_decorative(self) -> bool:
        """Settles the alt text: no words mean "as the photo says" (None), and silence ("") only where it is ticked."""
        silent, words = self.cleaned_data["lead_decorative"], self.cleaned_data.get("lead_alt")
        if silent and words:
            raise forms.ValidationError("A decorative picture has no alt text: take out one of the two.")
        self.cleaned_data["lead_alt"] = "" if silent else words or None
        return silent

    def clean_author_names(self) -> list:
        return [author_named(name) for name in self.cleaned_data["author_names"]]

    def clean_tag_names(self) -> list[str]:
        names = self.cleaned_data["tag_names"]
        known = tags_named(names)
        unknown = [name for name in names if name not in known]
        if unknown and not self.user.has_perm("articles.add_tag"):
            listed = ", ".join(f"“{name}”" for name in unknown)
            raise forms.ValidationError(f"Only tag staff and editors make new tags: {listed} does not exist.")
        return names

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("writer") not in (None, "", str(self.user.pk)):
            self.add_error(None, f"This page was opened by somebody else, and nothing is saved. {OTHERWISE}")
        if "body" in cleaned and not cleaned.get("confirm_removal"):
            missing = lost(self.initial.get("body") or "", cleaned["body"], cleaned.get("removed_embeds", ""))
            if missing:
                self.ask_about(missing)
        return cleaned

    def ask_about(self, missing: list[str]) -> None:
        """Refuse the save, and put a box to tick over the text."""
        self.fields["confirm_removal"].widget = forms.CheckboxInput()
        self.add_error(
            "body",
            f"This save would take {described(missing)} out of the text. If you mean it, tick the box above "
            "and save again; if not, leave this page without saving: the saved article still has them.",
        )
