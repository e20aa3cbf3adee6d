"""A photo file that an editor drops into a story, and what is said of it: its credit, its alt text."""

import re
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from articles.body.inline import without_controls
from media.crediting import credit_from_file, credit_from_line, describe
from media.intake import BadPicture, store
from media.models import Credit, Photo


class UploadError(ValueError):
    """Why a photo is not taken; a sentence for the editor."""


def take_in(upload: UploadedFile | None, said, user) -> Photo:
    """A stored photo from a file and what was typed beside it: `credit` (as printed), `caption`, `alt`, `title`.

    What is not typed is what the file says of itself; until somebody is credited no story with it is published. A
    picture that we have already is then that photo, with its credit. Raises UploadError.
    """
    if upload is None:
        raise UploadError("Choose a file.")
    words = {name: said.get(name, "").strip() for name in ("title", "caption", "alt")}
    line = " ".join(said.get("credit", "").split())
    photo = Photo(title=words["title"], caption=words["caption"], alt_text=words["alt"], uploaded_by=user)
    try:
        store(photo, upload)
        if not line and not any(words.values()):
            twin = Photo.objects.with_credit().filter(sha256=photo.sha256).order_by("credit__pk", "pk").first()
            if twin:
                return twin
        describe(photo)
        photo.title = photo.title or title_of(upload.name or "")
        with transaction.atomic():
            photo.full_clean()
            photo.save()
            if line:
                credit_from_line(photo, line)
            else:
                credit_from_file(photo)
    except BadPicture as error:
        raise UploadError(str(error)) from error
    except ValidationError as error:
        raise UploadError(" ".join(error.messages)) from error
    return photo


def title_of(name: str) -> str:
    """A file's name as words to find the photo by: "port-at-dusk_2.JPG" is "port at dusk 2"."""
    return " ".join(re.sub(r"[-_]+", " ", PurePath(without_controls(name)).stem).split())[:200]


def complete(photo: Photo, said) -> Photo:
    """Say of a photo what nobody said yet: its `credit` (as printed) and its `alt` text. What is there stays.

    Raises UploadError.
    """
    line = " ".join(said.get("credit", "").split())
    alt = said.get("alt", "").strip()
    try:
        with transaction.atomic():
            row = Photo.objects.select_for_update().get(pk=photo.pk)
            if line and not Credit.objects.filter(photo=row).exists():
                credit_from_line(row, line)
            if alt and not row.alt_text:
                row.alt_text = alt
                row.save(update_fields=["alt_text", "modified_at"])
    except ValidationError as error:
        raise UploadError(" ".join(error.messages)) from error
    return Photo.objects.with_credit().get(pk=photo.pk)
