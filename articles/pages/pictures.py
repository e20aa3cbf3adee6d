"""A photograph as it is shown outside of our pages: its file, and the shapes that others ask for."""

from dataclasses import dataclass

from articles import document
from articles.pages.picture import crops, photo_address


@dataclass(frozen=True, slots=True)
class Picture:
    """One file of a photo: its path on this site and its size in pixels."""

    photo: document.Photo
    path: str
    width: int
    height: int


def first_picture(said: document.Document) -> document.Photo | None:
    """The photo that stands for a story: the lead, else the first of the text that has a file."""
    return next((photo for photo in said.photos() if photo.file), None)


def pictures_of(photo: document.Photo | None) -> list[Picture]:
    """The files of a photo for machines, the best for a wide card first; empty without a file.

    16:9, 4:3 and 1:1, of which search engines choose; a file that cannot be cut stands as it is.
    """
    if photo is None or not photo.file:
        return []
    shapes = [Picture(photo, *shape) for shape in crops(photo)]
    return shapes or [Picture(photo, photo_address(photo), photo.width, photo.height)]
