"""A lane as shapes: its heading, and its rows of labels over (or beside) bars."""

from collections.abc import Iterator, Sequence

import msgspec

from safeconduct.drawing.bar_shapes import bar_shapes
from safeconduct.drawing.house import (
    BODY,
    SMALL,
    Attributes,
    also,
    badge,
    badge_radius,
    cleared,
    line_height,
    paint,
)
from safeconduct.drawing.lanes import Density, Item, Row
from safeconduct.drawing.svg import Node, group, node
from safeconduct.drawing.text import ascent, wrapped

ROW_GAP = 9.0


class Drawn(msgspec.Struct, frozen=True):
    """Shapes, where each claim's bar stands (its left foot), and how far down they reach."""

    shapes: tuple[Node, ...]
    feet: tuple[tuple[str, tuple[float, float]], ...]
    bottom: float


def lane_shapes(
    name: str, rows: Sequence[Row], x0: float, x1: float, top: float, how: Density, pattern: str
) -> Drawn:
    """A lane from `top` down; `pattern` is the url of the hatching."""
    heading = tuple(lane_heading(name, x0, x1, top))
    y = top + len(wrapped(name, BODY, x1 - x0, bold=True)) * line_height(BODY) + 8
    drawn = row_shapes(rows, y, how, pattern)
    return Drawn((*heading, *drawn.shapes), drawn.feet, drawn.bottom)


def row_shapes(rows: Sequence[Row], top: float, how: Density, pattern: str) -> Drawn:
    """Rows of claims from `top` down, without a heading."""
    shapes: list[Node] = []
    y = top
    feet: list[tuple[str, tuple[float, float]]] = []
    for row in rows:
        bar_top = y + row.label_height + (2.0 if row.label_height else 3.0)
        for item in row.items:
            shapes.append(_item(item, bar_top, how.bar, pattern))
            feet.append((item.bar.claim, (item.bar.x0, bar_top + how.bar + 3)))
        y = bar_top + how.bar + (ROW_GAP if how.lines else 6.0)
    return Drawn(tuple(shapes), tuple(feet), y + 2)


def lane_heading(name: str, x0: float, x1: float, top: float) -> Iterator[Node]:
    """A line across and the name under it."""
    line: Attributes = {"x1": x0, "y1": top, "x2": x1, "y2": top}
    yield node("line", also({**paint(None, "edge", 1.0), **line}, "lane"))
    y = top + 4 + ascent(BODY)
    for words in wrapped(name, BODY, x1 - x0, bold=True):
        yield from cleared(x0, y, words, bold=True, role="quiet", name="lane-name")
        y += line_height(BODY)


def _item(item: Item, bar_top: float, height: float, pattern: str) -> Node:
    label = item.label
    # Labels stand right above their bars; beside them where only the id is shown.
    top = bar_top - 2 - label.height if label.lines else bar_top + height / 2 - label.height / 2
    shapes = [*bar_shapes(item.bar, bar_top, height, pattern), *label_shapes(item, top)]
    return group({"class": "claim", "data-claim": item.bar.claim}, shapes)


def label_shapes(item: Item, top: float) -> Iterator[Node]:
    """The id, its badges, and the lines of text hanging beside it."""
    label = item.label
    baseline = top + 1 + ascent(BODY)
    yield from cleared(item.x, baseline, label.id, bold=True, name="claim-id")
    at = item.x + label.indent
    for mark in reversed(label.badges):
        radius = badge_radius(mark)
        at -= 2 * radius + 2
        yield from badge(at + radius - 2, baseline - 4, mark)
    for i, line in enumerate(label.lines):
        y = baseline + i * line_height(SMALL)
        yield from cleared(item.x + label.indent, y, line, size=SMALL, name="claim-text")
