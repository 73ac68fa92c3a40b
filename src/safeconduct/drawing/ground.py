"""The ground of a map: land, borders, whole countries that are places, disputed areas."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from safeconduct.drawing.house import Attributes, also, paint
from safeconduct.drawing.outlines import drawn_rings, window_of
from safeconduct.drawing.projection import Point, View
from safeconduct.drawing.svg import Node, node, number
from safeconduct.geo.countries import Outline, shipped_countries

Ring = list[tuple[Point, bool]]


class Outlined(msgspec.Struct, frozen=True):
    """A ring and the box around it."""

    ring: tuple[Point, ...]
    box: tuple[float, float, float, float]

    def holds(self, x: float, y: float) -> bool:
        """Does the ring go round the point?"""
        left, top, right, bottom = self.box
        return left <= x <= right and top <= y <= bottom and _winds_round(self.ring, x, y)


def outlined(ring: tuple[Point, ...]) -> Outlined:
    """A ring with its box."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return Outlined(ring, (min(xs), min(ys), max(xs), max(ys)))


class Ground(msgspec.Struct, frozen=True):
    """Shapes in the order of drawing; where each country shows most; the disputed areas shown.

    `rings` are the drawn outlines of each country, disputed areas on top of it left aside.
    """

    shapes: tuple[Node, ...]
    countries: tuple[tuple[str, Point, float], ...]
    areas: tuple[tuple[str, Point], ...]
    rings: Mapping[str, tuple[Outlined, ...]]

    def country_of(self, x: float, y: float) -> str | None:
        """The country that a pixel lies in; None for water and for what no outline holds."""
        for code, rings in self.rings.items():
            if sum(one.holds(x, y) for one in rings) % 2:
                return code
        return None


def ground(view: View, filled: frozenset[str], dotting: str) -> Ground:
    """The ground of a view; `filled` are countries shown as places, by the pattern `dotting`."""
    window = window_of(view)
    land: list[str] = []
    places: list[str] = []
    borders: list[str] = []
    dashed: list[str] = []
    seen: dict[str, tuple[Point, float]] = {}
    areas: dict[str, Point] = {}
    drawn: dict[str, tuple[Outlined, ...]] = {}
    for shape in shipped_countries().outlines_within(window):
        rings = [ring for ring in drawn_rings(shape, view, window) if _is_seen(ring, view)]
        if not rings:
            continue
        _sort(shape, rings, (land, places, borders, dashed), filled)
        _remember(shape, rings, view, seen, areas)
        if shape.code and not shape.overlay:
            outlines = tuple(outlined(tuple(point for point, _ in ring)) for ring in rings)
            drawn[shape.code] = (*drawn.get(shape.code, ()), *outlines)
    shapes = (
        *_path(land, {**paint("panel"), "fill-rule": "evenodd"}, "land"),
        *_path(places, {"class": "dotted", "fill": dotting, "fill-rule": "evenodd"}, "whole"),
        *_path(borders, paint(None, "edge", 0.7), "border"),
        *_path(dashed, {**paint(None, "ink", 1.0), "stroke-dasharray": "4 2.5"}, "disputed"),
    )
    found = tuple((code, at, size) for code, (at, size) in sorted(seen.items()))
    return Ground(shapes, found, tuple(sorted(areas.items())), drawn)


def _sort(
    shape: Outline,
    rings: Sequence[Ring],
    kinds: tuple[list[str], list[str], list[str], list[str]],
    filled: frozenset[str],
) -> None:
    land, places, borders, dashed = kinds
    for ring in rings:
        if not shape.overlay:
            (places if shape.code in filled else land).append(_closed(ring))
        (dashed if shape.area else borders).extend(_lines(ring))


def _remember(
    shape: Outline,
    rings: Sequence[Ring],
    view: View,
    seen: dict[str, tuple[Point, float]],
    areas: dict[str, Point],
) -> None:
    for ring in rings:
        visible = [
            (
                min(max(x, view.left), view.left + view.width),
                min(max(y, view.top), view.top + view.height),
            )
            for (x, y), _ in ring
        ]
        area, centre = _area_and_centre(visible)
        if shape.code and not shape.overlay and area > seen.get(shape.code, (centre, 0.0))[1]:
            seen[shape.code] = (centre, area)
        if shape.area and area > 0:
            areas[shape.area] = centre


def _is_seen(ring: Ring, view: View) -> bool:
    xs, ys = [x for (x, _), _ in ring], [y for (_, y), _ in ring]
    across = max(xs) > view.left and min(xs) < view.left + view.width
    # An island of a pixel or so would only be a speck.
    large = max(max(xs) - min(xs), max(ys) - min(ys)) >= 1.5
    return large and across and max(ys) > view.top and min(ys) < view.top + view.height


def _area_and_centre(points: Sequence[Point]) -> tuple[float, Point]:
    """Of a polygon, by the shoelace formula; its mean point where it has no area."""
    twice = x_sum = y_sum = 0.0
    x1, y1 = points[-1]
    for x2, y2 in points:
        cross = x1 * y2 - x2 * y1
        twice += cross
        x_sum += (x1 + x2) * cross
        y_sum += (y1 + y2) * cross
        x1, y1 = x2, y2
    if abs(twice) < 1.0:
        return 0.0, points[0]
    return abs(twice) / 2, (x_sum / (3 * twice), y_sum / (3 * twice))


def _winds_round(ring: Sequence[Point], x: float, y: float) -> bool:
    """Does a ray from the point to the right leave the ring an odd number of times?"""
    inside = False
    x1, y1 = ring[-1]
    for x2, y2 in ring:
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
        x1, y1 = x2, y2
    return inside


def _closed(ring: Ring) -> str:
    return _open([point for point, _ in ring]) + "z"


def _lines(ring: Ring) -> Iterator[str]:
    """The ring as open lines, left out where it runs along a cut."""
    first_is_seam = ring[0][1]
    points = [*ring[1:], ring[0]]
    run = [ring[0][0]]
    for point, seam in points:
        if seam:
            if len(run) > 1:
                yield _open(run)
            run = [point]
        else:
            run.append(point)
    if len(run) > 1:
        yield _open(run) if first_is_seam or len(run) <= len(ring) else _open(run[:-1]) + "z"


def _open(run: Sequence[Point]) -> str:
    """A line in tenths of a pixel, each point relative to the one before: half the bytes."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in run]
    steps = [
        f"{number((x - x0) / 10)},{number((y - y0) / 10)}"
        for (x0, y0), (x, y) in pairwise(tenths)
        if (x, y) != (x0, y0)
    ]
    x, y = tenths[0]
    return f"M{number(x / 10)},{number(y / 10)}l{' '.join(steps)}" if steps else ""


def _path(parts: Sequence[str], how: Attributes, name: str) -> Iterator[Node]:
    if parts:
        yield node("path", also({**how, "d": "".join(parts), "stroke-linejoin": "round"}, name))
