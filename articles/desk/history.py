"""The record of a story at the desk: its editions, two of them side by side, one as readers saw it, and back to it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from articles import body, document
from articles.desk.names_field import sign
from articles.desk.sheets import sheet, stopped
from articles.desk.typed import typed
from articles.desk.workflow import may, possible
from articles.models import Article, ArticleChanged, ArticleTag, Edition
from articles.pages.ap_style import Moment
from articles.pages.changes import Piece, changes, pieces
from articles.pages.notes import as_readers_see
from articles.publishing import PublishingError, again
from articles.publishing.freeze import copy_of


def urls(model_admin) -> list:
    """The addresses below a story's; who may not open the story gets 403 from each."""
    site = model_admin.admin_site

    @require_safe
    def compare(request: HttpRequest, pk: int) -> HttpResponse:
        article = story(request, pk, "read")
        one, other = (numbered(article, request.GET.get(name, "")) for name in ("from", "to"))
        return TemplateResponse(request, "admin/articles/article/compare.html", side_by_side(site, request, one, other))

    @require_safe
    def look(request: HttpRequest, pk: int, number: int) -> HttpResponse:
        return as_it_was(site, request, numbered(story(request, pk, "read"), str(number)))

    @require_POST
    def print_again(request: HttpRequest, pk: int, number: int) -> HttpResponse:
        edition = numbered(story(request, pk, "again"), str(number))
        try:
            printed = again(edition, by=request.user, reason=typed(request.POST).get("reason", ""))
        except PublishingError as error:
            messages.error(request, str(error))
        else:
            told = f"Printed edition {edition.number} again, as edition {printed.number}: {printed.reason}"
            model_admin.log_change(request, edition.article, told)
            messages.success(
                request,
                format_html(
                    'Edition {} is live with the words of edition {}: <a href="{}">{}</a>.',
                    *(printed.number, edition.number, printed.path, printed.headline),
                ),
            )
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))

    @require_POST
    def take_up(request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = story(request, pk, "write")
        edition = numbered(article, str(number))
        try:
            into_working_copy(article, edition, version_of(typed(request.POST).get("version", "")), by=request.user)
        except (PublishingError, ArticleChanged, body.BodyError) as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))
        model_admin.log_change(request, article, f"Put edition {number} into the working copy.")
        messages.success(request, f"The working copy says what edition {number} said. Readers see no change.")
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))

    def address(route: str, view, name: str):
        return path(f"<int:pk>/{route}", site.admin_view(view), name=f"articles_article_{name}")

    return [
        address("history/compare/", compare, "compare"),
        address("editions/<int:number>/", look, "edition"),
        address("editions/<int:number>/again/", print_again, "again"),
        address("editions/<int:number>/take-up/", take_up, "take_up"),
    ]


def story(request: HttpRequest, pk: int, deed: str) -> Article:
    """Raises PermissionDenied for a story with which this person may not do that, Http404 for none."""
    article = get_object_or_404(Article, pk=pk)
    if not may(request.user, deed, article):
        raise PermissionDenied
    return article


def numbered(article: Article, number: str) -> Edition:
    """An edition of a story by its number. Raises Http404."""
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise Http404("This is no number.")
    known = Edition.objects.select_related("made_by", "article", "column")
    return get_object_or_404(known, article=article, number=int(number))


def record(article: Article, user) -> dict:
    """What the page of the story's history shows over the desk's own log: every edition, newest first."""
    now = timezone.now()
    lines = [Line(each, now) for each in article.editions.lean().select_related("made_by").order_by("-number")]
    may_do = possible(user, article)
    return {
        "article": article,
        "lines": lines,
        "told": [line.edition for line in lines if not line.edition.redacted_at],
        "may_print": "again" in may_do,
        "may_write": "write" in may_do,
        "is_nav_sidebar_enabled": False,
    }


@dataclass(frozen=True, slots=True)
class Line:
    """An edition of the record, as it stands at a moment."""

    edition: Edition
    now: datetime

    @property
    def was_seen(self) -> bool:
        return self.edition.live_from <= self.now and not self.edition.cancelled

    @property
    def is_live(self) -> bool:
        return self.was_seen and (self.edition.live_until is None or self.edition.live_until > self.now)

    @property
    def seen(self) -> str:
        """When readers saw it, as a sentence."""
        start = Moment(self.edition.live_from)
        if self.edition.cancelled:
            return "No reader saw it: it was cancelled, or taken back."
        if not self.was_seen:
            return stopped(f"It waits: readers will see it from {start}")
        end = self.edition.live_until
        return stopped(f"Readers saw it {start} to {Moment(end) if end and not self.is_live else 'now'}")


def side_by_side(site, request: HttpRequest, one: Edition, other: Edition) -> dict:
    """Two editions, piece by piece; of one that was redacted number, times and reason alone."""
    now = timezone.now()
    known = [edition for edition in (one, other) if not edition.redacted_at]
    found = changes(*(everything(edition) for edition in known)) if len(known) == 2 else []
    return {
        **site.each_context(request),
        "title": f"Editions {one.number} and {other.number}",
        "article": one.article,
        "both": [Line(one, now), Line(other, now)],
        "rows": found,
        "changed": sum(row.is_one for row in found),
        "is_nav_sidebar_enabled": False,
    }


def everything(edition: Edition) -> list[Piece]:
    """All that an edition says, under the names that were printed; its notes and its address with it."""
    said = document.from_json(edition.document)
    told = pieces(said, said.bylines, said.tags)
    told += (Piece("Note", f"{note.kind.capitalize()}. {note.text}", note.at) for note in said.corrections)
    beside = {"Search title": said.seo_title, "Language": said.language, "Address": edition.path}
    return told + [Piece(name, words) for name, words in beside.items() if words]


def as_it_was(site, request: HttpRequest, edition: Edition) -> HttpResponse:
    """An edition as readers saw it, would have seen it, or will; of a redacted one number, times and reason."""
    line = Line(edition, timezone.now())
    if edition.redacted_at:
        context = {**site.each_context(request), "title": f"Edition {edition.number}", "line": line}
        return TemplateResponse(request, "admin/articles/article/redacted.html", context)
    authors = [line.author for line in edition.edition_bylines.select_related("author")]
    tags = [line.tag for line in edition.edition_tags.select_related("tag")]
    strip = [f"Edition {edition.number}. {line.seen}", "Only you, at the desk, see this page."]
    return sheet(edition, as_readers_see(edition), edition.column, authors, tags, strip)


def version_of(words: str) -> int:
    """The version that a form was drawn from. Raises PublishingError for none."""
    if words.isascii() and words.isdigit() and len(words) < 10:
        return int(words)
    raise PublishingError("The form does not say which version of the story it was drawn from: open it again.")


def into_working_copy(article: Article, edition: Edition, version: int, *, by) -> None:
    """Save the words of an edition as the next version of the working copy; column and address stay.

    Raises ArticleChanged when it was saved since that version, PublishingError for a redacted edition.
    """
    if edition.redacted_at:
        raise PublishingError(f"Edition {edition.number} was redacted: nothing of it is left.")
    copy = copy_of(edition)
    for name in ("headline", "dek", "kicker", "seo_title", "language", "body"):
        setattr(article, name, getattr(copy, name))
    lead = copy.lead
    article.lead_photo_id = lead.photo if lead else None
    article.lead_caption, article.lead_alt = (lead.caption, lead.alt) if lead else ("", None)
    article.lead_crop = lead.crop if lead else ""
    article.version = version
    with transaction.atomic():
        article.save(by=by)
        ArticleTag.objects.retag(article, copy.tags)
        sign(article, list(copy.authors))
