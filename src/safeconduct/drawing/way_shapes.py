"""Told journeys as arrows whose line says by what means, and prisms as hatched ellipses."""

from collections.abc import Iterator, Mapping
from math import atan2, cos, hypot, pi, sin, sqrt

import msgspec

from safeconduct.casefile.account import Means
from safeconduct.drawing.house import Attributes, also, paint
from safeconduct.drawing.labelling import Box
from safeconduct.drawing.projection import Point, View
from safeconduct.drawing.svg import Node, node, points
from safeconduct.drawing.ways import Reach

ROAD = frozenset(
    {
        *(Means.MOTORCYCLE, Means.CAR, Means.BUS, Means.TRUCK, Means.ARMOURED_VEHICLE),
        Means.CONVOY,
    }
)
LINES: Mapping[str, tuple[str, float]] = {
    "slow": ("1 4", 2.2),
    "road": ("", 1.9),
    "train": ("9 2 2 2", 2.2),
    "ship": ("11 5", 1.9),
    "air": ("5 4", 1.3),
    "unknown": ("2 6", 1.5),
}
"""Dashes and width of each sort of means; a road's line is unbroken."""


class Arc(msgspec.Struct, frozen=True):
    """A curve from a place to another: start, control point, end."""

    start: Point
    bend: Point
    end: Point

    def at(self, t: float) -> Point:
        """A point of the curve, 0 ≤ t ≤ 1."""
        u = 1 - t
        return (
            u * u * self.start[0] + 2 * u * t * self.bend[0] + t * t * self.end[0],
            u * u * self.start[1] + 2 * u * t * self.bend[1] + t * t * self.end[1],
        )


def sort_of(means: Means | None) -> str:
    """Which line shows these means."""
    if means is None:
        return "unknown"
    if means in ROAD:
        return "road"
    if means in (Means.FOOT, Means.BICYCLE, Means.HORSE):
        return "slow"
    return {Means.TRAIN: "train", Means.SHIP: "ship"}.get(means, "air")


def arc(start: Point, end: Point, repeat: int, gaps: tuple[float, float]) -> Arc | None:
    """A curve that leaves the marks' surroundings free; each repetition bends more.

    None where there is no room between the marks.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length < sum(gaps) + 4:
        return None
    ux, uy = dx / length, dy / length
    bow = length * (0.14 + 0.09 * repeat)
    bend = ((start[0] + end[0]) / 2 + uy * bow, (start[1] + end[1]) / 2 - ux * bow)
    return Arc(_towards(start, bend, gaps[0]), bend, _towards(end, bend, gaps[1]))


def arc_shapes(curve: Arc, sort: str) -> Iterator[Node]:
    """The line and its arrowhead."""
    dashes, width = LINES[sort]
    (x0, y0), (bx, by), (x1, y1) = curve.start, curve.bend, curve.end
    d = f"M{x0:.2f},{y0:.2f} Q{bx:.2f},{by:.2f} {x1:.2f},{y1:.2f}"
    halo = {**paint(None, "paper", width + 2.4), "d": d, "stroke-opacity": 0.85}
    yield node("path", also(halo, "halo"))
    how: Attributes = {**paint(None, "accent", width), "d": d, "stroke-linecap": "butt"}
    if dashes:
        how["stroke-dasharray"] = dashes
    yield node("path", also(how, f"way way-{sort}"))
    head = {**paint("accent", "paper", 0.8), "points": points(_head(curve))}
    yield node("polygon", also(head, "arrowhead"))


def head_box(curve: Arc) -> Box:
    """What the arrowhead takes of the map."""
    corners = _head(curve)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _head(curve: Arc) -> tuple[Point, ...]:
    (x, y), (bend_x, bend_y) = curve.end, curve.bend
    angle = atan2(y - bend_y, x - bend_x)
    tip = (x + 3 * cos(angle), y + 3 * sin(angle))
    wings = (
        (tip[0] - 10 * cos(angle + turn), tip[1] - 10 * sin(angle + turn)) for turn in (0.42, -0.42)
    )
    return (tip, *wings)


def prism_shape(reach: Reach, view: View, hatching: str) -> Node | None:
    """The ellipse within which the way from a to b may have led, drawn on the map's plane."""
    (ax, ay), (bx, by) = (view.at(spot.lon, spot.lat) for spot in (reach.a, reach.b))
    half_foci = hypot(bx - ax, by - ay) / 2
    long = (reach.budget_km + reach.a.radius_km + reach.b.radius_km) * view.scale / 2
    if long <= half_foci:
        return None
    short, tilt = sqrt(long * long - half_foci * half_foci), atan2(by - ay, bx - ax)
    rim = []
    for i in range(48):
        across, up = long * cos(2 * pi * i / 48), short * sin(2 * pi * i / 48)
        x = (ax + bx) / 2 + across * cos(tilt) - up * sin(tilt)
        y = (ay + by) / 2 + across * sin(tilt) + up * cos(tilt)
        rim.append((x, y))
    stroke = paint(None, "edge", 1.0)
    how = {**stroke, "fill": hatching, "points": points(rim), "stroke-dasharray": "6 3"}
    return node("polygon", also(how, "prism"))


def _towards(start: Point, aim: Point, by: float) -> Point:
    dx, dy = aim[0] - start[0], aim[1] - start[1]
    length = hypot(dx, dy) or 1.0
    return start[0] + dx / length * by, start[1] + dy / length * by
