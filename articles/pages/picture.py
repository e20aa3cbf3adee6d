"""The <img> of a photo: which of its renditions a browser may choose from, and how wide it stands where.

Strings, not templates: a list has 25 of them, and a template that loops over the candidates of each takes three times
as long as the rest of the page. `sizes` says in short what style.css does with the spine, and must follow it.
"""

from functools import lru_cache

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString

from articles import document
from media import renditions

# Widths where a picture stands, from 67em on, from 48em on (there is a rail) and below (the page less its sides).
ACROSS = "(min-width:67em) 54em,(min-width:48em) calc(100vw - 14em),calc(100vw - 2.5em)"  # beside the rail
MEASURE = "(min-width:48em) 40em,calc(100vw - 2.5em)"  # as wide as the text
FEATURE = "(min-width:48em) 30em,calc(100vw - 2.5em)"  # three fifths of the column
# An upright picture, and one that is cut to be upright or square: 30rem at most.
NARROW = 30
UPRIGHT = {"square": 1, "portrait": 4 / 5}
# A browser that knows no srcset is old, and so is its screen.
PLAIN = 1200


def photo_address(photo: document.Photo) -> str:
    """The path of its file on this site, "" without a file."""
    return f"{settings.MEDIA_URL}{photo.path}" if photo.file else ""


def crops(photo: document.Photo) -> list[tuple[str, int, int]]:
    """The three shapes for search engines and cards, 16:9, 4:3 and 1:1: (path on this site, width, height)."""
    made = renditions.crops(photo.path, photo.width, photo.height) if photo.file else []
    return [(f"{settings.MEDIA_URL}{each.path}", each.width, each.height) for each in made]


def image(
    photo: document.Photo, sizes: str = ACROSS, *, eager: bool = False, files: str = settings.MEDIA_URL
) -> SafeString:
    """The picture alone. `eager` is for the first of a page, asked for at once; the others are when they come near.

    `files` is where its files are: a reader of a proof asks for them below the proof's own address. Width and height
    keep its place on the page, where nothing is drawn wider than its file.
    """
    when = ' fetchpriority="high"' if eager else ' loading="lazy"'
    size = f' width="{photo.width}" height="{photo.height}"' if photo.width and photo.height else ""
    return SafeString(
        f"<img {candidates(photo.path, photo.width, photo.height, sizes_of(photo, sizes), files)}"
        f'{size} alt="{escape(photo.alt)}"{when}>'
    )


@lru_cache(maxsize=4096)
def candidates(path: str, width: int, height: int, sizes: str, files: str = settings.MEDIA_URL) -> str:
    """The attributes src, srcset and sizes. The file itself stands at the top of the ladder, unless it is a giant."""
    own = f"{files}{path}"
    steps = [(f"{files}{step.path}", step.width) for step in renditions.ladder(path, width, height)]
    if width <= renditions.WIDTHS[-1]:
        steps.append((own, width))
    plain = next((name for name, across in reversed(steps) if across <= PLAIN), own)
    if len(steps) < 2:
        return f'src="{escape(plain)}"'
    srcset = ",".join(f"{name} {across}w" for name, across in steps)
    return f'src="{escape(plain)}" srcset="{escape(srcset)}" sizes="{sizes}"'


def sizes_of(photo: document.Photo, sizes: str) -> str:
    """How wide the browser must think that it is: of one that is cut upright, more is needed than stands there."""
    if not photo.height:
        return sizes
    shape = photo.width / photo.height
    if ratio := UPRIGHT.get(photo.crop):
        share = max(1, shape / ratio)
        return f"(min-width:48em) {NARROW * share:.0f}em,{100 * share:.0f}vw"
    return f"(min-width:48em) {NARROW}em,calc(100vw - 2.5em)" if shape < 1 and not photo.crop else sizes
