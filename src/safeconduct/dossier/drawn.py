"""The drawings of an account as a report places them: each once wide and once for a phone."""

from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.report import ReportDrawing
from safeconduct.drawing.conflict import conflict_svg
from safeconduct.drawing.map import map_pages, map_svg
from safeconduct.drawing.timeline import timeline_pages, timeline_svg
from safeconduct.timeline.layout import Layout
from safeconduct.wording.language import Language

WIDE, CONFLICT_WIDE, NARROW = 720, 600, 340
"""Pixels of CSS. The narrow drawing fits a phone of 360 with its margins."""

PRINTED_WIDTH, PRINTED_HEIGHT = 640, 850.0
"""Pixels. Four are a millimetre where the drawing is as wide as the text of a page (160 mm), so
that its smallest type has 7.4 points; the height leaves room for a heading and the caption."""

PRINTED_CONFLICT = 525
"""The same measure for what stands in 82 % of the text's width."""


def report_drawings(
    layout: Layout, vetting: Vetting, language: Language
) -> tuple[ReportDrawing, ...]:
    """The timeline and the map; nothing for an account without claims."""
    if not layout.occurrences:
        return ()
    return (
        ReportDrawing(
            wide=timeline_svg(layout, vetting, language, width=WIDE, prefix="timeline"),
            narrow=timeline_svg(layout, vetting, language, width=NARROW, prefix="timeline-n"),
        ),
        ReportDrawing(
            wide=map_svg(layout, language, width=WIDE, prefix="map"),
            narrow=map_svg(layout, language, width=NARROW, prefix="map-n"),
        ),
    )


def conflict_drawings(
    layout: Layout, vetting: Vetting, language: Language
) -> dict[str, ReportDrawing]:
    """A small drawing for each conflict that has something to draw, by the finding's identifier."""
    found = {}
    for finding in vetting.findings:
        name = f"conflict-{finding.id}"
        wide = conflict_svg(finding, layout, language, width=CONFLICT_WIDE, prefix=name)
        narrow = conflict_svg(finding, layout, language, width=NARROW, prefix=f"{name}-n")
        if wide and narrow:
            found[finding.id] = ReportDrawing(wide=wide, narrow=narrow)
    return found


def printed_conflicts(layout: Layout, vetting: Vetting, language: Language) -> dict[str, str]:
    """The same for a document on paper."""
    drawn = (
        (
            one.id,
            conflict_svg(
                one, layout, language, width=PRINTED_CONFLICT, prefix=f"conflict-{one.id}"
            ),
        )
        for one in vetting.findings
    )
    return {name: svg for name, svg in drawn if svg}


def printed_drawings(layout: Layout, vetting: Vetting, language: Language) -> dict[str, str]:
    """The drawings of a document on paper, by name; a tall one in parts, each on a page."""
    if not layout.occurrences:
        return {}
    width, height = PRINTED_WIDTH, PRINTED_HEIGHT
    timeline = timeline_pages(layout, vetting, language, width=width, height=height)
    maps = map_pages(layout, language, width=width, height=height)
    return {**_named("timeline", timeline), **_named("map", maps)}


def _named(name: str, pages: tuple[str, ...]) -> dict[str, str]:
    if len(pages) == 1:
        return {name: pages[0]}
    return {f"{name}-{number}": one for number, one in enumerate(pages, start=1)}
