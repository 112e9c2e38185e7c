"""Draw the levels of the subdivisions as an SVG map, which can be read without colour. Pure.

Each level has a hatching of its own, and its digit where there is room. Border crossings have no
place on the map: they are in the table. Only codes and digits of ours go into the drawing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from consumers.query.picture.formula import LEVELS, Level

SHAPES = Path(__file__).parents[1] / "console" / "static" / "subdivisions.json"
WEST, NORTH = -92.0, 13.6
"""The corner of the map: west of the Galápagos, north of Colombia; degrees."""
WIDTH, HEIGHT = 350, 372
"""Of the drawing; ten units are a degree of longitude or latitude."""
SCALE = 10
INK = "#17212b"
FILLS: Mapping[Level, str] = {
    "not_enough_data": "#f1f2f3",
    0: "#ffffff",
    1: "#fbeccb",
    2: "#f0c36d",
    3: "#d9803a",
    4: "#6b1f14",
}
SWATCH = (18, 12)
"""Width and height of a sample of a level."""


def _rules(width: int, height: int, gap: int, down: bool) -> str:
    starts = range(-height, width + height, gap)
    path = "".join(
        f"M{x} 0l{height} {height}" if down else f"M{x} {height}l{height} {-height}" for x in starts
    )
    return f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="0.6"/>'


def _dots(width: int, height: int, gap: int) -> str:
    path = "".join(
        f"M{x} {y}h0" for y in range(gap // 2, height, gap) for x in range(gap // 2, width, gap)
    )
    return (
        f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="1.4" stroke-linecap="round"/>'
    )


def _hatching(level: Level, width: int, height: int) -> str:
    """Return what is drawn over a level, by which it is known without colour; empty for none."""
    if level == 1:
        return _dots(width, height, 6)
    if level == 2:
        return _rules(width, height, 6, down=False)
    if level == 3:
        return _rules(width, height, 4, down=False) + _rules(width, height, 4, down=True)
    return ""


class Shape(NamedTuple):
    """A subdivision: its code, its outline as an SVG path, and a point within for its digit."""

    code: str
    path: str
    middle: tuple[float, float]


@cache
def shapes(decimals: int = 1) -> tuple[Shape, ...]:
    """Read the outlines of the subdivisions of the four countries.

    `decimals`: of a point; neighbours keep one border, since their points are rounded alike.
    """
    features = json.loads(SHAPES.read_text(encoding="utf-8"))["features"]
    return tuple(
        Shape(
            feature["properties"]["name"],
            "".join(
                _ring(ring, decimals)
                for polygon in feature["geometry"]["coordinates"]
                for ring in polygon
            ),
            _point(*feature["properties"]["cp"]),
        )
        for feature in features
    )


def map_svg(
    levels: Mapping[str, Level], label: str, titles: Mapping[str, str], is_small: bool = False
) -> str:
    """Return the map as SVG.

    `label`: what it shows; `titles`: of subdivisions, by code; `is_small`: without digits, and with
    outlines that suit a small drawing.
    """
    decimals = 0 if is_small else 1
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f"aria-label={quoteattr(label)}>",
        *(
            _drawn(shape, levels.get(shape.code, "not_enough_data"), titles)
            for shape in shapes(decimals)
        ),
        *(_hatched(levels, level, decimals) for level in LEVELS),
        *(() if is_small else _digits(levels)),
        "</svg>",
    ]
    return "".join(parts)


def swatch_svg(level: Level) -> str:
    """Return a small square with the hatching of a level, for a legend."""
    width, height = SWATCH
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size} '
        f'aria-hidden="true"><rect {size} fill="{FILLS[level]}"/>'
        f"{_hatching(level, width, height)}"
        f'<rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" fill="none" '
        f'stroke="{INK}"/></svg>'
    )


def _drawn(shape: Shape, level: Level, titles: Mapping[str, str]) -> str:
    is_known = level != "not_enough_data"
    stroke = f'stroke="{INK}" stroke-width="0.8"' if is_known else 'stroke="#8b97a3"'
    dashes = "" if is_known else ' stroke-width="0.5" stroke-dasharray="1.5 1.5"'
    title = escape(titles.get(shape.code, shape.code))
    return (
        f'<path d="{shape.path}" fill="{FILLS[level]}" {stroke}{dashes}>'
        f"<title>{title}</title></path>"
    )


def _hatched(levels: Mapping[str, Level], level: Level, decimals: int) -> str:
    """Return the hatching of a level over all its shapes: one clip, so that it has no seams."""
    hatching = _hatching(level, WIDTH, HEIGHT)
    outline = "".join(shape.path for shape in shapes(decimals) if levels.get(shape.code) == level)
    if not hatching or not outline:
        return ""
    return (
        f'<clipPath id="level-{level}"><path d="{outline}"/></clipPath>'
        f'<g clip-path="url(#level-{level})" pointer-events="none">{hatching}</g>'
    )


def _digits(levels: Mapping[str, Level]) -> Iterator[str]:
    for shape in shapes():
        level = levels.get(shape.code, "not_enough_data")
        if level != "not_enough_data":
            x, y = shape.middle
            yield (
                f'<text x="{x}" y="{y + 2.4:.1f}" font-size="7" font-weight="700" '
                f'font-family="DejaVu Sans Mono, monospace" text-anchor="middle" '
                f'fill="#000000" stroke="#ffffff" stroke-width="1.6" paint-order="stroke">'
                f"{level}</text>"
            )


def _ring(ring: list[list[float]], decimals: int) -> str:
    points = [_point(x, y, decimals) for x, y in ring]
    return "M" + "L".join(f"{x:g} {y:g}" for (x, y), _same in groupby(points)) + "Z"


def _point(longitude: float, latitude: float, decimals: int = 1) -> tuple[float, float]:
    x, y = (longitude - WEST) * SCALE, (NORTH - latitude) * SCALE
    return round(x, decimals), round(y, decimals)
