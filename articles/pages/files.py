"""Photographs and their renditions: public while an edition that readers see now shows the file, by its hash."""

import logging
import re
from typing import IO, NamedTuple

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.edge.stamp import stamp
from articles.models import Edition
from articles.pages.notes import RETRACTION
from articles.pages.question import Question
from media import renditions
from media.models import Photo

logger = logging.getLogger(__name__)

# Only names that we give ourselves: nothing else of a request ever reaches the file system.
STORED = re.compile(
    rf"photos/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})(?:-({'|'.join(renditions.KINDS)})(?=\.jpg\Z))?\.(jpg|png|webp|avif|gif)",
    re.ASCII,
)
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif", "gif": "image/gif"}
# A name never means two pictures, but the right to show one can end: whoever kept it asks again within the hour, and
# is told in a few bytes (304) that it still holds.
FOR_AN_HOUR = "public, max-age=3600, must-revalidate"
FOR_THE_DESK = "private, no-cache"
NOT_KEPT = "no-store"

USE = ("photos__photo", "photos__photo__sha256", "photos__photo__focal_x", "photos__photo__focal_y")
SPEAKS_OF_RETRACTION = Q(document__corrections__icontains=f'"{RETRACTION}"')


def uses(moment, sha256: str) -> QuerySet[Edition]:
    return Edition.objects.seen_at(moment).filter(photos__sha256=sha256).order_by("photos__photo")


SHOWN = Question(lambda moment, sha256: uses(moment, sha256).exclude(SPEAKS_OF_RETRACTION).values_list(*USE)[:1])


class Asked(NamedTuple):
    """A file by the parts of its name: the hash, and the kind of rendition (None: the file itself)."""

    folder: str
    sha256: str
    kind: str | None
    ending: str

    @property
    def path(self) -> str:
        """Of the file itself, in the storage."""
        return f"photos/{self.folder}/{self.sha256}.{self.ending}"


class Use(NamedTuple):
    """A photo that readers see: its row, the file that the row has by now, and its focal point."""

    photo: int
    sha256: str
    focal_x: float
    focal_y: float

    def focal(self, sha256: str) -> tuple[float, float]:
        """Of the file with this hash. A file that another has replaced since is cut around its middle."""
        return (self.focal_x, self.focal_y) if self.sha256 == sha256 else renditions.CENTRE


@csrf_exempt
@require_safe
def stored_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A photo's bytes: to everybody while a story seen now shows it, else to the desk alone. Raises Http404."""
    asked = named(name)
    public = public_use(asked.sha256)
    use = public or (desk_use(asked.sha256) if request.user.has_perm("media.view_photo") else None)
    if use is None:
        raise Http404("No file has this name.")
    response = answer(request, asked, use)
    if public:
        stamp(response, [f"photo-{public.photo}"])
    if "ETag" not in response.headers:
        response.headers["Cache-Control"] = NOT_KEPT
    else:
        response.headers["Cache-Control"] = FOR_AN_HOUR if public else FOR_THE_DESK
    return response


def named(name: str) -> Asked:
    """Which file a name asks for. Raises Http404 for a name that we do not give."""
    form = STORED.fullmatch(name)
    if not form:
        raise Http404("No file has this name.")
    return Asked(*form.groups())


def public_use(sha256: str) -> Use | None:
    """Where readers see the file with this hash now. One query, but for a file that only doubtful stories show.

    The edition keeps the pictures of a text that was retracted; readers do not see them, until a later note brings
    the text back.
    """
    moment = timezone.now()
    for row in SHOWN.rows(moment=moment, sha256=sha256):
        return Use(*row)
    doubtful = uses(moment, sha256).filter(SPEAKS_OF_RETRACTION).values_list(*USE, "document__corrections")
    return next((Use(*row) for *row, notes in doubtful if notes[-1]["kind"] != RETRACTION), None)


def desk_use(sha256: str) -> Use:
    """The same for the desk, where a photo may be in no story yet, and in none any more."""
    rows = Photo.objects.filter(sha256=sha256).order_by("pk").values_list("pk", "sha256", "focal_x", "focal_y")
    return Use(*(rows.first() or (0, "", *renditions.CENTRE)))


def answer(request: HttpRequest, asked: Asked, use: Use) -> HttpResponseBase:
    """The file or its rendition, or that the browser holds it; without an ETag when nobody may keep the answer."""
    path, kind, focal = asked.path, asked.kind, use.focal(asked.sha256)
    name = renditions.kept_name(path, kind, focal) if kind else path
    etag = f'"{name.rpartition("/")[2].partition(".")[0]}"'
    if (held := get_conditional_response(request, etag=etag)) is not None:
        if held.status_code == 304:  # not 412: a cache would show it in the place of the picture for an hour
            held.headers["ETag"] = etag
        return held
    try:
        content, keep = opened(path, kind, focal)
    except FileNotFoundError as error:
        raise Http404("No file has this name.") from error
    except OSError:  # not gone, only out of reach: a search engine that is told 404 drops the picture
        logger.exception("The storage could not give %s.", name)
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    response = FileResponse(content, content_type=TYPES[asked.ending])
    if keep:
        response.headers["ETag"] = etag
    return response


def opened(path: str, kind: str | None, focal: tuple[float, float]) -> tuple[IO[bytes], bool]:
    """The bytes, and whether they are what the name says: while others are being made, the whole file stands in."""
    if kind:
        try:
            return renditions.opened(path, kind, focal), True
        except renditions.Busy:
            return default_storage.open(path), False
    return default_storage.open(path), True
