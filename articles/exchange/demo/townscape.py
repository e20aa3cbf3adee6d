"""Scenes with people's walls around them: a hall, a market, a snowy street, windows, a rail yard, a keeper."""

from __future__ import annotations

import random

from PIL import Image, ImageChops, ImageFilter

from articles.exchange.demo.brush import (
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


def _arched(stencil: Stencil, left: float, top: float, right: float, foot: float) -> None:
    radius = (right - left) / 2
    stencil.oval((left + radius, top + radius), (radius, radius))
    stencil.box((left, top + radius, right, foot))


def hall(size: Size, rng: random.Random) -> Image.Image:
    """An assembly that stands in the dark below tall windows."""
    width, height = size
    image = sky(size, [(0, "#0c1113"), (0.5, "#1c2426"), (1, "#0b0f10")])
    panes, bars = Stencil(size), Stencil(size)
    wide, top, foot = width * 0.085, height * 0.1, height * 0.62
    lefts = [width * (0.09 + i * 0.184) for i in range(5)]
    for left in lefts:
        _arched(panes, left, top, left + wide, foot)
        for share in (1 / 3, 2 / 3):
            bars.line([(left + wide * share, top), (left + wide * share, foot)], 5)
        for step in range(1, 7):
            y = top + (foot - top) * step / 6.4
            bars.line([(left, y), (left + wide, y)], 7 if step == 2 else 4)
    light = panes.cut(0.9)
    daylight = ImageChops.multiply(light, clouds(size, rng, (5, 4), contrast=0.7).point(lambda value: value // 2 + 128))
    lay(image, "#efe5c8", daylight)
    lay(image, "#7d8a80", ImageChops.multiply(light, ramp(size, [(0.3, 0), (0.62, 255)])), 0.5)
    lay(image, "#14191a", ImageChops.multiply(bars.cut(0.7), light))
    image = shine(image, "#b9ac86", faded(light.filter(ImageFilter.GaussianBlur(46)), 1.6), 0.5)
    shafts = Stencil(size)
    for left in lefts:
        shafts.polygon(
            [(left, top + 60), (left + wide, top + 60), (left + wide * 2.6, height), (left + wide * 0.7, height)]
        )
    dust = ImageChops.multiply(shafts.cut(26), clouds(size, rng, (6, 5)))
    image = shine(image, "#c9b98c", ImageChops.multiply(dust, ramp(size, [(0.08, 190), (1, 40)])), 0.42)
    for row in range(4):
        crowd, x = Stencil(size), -30.0
        tall = height * (0.24 + row * 0.075)
        while x < width + 40:
            crowd.person((x, height * (0.87 + row * 0.13)), tall * rng.uniform(0.93, 1.07), rng)
            x += tall * rng.uniform(0.23, 0.42)
        shape = crowd.cut(1 + row * 0.9)
        rim = ImageChops.subtract(shape, ImageChops.offset(shape, 2, 3))
        lay(image, mix("#252b29", "#080a0b", row / 3), shape)
        image = shine(image, "#a99a72", rim, 0.2 - row * 0.05)
    arm = Stencil(size)
    arm.line([(width * 0.438, height * 0.83), (width * 0.452, height * 0.71), (width * 0.458, height * 0.62)], 19)
    arm.oval((width * 0.459, height * 0.605), (12, 18))
    lay(image, "#141918", arm.cut(1.4))
    return develop(image, rng, vignette=0.5)


def windows(size: Size, rng: random.Random) -> Image.Image:
    """The back of an apartment house at night, some rooms awake."""
    width, height = size
    image = sky(size, [(0, "#1d282d"), (1, "#121a1d")])
    lay(image, "#2c393d", clouds(size, rng, (30, 20), octaves=3, contrast=2), 0.35)
    bricks = Stencil(size)
    for row in range(0, height, 13):
        bricks.line([(0, row), (width, row)], 0.7, 120)
    lay(image, "#0c1214", bricks.cut(0.6), 0.5)
    columns, floors = 9, 5
    lit, frames, people, cords = Stencil(size), Stencil(size), Stencil(size), Stencil(size)
    warm: list[tuple[float, float, float, float, str]] = []
    for floor in range(floors):
        for column in range(columns):
            x, y = width * (column + 0.28) / columns, height * (floor + 0.22) / floors
            box = (x, y, x + width * 0.05, y + height * 0.118)
            frames.box((box[0] - 6, box[1] - 6, box[2] + 6, box[3] + 6))
            lit.box((box[0] - 9, box[3] + 5, box[2] + 9, box[3] + 12), 70)
            if rng.random() < 0.36:
                warm.append((*box, rng.choice(("#f4cb84", "#f0d9a2", "#e8b25f", "#bcd3cb", "#f7e3b4"))))
    lay(image, "#0c1113", frames.cut(0.8))
    lay(image, "#5d6b6b", lit.cut(0.8), 0.6)
    for left, top, right, foot, color in warm:
        centre = ((left + right) / 2, (top + foot) / 2)
        flare(image, color, centre, (width * 0.075, height * 0.135), 2.4, 0.4)
        pane = sky(
            (round(right - left), round(foot - top)),
            [(0, color), (0.4, mix(color, "#c98f47", 0.2)), (1, mix(color, "#5a3d1f", 0.4))],
        )
        image.paste(pane, (round(left), round(top)))
        if rng.random() < 0.5:
            drawn = rng.uniform(0.2, 0.45) * (right - left)
            people.box((left, top, left + drawn, foot), 130)
        if rng.random() < 0.3:
            people.person((left + (right - left) * 0.62, foot + 78), 165, rng, 235)
        cords.line([((left + right) / 2, top), ((left + right) / 2, foot)], 3)
        cords.line([(left, top + (foot - top) * 0.36), (right, top + (foot - top) * 0.36)], 3)
    inside = Stencil(size)
    for left, top, right, foot, _ in warm:
        inside.box((left, top, right, foot))
    panes = inside.cut(0.5)
    lay(image, "#2c2117", ImageChops.multiply(people.cut(1.4), panes), 0.8)
    lay(image, "#0f1516", ImageChops.multiply(cords.cut(0.6), panes))
    pipe = Stencil(size)
    for share in (0.331, 0.775):
        pipe.line([(width * share, 0), (width * share, height)], 9)
    for floor in range(1, floors):
        sag = [
            (width * (0.34 + 0.43 * i / 20), height * floor / floors + 26 * (1 - (i / 10 - 1) ** 2)) for i in range(21)
        ]
        if floor == 3:
            pipe.line(sag, 1.6)
            for x, y in sag[2:19:3]:
                hem = y + rng.uniform(40, 66)
                pipe.polygon([(x - 19, y), (x + 21, y + 1), (x + 18, hem + 3), (x - 16, hem)])
    lay(image, "#0a0f11", pipe.cut(1))
    return develop(image, rng, vignette=0.6)


def market(size: Size, rng: random.Random) -> Image.Image:
    """Striped awnings along a lane in the last light, bulbs already lit."""
    width, height = size
    image = sky(size, [(0, "#46626d"), (0.26, "#b08f70"), (0.46, "#edc78c"), (0.5, "#6a543b"), (1, "#2a241d")])
    x, y = width * 0.5, height * 0.46
    image = shine(image, "#ffe2ad", glow(size, (x, y), (width * 0.3, height * 0.5), 1.6), 0.9)
    wet = ImageChops.multiply(
        clouds(size, rng, (30, 60), octaves=2, contrast=2.6), ramp(size, [(0.48, 0), (0.55, 255), (1, 90)])
    )
    image = shine(
        image, "#d8a868", ImageChops.multiply(wet, glow(size, (x, height * 0.5), (width * 0.3, height * 0.6), 1)), 0.5
    )
    rows = 8
    for depth in range(rows, -1, -1):
        near, far, dim = 1.25 * 0.7**depth, 1.25 * 0.7 ** (depth + 1) * 1.07, depth / rows
        wall, roof, stripe, people = Stencil(size), Stencil(size), Stencil(size), Stencil(size)
        for side in (-1, 1):
            outer, inner = side * width * 0.56, side * width * 0.27
            eaves, back = height * rng.uniform(0.95, 1.15), 1.25 * 0.7 ** (depth + 1) * 0.98
            wall.polygon(
                [
                    (x + outer * near, y - eaves * near),
                    (x + outer * back, y - eaves * back),
                    (x + outer * back, y + height * 0.5 * back),
                    (x + outer * near, y + height * 0.5 * near),
                ]
            )
            wall.polygon(
                [
                    (x + inner * near, y + height * 0.2 * near),
                    (x + inner * far, y + height * 0.2 * far),
                    (x + inner * far, y + height * 0.5 * far),
                    (x + inner * near, y + height * 0.5 * near),
                ]
            )
            for i in range(10):
                at, end = far + (near - far) * i / 10, far + (near - far) * (i + 1) / 10
                pleat = [
                    (x + outer * at, y - height * 0.74 * at),
                    (x + outer * end, y - height * 0.74 * end),
                    (x + inner * end, y - height * 0.26 * end),
                    (x + inner * end, y - height * 0.2 * end),
                    (x + inner * at, y - height * 0.2 * at),
                    (x + inner * at, y - height * 0.26 * at),
                ]
                (stripe if i % 2 else roof).polygon(pleat)
                wall.oval((x + inner * at, y + height * 0.19 * at), (26 * at, 20 * at))
        for _ in range(2):
            foot = (x + rng.uniform(-0.2, 0.2) * width * far, y + height * 0.5 * far)
            people.person(foot, height * 0.47 * far, rng)
        lay(image, mix("#17130f", "#a98158", dim), wall.cut())
        lay(image, mix("#9d9378", "#d9b98a", dim), roof.cut())
        lay(image, mix("#183a34" if depth % 2 else "#54301f", "#b98d5f", dim), stripe.cut())
        if depth > 1:
            lay(image, mix("#120f0c", "#97764f", dim), people.cut(0.7))
        for side in (-1, 1):
            bulb = (x + side * width * 0.235 * near, y - height * 0.17 * near)
            flare(image, "#ffb85c", bulb, (190 * near, 190 * near), 3, 0.8)
            flare(image, "#fff2d0", bulb, (22 * near + 2, 26 * near + 2), 0.8, 1.4)
    return develop(image, rng, vignette=0.5)


SCENES: dict[str, Scene] = {"hall": hall, "windows": windows, "market": market}
