"""People, identity papers and service for the report, as the case records them.

The lines of a machine-readable zone are not repeated: they would only say number, name and birth
date once more.
"""

from safeconduct.casefile.case import ServicePeriod
from safeconduct.casefile.documents import Document
from safeconduct.casefile.people import Applicant, HouseholdMember, Person, PersonNamed
from safeconduct.dossier.phrasing import country_name
from safeconduct.dossier.report_proofs import progress
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import ItemView, Part, Parts, mono, plain, said


def person_view(person: Person, of: Shown) -> ItemView:
    """A person: of third persons also why and on which legal basis they may be checked."""
    what = of.text("report-person-named")
    if isinstance(person, Applicant):
        what = of.text("report-applicant").lower()
    elif isinstance(person, HouseholdMember):
        what = of.text("report-household")
    third = person if isinstance(person, HouseholdMember | PersonNamed) else None
    basis = third.may_be_checked if third else None
    return ItemView(
        id=person.id,
        title=plain(what),
        rows=of.rows(
            ("relation", of.said(third.relation if third else None)),
            ("names", _names(person, of)),
            ("born", of.when(person.born)),
            ("birth-place", of.place(person.birth_place)),
            ("sex", of.choice("sex", person.sex)),
            ("citizenships", _countries(person.citizenships, of)),
            ("papers", of.links(*(document.id for document in person.documents))),
            ("purpose", of.said(basis.purpose if basis else None)),
            ("legal-basis", of.said(basis.legal_basis if basis else None)),
            ("photograph", _photograph(person, of)),
            ("note", of.said(person.note)),
        ),
    )


def _photograph(person: Person, of: Shown) -> Parts:
    found = person.photograph if isinstance(person, Applicant) else None
    if found is None:
        return ()
    taken = (*of.when(found.taken), Part("; ")) if found.taken else ()
    return of.noted((*taken, Part("SHA-256 "), *mono(found.sha256)), found.note)


def _names(person: Person, of: Shown) -> Parts:
    parts: Parts = ()
    for name in person.names:
        script = f"und-{name.script}" if name.script and name.script != "other" else ""
        before = (Part(of.text("list-semicolon")),) if parts else ()
        written = said(name.text, name.language or script)
        kind = (Part(" ("), *of.choice("name", name.kind), Part(")")) if name.kind else ()
        parts = (*parts, *before, *of.noted((*written, *kind), name.note))
    return parts


def _countries(codes: tuple[str, ...], of: Shown) -> Parts:
    return plain(", ".join(country_name(code, of.language) for code in codes) or None)


def paper_view(document: Document, of: Shown) -> ItemView:
    """An identity paper as recorded."""
    bearer = next((one.id for one in of.case.people() if document in one.documents), None)
    return ItemView(
        id=document.id,
        title=plain(of.text(f"document-kind-{document.kind}")),
        rows=of.rows(
            ("holder", of.links(document.holder or bearer)),
            ("number", mono(document.number)),
            ("country", _countries((document.country,) if document.country else (), of)),
            ("issued", of.when(document.issued)),
            ("expires", of.when(document.expires)),
            ("issuer", of.said(document.issuer)),
            ("mrz", plain(of.text("report-mrz-kept") if document.mrz else None)),
            ("seen", of.choice("seen", document.seen)),
        )
        + (progress(document, of) if document.asked or document.answered else ())
        + of.rows(("note", of.said(document.note))),
    )


def service_view(period: ServicePeriod, of: Shown) -> ItemView:
    """A period of service as stated."""
    return ItemView(
        id=period.id,
        title=of.said(period.unit),
        rows=of.rows(
            ("role", of.said(period.role)),
            ("rank", of.said(period.rank)),
            ("begins", of.when(period.from_)),
            ("ends", of.when(period.to)),
            ("where", of.place(period.place)),
            ("claims", of.links(*period.claims)),
            ("note", of.said(period.note)),
        ),
    )
