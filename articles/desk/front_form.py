"""The front's form: a row for each story in a place, now or later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone

from articles.desk.front_stories import Story, number_of, stories_of
from articles.desk.moments import LAST_YEAR, moment
from articles.models import Slot
from articles.models.front import PLACES
from articles.publishing import PublishingError, Wish, complaints

ROWS = 60
NOBODY = "There is no such story."
UNSEEN = "Readers do not see this story, and no edition of it waits."


class MomentField(forms.Field):
    """A moment in the newsroom's zone, None when empty."""

    def __init__(self, *, label: str):
        latest = {"type": "datetime-local", "max": f"{LAST_YEAR}-12-31T23:59"}
        super().__init__(label=label, required=False, widget=forms.TextInput(attrs=latest))

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value).replace(tzinfo=None)
        return local.isoformat(timespec="seconds" if local.second else "minutes")

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            return moment(value, str(self.label))
        except PublishingError as error:
            raise forms.ValidationError(str(error)) from error


class SlotForm(forms.Form):
    place = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=PLACES,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], f"The front has the places 1 to {PLACES}."),
    )
    story = forms.CharField(required=False, max_length=2000)
    pinned = forms.BooleanField(required=False, label="Pinned")
    gone = forms.BooleanField(required=False, label="Take down")
    live_from = MomentField(label="From")
    live_until = MomentField(label="Until")
    headline = forms.CharField(required=False, max_length=300, label="Headline on the front")
    kicker = forms.CharField(required=False, max_length=60, label="Kicker on the front")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    @classmethod
    def of(cls, slot: Slot, now: datetime) -> dict[str, Any]:
        """What the row of a slot says at first. One that stands has no "from": it stays as it is."""
        said = {name: getattr(slot, name) for name in ("place", "pinned", "live_until", "headline", "kicker")}
        return said | {"story": slot.article_id, "live_from": slot.live_from if slot.live_from > now else None}

    def more(self) -> list[forms.BoundField]:
        """What most rows leave empty."""
        return [self[name] for name in ("live_from", "live_until", "headline", "kicker")]

    def clean_story(self) -> int | None:
        words = self.cleaned_data["story"]
        number = number_of(words)
        if words and number is None:
            raise forms.ValidationError(NOBODY)
        return number

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def clean_kicker(self) -> str:
        return " ".join(self.cleaned_data["kicker"].split())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        told = any(said.get(name) for name in ("pinned", "live_from", "live_until", "headline", "kicker"))
        if not said.get("gone") and "story" not in self.errors:
            if said.get("story") is None and told:
                self.add_error("story", "Which story?")
            elif said.get("story") is not None and said.get("place") is None and "place" not in self.errors:
                self.add_error("place", "In which place?")
        return said

    @property
    def wish(self) -> Wish | None:
        """None for a row without a story, and for one that is to be taken down."""
        said = self.cleaned_data
        if said.get("gone") or said.get("story") is None:
            return None
        told = {name: said[name] for name in ("place", "pinned", "live_from", "live_until", "headline", "kicker")}
        return Wish(article=said["story"], **told)


class FrontFormSet(forms.BaseFormSet):
    """The whole front. `ahead` are the slots that stand or wait now; `stories` what is said of the rows' stories."""

    def __init__(self, *args, ahead: Sequence[Slot], now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.ahead, self.now = ahead, now
        self.stories: dict[int, Story] = {}

    def clean(self) -> None:
        """Everything wrong with the arrangement, in its place."""
        self.stories = stories_of([number for number in map(self.story_of, self.forms) if number], self.now)
        for form in self.forms:
            self.check_story(form)
        if all(form.is_valid() for form in self.forms):
            wishing = [form for form in self.forms if form.wish]
            for complaint in complaints(self.wishes, self.ahead, self.now):
                wishing[complaint.number].add_error(complaint.field, complaint.said)

    def check_story(self, form: Any) -> None:
        """A story that stands already may stay when readers do not see it any more: the row says so."""
        number = self.story_of(form)
        if number is None or form.cleaned_data.get("gone"):
            return
        if number not in self.stories:
            form.add_error("story", NOBODY)
        elif not self.stories[number].edition and not any(slot.article_id == number for slot in self.ahead):
            form.add_error("story", UNSEEN)

    @staticmethod
    def story_of(form: Any) -> int | None:
        return getattr(form, "cleaned_data", {}).get("story")

    @property
    def wishes(self) -> list[Wish]:
        return [form.wish for form in self.forms if form.wish]


Rows = cast(
    type[FrontFormSet],
    forms.formset_factory(SlotForm, formset=FrontFormSet, extra=0, max_num=ROWS, absolute_max=ROWS, validate_max=True),
)
