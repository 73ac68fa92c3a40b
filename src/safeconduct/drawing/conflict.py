"""One conflict as a small drawing: each of its statements as it was told, and what they lack.

A bar is drawn from the claim's own words alone, not from what other claims say of it: where all of
them are put together nothing is left to draw. Repairs are not shown; which statement is false is
not said.
"""

from safeconduct.casefile.findings import Finding, Lapse, Outcome
from safeconduct.drawing import house
from safeconduct.drawing.axis import Axis, axis_of
from safeconduct.drawing.axis_shapes import (
    AXIS_HEIGHT,
    BAND_ROW,
    axis_shapes,
    event_bands,
    event_shapes,
    has_hours,
)
from safeconduct.drawing.bars import STUB, Bar, bar_of, span_of
from safeconduct.drawing.conflict_words import (
    conflict_title,
    conflict_words,
    lacking,
    statements,
    undated,
)
from safeconduct.drawing.conflicts import events_of
from safeconduct.drawing.house import BODY, SMALL, line_height, text
from safeconduct.drawing.lane_shapes import row_shapes
from safeconduct.drawing.lanes import density, label_of, rows_of
from safeconduct.drawing.svg import Node, local_id, written
from safeconduct.drawing.text import ascent, wrapped
from safeconduct.drawing.timeline_foot import legend
from safeconduct.drawing.timeline_plan import MARGIN, signs
from safeconduct.timeline.layout import Layout, Occurrence, as_told
from safeconduct.wording.language import Language

LEAST_WIDTH = 280
MOST_STATEMENTS = 12
"""A conflict of more claims than this is shown in the timeline alone."""


def conflict_svg(
    finding: Finding, layout: Layout, language: Language, *, width: int = 640, prefix: str
) -> str | None:
    """The drawing as the text of an SVG file, `width` pixels wide (280 at least).

    None where there is nothing to draw: for what is no conflict, for one whose claims (twelve at
    most) have no date of their own, and for a single claim beside nothing.
    """
    told = _told_in(finding, layout, language)
    if not told:
        return None
    width = max(width, LEAST_WIDTH)
    shapes, bottom = _body(finding, told, language, width, prefix)
    words = conflict_words(finding, told, events_of((finding,), language), language)
    described = (language.code, conflict_title(told, language), words)
    patterns = (house.hatch(prefix, "hatch", "accent"),)
    return written(house.drawing(prefix, (width, bottom), described, patterns, tuple(shapes)))


def _told_in(finding: Finding, layout: Layout, language: Language) -> tuple[Occurrence, ...]:
    """The claims that a conflict cites, as each was told; none where nothing can be drawn."""
    if finding.outcome is not Outcome.CONFLICTS:
        return ()
    cited = {because.id for because in finding.because if because.kind == "claim"}
    claims = tuple(as_told(one) for name, one in layout.occurrences.items() if name in cited)
    dated = [one for one in claims if span_of(one)]
    beside = len(claims) > 1 or _is_journey(finding) or bool(events_of((finding,), language))
    if not dated or not beside or len(claims) > MOST_STATEMENTS:
        return ()
    return claims


def _is_journey(finding: Finding) -> bool:
    """One journey by itself, for which its own dates leave too little time."""
    return isinstance(finding.message.parameters.get("needed"), Lapse)


def _body(
    finding: Finding,
    told: tuple[Occurrence, ...],
    language: Language,
    width: int,
    prefix: str,
) -> tuple[list[Node], float]:
    """1. What is lacking. 2. The axis, public events. 3. A row for each claim. 4. What joins
    them, in words. 5. The signs. Returns the shapes and how far down they reach.
    """
    right = width - MARGIN
    shapes: list[Node] = []
    top = MARGIN
    if lack := lacking(finding, language):  # 1
        top = _lines(shapes, (lack,), right, top, bold=True) + 4
    cited = events_of((finding,), language)
    spans = [span for one in told if (span := span_of(one))]
    axis = axis_of([*spans, *(one.span for one in cited)], MARGIN + STUB + 2, right - STUB - 2)
    pattern = f"url(#{local_id(prefix, 'hatch')})"
    bars: tuple[Bar, ...] = ()
    if axis is not None:  # 2
        bands = event_bands(axis, cited, {}, right)
        rows_top = top + AXIS_HEIGHT + BAND_ROW * (1 + max((b.row for b in bands), default=-1)) + 8
        rows, bars, bottom = _rows(told, axis, right, rows_top, pattern)  # 3
        lines, labels = event_shapes(bands, top + AXIS_HEIGHT, bottom)
        shapes += [*axis_shapes(axis, top, bottom, language), *lines, *rows, *labels]
        top = bottom + 4
    said = (*undated(told, language), *statements(told, language))
    top = _lines(shapes, said, right, top)  # 4
    found, top = legend(signs(bars), language, MARGIN, right, top + 2, pattern)  # 5
    shapes += found
    if axis is not None and has_hours(axis, language):
        top = _lines(shapes, (language.text("drawing-utc"),), right, top)
    return shapes, top + MARGIN


def _rows(
    told: tuple[Occurrence, ...], axis: Axis, right: float, top: float, pattern: str
) -> tuple[tuple[Node, ...], tuple[Bar, ...], float]:
    how = density(len(told), right - MARGIN)
    bars = tuple(bar for one in told if (bar := bar_of(one, axis)))
    claims = {one.claim.id: one.claim for one in told}
    labels = {bar.claim: label_of(claims[bar.claim], (), how, right - bar.known[0]) for bar in bars}
    drawn = row_shapes(rows_of(bars, labels, MARGIN, right), top, how, pattern)
    return drawn.shapes, bars, drawn.bottom


def _lines(
    shapes: list[Node], said: tuple[str, ...], right: float, top: float, *, bold: bool = False
) -> float:
    size, role = (BODY, "ink") if bold else (SMALL, "quiet")
    for words in said:
        for line in wrapped(words, size, right - MARGIN, bold=bold):
            shapes.append(text(MARGIN, top + ascent(size), line, size=size, bold=bold, role=role))
            top += line_height(size)
    return top
