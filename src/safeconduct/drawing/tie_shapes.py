"""Ties: a numbered line beside the lanes that joins the claims which cannot all hold.

There is room for a few lines only. A tie that finds none still has its number at every claim, and
the drawing says so below.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from safeconduct.drawing.conflicts import Tie
from safeconduct.drawing.house import Attributes, also, badge, badge_radius, paint
from safeconduct.drawing.svg import Node, node

COLUMN = 17.0

Spot = tuple[float, float]
"""The left foot of a bar: where a tie reaches it."""


class TieGutter(msgspec.Struct, frozen=True):
    """The strip left of the lanes: how many columns it has."""

    columns: int

    @property
    def width(self) -> float:
        """Pixels, with the space to the lanes."""
        return self.columns * COLUMN + (4.0 if self.columns else 0.0)


def gutter_of(tied: Sequence[Tie], dated: frozenset[str], width: float) -> TieGutter:
    """As many columns as there are ties that join two dated things, as far as the width allows."""
    most = 8 if width >= 600 else 3
    joined = [len(dated.intersection(tie.claims)) + len(tie.events) > 1 for tie in tied]
    return TieGutter(min(most, sum(joined)))


class TieLines(msgspec.Struct, frozen=True):
    """Shapes below the lanes, shapes on top of them, and the numbers that found no room."""

    below: tuple[Node, ...]
    on_top: tuple[Node, ...]
    unlined: tuple[int, ...]


def tie_lines(
    tied: Sequence[Tie], spots: Mapping[str, Spot], left: float, gutter: TieGutter
) -> TieLines:
    """The lines, each in a column in which no other meets it."""
    taken: list[list[Spot]] = [[] for _ in range(gutter.columns)]
    shapes: list[tuple[bool, Node]] = []
    unlined: list[int] = []
    for tie in tied:
        ends = sorted({spots[one] for one in (*tie.claims, *tie.events) if one in spots}, key=_down)
        if len(ends) < 2:
            continue
        span = (ends[0][1] - 28, ends[-1][1] + 6)
        # The innermost free column, so that lines to the bars stay short.
        for column in reversed(range(gutter.columns)):
            if all(span[1] < top or bottom < span[0] for top, bottom in taken[column]):
                taken[column].append(span)
                shapes += _tie(tie, ends, left + (column + 0.5) * COLUMN)
                break
        else:
            unlined.append(tie.number)
    return TieLines(
        tuple(one for is_on_top, one in shapes if not is_on_top),
        tuple(one for is_on_top, one in shapes if is_on_top),
        tuple(unlined),
    )


def _down(spot: Spot) -> tuple[float, float]:
    return spot[1], spot[0]


def _tie(tie: Tie, ends: Sequence[Spot], x: float) -> Iterator[tuple[bool, Node]]:
    mark = str(tie.number)
    stroke = paint(None, "accent", 1.3)
    top = ends[0][1] - 10
    upright: Attributes = {"x1": x, "y1": top, "x2": x, "y2": ends[-1][1]}
    yield False, node("line", also({**stroke, **upright}, "tie"))
    for end_x, end_y in ends:
        line: Attributes = {"x1": x, "y1": end_y, "x2": end_x, "y2": end_y}
        yield False, node("line", {**paint(None, "accent", 0.9), **line, "stroke-dasharray": "1 2"})
        yield True, node("circle", {**paint("accent"), "cx": end_x, "cy": end_y, "r": 1.8})
    for shape in badge(x, top - badge_radius(mark) + 2, mark, "tie-badge"):
        yield True, shape
