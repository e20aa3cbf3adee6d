"""The picture of a story outside of our pages: the shapes of its photo, or the card that we draw in its place."""

from dataclasses import dataclass

from articles import document
from articles.models import Edition
from articles.pages.picture import crops, photo_address

# The size in pixels that social sites ask for.
CARD_SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Picture:
    """One file: its path on this site and its size in pixels. `photo` is None for a card that we draw."""

    photo: document.Photo | None
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


def pictures_for(edition: Edition, said: document.Document) -> list[Picture]:
    """The files that stand for a story, the best first: never empty."""
    return pictures_of(first_picture(said)) or [Picture(None, card_path(edition), *CARD_SIZE)]


def card_path(edition: Edition) -> str:
    """Where the card of this edition is, on this site. The number makes a new address for new words."""
    return f"{edition.path}card-{edition.number}.png"
