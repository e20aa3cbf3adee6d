"""The page as readers would see it if the writing form were published now. Nothing is saved."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST

from articles.desk.names_field import tags_named
from articles.desk.sheets import galley_sheet
from articles.desk.workflow import may
from articles.models import Article, Tag
from articles.models.names import slug_from
from articles.publishing import PublishingError, galley
from articles.publishing.freeze import copy_with

STRIP = "Preview. Nothing of it is saved, and only you see this page."


def urls(model_admin) -> list:
    """The addresses to which the writing form is sent for a preview: of a new story, and of one that is there."""

    @require_POST
    def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
        return previewed(model_admin, request, pk)

    guarded = model_admin.admin_site.admin_view(preview)
    return [
        path("add/preview/", guarded, name="articles_article_preview_new"),
        path("<int:pk>/preview/", guarded, name="articles_article_preview"),
    ]


def previewed(model_admin, request: HttpRequest, pk: int | None) -> HttpResponse:
    """The page, or what is wrong with the form (400). Raises PermissionDenied for a story that is not one's own."""
    article = get_object_or_404(Article, pk=pk) if pk else None
    if not (may(request.user, "write", article) if article else model_admin.has_add_permission(request)):
        raise PermissionDenied
    form_class = model_admin.get_form(request, article, change=article is not None)
    said = request.POST.copy()
    # A preview takes nothing out of the saved text, so it asks nothing back; and it may be of a page that is late.
    said["confirm_removal"] = "on"
    said["version"] = str(article.version) if article else ""
    form = form_class(said, instance=article)
    if not form.is_valid():
        return no_preview(model_admin, request, complaints_in(form))
    try:
        return galley_sheet(galley(form.instance, typed_copy(form)), [STRIP])
    except PublishingError as error:
        return no_preview(model_admin, request, [str(error)])


def typed_copy(form):
    """The copy as it stands in the form, with tags that nobody has made yet."""
    names = form.cleaned_data["tag_names"]
    known = tags_named(names)
    tags = [known.get(name) or Tag(name=name, slug=slug_from(name, "tag")) for name in names]
    story = form.instance
    return copy_with(story, form.cleaned_data["author_names"], tags, story.corrections.all() if story.pk else ())


def complaints_in(form) -> list[str]:
    """What is wrong with the form, each with the name of its field."""
    labels = {name: field.label or name.replace("_", " ").capitalize() for name, field in form.fields.items()}
    return [
        f"{labels[name]}: {error}" if name in labels else error
        for name, errors in form.errors.items()
        for error in errors
    ]


def no_preview(model_admin, request: HttpRequest, complaints: Sequence[str]) -> HttpResponse:
    context = {**model_admin.admin_site.each_context(request), "title": "No preview", "complaints": complaints}
    context["is_nav_sidebar_enabled"] = False
    return TemplateResponse(request, "admin/articles/article/no_preview.html", context, status=400)
