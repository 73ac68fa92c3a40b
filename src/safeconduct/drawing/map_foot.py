"""What stands below the map: journeys in words, what is not on it, the signs, how it was drawn."""

from collections.abc import Iterator, Sequence
from math import inf

import msgspec

from safeconduct.drawing.house import (
    SMALL,
    Attributes,
    also,
    badge,
    badge_radius,
    line_height,
    paint,
    text,
)
from safeconduct.drawing.svg import Node, node
from safeconduct.drawing.text import ascent, width_of, wrapped
from safeconduct.drawing.way_shapes import LINES
from safeconduct.wording.language import Language

MOST_ENTRIES = 24


class Entry(msgspec.Struct, frozen=True):
    """A line of the key: a number or "", and its words."""

    mark: str
    words: str


class Page(msgspec.Struct, frozen=True):
    """Shapes, the words among them, and how far down they reach."""

    shapes: tuple[Node, ...]
    words: tuple[str, ...]
    bottom: float


class Below:
    """Collects shapes from the top down between x0 and x1; what passes `limit` begins a page."""

    def __init__(self, x0: float, x1: float, top: float, limit: float = inf) -> None:
        self._x0, self._x1, self._limit = x0, x1, limit
        self._y = top
        self._shapes: list[Node] = []
        self._words: list[str] = []
        self._full: list[Page] = []

    def pages(self) -> tuple[Page, ...]:
        """All that was collected; one page where there is no limit."""
        return (*self._full, Page(tuple(self._shapes), tuple(self._words), self._y))

    def entries(self, found: Sequence[Entry], language: Language) -> None:
        """Numbered lines; those beyond what anybody reads are counted and left to the account."""
        indent = max((2 * badge_radius(one.mark) + 6 for one in found if one.mark), default=0.0)
        for entry in found[:MOST_ENTRIES]:
            self._make_room(18.0)
            if entry.mark:
                at = self._x0 + badge_radius(entry.mark)
                self._shapes += badge(at, self._y + 7, entry.mark, "key")
            self._lines(entry.words, indent, "ink", entry.mark)
            self._y += 4.5 if entry.mark else 3.0
        if len(found) > MOST_ENTRIES:
            more = language.number(len(found) - MOST_ENTRIES)
            self._lines(language.text("drawing-ways-more").format(n=more), indent, "ink")
            self._y += 3

    def note(self, words: str, role: str = "quiet") -> None:
        """A paragraph."""
        self._lines(words, 0.0, role)
        self._y += 3

    def signs(self, names: Sequence[str], language: Language, hatching: str, dotting: str) -> None:
        """The legend, in lines."""
        x = self._x0
        for name in names:
            words = language.text(f"drawing-sign-{name}")
            lines = wrapped(words, SMALL, self._x1 - self._x0 - 40)
            width = 40 + max(width_of(line, SMALL) for line in lines)
            if x > self._x0 and x + width > self._x1:
                x, self._y = self._x0, self._y + 17
            self._shapes += _sign(name, x, self._y + 7, hatching, dotting)
            for i, line in enumerate(lines):
                foot = self._y + 10.5 + i * line_height(SMALL)
                self._shapes.append(text(x + 40, foot, line, size=SMALL, role="quiet"))
            self._y += (len(lines) - 1) * line_height(SMALL)
            x += width + 16
        self._y += 22 if names else 0

    def _lines(self, words: str, indent: float, role: str, mark: str = "") -> None:
        for line in wrapped(words, SMALL, self._x1 - self._x0 - indent):
            self._make_room(line_height(SMALL))
            foot = self._y + ascent(SMALL) + 0.5
            self._shapes.append(
                text(self._x0 + indent, foot, line, size=SMALL, role=role, name="below")
            )
            self._y += line_height(SMALL)
        self._words.append(f"{mark}. {words}" if mark else words)

    def _make_room(self, height: float) -> None:
        if self._y + height > self._limit:
            self._full.append(Page(tuple(self._shapes), tuple(self._words), self._y))
            # As far from the top as from the side.
            self._shapes, self._words, self._y = [], [], self._x0


def _sign(name: str, x: float, y: float, hatching: str, dotting: str) -> Iterator[Node]:
    box: Attributes = {"x": x + 2, "y": y - 6, "width": 30, "height": 12}
    match name:
        case "radius":
            ring = {**paint("accent", "accent", 1.2), "fill-opacity": 0.1}
            disc: Attributes = {"cx": x + 17, "cy": y, "r": 6.5, "stroke-dasharray": "3 2"}
            yield node("circle", {**ring, **disc})
        case "whole":
            yield node("rect", {"fill": dotting, **box})
        case "prism":
            rim: Attributes = {"cx": x + 17, "cy": y, "rx": 15, "ry": 6}
            how = {**paint(None, "edge", 1.0), **rim, "stroke-dasharray": "6 3"}
            yield node("ellipse", {**how, "fill": hatching})
        case "disputed":
            line: Attributes = {"x1": x + 2, "y1": y, "x2": x + 32, "y2": y}
            yield node("line", {**paint(None, "ink", 1.0), **line, "stroke-dasharray": "4 2.5"})
        case _:
            dashes, width = LINES[name.removeprefix("way-")]
            way: Attributes = {"x1": x + 2, "y1": y, "x2": x + 32, "y2": y}
            if dashes:
                way["stroke-dasharray"] = dashes
            yield node("line", also({**paint(None, "accent", width), **way}, "sign"))
