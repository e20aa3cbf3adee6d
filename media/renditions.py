"""Derived files of a photograph: which there are, what they are called, how big they are, how they are made.

A rendition is a value: what exists beside a photo's file follows from its name and size alone, and nothing else can be
asked for. A ladder of widths for screens, never wider than the file, and three shapes for search engines and cards:

    photos/ab/ab12….jpg  →  photos/ab/ab12…-400.jpg  -800  -1200  -1600     the whole picture
                            photos/ab/ab12…-16x9.jpg  -4x3  -1x1            cut around the focal point

A file is made when it is first asked for, and kept. A page never waits for one: it only says the names.
"""

import io
import logging
import posixpath
import threading
from typing import IO, NamedTuple

from django.core.files.storage import default_storage
from PIL import Image

from media.keeping import keep

logger = logging.getLogger(__name__)

WIDTHS = (400, 800, 1200, 1600)
RATIOS = {"16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
KINDS = (*map(str, WIDTHS), *RATIOS)
# Search engines and cards ask for 1,200 pixels: https://developers.google.com/search/docs/appearance/google-discover
CROP_WIDTH = 1200
# Beside 88 for the file itself: at the size at which a screen shows it, nobody tells them apart.
QUALITY = 80
CENTRE = (0.5, 0.5)
# Two of the server's four threads at most: pages must not stand behind pictures.
BENCH = threading.BoundedSemaphore(2)


class Busy(RuntimeError):
    """Others are being made; this one can be asked for again in a moment."""


class Rendition(NamedTuple):
    """One derived file: its kind (one of KINDS), its name in the storage's words, and its size in pixels."""

    kind: str
    path: str
    width: int
    height: int


def ladder(path: str, width: int, height: int) -> list[Rendition]:
    """The whole picture at each width below its own, narrow first; none for a file that is no JPEG of ours."""
    stem = stem_of(path)
    steps = [step for step in WIDTHS if step < width] if stem else []
    return [Rendition(str(step), f"{stem}-{step}.jpg", step, max(1, round(height * step / width))) for step in steps]


def crops(path: str, width: int, height: int) -> list[Rendition]:
    """The three shapes, as large as the file allows; none for a file that is no JPEG of ours."""
    stem = stem_of(path)
    if not stem:
        return []
    return [Rendition(kind, f"{stem}-{kind}.jpg", *crop_size(kind, width, height)) for kind in RATIOS]


def stem_of(path: str) -> str:
    """The name without its ending, "" for one that has no renditions."""
    stem, dot, ending = path.rpartition(".")
    return stem if dot and ending == "jpg" else ""


def window(kind: str, width: int, height: int) -> tuple[float, float]:
    """The largest box of a shape within a picture."""
    across, down = RATIOS[kind]
    return min(width, height * across / down), min(height, width * down / across)


def crop_size(kind: str, width: int, height: int) -> tuple[int, int]:
    across, down = RATIOS[kind]
    wide = max(1, min(CROP_WIDTH, int(window(kind, width, height)[0])))
    return wide, max(1, round(wide * down / across))


def kept_name(path: str, kind: str, focal: tuple[float, float]) -> str:
    """The name under which a rendition is kept. A crop's says its focal point: moved, it is another picture."""
    point = "-{:.0f}x{:.0f}".format(*(100 * part for part in focal)) if kind in RATIOS else ""
    return f"{stem_of(path)}-{kind}{point}.jpg"


def opened(path: str, kind: str, focal: tuple[float, float] = CENTRE) -> IO[bytes]:
    """A rendition's bytes, made now when nobody asked before.

    `focal` is the photo's focal point, from 0 to 1 across and down. Raises FileNotFoundError when there is no such
    file, or it is too small for this kind; Busy when too many are being made; OSError when the storage fails.
    """
    name = kept_name(path, kind, focal)
    try:
        return default_storage.open(name)
    except FileNotFoundError:
        pass
    if not BENCH.acquire(blocking=False):
        raise Busy(name)
    try:
        content = make(path, kind, focal)
    finally:
        BENCH.release()
    try:
        keep(name, content)
        if kind in RATIOS:
            sweep(name, kind)
    except OSError:  # a full disk: readers get the picture all the same, only dearer
        logger.exception("The rendition %s could not be kept.", name)
    return io.BytesIO(content)


def make(path: str, kind: str, focal: tuple[float, float]) -> bytes:
    """A progressive JPEG without metadata, made of the stored file. Raises as `opened` does."""
    with default_storage.open(path) as stored:
        try:
            with Image.open(stored, formats=["JPEG"]) as picture:
                return encoded(cut(picture, path, kind, focal))
        except (OSError, ValueError, SyntaxError) as error:  # decoders raise whatever a broken file makes them raise
            if isinstance(error, FileNotFoundError):
                raise
            logger.exception("The stored file %s is damaged: no rendition can be made of it.", path)
            raise FileNotFoundError(path) from error


def cut(picture: Image.Image, path: str, kind: str, focal: tuple[float, float]) -> Image.Image:
    """The picture at a rendition's size, cut to its shape. Raises FileNotFoundError when it is too small for it."""
    full = picture.size
    wanted = next((each for each in (*ladder(path, *full), *crops(path, *full)) if each.kind == kind), None)
    if wanted is None:
        raise FileNotFoundError(f"{path} has no {kind}")
    box = window(kind, *full) if kind in RATIOS else full
    # A JPEG is decoded at an eighth, a fourth or half of its size when that is enough: a sixth of the time.
    picture.draft("RGB", (round(wanted.width * full[0] / box[0]), round(wanted.height * full[1] / box[1])))
    scale = picture.size[0] / full[0], picture.size[1] / full[1]
    # As the focal point is written in the name, so that a name never means two pictures.
    left, top = (placed(round(100 * focal[axis]) / 100, full[axis], box[axis]) for axis in (0, 1))
    edges = (left * scale[0], top * scale[1], (left + box[0]) * scale[0], (top + box[1]) * scale[1])
    edges = (*edges[:2], min(edges[2], picture.size[0]), min(edges[3], picture.size[1]))
    return picture.convert("RGB").resize(
        (wanted.width, wanted.height), Image.Resampling.LANCZOS, box=edges, reducing_gap=2.0
    )


def placed(focal: float, full: float, part: float) -> float:
    """Where a window begins that has the focal point in its middle, or as near to it as the edges allow."""
    return min(max(focal * full - part / 2, 0), full - part)


def encoded(picture: Image.Image) -> bytes:
    picture.info.clear()  # Pillow carries a JPEG's comment over, among others
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return target.getvalue()


def sweep(kept: str, kind: str) -> None:
    """Remove the crops of this shape that were cut around an earlier focal point."""
    folder, name = posixpath.split(kept)
    shape = f"{name.partition('-')[0]}-{kind}-"
    for other in default_storage.listdir(folder)[1]:
        if other.startswith(shape) and other.endswith(".jpg") and other != name:
            default_storage.delete(posixpath.join(folder, other))
