"""Draws the demo newsroom's photographs, each with its credit inside the file.

No photograph of anybody's is shipped: every picture is made from its row in photos.toml, the same each time.
"""

from __future__ import annotations

import io
import random
from typing import Any

from PIL import Image

from articles.exchange.demo import lamplight, landscape, roads, stamping, townscape, waterside
from articles.exchange.demo.brush import Scene

SCENES: dict[str, Scene] = {
    **waterside.SCENES,
    **landscape.SCENES,
    **townscape.SCENES,
    **roads.SCENES,
    **lamplight.SCENES,
}
LARGEST = 250_000
QUALITIES = (82, 76, 70, 64, 56)


def draw(photo: dict[str, Any]) -> bytes:
    """A JPEG of the photo's scene, at most 250,000 bytes, with its credit as IPTC-IIM and XMP.

    `photo` is one [[photo]] table of photos.toml: `key` (the seed), `scene`, `width`, `height` in pixels, and the
    fields of the credit. Raises KeyError for a scene nobody drew.
    """
    image = SCENES[photo["scene"]]((photo["width"], photo["height"]), random.Random(photo["key"]))  # noqa: S311
    told = stamping.facts(photo)
    return stamping.with_segment(_jpeg(image, stamping.xmp_packet(told)), stamping.iim_segment(told))


def _jpeg(image: Image.Image, xmp: bytes) -> bytes:
    """The best quality that stays small: grain is what makes a file large, and a panorama has much of it."""
    for quality in QUALITIES:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, progressive=True, optimize=True, xmp=xmp)
        if file.tell() <= LARGEST - 4_000:
            break
    return file.getvalue()
