"""A picture file on its way in: checked before it is decoded, and never kept as it was sent.

Django's own ImageField takes a third of the hostile files we know, and four of them, each under 2 KB, ask for half a
gigabyte. So: a closed list of formats, the size read from the header, and the pixels written anew.
"""

import hashlib
import io
from typing import IO

from PIL import Image, ImageCms, ImageOps

from media.keeping import keep
from media.metadata import Readings, read
from media.models import Photo

FORMATS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF"]
MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000
QUALITY = 88
WHITE = (255, 255, 255)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


class BadPicture(ValueError):
    """A file that we do not take; the message is for the person who sent it."""


def store(photo: Photo, upload: IO[bytes]) -> None:
    """Give `photo` the picture in `upload`: file, SHA-256, width and height in pixels, and what the file said of
    itself (`readings`). The photo is not saved.

    The stored file is a fresh baseline JPEG in sRGB, the right way up, named by its own hash, so that nothing that was
    hidden in the file comes with it and a name never means two pictures. Raises BadPicture.
    """
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BadPicture(f"The file is larger than {MAX_BYTES // 1_000_000} MB.")
    picture, readings = decode(content)
    picture.info.clear()  # Pillow carries a JPEG's comment over, among others
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    jpeg = target.getvalue()
    digest = hashlib.sha256(jpeg).hexdigest()
    name = f"photos/{digest[:2]}/{digest}.jpg"
    if not photo.file.storage.exists(name):
        keep(name, jpeg)
    photo.file.name = name
    photo.sha256 = digest
    photo.width, photo.height = picture.size
    photo.readings = readings.plain()


def decode(content: bytes) -> tuple[Image.Image, Readings]:
    """The first frame of a picture, upright, in sRGB, without transparency, and what the file says of itself.

    Raises BadPicture.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            refuse_giants(picture)
            picture.load()
            return in_srgb(ImageOps.exif_transpose(picture)), read(picture, content)
    except BadPicture:
        raise
    except Image.UnidentifiedImageError as error:
        raise BadPicture("This is not a JPEG, PNG, WebP, GIF, AVIF or TIFF picture.") from error
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise BadPicture("The picture is damaged and cannot be read.") from error


def refuse_giants(picture: Image.Image) -> None:
    width, height = picture.size
    frames = getattr(picture, "n_frames", 1)
    if width * height * frames > MAX_PIXELS:
        raise BadPicture(f"The picture has more than {MAX_PIXELS // 1_000_000} megapixels.")


def in_srgb(picture: Image.Image) -> Image.Image:
    """RGB pixels in sRGB; what was transparent is white."""
    profile = picture.info.get("icc_profile")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, (*WHITE, 255)), picture.convert("RGBA"))
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB") or picture
        except ImageCms.PyCMSError:
            pass  # a broken profile is no reason to refuse the picture
    return picture.convert("RGB")
