"""Scenes that are mostly lamps: a street in snow, a keeper beside the lens."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageFilter

from articles.exchange.demo.brush import (
    SUPERSAMPLING,
    Point,
    Scene,
    Size,
    Stencil,
    clouds,
    develop,
    faded,
    flare,
    glow,
    lay,
    mix,
    ramp,
    shine,
    sky,
)


def _houses(size: Size, vanish: Point, near: float, rng: random.Random) -> tuple[Stencil, Stencil, Stencil]:
    """One pair of houses across the street: their walls, the snow on their roofs, their lit windows."""
    width, height = size
    house, snow, glass = Stencil(size), Stencil(size), Stencil(size)
    for side in (-1, 1):
        inner = vanish[0] + side * width * 0.36 * near
        roof = vanish[1] - height * rng.uniform(0.5, 0.66) * near
        outer = inner + side * width * 0.5
        foot = vanish[1] + height * 0.13 * near
        house.polygon(
            [
                (inner, foot),
                (inner, roof),
                (inner + side * 90 * near, roof - 90 * near),
                (outer, roof - 200 * near),
                (outer, foot + 160 * near),
            ]
        )
        snow.line([(inner, roof), (inner + side * 90 * near, roof - 90 * near), (outer, roof - 200 * near)], 17 * near)
        for i in range(3):
            for floor in range(2):
                if rng.random() < 0.36:
                    left = inner + side * (46 + i * 92) * near
                    top = vanish[1] - height * (0.34 - floor * 0.17) * near
                    glass.box(
                        (min(left, left + side * 38 * near), top, max(left, left + side * 38 * near), top + 74 * near)
                    )
    return house, snow, glass


def _snowfall(image: Image.Image, rng: random.Random) -> Image.Image:
    """Flakes at three distances; the nearest are few, large and out of focus."""
    size = width, height = image.size
    for count, spread, blur in ((900, 1.5, 0.7), (190, 3.4, 1.8), (34, 9, 5)):
        flakes = Stencil(size)
        for _ in range(count):
            x, y, wide = rng.uniform(0, width), rng.uniform(0, height), spread * rng.uniform(0.5, 1.3)
            flakes.line([(x, y), (x - wide * 1.2, y + wide * 2)], wide * 1.4, rng.randint(90, 230))
        image = shine(image, "#eef2ee", flakes.cut(blur), 0.75)
    return image


def snowstreet(size: Size, rng: random.Random) -> Image.Image:
    """A street under falling snow, lamps in a row, one set of footprints."""
    width, height = size
    image = sky(size, [(0, "#27343b"), (0.35, "#4b5f68"), (0.56, "#8a8f8a"), (0.6, "#98a4a6"), (1, "#5d6c72")])
    vanish = (width * 0.44, height * 0.55)
    lamps: list[tuple[float, float, float]] = []
    for depth in range(7, 0, -1):
        near = 0.68 ** (depth - 1)
        house, snow, glass = _houses(size, vanish, near, rng)
        lay(image, mix("#151d20", "#75827f", (depth - 1) / 7), house.cut())
        lay(image, mix("#b7c3c4", "#9aa6a6", (depth - 1) / 7), snow.cut(1), 0.85)
        panes = glass.cut(1)
        image = shine(image, "#f1c27a", panes, 0.8 - depth * 0.06)
        if depth < 4:
            image = shine(image, "#d08f3f", faded(panes.filter(ImageFilter.BoxBlur(15 * near)), 1.5), 0.4)
        if depth < 7:
            lamps.append((vanish[0] + width * 0.36 * near - 40 * near, vanish[1] + (height * 0.13 + 26) * near, near))
    drift = Stencil(size)
    drift.polygon(
        [
            (0, height),
            (0, height * 0.74),
            (vanish[0] - 30, vanish[1] + 14),
            (vanish[0] + 40, vanish[1] + 14),
            (width, height * 0.82),
            (width, height),
        ]
    )
    lay(image, "#8fa0a6", drift.cut(9), 0.75)
    lay(image, "#c3cecf", ImageChops.multiply(drift.cut(12), clouds(size, rng, (5, 16), contrast=2)), 0.5)
    post = Stencil(size)
    for x, foot, near in lamps:
        top = foot - height * 0.5 * near
        post.line([(x, foot), (x, top)], 9 * near)
        post.polygon([(x - 20 * near, top - 4 * near), (x, top - 26 * near), (x + 20 * near, top - 4 * near)])
    lay(image, "#161d20", post.cut(0.8))
    for x, foot, near in lamps:
        top = foot - height * 0.5 * near
        flare(image, "#ffcf86", (x, top + 12 * near), (300 * near, 300 * near), 3.2, 0.85)
        flare(image, "#fff3d4", (x, top + 12 * near), (26 * near, 30 * near), 0.9, 1.3)
        flare(image, "#e2ab62", (x, foot), (260 * near, 60 * near), 1.8, 0.5)
    steps = Stencil(size)
    for i in range(30):
        near = (i / 30) ** 1.7
        x = vanish[0] + 6 + width * 0.09 * near + math.sin(i * 0.5) * 26 * near + (-1) ** i * 15 * near
        steps.oval((x, height * (0.64 + 0.4 * near)), (2 + 11 * near, 1.5 + 7 * near))
    lay(image, "#4b5a61", steps.cut(1.2), 0.75)
    walker = Stencil(size)
    walker.person((vanish[0] + 4, height * 0.645), height * 0.15, rng)
    lay(image, "#101618", walker.cut(0.8))
    return develop(_snowfall(image, rng), rng, vignette=0.55)


# What the keeper is cut from, as offsets from the eye in pixels of a picture 1000 wide.
PROFILE = {
    "face": [(88, -30), (126, 6), (146, 52), (118, 60), (116, 86), (96, 130), (30, 166)],
    "cap": [(-138, -44), (-118, -132), (-30, -176), (78, -158), (124, -92), (128, -50)],
    "peak": [(96, -84), (186, -48), (182, -34), (88, -44)],
    "neck": [(-90, 60), (70, 120), (84, 250), (-130, 250)],
    "coat": [
        *((-120, 150), (-170, 236), (-330, 330), (-420, 520), (-470, 900), (420, 900)),
        *((380, 560), (300, 360), (150, 262), (104, 176), (20, 230)),
    ],
}


def _profile(size: Size) -> Stencil:
    """Head and shoulders in a peaked cap, turned to the right."""
    width, height = size
    man, cx, eye = Stencil(size), width * 0.36, height * 0.375
    man.oval((cx, eye), (118, 152))
    for outline in PROFILE.values():
        man.polygon([(cx + right, eye + down) for right, down in outline])
    return man


def keeper(size: Size, rng: random.Random) -> Image.Image:
    """A portrait against the light: a lighthouse keeper beside the great lens."""
    width, height = size
    image = sky(size, [(0, "#131b1e"), (0.5, "#2a3a3d"), (1, "#0e1416")])
    sea = Stencil(size)
    for i in range(4):
        sea.box((width * (0.02 + i * 0.26), height * 0.05, width * (0.25 + i * 0.26), height * 0.62))
    view = sky(size, [(0, "#6f8b92"), (0.3, "#b3bfb8"), (0.42, "#d9d3b8"), (0.425, "#5f7778"), (0.62, "#3b5052")])
    image.paste(view.filter(ImageFilter.GaussianBlur(5)), (0, 0), sea.cut(3))
    lens, x, y = Stencil(size), width * 0.74, height * 0.36
    for ring in range(11):
        radius = width * (0.33 - ring * 0.027)
        across, down = radius * 0.72 * SUPERSAMPLING, radius * 1.25 * SUPERSAMPLING
        cx, cy = x * SUPERSAMPLING, y * SUPERSAMPLING
        box = (cx - across, cy - down, cx + across, cy + down)
        lens.pen.ellipse(box, outline=235 - ring * 6, width=7 + ring)
    for share in (-0.14, 0, 0.14):
        lens.line([(x + share * width, y - height * 0.28), (x + share * width, y + height * 0.28)], 5, 200)
    image = shine(image, "#e7c789", glow(size, (x, y), (width * 0.6, height * 0.46), 1.7), 0.75)
    image = shine(
        image,
        "#ffe9b8",
        ImageChops.multiply(lens.cut(1.4), glow(size, (x, y), (width * 0.46, height * 0.4), 0.6)),
        0.75,
    )
    image = shine(image, "#fff8e3", glow(size, (x, y), (90, 120), 1.6), 1.2)
    shape = _profile(size).cut(3)
    lay(image, "#10171a", shape)
    rim = ImageChops.subtract(shape, ImageChops.offset(shape, -13, 4)).filter(ImageFilter.GaussianBlur(3))
    image = shine(image, "#f1cc8d", ImageChops.multiply(rim, ramp(size, [(0, 255), (0.7, 200), (1, 60)])), 0.95)
    near_side = ImageChops.multiply(shape, glow(size, (x, height * 0.5), (width * 0.66, height * 0.5), 1.5))
    image = shine(image, "#7c6848", near_side, 0.42)
    return develop(image, rng, vignette=0.6)


SCENES: dict[str, Scene] = {"snowstreet": snowstreet, "keeper": keeper}
