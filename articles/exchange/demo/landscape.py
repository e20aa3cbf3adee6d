"""Scenes under a wide sky: ridges, a field, a dry reservoir, an observatory, a chain of turbines."""

from __future__ import annotations

import math
import random

from PIL import Image, ImageChops, ImageFilter

from articles.exchange.demo.brush import (
    Scene,
    Size,
    Stencil,
    clouds,
    develop,
    faded,
    glow,
    lay,
    mix,
    ramp,
    ridge,
    shine,
    sky,
)


def hills(size: Size, rng: random.Random) -> Image.Image:
    """Ridge behind ridge in morning haze."""
    width, height = size
    image = sky(size, [(0, "#7d959c"), (0.3, "#b9c4bd"), (0.5, "#e9e0c6"), (1, "#d5d3bf")])
    image = shine(image, "#fff0cf", glow(size, (width * 0.68, height * 0.36), (width * 0.5, height * 0.5), 2.2), 0.8)
    lay(image, "#8fa3a6", ImageChops.multiply(clouds(size, rng, (3, 12)), ramp(size, [(0, 255), (0.4, 0)])), 0.4)
    layers = 7
    for layer in range(layers):
        near = layer / (layers - 1)
        level = height * (0.44 + 0.47 * near**1.25)
        line = ridge(width, rng, level, height * (0.026 + 0.042 * near), 0.55)
        slope = Stencil(size)
        slope.polygon([(0, height), *line, (width, height)])
        lay(image, mix("#bcc6bd", "#16211f", near**0.85), slope.cut(1.4 - near))
        if near < 1:
            bottom = level / height + 0.14
            mist = ImageChops.multiply(
                slope.cut(1), ramp(size, [(level / height, 0), (min(bottom, 0.98), 235), (1, 255)])
            )
            lay(image, mix("#e6e2cf", "#6d837f", near), mist, 0.5 * (1 - near * 0.6))
    return develop(image, rng, vignette=0.45)


def _rows(size: Size, horizon: float, vanishing: float, rng: random.Random) -> Image.Image:
    """Furrows that run to one vanishing point, softened by the unevenness of what grows in them."""
    width, height = size
    furrows = Stencil(size)
    for i in range(-30, 31):
        left = vanishing + i * width * 0.085
        spread = width * 0.026
        furrows.polygon(
            [(vanishing + i * 3, horizon), (left * 1.0 + i * 40 - spread, height), (left + i * 40 + spread, height)]
        )
    return ImageChops.multiply(furrows.cut(5), clouds(size, rng, (26, 34), octaves=3, contrast=1.8))


def field(size: Size, rng: random.Random) -> Image.Image:
    """One figure far out in a ripe field, weather coming."""
    width, height = size
    horizon = round(height * 0.46)
    image = sky(size, [(0, "#39474d"), (0.28, "#71807f"), (0.46, "#cfc7a9"), (0.47, "#a58f53"), (1, "#5c4c25")])
    heavy = clouds(size, rng, (4, 9), contrast=2.4)
    lay(image, "#2b373c", ImageChops.multiply(heavy, ramp(size, [(0, 255), (0.3, 200), (0.45, 0)])), 0.75)
    image = shine(image, "#ffe9b5", glow(size, (width * 0.62, horizon), (width * 0.55, height * 0.2), 2), 0.6)
    trees = Stencil(size)
    trees.polygon([(0, horizon + 5), *ridge(width, rng, horizon - 8, 8, 0.75), (width, horizon + 5)])
    lay(image, "#57604d", trees.cut(1.4), 0.85)
    ground = ramp(size, [(0.46, 0), (0.47, 120), (1, 255)])
    lay(image, "#2f2813", ImageChops.multiply(_rows(size, horizon, width * 0.56, rng), ground), 0.95)
    ears = clouds(size, rng, (150, 70), octaves=2, contrast=3)
    image = shine(image, "#d9b766", ImageChops.multiply(ears, ground), 0.34)
    stalks = Stencil(size)
    for _ in range(1500):
        near = rng.random() ** 0.6
        x, y = rng.uniform(-20, width + 20), height * (0.62 + 0.42 * near)
        tall, lean = 26 + 70 * near, rng.uniform(-0.1, 0.32)
        stalks.line([(x, y), (x + tall * lean * 0.4, y - tall * 0.6), (x + tall * lean, y - tall)], 1.1 + near)
        stalks.oval((x + tall * lean, y - tall), (1.5 + near * 1.8, 4 + near * 7))
    lay(image, "#e0c078", ImageChops.multiply(stalks.cut(1), ramp(size, [(0.5, 0), (1, 255)])), 0.42)
    walker = Stencil(size)
    walker.person((width * 0.34, height * 0.64), height * 0.235, rng)
    lay(image, "#141a1b", walker.cut(0.8))
    hem = ImageChops.multiply(glow(size, (width * 0.34, height * 0.65), (64, 46), 0.9), ears)
    lay(image, "#8a7440", hem, 0.95)
    return develop(image, rng, vignette=0.55)


def _cracks(size: Size, floor: float, rng: random.Random) -> Image.Image:
    """A net over the mud: rows of uneven nodes, closer together the farther off, each tied to one in the next row."""
    width, height = size
    cracks = Stencil(size)
    rows = 26
    nodes = []
    for row in range(rows + 1):
        near = (row / rows) ** 2.1
        gap = 14 + 190 * near
        offset = rng.uniform(0, gap)
        level = floor + 6 + (height - floor + 40) * near
        nodes.append(
            [
                (x * gap - offset + rng.uniform(-0.3, 0.3) * gap, level + rng.uniform(-0.16, 0.16) * gap)
                for x in range(int(width / gap) + 3)
            ]
        )
    for row, line in enumerate(nodes):
        thick = 0.6 + 6.5 * (row / rows) ** 2
        cracks.line([(x + rng.uniform(-4, 4), y + rng.uniform(-4, 4) * row / rows) for x, y in line], thick)
        for x, y in line:
            if row + 1 < len(nodes):
                target = min(nodes[row + 1], key=lambda node: abs(node[0] - x))
                cracks.line([(x, y), target], thick * 0.9)
    return cracks.cut(0.8)


def reservoir(size: Size, rng: random.Random) -> Image.Image:
    """A reservoir without water: cracked mud, waterlines on the bank, an intake tower left standing."""
    width, height = size
    floor = height * 0.56
    image = sky(size, [(0, "#8fa5a8"), (0.3, "#cfd0bd"), (0.46, "#eadcb8"), (0.56, "#d2b88a"), (1, "#7a6648")])
    bank = Stencil(size)
    bank.polygon([(0, floor + 8), *ridge(width, rng, height * 0.4, height * 0.035, 0.5), (width, floor + 8)])
    lay(image, "#a5936f", bank.cut(1.2))
    for i in range(11):
        line = Stencil(size)
        level = height * (0.435 + i * 0.0115)
        line.line([(x, y) for x, y in ridge(width, rng, level, 1.6, 0.5)], 2.2)
        lay(image, "#efe0bd" if i % 3 else "#7d6c4e", ImageChops.multiply(line.cut(0.9), bank.cut(1)), 0.5)
    mud = ramp(size, [(0.555, 0), (0.575, 255), (1, 255)])
    lay(image, "#59472f", ImageChops.multiply(clouds(size, rng, (8, 22), contrast=2), mud), 0.5)
    cracks = _cracks(size, floor, rng)
    lay(image, "#2a2217", cracks, 0.85)
    image = shine(image, "#f5dfae", ImageChops.multiply(ImageChops.offset(cracks, 0, 5), mud), 0.22)
    tower, x = Stencil(size), width * 0.7
    tower.polygon([(x - 52, floor + 64), (x - 40, height * 0.26), (x + 40, height * 0.26), (x + 52, floor + 64)])
    tower.box((x - 56, height * 0.235, x + 56, height * 0.265))
    tower.box((x - 34, height * 0.17, x + 34, height * 0.24))
    tower.polygon([(x - 44, height * 0.175), (x, height * 0.135), (x + 44, height * 0.175)])
    tower.line([(x + 50, height * 0.25), (width, height * 0.272)], 7)
    for i in range(9):
        tower.line([(x + 50 + i * 52, height * 0.222), (x + 50 + i * 52, height * 0.262)], 2)
    tower.line([(x + 50, height * 0.223), (width, height * 0.244)], 2)
    lay(image, "#39362c", tower.cut(0.9))
    shade = Stencil(size)
    shade.polygon([(x - 52, floor + 62), (x + 52, floor + 62), (x - 300, height * 0.79), (x - 400, height * 0.77)])
    lay(image, "#2d2518", shade.cut(7), 0.6)
    walker = Stencil(size)
    walker.person((width * 0.27, height * 0.66), height * 0.085, rng)
    lay(image, "#262219", walker.cut(0.6))
    return develop(image, rng, vignette=0.45)


def observatory(size: Size, rng: random.Random) -> Image.Image:
    """A dome with its slit open, an hour of stars turning above it."""
    width, height = size
    image = sky(size, [(0, "#0b1216"), (0.5, "#172831"), (0.8, "#3f5a5e"), (1, "#223236")])
    lay(
        image,
        "#3a5a5e",
        ImageChops.multiply(clouds(size, rng, (2, 4), contrast=2), ramp(size, [(0, 60), (1, 200)])),
        0.35,
    )
    trails = Stencil(size)
    pole_x, pole_y = width * 0.4, height * 0.3
    for _ in range(520):
        radius, start = rng.uniform(8, width * 0.85), rng.uniform(0, 360)
        bright = 40 + round(205 * rng.random() ** 3)
        box = [(pole_x - radius) * 2, (pole_y - radius) * 2, (pole_x + radius) * 2, (pole_y + radius) * 2]
        trails.pen.arc(box, start, start + 15, fill=bright, width=2 if bright < 150 else 3)
    image = shine(
        image, "#e9ecd9", ImageChops.multiply(trails.cut(0.5), ramp(size, [(0, 255), (0.55, 220), (0.85, 0)])), 0.9
    )
    slope = Stencil(size)
    slope.polygon([(0, height), *ridge(width, rng, height * 0.86, height * 0.02, 0.5), (width, height)])
    lay(image, "#0d1517", slope.cut(0.8))
    x, base, radius = width * 0.63, height * 0.845, height * 0.235
    drum = Stencil(size)
    drum.box((x - radius * 0.94, base - radius * 0.42, x + radius * 0.94, base + 40))
    drum.pen.pieslice(
        [(x - radius) * 2, (base - radius * 1.42) * 2, (x + radius) * 2, (base + radius * 0.58) * 2], 180, 360, fill=255
    )
    lay(image, "#1b272b", drum.cut(0.8))
    edge = ImageChops.multiply(
        drum.cut(1), glow(size, (x - radius * 0.9, base - radius), (radius * 1.3, radius * 1.2), 1.6)
    )
    image = shine(image, "#83a19c", edge, 0.55)
    slit = Stencil(size)
    slit.polygon([(x - radius * 0.04, base - radius * 0.5), (x - radius * 0.03, base - radius * 1.41),
                  (x + radius * 0.16, base - radius * 1.4), (x + radius * 0.2, base - radius * 0.5)])  # fmt: skip
    image = shine(image, "#e88f4f", slit.cut(1), 0.9)
    image = shine(image, "#b3542c", faded(slit.cut(30), 2), 0.6)
    door = Stencil(size)
    door.box((x - radius * 0.62, base - radius * 0.12, x - radius * 0.5, base + 22))
    image = shine(image, "#ffd793", door.cut(0.8))
    image = shine(image, "#c98a3c", faded(door.cut(18), 4), 0.8)
    viewer = Stencil(size)
    viewer.person((x - radius * 1.5, base + 34), 92, rng)
    lay(image, "#080c0d", viewer.cut(0.7))
    return develop(image, rng, vignette=0.55)


def panorama(size: Size, rng: random.Random) -> Image.Image:
    """Wind turbines along a low coast, wide, under long light."""
    width, height = size
    horizon = height * 0.74
    image = sky(
        size,
        [(0, "#5f7c85"), (0.35, "#a8b5af"), (0.62, "#ecd7ae"), (0.74, "#f3cf98"), (0.75, "#7c7a63"), (1, "#2b332c")],
    )
    streaks = ImageChops.multiply(
        clouds(size, rng, (4, 16), contrast=2.6), ramp(size, [(0, 255), (0.65, 40), (0.74, 0)])
    )
    lay(image, "#53666d", streaks, 0.55)
    image = shine(image, "#ffdba0", glow(size, (width * 0.78, horizon), (width * 0.4, height * 0.5), 1.7), 0.75)
    for layer in range(3):
        dunes = Stencil(size)
        line = ridge(width, rng, horizon + height * (0.0 + 0.075 * layer), height * (0.014 + 0.012 * layer), 0.45)
        dunes.polygon([(0, height), *line, (width, height)])
        lay(image, mix("#8d8a72", "#1b2320", layer / 2), dunes.cut(1.2 - layer * 0.3))
        mills = Stencil(size)
        for i in range(13 - layer * 4):
            x = width * (i + rng.uniform(0.1, 0.9)) / (13 - layer * 4)
            foot = line[min(int(x / width * len(line)), len(line) - 1)][1] + 5
            tall = height * (0.2 + 0.13 * layer) * rng.uniform(0.92, 1.05)
            mills.polygon(
                [
                    (x - tall * 0.014, foot),
                    (x - tall * 0.007, foot - tall),
                    (x + tall * 0.007, foot - tall),
                    (x + tall * 0.014, foot),
                ]
            )
            turn = rng.uniform(0, 2.1)
            for blade in range(3):
                angle = turn + blade * math.tau / 3
                tip = (x + math.cos(angle) * tall * 0.6, foot - tall + math.sin(angle) * tall * 0.6)
                hub = (math.cos(angle + 1.57) * tall * 0.012, math.sin(angle + 1.57) * tall * 0.012)
                mills.polygon([(x - hub[0], foot - tall - hub[1]), tip, (x + hub[0], foot - tall + hub[1])])
        lay(image, mix("#9a947b", "#202a29", layer / 2), mills.cut(1.1 - layer * 0.2))
    haze = ramp(size, [(0.6, 0), (0.74, 150), (0.8, 0)]).filter(ImageFilter.GaussianBlur(4))
    lay(image, "#efd5a6", haze, 0.5)
    return develop(image, rng, vignette=0.45)


SCENES: dict[str, Scene] = {
    "hills": hills,
    "field": field,
    "reservoir": reservoir,
    "observatory": observatory,
    "panorama": panorama,
}
