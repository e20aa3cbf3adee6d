"""Stored photographs: a file is public while an edition that readers see now shows it, by its content hash."""

import re

from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.edge.stamp import stamp
from articles.models import Edition

# Only names that we give ourselves: nothing else of a request ever reaches the file system.
STORED = re.compile(r"photos/([0-9a-f]{2})/(\1[0-9a-f]{62})\.(jpg|png|webp|avif|gif)", re.ASCII)
# The edition keeps the pictures of a text that was retracted; readers do not see them.
RETRACTED = Q(document__corrections__icontains='"retraction"')
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "avif": "image/avif", "gif": "image/gif"}
# A name never means two pictures, but the right to show one can end: whoever kept it asks again within the hour, and
# is told in a few bytes (304) that it still holds.
FOR_AN_HOUR = "public, max-age=3600, must-revalidate"
FOR_THE_DESK = "private, no-cache"


@csrf_exempt
@require_safe
def stored_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A photo's bytes: to everybody while a story seen now shows it, else to the desk alone. Raises Http404."""
    form = STORED.fullmatch(name)
    if not form:
        raise Http404("No file has this name.")
    sha256, kind = form[2], form[3]
    shown = Edition.objects.seen_at(timezone.now()).filter(photos__sha256=sha256).exclude(RETRACTED).order_by()
    photo = next(iter(shown.values_list("photos__photo", flat=True)[:1]), None)
    if photo is None and not request.user.has_perm("media.view_photo"):
        raise Http404("No file has this name.")
    response = get_conditional_response(request, etag=f'"{sha256}"') or open_file(name, kind)
    response.headers["ETag"] = f'"{sha256}"'
    if photo is None:
        response.headers["Cache-Control"] = FOR_THE_DESK
    else:
        stamp(response, [f"photo-{photo}"])
        response.headers["Cache-Control"] = FOR_AN_HOUR
    return response


def open_file(name: str, kind: str) -> FileResponse:
    try:
        return FileResponse(default_storage.open(name), content_type=TYPES[kind])
    except FileNotFoundError as error:
        raise Http404("No file has this name.") from error
