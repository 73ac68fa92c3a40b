"""What the dossier rests on: every check, the data sets, what is held back, how to read it."""

from collections.abc import Iterator

from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.grouping import OUTCOMES, findings_of
from safeconduct.dossier.phrasing import kind_of_data
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import Parts, Row, mono, plain
from safeconduct.dossier.typeset.disclosed import WITHHELD, WITHHELD_CHECKS
from safeconduct.dossier.typeset.results import capital
from safeconduct.dossier.typeset.values import Block, Entry, Facts, Paragraph, Points, Table
from safeconduct.wording import dates
from safeconduct.wording.check_names import CHECKS

_READ = ("outcomes", "dates", "indicators", "ids")


def checks(of: Shown, vetting: Vetting) -> tuple[Block, ...]:
    """Each check with what it says in this vetting; one that said nothing is named as well."""
    ran = (*(one.check for one in vetting.findings), *(n.check for n in vetting.not_checked))
    names = dict.fromkeys((*CHECKS, *ran))
    about = Paragraph(plain(of.text("dossier-about-checks")), quiet=True)
    head = (of.text("dossier-check"), of.text("dossier-check-result"))
    table = Table(head, tuple(_says(name, of, vetting) for name in names))
    return (about, table)


def _says(check: str, of: Shown, vetting: Vetting) -> Row:
    return Row(capital(of.text(f"check-{check}")), plain(reported(check, of, vetting)))


def reported(check: str, of: Shown, vetting: Vetting) -> str:
    """The kinds of results that a check gave, without their numbers: they are not added up."""
    said = [
        of.text(f"report-heading-{outcome}")
        for outcome in OUTCOMES
        if any(finding.check == check for finding in findings_of(vetting, outcome))
    ]
    if check in WITHHELD_CHECKS and any(one.kind == "watchlist" for one in vetting.references):
        said.append(of.text("dossier-check-withheld"))
    if any(one.check == check for one in vetting.not_checked):
        said.append(of.text("report-heading-not-checked"))
    return of.text("list-semicolon").join(said) or of.text("dossier-check-said-nothing")


def data_sets(of: Shown, vetting: Vetting) -> tuple[Block, ...]:
    """Each data set with its day and the hash of what was read; the software."""
    none = (Paragraph(plain(of.text("report-no-data-sets"))),) if not vetting.references else ()
    software = Facts((Row(of.text("report-software"), plain(vetting.software)),))
    return (
        *none,
        *_sets(of, vetting),
        software,
        Paragraph(plain(of.text("dossier-about-attached")), quiet=True),
    )


def _sets(of: Shown, vetting: Vetting) -> Iterator[Block]:
    for used in vetting.references:
        date = dates.edtf(used.as_of, of.language)
        kind = kind_of_data(used.kind, of.language)
        words = of.text("report-data-set").format(kind=kind, id=used.id, date=date)
        yield Entry(plain(capital(words)), of.rows(("sha256", mono(used.sha256))))


def withheld(of: Shown) -> tuple[Block, ...]:
    """What is held back from every dossier and why, whether or not the case holds any."""
    reasons: tuple[Parts, ...] = tuple(
        plain(of.text(f"dossier-withheld-{one}")) for one in WITHHELD
    )
    about = Paragraph(plain(of.text("dossier-about-withheld")), quiet=True)
    return (about, Points(reasons))


def how_to_read(of: Shown) -> tuple[Block, ...]:
    """What the words of this document mean, and what none of them means."""
    read = tuple(plain(of.text(f"report-read-{one}")) for one in _READ)
    is_ = tuple(plain(of.text(f"report-is-{number}")) for number in (1, 2, 3, 4))
    return (Points((*read, *is_)),)
