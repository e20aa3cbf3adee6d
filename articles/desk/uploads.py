"""A photo file that an editor drops into a story, taken in with its credit."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from media.crediting import credit_from_line
from media.intake import BadPicture, store
from media.models import Photo


class UploadError(ValueError):
    """Why a photo is not taken; a sentence for the editor."""


def take_in(upload: UploadedFile | None, said, user) -> Photo:
    """A stored photo from a file and what was typed beside it: `credit` (as printed), `caption`, `alt`, `title`.

    A picture without a credit is refused: nobody finds out later who made it. Raises UploadError.
    """
    if upload is None:
        raise UploadError("Choose a file.")
    line = " ".join(said.get("credit", "").split())
    if not line:
        raise UploadError("Say whose picture it is: the photographer, the agency, or both.")
    photo = Photo(
        title=said.get("title", "").strip(),
        caption=said.get("caption", "").strip(),
        alt_text=said.get("alt", "").strip(),
        uploaded_by=user,
    )
    try:
        store(photo, upload)
        with transaction.atomic():
            photo.full_clean()
            photo.save()
            credit_from_line(photo, line)
    except BadPicture as error:
        raise UploadError(str(error)) from error
    except ValidationError as error:
        raise UploadError(" ".join(error.messages)) from error
    return photo
