"""Scenes that run to one vanishing point: a rail yard before dawn, a road under a storm."""

from __future__ import annotations

import random

from PIL import Image, ImageChops

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
    ramp,
    ridge,
    shine,
    sky,
)


def _sheds(image: Image.Image, horizon: float, rng: random.Random) -> None:
    width = image.width
    sheds = Stencil(image.size)
    x = 0.0
    while x < width:
        wide, tall = rng.uniform(40, 150), rng.uniform(12, 54)
        sheds.polygon(
            [
                (x, horizon + 4),
                (x, horizon - tall),
                (x + wide * 0.5, horizon - tall * 1.25),
                (x + wide, horizon - tall),
                (x + wide, horizon + 4),
            ]
        )
        x += wide * rng.uniform(1, 1.7)
    lay(image, "#5d5a55", sheds.cut(1.6), 0.8)


def _tracks(image: Image.Image, horizon: float, vanish: float) -> None:
    size = width, height = image.size
    sleepers, rails = Stencil(size), Stencil(size)
    for track in (-2, -1, 0, 1, 2):
        centre, gauge = track * width * 0.29 - width * 0.04, width * 0.075
        for i in range(46):
            near = 1.13**-i
            y = horizon + (height - horizon) * near * 1.04
            sleepers.line(
                [(vanish + (centre - gauge * 1.45) * near, y), (vanish + (centre + gauge * 1.45) * near, y)], 21 * near
            )
        for rail in (-gauge, gauge):
            foot = vanish + centre + rail
            rails.polygon([(vanish + (centre + rail) * 0.012, horizon), (foot - 8, height), (foot + 8, height)])
    lay(image, "#0e1314", sleepers.cut(1), 0.62)
    lay(image, "#10171a", ImageChops.offset(rails.cut(1.4), 5, 0), 0.7)
    lay(image, "#f0c48d", ImageChops.multiply(rails.cut(0.8), ramp(size, [(0.46, 255), (0.75, 190), (1, 90)])), 0.95)


def _train(image: Image.Image, horizon: float, vanish: float) -> Image.Image:
    """Wagons on the left-hand track, each a fixed share nearer to the vanishing point than the one before it."""
    size = width, height = image.size
    train, ribs, wheels = Stencil(size), Stencil(size), Stencil(size)
    for i in range(9):
        near, far = 0.62**i, 0.62**i * 0.635
        left, right = vanish - width * 0.6 * near, vanish - width * 0.6 * far
        train.polygon([(left, horizon - height * 0.5 * near), (right, horizon - height * 0.5 * far),
                       (right, horizon + height * 0.4 * far), (left, horizon + height * 0.4 * near)])  # fmt: skip
        for rib in range(1, 9):
            at = near * 0.635 ** (rib / 9)
            x = vanish - width * 0.6 * at
            ribs.line([(x, horizon - height * 0.47 * at), (x, horizon + height * 0.36 * at)], 5 * at)
        for axle in (0.9, 0.82, 0.73, 0.67):
            at = near * axle
            wheels.oval((vanish - width * 0.59 * at, horizon + height * 0.44 * at), (13 * at, 30 * at))
    under = Stencil(size)
    under.polygon(
        [(vanish, horizon), (vanish - width * 0.6, horizon + height * 0.53), (-width, height * 1.2), (-width, horizon)]
    )
    lay(image, "#0b1011", under.cut(3), 0.8)
    lay(image, "#1a2325", wheels.cut(0.9))
    body = train.cut(0.9)
    lay(image, "#161d1f", body)
    image = shine(
        image,
        "#b98b5e",
        ImageChops.multiply(body, glow(size, (vanish, horizon), (width * 0.6, height * 0.8), 1.4)),
        0.3,
    )
    lay(image, "#344043", ribs.cut(1.2), 0.5)
    return image


def _signals(image: Image.Image, horizon: float, vanish: float) -> None:
    size = width, height = image.size
    masts = Stencil(size)
    signals: list[tuple[float, float, float, str]] = []
    for i, color in enumerate(("#7fd8b8", "#7fd8b8", "#ffb45e", "#7fd8b8", "#ffb45e")):
        near = 0.62**i
        x, foot = vanish + width * 0.35 * near, horizon + height * 0.27 * near
        top = foot - height * 0.66 * near
        masts.line([(x, foot), (x, top)], 11 * near)
        masts.line([(x + 4 * near, top + 10 * near), (x - 250 * near, top + 22 * near)], 7 * near)
        masts.box((x - 24 * near, top + 86 * near, x + 24 * near, top + 172 * near), radius=10 * near)
        signals.append((x, top + 112 * near, near, color))
    for share in (-0.1, -0.16):
        masts.line([(vanish, horizon - 6), (vanish + share * width, 0)], 1.6)
    lay(image, "#12181a", masts.cut(0.8))
    for x, y, near, color in signals:
        flare(image, color, (x, y), (110 * near + 6, 110 * near + 6), 3.4, 0.9)
        flare(image, "#f4fff9", (x, y), (15 * near + 2, 15 * near + 2), 0.8, 1.2)


def railyard(size: Size, rng: random.Random) -> Image.Image:
    """Tracks running to one light before dawn, wagons on the left, signals on the right."""
    width, height = size
    horizon, vanish = height * 0.47, width * 0.56
    image = sky(
        size,
        [(0, "#24333c"), (0.25, "#50666d"), (0.41, "#c08d68"), (0.47, "#e9bd86"), (0.475, "#4a4a46"), (1, "#171d1f")],
    )
    lay(
        image,
        "#2d3d45",
        ImageChops.multiply(clouds(size, rng, (3, 13), contrast=2.2), ramp(size, [(0, 255), (0.42, 20), (0.47, 0)])),
        0.65,
    )
    image = shine(image, "#ffd198", glow(size, (vanish, horizon), (width * 0.38, height * 0.3), 2), 0.7)
    _sheds(image, horizon, rng)
    ballast = ImageChops.multiply(
        clouds(size, rng, (200, 130), octaves=2, contrast=2.6), ramp(size, [(0.47, 0), (0.5, 90), (1, 255)])
    )
    image = shine(image, "#71706a", ballast, 0.3)
    _tracks(image, horizon, vanish)
    image = _train(image, horizon, vanish)
    _signals(image, horizon, vanish)
    return develop(image, rng, vignette=0.5)


def _shelf_and_rain(image: Image.Image, horizon: float, rng: random.Random) -> None:
    size = width, height = image.size
    shelf = Stencil(size)
    edge = ridge(width, rng, height * 0.46, height * 0.035, 0.6)
    shelf.polygon([(0, 0), *((x, y - height * 0.16 * (1 - x / width)) for x, y in edge), (width, 0)])
    lay(image, "#141d21", ImageChops.multiply(shelf.cut(34), clouds(size, rng, (5, 5), octaves=5, contrast=1.3)), 1.5)
    lay(image, "#8ea09c", ImageChops.multiply(shelf.cut(20), clouds(size, rng, (5, 9), octaves=5, contrast=3.6)), 0.2)
    rain = Stencil(size)
    for _ in range(420):
        x, y = width * rng.uniform(0.42, 0.98), height * rng.uniform(0.36, 0.5)
        rain.line([(x, y), (x - height * 0.13, horizon)], rng.uniform(1, 7), rng.randint(20, 110))
    lay(
        image,
        "#26343a",
        ImageChops.multiply(rain.cut(7), ramp(size, [(0.36, 0), (0.5, 255), (0.72, 200), (0.73, 0)])),
        0.9,
    )


def _lightning(image: Image.Image, horizon: float, rng: random.Random) -> Image.Image:
    size = width, height = image.size
    bolt, x, y = Stencil(size), width * 0.72, height * 0.41
    path = [(x, y)]
    while y < horizon:
        x, y = x + rng.uniform(-17, 15), y + rng.uniform(8, 22)
        path.append((x, min(y, horizon)))
        if rng.random() < 0.2:
            bolt.line([path[-1], (x + rng.uniform(-46, 46), y + rng.uniform(20, 60))], 0.8, 150)
    bolt.line(path, 2.2)
    image = shine(image, "#dfe8ff", faded(bolt.cut(22), 5), 0.55)
    return shine(image, "#f6f6ff", bolt.cut(0.7))


def _road(image: Image.Image, horizon: float) -> Image.Image:
    size = width, height = image.size
    road, vanish = Stencil(size), width * 0.3
    road.polygon([(vanish - 3, horizon + 2), (vanish + 3, horizon + 2), (width * 0.53, height), (width * 0.33, height)])
    lay(image, "#363d3f", road.cut(2), 0.9)
    dashes = Stencil(size)
    for i in range(12):
        near, far = 0.66**i, 0.66**i * 0.86
        ends = [(vanish + width * 0.13 * share, horizon + (height - horizon) * share) for share in (near, far)]
        dashes.line(ends, 7 * near)
    lay(image, "#b9b28f", dashes.cut(0.8), 0.6)
    poles = Stencil(size)
    for i in range(9):
        near = 0.62**i
        px, foot = vanish + width * 0.46 * near, horizon + height * 0.26 * near
        poles.line([(px, foot), (px, foot - height * 0.44 * near)], 7 * near)
        poles.line(
            [(px - 44 * near, foot - height * 0.41 * near), (px + 44 * near, foot - height * 0.41 * near)], 4 * near
        )
    lay(image, "#11181a", poles.cut(0.7))
    lamps = (vanish + width * 0.025, horizon + height * 0.035)
    image = shine(image, "#fff1c9", glow(size, lamps, (46, 34), 4), 1.3)
    return shine(image, "#fff7e0", glow(size, (lamps[0] - 9, lamps[1]), (9, 7), 1), 1.3)


def storm(size: Size, rng: random.Random) -> Image.Image:
    """A shelf of cloud over a plain, rain under it, a road with one car's lamps."""
    width, height = size
    horizon = round(height * 0.72)
    image = sky(
        size,
        [(0, "#182226"), (0.4, "#3b4d52"), (0.6, "#8d9a90"), (0.72, "#d9c99a"), (0.725, "#4d4c35"), (1, "#1d211a")],
    )
    image = shine(image, "#f6dc9e", glow(size, (width * 0.2, horizon), (width * 0.5, height * 0.2), 1.5), 0.6)
    _shelf_and_rain(image, horizon, rng)
    image = _lightning(image, horizon, rng)
    ground = ramp(size, [(0.72, 0), (0.73, 255), (1, 255)])
    image = shine(
        image, "#8c8355", ImageChops.multiply(clouds(size, rng, (40, 110), octaves=3, contrast=2.4), ground), 0.24
    )
    image = _road(image, horizon)
    return develop(image, rng, vignette=0.5)


SCENES: dict[str, Scene] = {"railyard": railyard, "storm": storm}
