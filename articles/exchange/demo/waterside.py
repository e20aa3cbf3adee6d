"""Scenes with water in them: a harbor, a lighthouse, a ferry in fog, a bridge."""

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
    glow,
    lay,
    mirror,
    mix,
    ramp,
    ridge,
    shine,
    sky,
)


def _crane(stencil: Stencil, x: float, foot: float, tall: float) -> None:
    """A ship-to-shore crane: portal legs, a boom over the water, a mast with its stays."""
    deck, mast = foot - tall * 0.62, foot - tall
    for leg in (-0.13, 0.13):
        stencil.line([(x + leg * tall, foot), (x + leg * tall * 0.72, deck)], tall * 0.026)
    stencil.line([(x - tall * 0.12, foot - tall * 0.2), (x + tall * 0.12, foot - tall * 0.2)], tall * 0.02)
    stencil.line([(x - tall * 0.12, foot - tall * 0.2), (x + tall * 0.1, deck)], tall * 0.01)
    stencil.line([(x - tall * 0.46, deck), (x + tall * 0.86, deck)], tall * 0.034)
    stencil.box((x - tall * 0.2, deck - tall * 0.085, x - tall * 0.04, deck))
    for foot_x in (-0.07, 0.07):
        stencil.line([(x + foot_x * tall, deck), (x, mast)], tall * 0.022)
    for end in (-0.44, 0.42, 0.84):
        stencil.line([(x, mast), (x + end * tall, deck)], tall * 0.009)
    trolley = x + tall * 0.55
    stencil.line([(trolley, deck), (trolley, deck + tall * 0.26)], tall * 0.007)
    stencil.box((trolley - tall * 0.05, deck + tall * 0.25, trolley + tall * 0.05, deck + tall * 0.275))


def _coaster(stencil: Stencil, x: float, waterline: float, long: float) -> None:
    """A small cargo ship, bow to the right."""
    high = long * 0.085
    stencil.polygon(
        [(x, waterline), (x - long * 0.015, waterline - high), (x + long * 0.86, waterline - high * 0.8),
         (x + long * 0.9, waterline - high * 1.35), (x + long, waterline - high * 1.5), (x + long * 0.95, waterline)]
    )  # fmt: skip
    stencil.box((x + long * 0.02, waterline - long * 0.2, x + long * 0.16, waterline - high * 0.8))
    stencil.box((x + long * 0.0, waterline - long * 0.17, x + long * 0.18, waterline - long * 0.15))
    stencil.box((x + long * 0.05, waterline - long * 0.26, x + long * 0.1, waterline - long * 0.19))
    for i, stack in enumerate((2, 3, 3, 2, 1, 3, 2, 1)):
        left = x + long * (0.22 + i * 0.075)
        stencil.box((left, waterline - high * 0.8 - stack * long * 0.026, left + long * 0.068, waterline - high * 0.5))
    stencil.line([(x + long * 0.93, waterline - high), (x + long * 0.93, waterline - long * 0.2)], long * 0.006)
    stencil.line([(x + long * 0.08, waterline - high), (x + long * 0.08, waterline - long * 0.32)], long * 0.005)


def harbor(size: Size, rng: random.Random) -> Image.Image:
    """Cranes and one anchored ship at dusk."""
    width, height = size
    horizon = round(height * 0.63)
    image = sky(
        size,
        [(0, "#22313c"), (0.22, "#3d5563"), (0.42, "#8f8f84"), (0.55, "#dcae77"), (0.63, "#f2cf97"), (1, "#e8b878")],
    )
    streaks = ImageChops.multiply(clouds(size, rng, (3, 14), contrast=2.2), ramp(size, [(0.05, 255), (0.6, 30)]))
    lay(image, "#2c3a42", streaks, 0.62)
    image = shine(image, "#ffd59a", glow(size, (width * 0.6, horizon), (width * 0.42, height * 0.4), 1.8), 0.75)
    far = Stencil(size)
    far.polygon([(0, horizon + 4), *ridge(width, rng, horizon - 16, 14), (width, horizon + 4)])
    lay(image, "#8b7f70", far.cut(2), 0.8)
    quay = Stencil(size)
    quay.polygon([(0, horizon + 6), (0, horizon - 30), (width * 0.4, horizon - 26), (width * 0.455, horizon + 6)])
    for i, x in enumerate((0.07, 0.19, 0.295, 0.375)):
        _crane(quay, width * x, horizon - 26, height * (0.37 - i * 0.065))
    for _ in range(26):
        left = width * rng.uniform(0, 0.36)
        quay.box((left, horizon - 26 - 9 * rng.randint(1, 3), left + 34, horizon - 20))
    _coaster(quay, width * 0.57, horizon + 7, width * 0.25)
    lay(image, "#1a2428", quay.cut(0.7))
    mirror(image, horizon, rng, swell=11, dark=0.36)
    lamps = Stencil(size)
    for x, y in [(0.07, 0.595), (0.19, 0.6), (0.3, 0.598), (0.385, 0.602), (0.592, 0.575), (0.6, 0.59)]:
        lamps.oval((width * x, height * y), (3.2, 3.2))
    image = shine(image, "#ffe2b0", lamps.cut(0.6))
    image = shine(image, "#ffb765", faded(lamps.cut(14), 6), 1)
    return develop(image, rng)


def _beam(stencil: Stencil, source: tuple[float, float], length: float, rise: float, spread: float) -> None:
    x, y = source
    stencil.polygon([(x, y - 3), (x + length, y + rise - spread), (x + length, y + rise + spread), (x, y + 3)])


def lighthouse(size: Size, rng: random.Random) -> Image.Image:
    """A tower on a headland at night, its beam through haze."""
    width, height = size
    sea = round(height * 0.76)
    image = sky(size, [(0, "#0d1519"), (0.45, "#1d2d35"), (0.76, "#4b646a"), (1, "#22343a")])
    stars = Stencil(size)
    for _ in range(420):
        x, y, bright = rng.uniform(0, width), rng.uniform(0, sea * 0.8), rng.random() ** 5
        stars.oval((x, y), (0.6 + bright * 1.3, 0.6 + bright * 1.3), round(60 + 190 * bright))
    image = shine(image, "#dfe9e6", stars.cut(0.4), 0.8)
    haze = clouds(size, rng, (3, 8), contrast=2)
    lay(image, "#54696d", ImageChops.multiply(haze, ramp(size, [(0.2, 0), (0.76, 220), (0.8, 60)])), 0.55)
    lamp = (width * 0.655, height * 0.272)
    beams = Stencil(size)
    _beam(beams, lamp, -width * 0.85, -height * 0.13, height * 0.125)
    _beam(beams, lamp, width * 0.5, height * 0.03, height * 0.06)
    light = ImageChops.multiply(beams.cut(9), glow(size, lamp, (width * 0.85, width * 0.85), 1.1))
    light = ImageChops.multiply(light, haze.point(lambda value: 120 + value // 2))
    image = shine(image, "#f3dfae", light, 0.85)
    mirror(image, sea, rng, swell=13, tint="#0f191c", dark=0.55)
    land = Stencil(size)
    crest = [(x, y - max(0, 1 - abs(x / width - 0.68) / 0.36) * height * 0.1)
             for x, y in ridge(width, rng, sea + 34, 17, 0.6)]  # fmt: skip
    land.polygon([(width * 0.3, height * 0.86), *[p for p in crest if p[0] > width * 0.34], (width, height)])
    x, foot, top = lamp[0], height * 0.74, lamp[1]
    land.polygon([(x - 38, foot), (x - 21, top + 34), (x + 21, top + 34), (x + 38, foot)])
    land.box((x - 30, top + 24, x + 30, top + 33))
    land.polygon([(x - 19, top - 18), (x, top - 42), (x + 19, top - 18)])
    for post in (-17, 0, 17):
        land.line([(x + post, top - 20), (x + post, top + 26)], 2.4)
    land.polygon(
        [(x + 52, foot + 18), (x + 52, foot - 48), (x + 94, foot - 76), (x + 138, foot - 48), (x + 138, foot + 18)]
    )
    lay(image, "#0c1315", land.cut(0.8))
    flare = glow(size, lamp, (150, 150), 4)
    image = shine(shine(image, "#ffefc4", flare, 1.3), "#ffffff", glow(size, lamp, (26, 26), 1.2), 1.4)
    window = Stencil(size)
    window.box((x + 84, foot - 30, x + 100, foot - 10))
    image = shine(image, "#ffc772", window.cut(0.6))
    image = shine(image, "#c98a3c", faded(window.cut(16), 5), 0.8)
    return develop(image, rng, vignette=0.6)


def ferry(size: Size, rng: random.Random) -> Image.Image:
    """A ferry coming out of fog, its deck lights on."""
    width, height = size
    sea = round(height * 0.6)
    image = sky(size, [(0, "#8b9a9b"), (0.35, "#b7c0bb"), (0.6, "#d5d6cb"), (1, "#9fabaa")])
    image = shine(image, "#fff3d6", glow(size, (width * 0.36, height * 0.3), (width * 0.4, height * 0.5), 1.6), 0.6)
    hull = Stencil(size)
    x, y, long = width * 0.34, sea + 10.0, width * 0.36
    hull.polygon([(x - long * 0.02, y - 70), (x + long * 1.03, y - 70), (x + long * 0.97, y), (x + long * 0.03, y)])
    for deck, (left, right) in enumerate([(0.03, 0.97), (0.1, 0.9), (0.2, 0.72)]):
        top = y - 108 - deck * 40
        hull.box((x + long * left, top, x + long * right, top + 42), 250 - deck * 8)
    hull.polygon(
        [(x + long * 0.44, y - 186), (x + long * 0.46, y - 256), (x + long * 0.55, y - 256), (x + long * 0.58, y - 186)]
    )
    hull.line([(x + long * 0.27, y - 180), (x + long * 0.27, y - 292)], 4)
    hull.line([(x + long * 0.27, y - 280), (x + long * 0.9, y - 140)], 1.4)
    lay(image, "#41545a", hull.cut(1.6), 0.92)
    ports = Stencil(size)
    for row, (start, end) in enumerate([(0.07, 0.94), (0.14, 0.87)]):
        for i in range(22 - row * 4):
            left = x + long * (start + (end - start) * i / (22 - row * 4))
            ports.box((left, y - 94 - row * 40, left + 13, y - 80 - row * 40), rng.choice((255, 255, 200, 90)))
    image = shine(image, "#ffdf9c", ports.cut(0.9))
    image = shine(image, "#ffc46a", faded(ports.cut(13), 1.6), 0.7)
    mirror(image, sea + 8, rng, swell=10, tint="#51646a", dark=0.42)
    fog = clouds(size, rng, (2, 4), octaves=2, contrast=1.5)
    lay(image, "#ccd2ca", ImageChops.multiply(fog, ramp(size, [(0.1, 40), (0.5, 235), (0.66, 225), (0.95, 0)])), 0.72)
    gulls = Stencil(size)
    for gx, gy, span in [(0.2, 0.27, 21), (0.245, 0.22, 15), (0.74, 0.19, 17), (0.79, 0.33, 11)]:
        cx, cy = width * gx, height * gy
        gulls.line([(cx - span, cy - span * 0.25), (cx - span * 0.4, cy - span * 0.45), (cx, cy),
                    (cx + span * 0.45, cy - span * 0.4), (cx + span, cy - span * 0.1)], 2.2)  # fmt: skip
    lay(image, "#4b5759", gulls.cut(0.7), 0.85)
    return develop(image, rng, vignette=0.42)


def bridge(size: Size, rng: random.Random) -> Image.Image:
    """Stone arches over a slow river, the town behind them dissolving."""
    width, height = size
    water = round(height * 0.66)
    image = sky(size, [(0, "#6f8790"), (0.3, "#a9b3ae"), (0.55, "#e6d4b4"), (0.68, "#efd9b0"), (1, "#c2b79c")])
    lay(image, "#5f757e", ImageChops.multiply(clouds(size, rng, (3, 10)), ramp(size, [(0, 230), (0.5, 0)])), 0.5)
    for depth in range(4):
        roofs = Stencil(size)
        x, base = -40.0, water + 18
        while x < width:
            wide, tall = rng.uniform(44, 110), rng.uniform(74, 144) + (3 - depth) * 36
            roofs.box((x, base - tall, x + wide, base + 10))
            roofs.polygon(
                [(x, base - tall), (x + wide / 2, base - tall - rng.uniform(10, 46)), (x + wide, base - tall)]
            )
            if rng.random() < 0.09:
                spire = x + wide / 2
                roofs.polygon([(spire - 13, base - tall), (spire, base - tall - 150), (spire + 13, base - tall)])
            x += wide * rng.uniform(0.9, 1.35)
        lay(image, mix("#d8c9ab", "#5d6a6b", depth / 4), roofs.cut(2.4 - depth * 0.5), 0.85)
    image = shine(image, "#ffe6b8", glow(size, (width * 0.7, height * 0.5), (width * 0.45, height * 0.36), 1.6), 0.6)
    arches = Stencil(size)
    crown = [(x, water - 112 - 52 * (1 - (2 * x / width - 1) ** 2)) for x in range(-20, width + 40, 20)]
    arches.polygon([(-20, water + 26), *crown, (width + 20, water + 26)])
    for i in range(5):
        centre = width * (0.1 + i * 0.2)
        rise = 84 + 46 * (1 - abs(i - 2) / 2)
        arches.oval((centre, water + 26), (width * 0.078, rise), 0)
    for x, y in crown[1::3]:
        arches.line([(x, y), (x, y - 40)], 3)
        arches.oval((x, y - 42), (4.5, 5.5))
    for x in (0.22, 0.36, 0.395, 0.63, 0.86):
        px = width * x
        arches.person((px, water - 104 - 52 * (1 - (2 * px / width - 1) ** 2)), 58, rng)
    lay(image, "#28353a", arches.cut(0.8))
    mirror(image, water + 24, rng, swell=8, tint="#2a373b", dark=0.34)
    mist = ImageChops.multiply(clouds(size, rng, (3, 12)), ramp(size, [(0.5, 0), (0.68, 255), (0.8, 0)]))
    lay(image, "#e8dcc2", mist.filter(ImageFilter.GaussianBlur(6)), 0.55)
    return develop(image, rng, vignette=0.48)


SCENES: dict[str, Scene] = {"harbor": harbor, "lighthouse": lighthouse, "ferry": ferry, "bridge": bridge}
