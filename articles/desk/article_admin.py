"""The writing page and the list of articles."""

import time

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.utils import timezone
from js_asset import Media

from articles.desk import (
    embeds,
    history,
    margin,
    presence,
    preview,
    proofs_admin,
    publishing_views,
    recovery,
    saving,
    workflow,
)
from articles.desk.article_form import ArticleForm
from articles.desk.article_list import ArticleList
from articles.desk.clock import clock
from articles.desk.late import late
from articles.desk.moments import LAST_YEAR
from articles.desk.names_field import known_as, sign, tags_in_order
from articles.desk.reading import draft_to_read
from articles.desk.standing import standing
from articles.desk.typed import wants_json
from articles.models import Article, ArticleChanged, ArticleTag, Column

# What a save may change on the page around the text: drawn anew with each.
PARTS = ["publishing_bar", "editions", "times", "below", "deeds"]


@admin.register(Article)
class ArticleAdmin(ArticleList):
    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    fieldsets = [
        (None, {"classes": ["story"], "fields": ["headline", "dek", "confirm_removal", "body", "removed_embeds"]}),
        ("Filed under", {"classes": ["panel"], "fields": ["column", "author_names", "tag_names"]}),
        (
            "Lead photo",
            {
                "classes": ["panel"],
                "fields": ["lead_photo", "lead_caption", "lead_alt", "lead_decorative", "lead_crop"],
            },
        ),
        ("For colleagues", {"classes": ["panel"], "fields": ["note"]}),
        ("Address and search", {"classes": ["panel"], "fields": ["kicker", "slug", "seo_title", "language"]}),
    ]

    def get_urls(self):
        own = [*preview.urls(self), *proofs_admin.urls(self), *history.urls(self)]
        own += [*publishing_views.urls(self.admin_site), *recovery.urls(self), *presence.urls(self)]
        return [path("embed/", include(embeds.urls(self.admin_site))), *own, *super().get_urls()]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        form.recovered = recovery.as_initial(self.to_restore(request, obj))
        return form

    def to_restore(self, request, obj):
        """What the address asks to put back into the page, while it is drawn for the first time."""
        asked = request.GET.get("recovery", "") if request.method == "GET" else ""
        return recovery.found(request.user, asked, obj)

    def get_fieldsets(self, request, obj=None):
        """Who may only read sees the plain fields: the form's own have no column to be read from."""
        if self.may_write(request, obj):
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["headline", "dek", "text", "column", "bylines_in_words", "tags_in_words", "slug"]})]

    def get_readonly_fields(self, request, obj=None):
        return [] if self.may_write(request, obj) else ["text", "bylines_in_words", "tags_in_words"]

    def may_write(self, request, obj) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    @admin.display(description="Text")
    def text(self, article: Article):
        return draft_to_read(article)

    @admin.display(description="Byline")
    def bylines_in_words(self, article: Article) -> str:
        return ", ".join(line.author.name for line in article.bylines.select_related("author"))

    @admin.display(description="Tags")
    def tags_in_words(self, article: Article) -> str:
        return ", ".join(tag.name for tag in article.ordered_tags())

    def get_changeform_initial_data(self, request):
        """What is likely: the writer's own name, and the column of what they wrote last."""
        author = getattr(request.user, "author", None)
        last = Article.objects.filter(created_by=request.user).order_by("-pk").first()
        column = last.column_id if last else Column.objects.values_list("pk", flat=True).first()
        likely = {"column": column, "author_names": known_as([author]) if author else []}
        return likely | super().get_changeform_initial_data(request)

    def changelist_view(self, request, extra_context=None):
        """What was typed and not saved is offered where the list is opened, not where something is looked for in it."""
        unsaved = [] if request.GET else recovery.all_offers(request.user, timezone.now() - recovery.LEFT)
        return super().changelist_view(request, {"title": "Articles", "unsaved": unsaved, **(extra_context or {})})

    def history_view(self, request, object_id, extra_context=None):
        """The editions first, then the desk's own log."""
        article = self.get_object(request, unquote(object_id))
        record = history.record(article, request.user) if article else {}
        return super().history_view(request, object_id, record | (extra_context or {}))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        began = time.perf_counter()
        if wants_json(request) and saving.somebody_else(request):
            return JsonResponse({"login": True}, status=403)
        if object_id is None and (known := saving.begun_before(request)):
            object_id, request.POST = str(known), saving.replaced(request.POST, {"version": "1"})
        article = self.get_object(request, unquote(object_id)) if object_id else None
        # Refuses before anything is saved.
        if publishing_views.pressed(request, article) == publishing_views.UNDO and article:
            publishing_views.take_back(request, article)
        if object_id and saving.chooses(request.POST):
            request.POST = saving.with_theirs(request.POST, self.saved_form(request, object_id))
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except ArticleChanged:
            return self.overtaken(request, object_id)
        publishing_views.tell(request, time.perf_counter() - began)
        return self.news(request) or response

    def saved_form(self, request, object_id):
        """The form as the story is saved now. Raises PermissionDenied for who may not write it."""
        article = self.get_object(request, unquote(object_id))
        if article is None or not self.has_change_permission(request, article):
            raise PermissionDenied
        return self.get_form(request, article, change=True)(instance=article)

    def overtaken(self, request, object_id):
        """Nothing is saved: both texts, and the question which shall stand."""
        form = self.saved_form(request, object_id)
        if saving.same_text(form, request.POST):
            request.POST = saving.replaced(request.POST, {"version": str(form.instance.version)})
            return self.changeform_view(request, object_id)
        told = saving.conflict(request, form)
        if wants_json(request):
            return saving.drawn_conflict(request, told)
        context = {**self.admin_site.each_context(request), "title": "Two versions", "opts": self.opts, **told}
        return TemplateResponse(request, "admin/articles/article/conflict_page.html", context, status=409)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if form.is_bound and wants_json(request):
            return saving.refused(request, form)
        # The import map is the desk's one inline script: it carries the nonce of this answer's policy.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        context["is_nav_sidebar_enabled"] = False
        context |= self.bar(request, obj)
        if self.may_write(request, obj):
            context["unsaved"] = recovery.offers(request.user, obj, but=str(form["page"].value() or ""))
            context["recovered"] = self.to_restore(request, obj)
            context["recovery_address"] = recovery.address(obj)
            context["saved_at"] = clock(obj.modified_at) if obj else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def bar(self, request, obj: Article | None) -> dict:
        """What the publishing bar, the checks in the margin and the list of editions are drawn from."""
        now = timezone.now()
        context = {"last_year": LAST_YEAR, "zone": timezone.get_current_timezone_name()}
        context["may_override"] = request.user.has_perm(publishing_views.OVERRIDE)
        context["late"] = late(now) if request.user.has_perm(workflow.PUBLISH) else None
        if not obj:
            new = reverse("admin:articles_article_checks_new")
            return context | {"possible": workflow.possible(request.user, None), "checks_at": new}
        stands = standing(obj, request.user, now)
        context |= {"standing": stands, "possible": stands.possible, "moments": stands.fields()}
        if "write" in stands.possible:
            context["margin"] = margin.of_copy(obj)
            context["checks_at"] = reverse("admin:articles_article_checks", args=[obj.pk])
        return context

    def log_change(self, request, obj, message):
        """A save that changed nothing is no line of the record."""
        return super().log_change(request, obj, message) if message else None

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        elif saving.same_text(self.form(instance=Article.objects.get(pk=obj.pk)), request.POST):
            return  # nothing was changed: no new version, and what was approved stays approved
        obj.save(by=request.user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        ArticleTag.objects.retag(form.instance, tags_in_order(form.cleaned_data["tag_names"]))
        sign(form.instance, form.cleaned_data["author_names"])

    def response_add(self, request, obj, post_url_continue=None):
        saving.remember(request, request.POST.get("page", ""), obj)
        return self.answered(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self.answered(request, obj) or super().response_change(request, obj)

    def answered(self, request, obj):
        """After a save from the page's own buttons: the deed, if it was one, and the page again, or its news."""
        recovery.forget(request.user, request.POST.get("page", ""))
        name = publishing_views.pressed(request, obj)
        if name and name != publishing_views.UNDO:
            publishing_views.act(request, obj, name)
        if wants_json(request):
            request.desk_saved = obj  # its news are told after the commit
            return JsonResponse({})
        if not name and "_continue" not in request.POST:
            return None
        if not name:
            messages.success(request, f"Saved {clock(obj.modified_at)}.")
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[obj.pk]))

    def news(self, request):
        """What changed in the page, for its script; None when it was not its script that saved."""
        article = getattr(request, "desk_saved", None)
        if article is None:
            return None
        article.refresh_from_db()
        context = {
            "original": article,
            "opts": self.opts,
            "has_change_permission": True,
            "has_add_permission": self.has_add_permission(request),
            "has_delete_permission": self.has_delete_permission(request, article),
            **self.bar(request, article),
        }
        drawn: dict[str, str] = {
            part: render_to_string(f"admin/articles/article/{part}.html", context, request) for part in PARTS
        }
        title = f"{article} | Change {self.opts.verbose_name}"
        return saving.answer(request, self.form(instance=article), title, drawn)
