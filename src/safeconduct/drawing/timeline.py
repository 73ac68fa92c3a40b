"""The account's timeline as SVG: tellings as lanes, claims as bars, vague ends drawn as vague.

It shows what the layout's bounds and the vetting's findings say, and adds nothing: a claim without
bounds stands in the tray "no date", an open end is an arrow, a conflict is a numbered tie between
statements. What has no room in the picture is in its description.
"""

from collections.abc import Callable

import msgspec

from safeconduct.casefile.findings import Vetting
from safeconduct.drawing import house
from safeconduct.drawing.axis_shapes import (
    AXIS_HEIGHT,
    BAND_ROW,
    axis_shapes,
    event_bands,
    event_shapes,
    silence_bands,
    silence_shapes,
)
from safeconduct.drawing.conflicts import Event, silences
from safeconduct.drawing.house import SMALL, line_height, text
from safeconduct.drawing.lane_shapes import Drawn, lane_shapes
from safeconduct.drawing.lanes import MOST_IN_FULL, cards
from safeconduct.drawing.svg import Node, local_id, written
from safeconduct.drawing.text import ascent, plain
from safeconduct.drawing.tie_shapes import Spot, tie_lines
from safeconduct.drawing.timeline_foot import tray
from safeconduct.drawing.timeline_notes import notes
from safeconduct.drawing.timeline_parts import Part, in_time, parts_of
from safeconduct.drawing.timeline_plan import MARGIN, TRAY_WIDTH, Plan, badges, plan
from safeconduct.drawing.timeline_words import silence_in_words, timeline_title, timeline_words
from safeconduct.timeline.layout import Layout
from safeconduct.wording.language import Language

LEAST_WIDTH = 280
TALL = 700.0
"""Pixels from which the axis stands below the lanes too."""
MOST_A_PART = 40
"""Claims of one part, so that the text of each has room beside it."""
_GAP_ROW = BAND_ROW + 10


class _Part(msgspec.Struct, frozen=True):
    """Shapes of one part, those to lie below everything apart, and how far down it reaches."""

    below: tuple[Node, ...]
    shapes: tuple[Node, ...]
    bottom: float
    unlined: tuple[int, ...] = ()


def timeline_svg(
    layout: Layout,
    vetting: Vetting,
    language: Language,
    *,
    width: int = 720,
    prefix: str = "timeline",
    part: Part | None = None,
) -> str:
    """The timeline as the text of an SVG file, `width` pixels wide (280 at least).

    `prefix` begins every identifier, so that several drawings can stand in one page. With a
    `part`, only the claims of that part are drawn.
    """
    drawn = _drawn(layout, vetting, language, width, prefix, part)
    words = timeline_words(layout, vetting, language, part)
    described = (language.code, timeline_title(layout, language, part), words)
    patterns = (house.hatch(prefix, "hatch", "accent"),)
    size = (max(width, LEAST_WIDTH), drawn.bottom)
    return written(house.drawing(prefix, size, described, patterns, drawn.shapes))


def timeline_pages(
    layout: Layout,
    vetting: Vetting,
    language: Language,
    *,
    width: int = 720,
    height: float = 860.0,
    prefix: str = "timeline",
) -> tuple[str, ...]:
    """The timeline for print: whole if it is at most `height` pixels tall, else in parts that are.

    A part takes as many claims as fit; a single claim is never cut.
    """
    whole = _drawn(layout, vetting, language, width, prefix, None)
    if whole.bottom <= height and len(layout.occurrences) <= MOST_IN_FULL:
        return (timeline_svg(layout, vetting, language, width=width, prefix=prefix),)
    claims = in_time(layout)
    sizes: list[int] = []
    while left := len(claims) - sum(sizes):
        sizes.append(
            _fitting(
                lambda size: (
                    _height(layout, vetting, language, width, claims, sizes, size) <= height
                ),
                min(MOST_A_PART, left),
                sizes[-1] if sizes else MOST_A_PART,
            )
        )
    return tuple(
        timeline_svg(
            layout, vetting, language, width=width, prefix=f"{prefix}-{part.number}", part=part
        )
        for part in parts_of(claims, sizes)
    )


def _fitting(fits: Callable[[int], bool], most: int, guess: int) -> int:
    """How many claims fit: up or down from a guess in steps of a sixth, at least one."""
    size = min(guess, most)
    if fits(size):
        while size < most and fits(more := min(most, size + max(1, size // 6))):
            size = more
        return size
    while size > 1:
        size -= max(1, size // 6)
        if fits(size):
            break
    return size


def _height(
    layout: Layout,
    vetting: Vetting,
    language: Language,
    width: int,
    claims: tuple[str, ...],
    sizes: list[int],
    size: int,
) -> float:
    part = parts_of(claims, [*sizes, size])[-1]
    return _drawn(layout, vetting, language, width, "part", part).bottom


def _drawn(
    layout: Layout,
    vetting: Vetting,
    language: Language,
    width: int,
    prefix: str,
    part: Part | None,
) -> _Part:
    """1. Measures. 2. Public events and gaps below the axis. 3. Lanes with their ties. 4. The axis,
    whose grid reaches down to the lanes' end, where a tall drawing has it again. 5. The tray.
    6. Signs and numbers in words.
    """
    shown = plan(layout, vetting, language, max(width, LEAST_WIDTH), prefix, part)  # 1
    lanes_top, feet, heads = _heads(shown)  # 2
    lanes = _lanes(shown, lanes_top, feet)  # 3
    axis = _axis(shown, lanes.bottom)  # 4
    beside = _tray(shown, axis.bottom)  # 5
    foot_top = max(axis.bottom, beside.bottom) + 8
    foot, bottom = notes(shown, lanes.unlined, heads.shortened(), foot_top)  # 6
    event_lines, event_labels = heads.lines(lanes.bottom)
    body = (
        *(*axis.below, *event_lines, *lanes.below, *axis.shapes, *heads.gaps),
        *(*lanes.shapes, *event_labels, *beside.shapes, *foot),
    )
    return _Part((), body, bottom)


class _Heads:
    """Public events and gaps between axis and lanes; event lines wait for where lanes end."""

    def __init__(self, shown: Plan, top: float) -> None:
        marks = badges(shown.tied)
        axis = shown.axis
        self._events = shown.events
        said = [(one, silence_in_words(one, shown.language)) for one in silences(shown.vetting)]
        self.bands = event_bands(axis, shown.events, marks, shown.x1) if axis else ()
        self.top = top
        self.gaps_top = top + (max((one.row for one in self.bands), default=-1) + 1) * BAND_ROW
        found = silence_bands(axis, said, shown.x1) if axis else ()
        self.gaps = tuple(silence_shapes(found, self.gaps_top + 3))
        rows = max((one.row for one in found), default=-1) + 1
        self.bottom = self.gaps_top + rows * _GAP_ROW + 10

    def lines(self, bottom: float) -> tuple[list[Node], list[Node]]:
        """The lines of public events down to `bottom`, and their labels."""
        return event_shapes(self.bands, self.top, bottom)

    def shortened(self) -> tuple[Event, ...]:
        """The public events whose title is not whole in its label."""
        labels = {band.id: band.label for band in self.bands}
        return tuple(one for one in self._events if labels.get(one.id) != plain(one.title))

    def feet(self) -> dict[str, Spot]:
        """Where ties reach the labels of public events."""
        rows = max((band.row for band in self.bands), default=-1)
        return {
            band.id: (band.left - 2, self.top + (rows - band.row + 1) * BAND_ROW - 6)
            for band in self.bands
        }


def _heads(shown: Plan) -> tuple[float, dict[str, Spot], _Heads]:
    heads = _Heads(shown, MARGIN + (AXIS_HEIGHT + 4 if shown.axis else 0.0))
    return heads.bottom, heads.feet(), heads


def _lanes(shown: Plan, top: float, feet: dict[str, Spot]) -> _Part:
    pattern = f"url(#{local_id(shown.prefix, 'hatch')})"
    shapes: list[Node] = []
    if not shown.lanes:
        words = shown.language.text("drawing-no-claims")
        shapes.append(text(shown.x0, top + ascent(SMALL), words, role="quiet"))
        top += line_height(SMALL)
    for lane in shown.lanes:
        if not lane.rows:
            continue
        drawn: Drawn = lane_shapes(
            lane.heading, lane.rows, shown.x0, shown.x1, top, shown.density, pattern
        )
        shapes += drawn.shapes
        feet.update(drawn.feet)
        top = drawn.bottom
    tied = tie_lines(shown.tied, feet, MARGIN - 4, shown.gutter)
    return _Part(tied.below, (*shapes, *tied.on_top), top, tied.unlined)


def _axis(shown: Plan, bottom: float) -> _Part:
    if shown.axis is None:
        return _Part((), (), bottom)
    shapes = list(axis_shapes(shown.axis, MARGIN, bottom, shown.language))
    if bottom > TALL:
        foot = bottom + 2 + AXIS_HEIGHT
        shapes += axis_shapes(shown.axis, bottom + 2, foot, shown.language)
        bottom = foot + 6
    lines = tuple(one for one in shapes if one.name != "text")
    return _Part(lines, tuple(one for one in shapes if one.name == "text"), bottom)


def _tray(shown: Plan, lanes_bottom: float) -> _Part:
    if not shown.undated:
        return _Part((), (), 0.0)
    right = shown.width - MARGIN
    x0, top = (
        (right - TRAY_WIDTH, MARGIN) if shown.tray_aside else (MARGIN, max(lanes_bottom, 0.0) + 6)
    )
    room = (right - x0) if right - x0 < 250 else min(right - x0, 250.0)
    held = cards(shown.undated, room - 14, shown.density)
    shapes, bottom = tray(held, shown.language.text("drawing-tray"), x0, right, top)
    return _Part((), tuple(shapes), bottom)
