"""A bar → shapes. Kinds differ by outline, certainty by filling; colour says nothing.

Solid is certain, hatched is "somewhere in here", an arrow is "open". A stay is a box, a journey
slants and points on, an event has round ends, a statement is hollow.
"""

from collections.abc import Iterator

from safeconduct.casefile.account import ClaimKind
from safeconduct.drawing.bars import Bar
from safeconduct.drawing.house import Attributes, also, paint
from safeconduct.drawing.svg import Node, node, points

SLANT = 4.0


def bar_shapes(bar: Bar, top: float, height: float, hatching: str) -> Iterator[Node]:
    """The shapes of a bar between `top` and `top + height`; `hatching` is a pattern's url."""
    if bar.is_mark:
        yield _mark(bar, top, height)
        return
    left, right = bar.known
    if right - left > 0.5:
        yield from _extent(bar.kind, (left, right), bar.core, (top, height), hatching)
    middle = top + height / 2
    if bar.opens_left:
        yield from _open(left, bar.x0, middle, height)
    if bar.opens_right:
        yield from _open(right, bar.x1, middle, height)


def _extent(
    kind: ClaimKind,
    known: tuple[float, float],
    core: tuple[float, float] | None,
    band: tuple[float, float],
    hatching: str,
) -> Iterator[Node]:
    outline = {**paint("paper", "edge", 0.8), "stroke-dasharray": "2.5 1.8"}
    yield _box(kind, known, band, also(outline, "vague"))
    # Statements stay hollow: they say what was meant or known, not where somebody was.
    if kind is not ClaimKind.STATEMENT:
        yield _box(kind, known, band, {"class": "hatched", "fill": hatching})
    if core and core[1] - core[0] > 0.5:
        fill = "paper" if kind is ClaimKind.STATEMENT else "accent"
        yield _box(kind, core, band, also(paint(fill, "accent", 1.0), "certain"))
    if kind is ClaimKind.JOURNEY:
        top, height = band
        x = known[1]
        tip = ((x - 1, top - 1.5), (x + 6, top + height / 2), (x - 1, top + height + 1.5))
        yield node("polygon", {**paint("accent"), "points": points(tip)})


def _box(
    kind: ClaimKind, span: tuple[float, float], band: tuple[float, float], how: Attributes
) -> Node:
    (x0, x1), (top, height) = span, band
    if kind is ClaimKind.JOURNEY:
        slant = min(SLANT, (x1 - x0) / 2)
        corners = (
            (x0 + slant, top),
            (x1, top),
            (x1 - slant, top + height),
            (x0, top + height),
        )
        return node("polygon", {**how, "points": points(corners)})
    box: Attributes = {"x": x0, "y": top, "width": x1 - x0, "height": height}
    if kind is ClaimKind.EVENT:
        box["rx"] = min(height, x1 - x0) / 2
    return node("rect", {**how, **box})


def _mark(bar: Bar, top: float, height: float) -> Node:
    """A day among years: a diamond, an arrowhead, a block or a ring by kind."""
    x, y, r = (bar.x0 + bar.x1) / 2, top + height / 2, height / 2
    solid = also(paint("accent", "accent", 1.0), "mark")
    if bar.kind is ClaimKind.STATEMENT:
        ring = also(paint("paper", "accent", 1.4), "mark")
        return node("circle", {**ring, "cx": x, "cy": y, "r": r - 0.7})
    shapes = {
        ClaimKind.EVENT: ((x, y - r), (x + r, y), (x, y + r), (x - r, y)),
        ClaimKind.JOURNEY: ((x - r, y - r), (x + r, y), (x - r, y + r)),
        ClaimKind.STAY: ((x - 2, y - r), (x + 2, y - r), (x + 2, y + r), (x - 2, y + r)),
    }
    return node("polygon", {**solid, "points": points(shapes[bar.kind])})


def _open(start: float, end: float, y: float, height: float) -> Iterator[Node]:
    """An arrow: from here on, or up to here, nothing is known."""
    back = 5.0 if end < start else -5.0
    stroke = {**paint(None, "accent", 1.3), "stroke-linecap": "round"}
    line: Attributes = {"x1": start, "y1": y, "x2": end, "y2": y, "stroke-dasharray": "1 3"}
    yield node("line", {**stroke, **line})
    head = ((end + back, y - height / 2), (end, y), (end + back, y + height / 2))
    yield node("polyline", also({**stroke, "points": points(head)}, "open"))
