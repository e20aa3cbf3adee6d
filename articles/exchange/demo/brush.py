"""What the demo's pictures are painted with: skies, clouds, stencils, light, water, grain.

Everything is plain Pillow on 8-bit images, and every random choice comes from the caller's seeded `random.Random`, so
a picture is the same on every machine. Lengths are pixels unless a name says otherwise; colors are "#rrggbb".
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterable, Sequence

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Size = tuple[int, int]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
RGB = tuple[int, int, int]

SUPERSAMPLING = 2


def rgb(color: str) -> RGB:
    red, green, blue = ImageColor.getrgb(color)[:3]
    return red, green, blue


def mix(first: str, second: str, share: float) -> str:
    """The color `share` (0 to 1) of the way from the first to the second."""
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(rgb(first), rgb(second), strict=True))


def sky(size: Size, stops: Sequence[tuple[float, str]]) -> Image.Image:
    """A vertical gradient through (position from 0 at the top to 1, color) stops, eased between them."""
    column = Image.new("RGB", (1, size[1]))
    for y in range(size[1]):
        position = y / max(size[1] - 1, 1)
        below = next((i for i, (at, _) in enumerate(stops) if at >= position), len(stops) - 1)
        (start, above_color), (end, below_color) = stops[max(below - 1, 0)], stops[below]
        share = min(max((position - start) / ((end - start) or 1), 0), 1)
        column.putpixel((0, y), rgb(mix(above_color, below_color, share * share * (3 - 2 * share))))
    return column.resize(size)


def ramp(size: Size, stops: Sequence[tuple[float, int]]) -> Image.Image:
    """A vertical mask through (position, 0 to 255) stops."""
    return sky(size, [(at, f"#{value:02x}{value:02x}{value:02x}") for at, value in stops]).getchannel("R")


def glow(size: Size, centre: Point, radii: Point, power: float = 2.0) -> Image.Image:
    """A mask that is 255 at the centre and falls to 0 at the radii; a higher power makes a smaller core."""
    falloff = Image.radial_gradient("L").point(lambda distance: round(255 * max(0.0, 1 - distance / 180) ** power))
    spot = falloff.resize((max(2, round(radii[0] * 2)), max(2, round(radii[1] * 2))), Image.Resampling.BICUBIC)
    mask = Image.new("L", size)
    mask.paste(spot, (round(centre[0] - radii[0]), round(centre[1] - radii[1])))
    return mask


def clouds(size: Size, rng: random.Random, cells: Size, octaves: int = 4, contrast: float = 1.6) -> Image.Image:
    """Fractal noise as a mask; `cells` is how many lumps fit across and down, so (3, 9) gives long flat streaks."""
    total = Image.new("L", size)
    for octave in range(octaves):
        across, down = cells[0] * 2**octave, cells[1] * 2**octave
        lumps = Image.frombytes("L", (across, down), rng.randbytes(across * down))
        layer = lumps.resize(size, Image.Resampling.BICUBIC)
        # Each octave weighs half of the one before it.
        total = Image.blend(total, layer, 1 / (2 ** (octave + 1) - 1))
    return total.point(lambda value: round(min(max(127 + (value - 127) * contrast, 0), 255)))


class Stencil:
    """A mask one draws shapes into, kept larger than the picture so that its edges come out smooth."""

    def __init__(self, size: Size) -> None:
        self.mask = Image.new("L", (size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING))
        self.pen = ImageDraw.Draw(self.mask)

    def polygon(self, points: Iterable[Point], fill: int = 255) -> None:
        self.pen.polygon([(x * SUPERSAMPLING, y * SUPERSAMPLING) for x, y in points], fill=fill)

    def line(self, points: Iterable[Point], width: float, fill: int = 255) -> None:
        self.pen.line(
            [(x * SUPERSAMPLING, y * SUPERSAMPLING) for x, y in points],
            fill=fill,
            width=max(1, round(width * SUPERSAMPLING)),
            joint="curve",
        )

    def box(self, box: Box, fill: int = 255, radius: float = 0) -> None:
        corners = tuple(value * SUPERSAMPLING for value in box)
        self.pen.rounded_rectangle(corners, radius * SUPERSAMPLING, fill=fill)

    def oval(self, centre: Point, radii: Point, fill: int = 255) -> None:
        (x, y), (across, down) = centre, radii
        box = (x - across, y - down, x + across, y + down)
        self.pen.ellipse([value * SUPERSAMPLING for value in box], fill=fill)

    def person(self, foot: Point, height: float, rng: random.Random, fill: int = 255) -> None:
        """A standing figure in a coat, seen against the light."""
        x, y = foot
        head, top = height * 0.064, x + rng.uniform(-0.012, 0.012) * height
        shoulder, hem = height * rng.uniform(0.098, 0.112), height * rng.uniform(0.1, 0.125)
        self.oval((top, y - height + head), (head * 0.84, head * 1.1), fill)
        self.box((top - head * 0.42, y - height + head, top + head * 0.42, y - height * 0.8), fill)
        self.polygon(
            [(top - head * 0.5, y - height * 0.855), (top + head * 0.5, y - height * 0.855),
             (top + shoulder, y - height * 0.81), (x + shoulder * 1.12, y - height * 0.76),
             (x + shoulder * 1.22, y - height * 0.5), (x + hem, y - height * 0.27),
             (x - hem, y - height * 0.27), (x - shoulder * 1.22, y - height * 0.5),
             (x - shoulder * 1.12, y - height * 0.76), (top - shoulder, y - height * 0.81)],
            fill,
        )  # fmt: skip
        for side in (-1, 1):
            self.polygon(
                [(x + side * height * 0.004, y - height * 0.3), (x + side * height * 0.084, y - height * 0.3),
                 (x + side * height * 0.066, y), (x + side * height * 0.014, y)],
                fill,
            )  # fmt: skip

    def cut(self, blur: float = 0) -> Image.Image:
        """The mask at the picture's size, its edges softened by `blur`."""
        mask = self.mask.reduce(SUPERSAMPLING)
        return mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask


def faded(mask: Image.Image, strength: float) -> Image.Image:
    return mask.point(lambda value: round(min(value * strength, 255)))


def lay(image: Image.Image, color: str, mask: Image.Image, strength: float = 1.0) -> None:
    """Cover the picture with a color where the mask is light, in place."""
    image.paste(rgb(color), (0, 0), faded(mask, strength) if strength != 1 else mask)


def shine(image: Image.Image, color: str, mask: Image.Image, strength: float = 1.0) -> Image.Image:
    """The picture with light of that color added where the mask is light (it never darkens)."""
    lit = image.copy()
    # Only the part that the mask touches is worked on: a street of lamps took two and a half seconds without this.
    if box := mask.getbbox():
        patch = image.crop(box)
        light = Image.new("RGB", patch.size)
        light.paste(rgb(color), (0, 0), faded(mask.crop(box), strength))
        lit.paste(ImageChops.screen(patch, light), box)
    return lit


def flare(
    image: Image.Image, color: str, centre: Point, radii: Point, power: float = 3.0, strength: float = 1.0
) -> None:
    """Add the light of a lamp, in place; only the lamp's surroundings are touched, so many lamps stay cheap."""
    (x, y), (across, down) = centre, radii
    box = (max(round(x - across), 0), max(round(y - down), 0),
           min(round(x + across) + 1, image.width), min(round(y + down) + 1, image.height))  # fmt: skip
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    patch = image.crop(box)
    mask = glow(patch.size, (x - box[0], y - box[1]), radii, power)
    image.paste(shine(patch, color, mask, strength), box[:2])


def ridge(width: int, rng: random.Random, level: float, height: float, roughness: float = 0.52) -> list[Point]:
    """A skyline by midpoint displacement: points from the left edge to the right, `height` about the `level`."""
    line = [rng.uniform(-1, 1), rng.uniform(-1, 1)]
    step = 1.0
    while len(line) < 400:
        middles = [(a + b) / 2 + rng.uniform(-step, step) for a, b in itertools.pairwise(line)]
        line = [value for pair in zip(line, middles, strict=False) for value in pair] + [line[-1]]
        step *= roughness
    return [(width * i / (len(line) - 1), level - value * height) for i, value in enumerate(line)]


def mirror(
    image: Image.Image, horizon: int, rng: random.Random, swell: float = 9, tint: str = "#1f292c", dark: float = 0.3
) -> None:
    """Turn everything under the horizon into water that reflects what is above it, in place."""
    width, height = image.size
    depth = height - horizon
    above = image.crop((0, max(horizon - depth, 0), width, horizon)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    water = above.resize((width, depth)).filter(ImageFilter.GaussianBlur(2))
    broken = water.copy()
    y, phase = 0, rng.uniform(0, 6)
    while y < depth:
        near = y / depth
        thick = 1 + round(near * 5)
        shift = round(math.sin(phase) * swell * (0.15 + near) + rng.uniform(-1, 1) * swell * near)
        broken.paste(ImageChops.offset(water.crop((0, y, width, min(y + thick, depth))), shift, 0), (0, y))
        phase += rng.uniform(0.5, 1.3)
        y += thick
    ripples = clouds((width, depth), rng, (6, 40), octaves=3)
    shade = ImageChops.multiply(ripples, ramp((width, depth), [(0, 40), (1, 255)]))
    lay(broken, tint, ramp((width, depth), [(0, 90), (1, 255)]), dark)
    lay(broken, tint, shade, 0.55)
    image.paste(broken, (0, horizon))


def develop(image: Image.Image, rng: random.Random, grain: float = 0.08, vignette: float = 0.5) -> Image.Image:
    """The finished print: corners fall off, light bleeds a little, and grain lies over everything."""
    width, height = image.size
    bleed = image.resize((width // 8, height // 8)).filter(ImageFilter.GaussianBlur(4)).resize(image.size)
    image = Image.blend(image, ImageChops.screen(image, bleed.point(lambda value: value // 4)), 0.8)
    corners = ImageChops.invert(glow(image.size, (width / 2, height / 2), (width * 0.95, height), 0.62))
    lay(image, "#0b1012", corners, vignette)
    speckle = Image.frombytes("L", image.size, rng.randbytes(width * height))
    speckle = speckle.filter(ImageFilter.GaussianBlur(0.8))
    return Image.blend(image, ImageChops.soft_light(image, Image.merge("RGB", [speckle] * 3)), grain * 5)


Scene = Callable[[Size, random.Random], Image.Image]
