"""TopoJSON's arcs → rings in 1e-5 degrees, cut at the antimeridian.

Natural Earth's rings run across 180 degrees; drawn or tested as they stand they would fill a sea.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from safeconduct.geo.shapes import DEGREE

TURN = 360 * DEGREE
Ring = list[tuple[int, int]]


def decoded_arcs(atlas: Mapping[str, Any]) -> list[Ring]:
    """TopoJSON's quantised, delta-coded arcs in 1e-5 degrees."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((tx + x * sx) * DEGREE), round((ty + y * sy) * DEGREE)))
        arcs.append(points)
    return arcs


def stitched(indexes: Iterable[int], arcs: list[Ring]) -> Ring:
    """A ring from its arcs; a negative index is an arc walked backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def unwrapped(ring: Ring) -> Ring:
    """The ring with longitudes that run on across the antimeridian.

    Edges along a pole are left alone: there a leap in longitude is no way across the map.
    """
    out = [ring[0]]
    shift = 0
    for (x1, y1), (x2, y2) in pairwise(ring):
        at_pole = abs(y1) > 89.9 * DEGREE and abs(y2) > 89.9 * DEGREE
        if not at_pole and abs(x2 - x1) > TURN // 2:
            shift += TURN if x2 < x1 else -TURN
        out.append((x2 + shift, y2))
    return out


def clipped(ring: Ring, bound: int, side: int) -> Ring:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman, one edge)."""
    out: Ring = []
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        in1, in2 = side * (x1 - bound) <= 0, side * (x2 - bound) <= 0
        if in1:
            out.append((x1, y1))
        if in1 != in2:
            out.append((bound, round(y1 + (y2 - y1) * (bound - x1) / (x2 - x1))))
    return out


def has_area(ring: Ring) -> bool:
    """Whether anything is left within a ring."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) != 0


def cut(rings: list[Ring]) -> list[list[Ring]]:
    """A polygon cut at the antimeridian: a polygon for each turn of the globe it touches."""
    runs = [unwrapped(ring) for ring in rings]
    pieces = []
    for turn in (-TURN, 0, TURN):
        moved = [[(x + turn, y) for x, y in ring] for ring in runs]
        kept = [clipped(clipped(ring, TURN // 2, 1), -TURN // 2, -1) for ring in moved]
        kept = [ring for ring in kept if len(ring) > 2 and has_area(ring)]
        if kept:
            pieces.append(kept)
    return pieces
