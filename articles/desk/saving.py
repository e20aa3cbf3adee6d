"""Saves of the writing page: answers for its script, and what happens when somebody else was quicker.

A page says which version of the story it was drawn from, its own name, and whose it is. A save over a newer version is
refused with both texts side by side, and nothing typed is lost: it is kept as a recovery, too.
"""

from collections.abc import Mapping
from contextlib import suppress

from django import forms
from django.contrib.messages import get_messages
from django.http import HttpRequest, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape

from articles.desk.clock import called, clock
from articles.desk.comparing import FieldChange, as_sent, compared, story_fields
from articles.desk.recovery import PAGE, TooLarge, keep
from articles.desk.typed import typed
from articles.models import Article
from articles.models.names import slug_from

TAKE = "take_"  # a field of the conflict's form: take_headline=theirs
BEGUN = "stories_begun"  # in the session: which story a page without one has saved
REMEMBERED = 20
# What the conflict's form says itself.
ASKED_ANEW = {"version", "writer", "confirm_removal"}


def somebody_else(request: HttpRequest) -> bool:
    """Whether the page is another person's than who is logged in by now: a save would go under a wrong name."""
    return request.POST.get("writer", str(request.user.pk)) != str(request.user.pk)


def told(request: HttpRequest) -> list[dict[str, str]]:
    """What the request has to say to the person, said now and not on the next page."""
    said = get_messages(request)
    return [{"level": message.level_tag, "html": str(conditional_escape(message.message))} for message in said]


def answer(request: HttpRequest, form: forms.BaseForm, title: str, parts: dict[str, str]) -> JsonResponse:
    """A save that succeeded, by an unbound form of it; `parts` of the page as they are now, by their names."""
    article = form.instance
    return JsonResponse(
        {
            "ok": True,
            "version": article.version,
            "address": reverse("admin:articles_article_change", args=[article.pk]),
            "saved_at": clock(article.modified_at),
            "slug": article.slug,
            "slug_follows": form.slug_follows(),
            "messages": told(request),
            "refused": getattr(request, "desk_refused", ""),
            "title": title,
            "name": str(article),
            "parts": parts,
        }
    )


def refused(request: HttpRequest, form: forms.BaseForm) -> JsonResponse:
    """What is wrong, at each field; a box that must be ticked to go on is named with its words in `asks`."""
    asked = {n: str(f.label) for n, f in form.fields.items() if n == "confirm_removal" and not f.widget.is_hidden}
    errors = {name: [str(sentence) for sentence in found] for name, found in form.errors.items()}
    return JsonResponse({"errors": errors, "asks": asked, "messages": told(request)}, status=400)


def replaced(data: QueryDict, values: dict[str, str]) -> QueryDict:
    copy = data.copy()
    for name, value in values.items():
        copy[name] = value
    return copy


def with_theirs(data: QueryDict, form: forms.BaseForm) -> QueryDict:
    """What was sent from the conflict's form, with the saved story's words where a person chose them.

    When the story was saved again meanwhile the choice was between other texts, and is asked anew.
    """
    if data.get("version") != str(form.instance.version):
        return data
    taken = [name for name in story_fields(form) if data.get(TAKE + name) == "theirs"]
    return replaced(data, {name: as_sent(form, name) for name in taken})


def chooses(data: QueryDict) -> bool:
    return data.get("_continue") != "mine" and any(name.startswith(TAKE) for name in data)


def conflict(request: HttpRequest, form: forms.BaseForm) -> dict:
    """The context of the question which text shall stand; what was typed is kept as a recovery besides."""
    article, said = form.instance, typed(request.POST)
    page = said.get("page", "")
    if PAGE.fullmatch(page):
        with suppress(TooLarge):  # it stands in the answer, too
            keep(request.user, page, article, said.get("version", ""), said, form.fields)
    return {
        "article": article,
        "changes": differing(form, said),
        "mine": [
            (name, "" if name == "slug" and slug_makes_itself(form, said) else said[name])
            for name in form.fields
            if name in said and name not in ASKED_ANEW
        ],
        "who": "You" if article.saved_by_id == request.user.pk else called(article.saved_by),
        "when": clock(article.modified_at),
        "address": reverse("admin:articles_article_change", args=[article.pk]),
    }


def drawn_conflict(request: HttpRequest, context: dict) -> JsonResponse:
    html = render_to_string("admin/articles/article/conflict.html", context, request)
    return JsonResponse({"conflict": html, "messages": told(request)}, status=409)


def slug_makes_itself(form: forms.BaseForm, said: Mapping[str, str]) -> bool:
    """Whether nobody typed a slug, neither in the saved story nor in what is sent for it: then it follows the headline
    that is chosen, and is no question of its own."""
    made = slug_from(said.get("headline", ""), "story")
    return form.slug_follows() == "auto" and said.get("slug", "") in ("", made)


def differing(form: forms.BaseForm, said: Mapping[str, str]) -> list[FieldChange]:
    """What an unbound form of the saved story and what is sent for it do not agree on."""
    itself = slug_makes_itself(form, said)
    return [change for change in compared(form, said) if not (itself and change.name == "slug")]


def same_text(form: forms.BaseForm, data: Mapping[str, str]) -> bool:
    """Whether a page sends just what is saved: nothing was changed, or its own save, of which it never heard."""
    return data.get("version", "").isdigit() and not differing(form, data)


def remember(request: HttpRequest, page: str, article: Article) -> None:
    """A page that began a story may not hear that it was saved, and send it again: then it means this one."""
    if not PAGE.fullmatch(page):
        return
    begun = {**request.session.get(BEGUN, {}), page: article.pk}
    request.session[BEGUN] = dict(list(begun.items())[-REMEMBERED:])


def begun_before(request: HttpRequest) -> int | None:
    """The story that this page has saved already, although it does not know."""
    pk = request.session.get(BEGUN, {}).get(request.POST.get("page", ""))
    return pk if pk and Article.objects.filter(pk=pk).exists() else None
