"""Page one: who, by whom, what was checked against what, what was not, what is open."""

from collections.abc import Iterator

from safeconduct.casefile.findings import Finding, Outcome, Vetting
from safeconduct.dossier.grouping import findings_of, not_checked_by_check
from safeconduct.dossier.lettering import isolated, sentence
from safeconduct.dossier.phrasing import name_words, when_words
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import Part, Parts, plain
from safeconduct.dossier.typeset.cutting import cut
from safeconduct.dossier.typeset.results import capital
from safeconduct.dossier.typeset.values import Block, Facts, Heading, Paragraph, Points
from safeconduct.wording import dates
from safeconduct.wording.language import Language, UnworkedMessage

_OPEN_SHOWN = 4
_LONGEST = 170
"""So many open points of so many characters, so that page one stays one page; all are in part 2."""


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
    names = "; ".join(name_words(name, of.language) for name in applicant.names)
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
            kind=used.kind, id=used.id, date=dates.edtf(used.as_of, of.language)
        )
        for used in vetting.references
    )
    text = of.text("dossier-checked-against").format(sets="; ".join(sets))
    return Paragraph(plain(text))


def _not_checked(of: Shown, vetting: Vetting) -> Iterator[Block]:
    yield Heading(of.text("dossier-not-checked"))
    checks = not_checked_by_check(vetting)
    if not checks:
        yield Paragraph(plain(of.text("report-none-not-checked")))
        return
    names = of.language.listed(tuple(of.text(f"check-{check}") for check in checks))
    yield Paragraph(plain(of.text("dossier-not-checked-in").format(checks=names)))


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
    before = of.text("label-with-value").format(label=group, value="")
    return (Part(capital(before)), *of.sentence(statement))


def country_name(code: str, language: Language) -> str:
    """The name of a country; its code as it stands where there is no word for it."""
    try:
        return language.text(f"drawing-country-{code}")
    except UnworkedMessage:
        return code
