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
from articles.desk.cards import photo_card, photo_cards, tweet_card
from articles.desk.names_field import known_as
from articles.desk.typed import typed
from articles.models import Author, Tag
from articles.models.names import slug_from
from media.models import Photo, Tweet

SHOWN = 24
SUGGESTED = 12
THUMBNAIL = (800, 800)


def desk_only(site, view, *permissions: str):
    """A view for staff who have the permissions; others get 403, strangers the login."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.has_perms(permissions):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return site.admin_view(guarded)


def writers_only(view):
    """What only the writing page asks for; the picture desk reads photos, and writes no articles."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        user = request.user
        if not (user.has_perm("articles.change_article") or user.has_perm("articles.add_article")):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


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
    found = Photo.objects.search(typed(request.GET).get("q", "")[:200]).with_credit()[:SHOWN]
    return JsonResponse({"results": photo_cards(found)})


@require_POST
def upload_photo(request):
    """A new photo from a file, alt text, caption and credit line; 400 with a sentence when something is wrong."""
    try:
        row = uploads.take_in(request.FILES.get("file"), typed(request.POST), request.user)
    except uploads.UploadError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(photo_card(row))


@require_POST
def complete_photo(request, pk: int):
    """The credit and the alt text that a photo lacks; what it has is not written over. 400 with a sentence."""
    try:
        row = uploads.complete(get_object_or_404(Photo, pk=pk), typed(request.POST))
    except uploads.UploadError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse(photo_card(row))


@require_GET
def tweet(request, pk: int):
    return JsonResponse(tweet_card(get_object_or_404(Tweet, pk=pk)))


@require_GET
def tweets(request):
    found = captures.search(typed(request.GET).get("q", "")[:200])[:SHOWN]
    return JsonResponse({"results": [tweet_card(row) for row in found]})


@require_POST
def capture_tweet(request):
    """{"tweet": card} of an address or embed code, its words empty while nobody knows them; 400 with a sentence."""
    said = typed(request.POST)
    try:
        row = captures.capture(said.get("source", ""), said, may_add=request.user.has_perm("media.add_tweet"))
    except captures.CaptureError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"tweet": tweet_card(row)})


@require_POST
def complete_tweet(request, pk: int):
    """What a post's row lacks, typed in its card; what it has is a record. 400 with a sentence."""
    try:
        row = captures.fill(get_object_or_404(Tweet, pk=pk), captures.typed_fields(typed(request.POST)))
    except captures.CaptureError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({"tweet": tweet_card(row)})


@require_GET
def slug(request):
    """The address part that a headline makes."""
    return JsonResponse({"slug": slug_from(typed(request.GET).get("headline", "")[:300], "story")})


@require_GET
def tags(request):
    return JsonResponse({"results": [tag.name for tag in suggested(Tag, typed(request.GET).get("q", ""))]})


@require_GET
def authors(request):
    return JsonResponse({"results": known_as(suggested(Author, typed(request.GET).get("q", "")))})


def suggested(model, words: str) -> list:
    """Up to 12 rows whose names contain the words, those that begin with them first."""
    words = words.strip()[:100]
    begin = model.objects.filter(name__istartswith=words)[:SUGGESTED]
    contain = model.objects.filter(name__icontains=words)[:SUGGESTED]
    return list(dict.fromkeys([*begin, *contain]))[:SUGGESTED]


def urls(site) -> list:
    """The addresses under /admin/articles/article/embed/, each with what it asks of the person."""

    def address(route: str, view, *permissions: str):
        return path(route, desk_only(site, view, *permissions))

    return [
        address("photo/<int:pk>/", photo, "media.view_photo"),
        address("photo/<int:pk>/<slug:sha256>.jpg", thumbnail, "media.view_photo"),
        address("photos/", writers_only(photos), "media.view_photo"),
        address("photos/upload/", writers_only(upload_photo), "media.add_photo", "media.add_credit"),
        address("photo/<int:pk>/words/", writers_only(complete_photo), "media.add_photo", "media.add_credit"),
        address("tweet/<int:pk>/", writers_only(tweet), "media.view_tweet"),
        address("tweets/", writers_only(tweets), "media.view_tweet"),
        address("tweets/capture/", writers_only(capture_tweet), "media.view_tweet"),
        address("tweet/<int:pk>/words/", writers_only(complete_tweet), "media.view_tweet", "media.add_tweet"),
        address("slug/", writers_only(slug)),
        address("tags/", writers_only(tags), "articles.view_tag"),
        address("authors/", writers_only(authors), "articles.view_author"),
    ]
