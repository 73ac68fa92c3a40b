"""The axis as shapes: tick labels, grid lines, breaks; public events and gaps below it."""

from collections.abc import Iterator, Sequence

import msgspec

from safeconduct.drawing.axis import Axis, Segment, Ticks, ticks
from safeconduct.drawing.conflicts import Event, Silence
from safeconduct.drawing.house import (
    SMALL,
    Attributes,
    also,
    badge,
    badge_radius,
    cleared,
    paint,
    text,
)
from safeconduct.drawing.svg import Node, node
from safeconduct.drawing.text import plain, shortened, width_of
from safeconduct.timeline.moments import MINUTES_A_DAY
from safeconduct.wording.language import Language

AXIS_HEIGHT = 32.0
BAND_ROW = 16.0
EVENT_DASHES: Attributes = {"stroke-dasharray": "5 3"}
_GAP = 6.0


class Band(msgspec.Struct, frozen=True):
    """Something between x0 and x1 with a label of its own, in a row of a band below the axis.

    What `lasts` has a beginning and an end on the axis; all else is one line in the middle.
    """

    id: str
    x0: float
    x1: float
    label: str
    label_x: float
    left: float
    right: float
    row: int
    badges: tuple[str, ...] = ()
    lasts: bool = False


def axis_shapes(axis: Axis, top: float, bottom: float, language: Language) -> Iterator[Node]:
    """The axis with its foot at `top + AXIS_HEIGHT`, and grid lines down to `bottom`."""
    foot = top + AXIS_HEIGHT
    for place, segment in enumerate(axis.segments):
        marks = ticks(segment, language)
        line: Attributes = {"x1": segment.x0, "y1": foot, "x2": segment.x1, "y2": foot}
        yield node("line", {**paint(None, "ink", 1.2), **line})
        yield from _minor(marks, segment, foot)
        yield from _major(marks, segment, top, bottom, first=place == 0)
    for x in axis.breaks:
        yield from _break(x, foot, bottom)


def has_hours(axis: Axis, language: Language) -> bool:
    """Are hours shown anywhere, so that their zone must be said?"""
    return any(ticks(segment, language).of_day for segment in axis.segments)


def _minor(marks: Ticks, segment: Segment, foot: float) -> Iterator[Node]:
    for tick in marks.minor:
        line: Attributes = {"x1": tick.x, "y1": foot - 4, "x2": tick.x, "y2": foot}
        yield node("line", {**paint(None, "edge", 1.0), **line})
        half = width_of(tick.label, SMALL) / 2
        if segment.x0 - 2 <= tick.x - half and tick.x + half <= segment.x1 + 2:
            yield text(tick.x, foot - 6, tick.label, size=SMALL, role="quiet", anchor="middle")


def _major(
    marks: Ticks, segment: Segment, top: float, bottom: float, *, first: bool
) -> Iterator[Node]:
    shown = [marks.first, *marks.major]
    if marks.major and marks.major[0].label == marks.first.label:
        shown = list(marks.major)
    edges = [*(tick.x for tick in shown[1:]), segment.x1 + (12.0 if not first else 0.0)]
    # A first label that has no room is left out; the next one says as much.
    for tick, edge in zip(shown, edges, strict=True):
        if tick in marks.major:
            line: Attributes = {"x1": tick.x, "y1": top + 3, "x2": tick.x, "y2": bottom}
            yield node("line", also({**paint(None, "line", 1.0), **line}, "grid"))
        if label := tick.fitting(edge - tick.x - 5):
            yield text(tick.x + 3, top + 10, label, size=SMALL, bold=True)


def _break(x: float, foot: float, bottom: float) -> Iterator[Node]:
    """Two strokes on the axis and an empty strip below: here the axis leaves time out."""
    strip: Attributes = {"x": x - 9, "y": foot + 4, "width": 18, "height": bottom - foot - 4}
    if bottom > foot + 4:
        yield node("rect", also({**paint("panel"), **strip}, "break"))
    yield from break_strokes(x, foot)


def break_strokes(x: float, foot: float) -> Iterator[Node]:
    """The two strokes across a broken axis."""
    for shift in (-3.5, 3.5):
        stroke: Attributes = {"x1": x + shift - 3, "y1": foot + 6, "x2": x + shift + 3}
        yield node("line", {**paint(None, "ink", 1.3), **stroke, "y2": foot - 6})


def event_bands(
    axis: Axis, found: Sequence[Event], badges: dict[str, tuple[str, ...]], x1: float
) -> tuple[Band, ...]:
    """Public events in rows such that no line down from a label crosses a label on its right."""
    placed: list[Band] = []
    for event in reversed(found):
        left, right = axis.x(event.span[0]), axis.x(event.span[1])
        marks = badges.get(event.id, ())
        extra = sum(2 * badge_radius(mark) + 2 for mark in marks)
        label = shortened(plain(event.title), SMALL, x1 - axis.ends[0] - extra)
        width = width_of(label, SMALL) + extra
        x = min(left + 4, x1 - width)
        row = _free_row(placed, x, x + width, (left + right) / 2)
        lasts = event.span[1] - event.span[0] > MINUTES_A_DAY and right - left > 5
        placed.append(Band(event.id, left, right, label, x, x, x + width, row, marks, lasts))
    return tuple(placed)


def _free_row(placed: Sequence[Band], left: float, right: float, line: float) -> int:
    """The lowest row above every label and line that this label, or its line, would meet."""
    meets = [
        band.row
        for band in placed
        if (left - _GAP < band.right and band.left < right + _GAP)
        or left - _GAP <= (band.x0 + band.x1) / 2 <= right + _GAP
        or band.left - _GAP <= line <= band.right + _GAP
    ]
    return max(meets, default=-1) + 1


def silence_bands(axis: Axis, found: Sequence[tuple[Silence, str]], x1: float) -> tuple[Band, ...]:
    """Gaps with their words, in rows in which neither brackets nor labels meet."""
    placed: list[Band] = []
    for silence, words in found:
        left, right = axis.x(silence.span[0]), axis.x(silence.span[1])
        label = shortened(words, SMALL, x1 - axis.ends[0])
        width = width_of(label, SMALL)
        x = max(axis.ends[0], min((left + right - width) / 2, x1 - width))
        box = (min(left, x), max(right, x + width))
        row = 0
        while any(
            band.row == row and box[0] - _GAP < band.right and band.left < box[1] + _GAP
            for band in placed
        ):
            row += 1
        name = f"{silence.before}-{silence.after}"
        placed.append(Band(name, left, right, label, x, *box, row))
    return tuple(placed)


def event_shapes(bands: Sequence[Band], top: float, bottom: float) -> tuple[list[Node], list[Node]]:
    """Lines (to be drawn first) and labels of public events; the lines reach down to `bottom`."""
    rows = max((band.row for band in bands), default=-1)
    lines: list[Node] = []
    labels: list[Node] = []
    for band in bands:
        y = top + (rows - band.row) * BAND_ROW + BAND_ROW
        stroke = {**paint(None, "edge", 1.1), **EVENT_DASHES}
        for x in {band.x0, band.x1} if band.lasts else {(band.x0 + band.x1) / 2}:
            line: Attributes = {"x1": x, "y1": y - 11, "x2": x, "y2": bottom}
            lines.append(node("line", also({**stroke, **line}, "event")))
        if band.lasts:
            across: Attributes = {"x1": band.x0, "y1": y - 11, "x2": band.x1, "y2": y - 11}
            lines.append(node("line", also({**stroke, **across}, "event")))
        at = band.label_x
        for mark in band.badges:
            radius = badge_radius(mark)
            labels += badge(at + radius, y - 6, mark)
            at += 2 * radius + 2
        labels += cleared(at, y - 2.5, band.label, size=SMALL, name="event-label")
    return sorted(lines, key=lambda one: one.attributes), labels


def silence_shapes(bands: Sequence[Band], top: float) -> Iterator[Node]:
    """Brackets with their words above, in rows from `top` down."""
    for band in bands:
        y = top + band.row * (BAND_ROW + 10)
        yield from cleared(band.label_x, y + 11, band.label, size=SMALL, role="quiet")
        foot = y + 22
        d = f"M{band.x0:.2f},{foot - 6:.2f} V{foot:.2f} H{band.x1:.2f} V{foot - 6:.2f}"
        yield node("path", also({**paint(None, "ink", 1.2), "d": d}, "gap"))
