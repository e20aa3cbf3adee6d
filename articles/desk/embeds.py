"""What the writing page asks for while somebody writes: cards, pickers, uploads, suggestions. JSON, for staff only."""

import io
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST
from PIL import Image

from articles.desk import captures, uploads
from articles.desk.cards import photo_card, tweet_card
from articles.models import Author, Tag
from media.models import Photo, Tweet

SHOWN = 24
THUMBNAIL = (800, 800)


def desk_only(site, view, *permissions: str):
    """A view for staff who may write stories and have the permissions; others get 403, strangers the login."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        user = request.user
        writes = user.has_perm("articles.change_article") or user.has_perm("articles.add_article")
        if not (writes and user.has_perms(permissions)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return site.admin_view(guarded)


@require_GET
def photo(request, pk: int):
    return JsonResponse(photo_card(get_object_or_404(Photo.objects.with_credit(), pk=pk)))


@require_GET
@cache_control(private=True, max_age=86_400, immutable=True)
def thumbnail(request, pk: int, sha256: str):
    """A small JPEG of a stored photo. The hash is in the address, so a browser may keep it."""
    row = get_object_or_404(Photo, pk=pk, sha256=sha256)
    try:
        with row.file.open("rb") as stored, Image.open(stored, formats=["JPEG"]) as picture:
            picture.draft("RGB", THUMBNAIL)
            picture.thumbnail(THUMBNAIL)
            target = io.BytesIO()
            picture.save(target, "JPEG", quality=80)
    except (OSError, ValueError) as error:
        raise Http404("The stored file is missing or damaged.") from error
    return HttpResponse(target.getvalue(), content_type="image/jpeg")


@require_GET
def photos(request):
    found = Photo.objects.search(request.GET.get("q", "")[:200]).with_credit()[:SHOWN]
    return JsonResponse({"results": [photo_card(row) for row in found]})


@require_POST
def upload_photo(request):
    """A new photo from a file, alt text, caption and credit line; 400 with a sentence when something is wrong."""
    try:
        row = uploads.take_in(request.FILES.get("file"), request.POST, request.user)
    except uploads.UploadError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(photo_card(row))


@require_GET
def tweet(request, pk: int):
    return JsonResponse(tweet_card(get_object_or_404(Tweet, pk=pk)))


@require_GET
def tweets(request):
    found = captures.search(request.GET.get("q", "")[:200])[:SHOWN]
    return JsonResponse({"results": [tweet_card(row) for row in found]})


@require_POST
def capture_tweet(request):
    """The tweet of an address or embed code.

    {"tweet": card}, or {"missing": fields known so far} when its words must be typed, or 400 with a sentence.
    """
    try:
        row, known = captures.capture(request.POST.get("source", ""), request.POST, may_add=may_add_tweet(request.user))
    except captures.CaptureError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"tweet": tweet_card(row)} if row else {"missing": known})


def may_add_tweet(user) -> bool:
    return user.has_perm("media.add_tweet")


@require_GET
def names(request, kind: str):
    """Up to 12 names of tags or authors that contain the words, those that begin with them first."""
    model = {"tags": Tag, "authors": Author}[kind]
    words = request.GET.get("q", "").strip()[:100]
    begin = model.objects.filter(name__istartswith=words).values_list("name", flat=True)[:12]
    contain = model.objects.filter(name__icontains=words).values_list("name", flat=True)[:12]
    return JsonResponse({"results": list(dict.fromkeys([*begin, *contain]))[:12]})


def urls(site) -> list:
    """The addresses under /admin/articles/article/embed/, each with what it asks of the person."""

    def address(route: str, view, *permissions: str, **kwargs):
        return path(route, desk_only(site, view, *permissions), kwargs)

    return [
        address("photo/<int:pk>/", photo, "media.view_photo"),
        address("photo/<int:pk>/<slug:sha256>.jpg", thumbnail, "media.view_photo"),
        address("photos/", photos, "media.view_photo"),
        address("photos/upload/", upload_photo, "media.add_photo", "media.add_credit"),
        address("tweet/<int:pk>/", tweet, "media.view_tweet"),
        address("tweets/", tweets, "media.view_tweet"),
        address("tweets/capture/", capture_tweet, "media.view_tweet"),
        address("tags/", names, "articles.view_tag", kind="tags"),
        address("authors/", names, "articles.view_author", kind="authors"),
    ]
