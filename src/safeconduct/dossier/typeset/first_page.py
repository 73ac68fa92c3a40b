"""Page one: who, by whom, what was checked against what, what was not, what is open."""

from collections.abc import Iterator

from safeconduct.casefile.findings import Finding, NotChecked, Outcome, Vetting
from safeconduct.dossier.grouping import findings_of, not_checked_by_check
from safeconduct.dossier.lettering import isolated, sentence
from safeconduct.dossier.phrasing import country_name, kind_of_data, name_words, when_words
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import Part, Parts, plain
from safeconduct.dossier.typeset.cutting import cut
from safeconduct.dossier.typeset.results import capital
from safeconduct.dossier.typeset.values import Block, Facts, Heading, Paragraph, Points
from safeconduct.wording import dates

_NOT_CHECKED_SHOWN = 4
_OPEN_SHOWN = 4
_LONGEST = 170
"""So many points of so many characters, so that page one stays one page; parts 2 and 3 have all."""


def first_page(of: Shown, vetting: Vetting) -> tuple[Block, ...]:
    """What a reader needs who reads nothing else."""
    return (
        Facts(of.rows(*_who(of, vetting))),
        *_checked(of, vetting),
        *_not_checked(of, vetting),
        *_open(of, vetting),
        Heading(of.text("dossier-is-not")),
        Points(tuple(plain(of.text(f"dossier-is-not-{number}")) for number in (1, 2, 3))),
    )


def _who(of: Shown, vetting: Vetting) -> Iterator[tuple[str, Parts]]:
    case, applicant = of.case, of.case.applicant
    names = of.text("list-semicolon").join(name_words(one, of.language) for one in applicant.names)
    missing = of.text("dossier-not-stated")
    yield "applicant", plain(names or applicant.id)
    yield "born", plain(when_words(applicant.born, of.language) if applicant.born else None)
    countries = ", ".join(country_name(code, of.language) for code in applicant.citizenships)
    yield "citizenships", plain(countries or missing)
    yield "organisation", plain(isolated(case.organisation) if case.organisation else missing)
    yield "responsible", plain(isolated(case.responsible) if case.responsible else missing)
    yield "vetted-on", plain(f"{dates.day(vetting.on, of.language)} ({vetting.software})")


def _checked(of: Shown, vetting: Vetting) -> Iterator[Block]:
    yield Heading(of.text("dossier-checked"))
    compared = dict.fromkeys(finding.check for finding in vetting.findings)
    if not compared:
        yield Paragraph(plain(of.text("report-nothing-compared")))
        return
    names = of.language.listed(tuple(of.text(f"check-{check}") for check in compared))
    yield Paragraph(plain(of.text("dossier-checked-by").format(checks=names)))
    yield _against(of, vetting)


def _against(of: Shown, vetting: Vetting) -> Block:
    if not vetting.references:
        return Paragraph(plain(of.text("report-no-data-sets")))
    sets = tuple(
        of.text("dossier-set-of").format(
            kind=kind_of_data(used.kind, of.language),
            id=used.id,
            date=dates.edtf(used.as_of, of.language),
        )
        for used in vetting.references
    )
    text = of.text("dossier-checked-against").format(sets=of.text("list-semicolon").join(sets))
    return Paragraph(plain(text))


def _not_checked(of: Shown, vetting: Vetting) -> Iterator[Block]:
    yield Heading(of.text("dossier-not-checked"))
    checks = not_checked_by_check(vetting)
    if not checks:
        yield Paragraph(plain(of.text("report-none-not-checked")))
        return
    first = tuple(checks)[:_NOT_CHECKED_SHOWN]
    yield Points(tuple(_why(check, checks[check], of) for check in first))
    rest = tuple(of.text(f"check-{check}") for check in tuple(checks)[_NOT_CHECKED_SHOWN:])
    more = of.text("dossier-not-checked-in").format(checks=of.language.listed(rest))
    yield Paragraph(plain(more if rest else of.text("dossier-not-checked-all")), quiet=True)


def _why(check: str, entries: tuple[NotChecked, ...], of: Shown) -> Parts:
    """The check and the first reason; where there are several, an ellipsis says so."""
    reason = cut(sentence(entries[0].reason, of.language), _LONGEST)
    behind = (Part(" …"),) if len(entries) > 1 and not reason.endswith("…") else ()
    return (Part(capital(of.text(f"check-{check}")) + of.colon()), *of.sentence(reason), *behind)


def _open(of: Shown, vetting: Vetting) -> Iterator[Block]:
    yield Heading(of.text("dossier-open"))
    conflicts = findings_of(vetting, Outcome.CONFLICTS)
    found = (*conflicts, *findings_of(vetting, Outcome.ASKS))
    if not found:
        yield Paragraph(plain(of.text("dossier-open-none")))
        return
    yield Points(tuple(_brief(finding, of) for finding in found[:_OPEN_SHOWN]))
    more = "dossier-open-more" if len(found) > _OPEN_SHOWN else "dossier-open-all"
    yield Paragraph(plain(of.text(more)), quiet=True)


def _brief(finding: Finding, of: Shown) -> Parts:
    group = of.text(f"report-heading-{finding.outcome}")
    statement = cut(sentence(finding.message, of.language), _LONGEST)
    return (Part(capital(group) + of.colon()), *of.sentence(statement))
