"""The drawings of an account as a report places them: each once wide and once for a phone."""

from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.report import ReportDrawing
from safeconduct.drawing.map import map_svg
from safeconduct.drawing.timeline import timeline_svg
from safeconduct.timeline.layout import Layout
from safeconduct.wording.language import Language

WIDE, NARROW = 720, 340
"""Pixels of CSS. The narrow drawing fits a phone of 360 with its margins."""


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
