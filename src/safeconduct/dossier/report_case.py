"""The rest of the case for the report: tellings, people, papers, sources, evidence, searches.

Notes that are restricted are left out, and the report does not say whether there are any.
"""

from safeconduct.dossier.report_people import paper_view, person_view, service_view
from safeconduct.dossier.report_proofs import proof_views
from safeconduct.dossier.report_records import (
    by_time,
    consent_view,
    evidence_view,
    note_view,
    search_view,
    source_view,
    telling_view,
)
from safeconduct.dossier.report_shown import Shown, in_order
from safeconduct.dossier.report_values import ItemView, SectionView

_EXPLAINED = ("papers", "service", "proofs", "searches", "notes")
"""Sections with a sentence below the heading that says what their content does not show."""


def sections(of: Shown) -> tuple[SectionView, ...]:
    """All parts of the case but the claims; that nothing is recorded is said in each."""
    case = of.case
    notes = tuple(note for note in case.notes if not note.restricted)
    return (
        _section(of, "tellings", [telling_view(one, of) for one in in_order(case.tellings)]),
        _section(of, "people", [person_view(one, of) for one in case.people()]),
        _section(of, "papers", [paper_view(one, of) for one in in_order(case.documents())]),
        _section(of, "service", [service_view(one, of) for one in in_order(case.service)]),
        _section(of, "sources", [source_view(one, of) for one in in_order(case.sources)]),
        _section(of, "evidence", [evidence_view(one, of) for one in in_order(case.evidence)]),
        _section(of, "proofs", proof_views(of)),
        _section(of, "consents", [consent_view(one, of) for one in in_order(case.consents)]),
        _section(of, "notes", [note_view(one, of) for one in in_order(notes)]),
        _section(of, "searches", [search_view(one, of) for one in by_time(of)]),
    )


def _section(of: Shown, name: str, items: list[ItemView]) -> SectionView:
    return SectionView(
        name=name,
        heading=of.text(f"report-{name}"),
        about=of.text(f"report-about-{name}") if name in _EXPLAINED else None,
        items=tuple(items),
    )
