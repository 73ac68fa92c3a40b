"""What the timeline will show and with which measures, before anything is drawn."""

import msgspec

from safeconduct.casefile.account import Claim, ClaimKind
from safeconduct.casefile.findings import Vetting
from safeconduct.drawing.axis import Axis, axis_of
from safeconduct.drawing.bars import STUB, Bar, bar_of, span_of
from safeconduct.drawing.conflicts import Event, Tie, events, ties
from safeconduct.drawing.lanes import MOST_IN_FULL, Density, Row, density, label_of, rows_of
from safeconduct.drawing.tie_shapes import TieGutter, gutter_of
from safeconduct.drawing.timeline_parts import Part, layout_of, vetting_of
from safeconduct.drawing.timeline_words import by_telling, heading
from safeconduct.timeline.layout import Layout
from safeconduct.wording.language import Language

MARGIN = 8.0
TRAY_WIDTH = 172.0
MOST_ASIDE = 8
"""More claims without a date than this stand below the lanes, not beside them."""


class Lane(msgspec.Struct, frozen=True):
    """What one telling tells: its heading, its rows, and the claims without any date."""

    heading: str
    telling: str
    rows: tuple[Row, ...]
    undated: tuple[Claim, ...]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """x0 to x1 is the plot; the gutter for ties lies left of it, a tray perhaps right of it."""

    layout: Layout
    vetting: Vetting
    language: Language
    part: Part | None
    prefix: str
    width: int
    x0: float
    x1: float
    tray_aside: bool
    density: Density
    tied: tuple[Tie, ...]
    events: tuple[Event, ...]
    gutter: TieGutter
    axis: Axis | None
    lanes: tuple[Lane, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Every bar of every lane."""
        return tuple(item.bar for lane in self.lanes for row in lane.rows for item in row.items)

    @property
    def undated(self) -> tuple[tuple[Claim, str], ...]:
        """The claims of the tray; with the telling where there are several."""
        several = len(self.lanes) > 1
        return tuple(
            (claim, f"({lane.telling})" if several and lane.telling else "")
            for lane in self.lanes
            for claim in lane.undated
        )


def plan(
    layout: Layout,
    vetting: Vetting,
    language: Language,
    width: int,
    prefix: str,
    part: Part | None = None,
) -> Plan:
    """1. What is tied. 2. The frame: gutter, plot, tray. 3. The axis. 4. The lanes."""
    shown = part.claims if part else None
    tied = ties(vetting, frozenset(layout.occurrences), shown)  # 1
    layout, vetting = layout_of(layout, part), vetting_of(vetting, part)
    cited = events(vetting, language)
    dated = frozenset(name for name, one in layout.occurrences.items() if span_of(one))
    undated = len(layout.occurrences) - len(dated)
    aside = 0 < undated <= MOST_ASIDE and 0 < len(dated) <= MOST_IN_FULL and width >= 600
    gutter = gutter_of(tied, dated, width)  # 2
    x0 = MARGIN + gutter.width
    x1 = width - MARGIN - (TRAY_WIDTH + 14.0 if aside else 0.0)
    how = density(len(layout.occurrences), x1 - x0)
    spans = [span for one in layout.occurrences.values() if (span := span_of(one))]
    spans += [event.span for event in cited]
    axis = axis_of(spans, x0 + STUB + 2, x1 - STUB - 2)  # 3
    return Plan(
        layout=layout,
        vetting=vetting,
        language=language,
        part=part,
        prefix=prefix,
        width=width,
        x0=x0,
        x1=x1,
        tray_aside=aside,
        density=how,
        tied=tied,
        events=cited,
        gutter=gutter,
        axis=axis,
        lanes=_lanes(layout, language, axis, (x0, x1), badges(tied), how),  # 4
    )


def badges(tied: tuple[Tie, ...]) -> dict[str, tuple[str, ...]]:
    """The numbers that stand at each claim and each public event."""
    marks: dict[str, tuple[str, ...]] = {}
    for tie in tied:
        for one in (*tie.claims, *tie.events):
            marks[one] = (*marks.get(one, ()), str(tie.number))
    return {one: _few(numbers) for one, numbers in marks.items()}


def _few(numbers: tuple[str, ...]) -> tuple[str, ...]:
    """At most three marks: where there are more numbers, how many more."""
    return numbers if len(numbers) <= 3 else (*numbers[:2], f"+{len(numbers) - 2}")


def signs(shown: tuple[Bar, ...]) -> list[str]:
    """Which signs the legend must explain."""
    return sorted({sign for bar in shown for sign in _signs(bar)})


def _signs(bar: Bar) -> tuple[str, ...]:
    if bar.is_mark:
        return (f"day-{bar.kind}",)
    left, right = bar.known
    open_ends = ("open",) if bar.opens_left or bar.opens_right else ()
    if bar.kind in (ClaimKind.JOURNEY, ClaimKind.STATEMENT):
        return (str(bar.kind), *open_ends)
    if bar.core is None:
        return ("within", *open_ends) if right - left > 0.5 else open_ends
    is_vague = bar.core[0] - left > 1 or right - bar.core[1] > 1
    return ("vague" if is_vague else "certain", *open_ends)


def _lanes(
    layout: Layout,
    language: Language,
    axis: Axis | None,
    plot: tuple[float, float],
    marks: dict[str, tuple[str, ...]],
    how: Density,
) -> tuple[Lane, ...]:
    lanes = []
    for telling, claims in by_telling(layout):
        found = [bar_of(layout.of(claim.id), axis) if axis else None for claim in claims]
        bars = {bar.claim: bar for bar in found if bar is not None}
        labels = {
            claim.id: label_of(
                claim, marks.get(claim.id, ()), how, plot[1] - bars[claim.id].known[0]
            )
            for claim in claims
            if claim.id in bars
        }
        lanes.append(
            Lane(
                heading(telling, language),
                telling.id if telling else "",
                rows_of(bars.values(), labels, *plot),
                tuple(claim for claim in claims if claim.id not in bars),
            )
        )
    return tuple(lanes)
