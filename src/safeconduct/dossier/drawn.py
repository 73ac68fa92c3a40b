"""The drawings of an account as a report places them: each once wide and once for a phone."""

from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.report import ReportDrawing
from safeconduct.drawing.map import map_svg
from safeconduct.drawing.timeline import timeline_pages, timeline_svg
from safeconduct.timeline.layout import Layout
from safeconduct.wording.language import Language

WIDE, NARROW = 720, 340
"""Pixels of CSS. The narrow drawing fits a phone of 360 with its margins."""

PRINTED_HEIGHT = 1_060.0
"""Pixels: as wide as the text of a page, so tall a drawing leaves room for its caption."""


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


def printed_drawings(layout: Layout, vetting: Vetting, language: Language) -> dict[str, str]:
    """The drawings of a document on paper, by name; a long timeline in parts, each on a page."""
    if not layout.occurrences:
        return {}
    pages = timeline_pages(layout, vetting, language, width=WIDE, height=PRINTED_HEIGHT)
    named = {f"timeline-{number}": one for number, one in enumerate(pages, start=1)}
    timelines = {"timeline": pages[0]} if len(pages) == 1 else named
    return {**timelines, "map": map_svg(layout, language, width=WIDE)}
