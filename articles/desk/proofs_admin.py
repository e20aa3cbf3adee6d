"""Where the desk sends a story out to be read: makes links, sees them, calls them back."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.desk import proofs
from articles.desk.sheets import stopped
from articles.desk.typed import typed
from articles.desk.workflow import may
from articles.models import Article, Proof
from articles.pages.ap_style import Moment
from articles.publishing import PublishingError

SHOWN = 50


def urls(model_admin) -> list:
    """The screen of a story's links, and the button that calls one back."""
    site = model_admin.admin_site

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    def screen(request: HttpRequest, pk: int) -> HttpResponse:
        article = story(request, pk)
        if request.method == "POST":
            send(model_admin, request, article)
            return HttpResponseRedirect(request.path)
        return drawn(model_admin, request, article)

    @require_POST
    def revoke(request: HttpRequest, pk: int, proof: int) -> HttpResponse:
        article = story(request, pk)
        row = get_object_or_404(Proof, pk=proof, article=article)
        if row.revoked_at is None:
            Proof.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
            model_admin.log_change(request, article, f"Called back the link for {row.reader or 'somebody'}.")
        messages.success(request, "The link is called back: it opens nothing any more.")
        return HttpResponseRedirect(reverse("admin:articles_article_proofs", args=[pk]))

    return [
        path("<int:pk>/proofs/", site.admin_view(screen), name="articles_article_proofs"),
        path("<int:pk>/proofs/<int:proof>/revoke/", site.admin_view(revoke), name="articles_article_revoke"),
    ]


def story(request: HttpRequest, pk: int) -> Article:
    """Raises PermissionDenied for a story that is not this person's to send, Http404 for none."""
    article = get_object_or_404(Article, pk=pk)
    if not may(request.user, "proof", article):
        raise PermissionDenied
    return article


def send(model_admin, request: HttpRequest, article: Article) -> None:
    """Make the link that the form asks for; a refusal is a message."""
    said = typed(request.POST)
    reader = " ".join(said.get("reader", "").split())
    if len(reader) > Proof._meta.get_field("reader").max_length:
        messages.error(request, "Write for whom it is in at most 120 characters.")
        return
    try:
        with transaction.atomic():
            proof = proofs.make(article, request.user, reader, said.get("lasts", ""))
    except PublishingError as error:
        messages.error(request, str(error))
        return
    whom, end = reader or "somebody", Moment(proof.expires_at)
    told = stopped(f"Made a link for {whom}, to be read without a login until {end}")
    model_admin.log_change(request, article, told)
    messages.success(request, stopped(f"The link for {whom} stands first in the list. It ends {end}"))


def drawn(model_admin, request: HttpRequest, article: Article) -> HttpResponse:
    now = timezone.now()
    rows = list(article.proofs.select_related("made_by")[:SHOWN])
    opening = set(article.proofs.open_at(now).values_list("pk", flat=True))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Send to a reader without a login",
        "article": article,
        "lasts": proofs.LASTS,
        "links": [link(proof, now, proof.pk in opening, article) for proof in rows],
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, "admin/articles/article/proofs.html", context)


def link(proof: Proof, now, opens: bool, article: Article) -> dict:
    """What the list says of one: its address while it can be read, else why it cannot."""
    if opens:
        state = f"until {Moment(proof.expires_at)}"
    elif proof.revoked_at:
        state = f"called back {Moment(proof.revoked_at)}"
    elif proof.expires_at <= now:
        state = f"ended {Moment(proof.expires_at)}"
    else:
        state = f"closed: {proofs.why_closed(article)}"
    return {
        "proof": proof,
        "address": settings.SITE_URL + proofs.address_of(proof) if opens else "",
        "made": Moment(proof.made_at),
        "state": state,
        "can_be_revoked": not proof.revoked_at and proof.expires_at > now,
    }
