"""An account too long for one page as several timelines, each of a stretch of time.

Each part is drawn like an account of its own, large enough to be read. A conflict keeps its number
in all parts that it touches, and its words name also the claims that stand in another part.
"""

from collections.abc import Sequence

import msgspec

from safeconduct.casefile.findings import Vetting
from safeconduct.drawing.bars import span_of
from safeconduct.timeline.layout import Layout


class Part(msgspec.Struct, frozen=True):
    """Which claims a part shows; it is the `number`-th of `count`, from 1."""

    claims: frozenset[str]
    number: int
    count: int


def layout_of(layout: Layout, part: Part | None) -> Layout:
    """The layout of the claims of a part; the whole without one."""
    if part is None:
        return layout
    case = msgspec.structs.replace(
        layout.case, claims=tuple(one for one in layout.case.claims if one.id in part.claims)
    )
    kept = {name: one for name, one in layout.occurrences.items() if name in part.claims}
    return msgspec.structs.replace(layout, case=case, occurrences=kept)


def vetting_of(vetting: Vetting, part: Part | None) -> Vetting:
    """The findings that cite a claim of a part; all without one."""
    if part is None:
        return vetting
    found = tuple(
        finding
        for finding in vetting.findings
        if any(one.kind == "claim" and one.id in part.claims for one in finding.because)
    )
    return msgspec.structs.replace(vetting, findings=found)


def in_time(layout: Layout) -> tuple[str, ...]:
    """The claims in order of time, those without any bound last."""
    spans = {name: span_of(one) for name, one in layout.occurrences.items()}
    order = {name: place for place, name in enumerate(layout.occurrences)}
    return tuple(
        sorted(spans, key=lambda name: (spans[name] is None, spans[name] or (0, 0), order[name]))
    )


def parts_of(claims: Sequence[str], sizes: Sequence[int]) -> tuple[Part, ...]:
    """Consecutive parts of these sizes."""
    found, at = [], 0
    for number, size in enumerate(sizes, start=1):
        found.append(Part(frozenset(claims[at : at + size]), number, len(sizes)))
        at += size
    return tuple(found)
