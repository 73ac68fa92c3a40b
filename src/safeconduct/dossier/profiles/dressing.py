"""The composed dossier of a redacted case, dressed for its recipient: nothing false by omission.

A standard sentence such as "none recorded" would be untrue of what was left out; so such sentences
go, and each check says what is shown of it or who answers for that it is not.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from safeconduct.casefile.findings import Day, Message, Parameter, Text, Vetting
from safeconduct.casefile.people import NameKind
from safeconduct.casefile.pictures import Picture
from safeconduct.dossier.lettering import isolated, sentence
from safeconduct.dossier.phrasing import applicant_name
from safeconduct.dossier.profiles.bare import bare, names_nothing
from safeconduct.dossier.profiles.choices import Choices
from safeconduct.dossier.profiles.profile import Profile
from safeconduct.dossier.profiles.redacting import Redacted
from safeconduct.dossier.report_people import paper_view, person_view, service_view
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_shown import shown as shown_of
from safeconduct.dossier.report_values import Parts, Row, plain, said
from safeconduct.dossier.sealing.manifest import CheckRun, Disclosure, Terms, Withheld
from safeconduct.dossier.typeset.annex import what_we_did
from safeconduct.dossier.typeset.closing import reported
from safeconduct.dossier.typeset.composing import LONGEST_NAME, compose, linked
from safeconduct.dossier.typeset.cutting import cut
from safeconduct.dossier.typeset.disclosed import WITHHELD
from safeconduct.dossier.typeset.results import capital
from safeconduct.dossier.typeset.values import (
    Block,
    Dossier,
    Facts,
    Heading,
    Item,
    Likeness,
    Paragraph,
    Points,
    Section,
    Table,
)
from safeconduct.wording import dates
from safeconduct.wording.language import Language

_NONE = (
    *("report-nothing-compared", "report-no-claims", "report-none-not-checked"),
    *("report-none-conflicts", "report-none-asks", "report-none-supports"),
    *("report-none-nothing-found", "report-none-unknown", "dossier-open-none"),
)
"""Sentences that are true of a whole vetting alone."""

ALWAYS = tuple("persons" if one == "third-persons" else one for one in WITHHELD)
"""What is held back from every dossier; each has its wording `dossier-withheld-…`."""

_POINTERS = ("dossier-open-more", "dossier-open-all", "dossier-not-checked-all")
"""Sentences that name a part of the document by its number."""

_IN_PART = {
    "dossier-about-attached": "dossier-about-attached-part",
    "report-about-settling": "dossier-about-settling-part",
}
"""Sentences of a whole vetting, and what is said of a part instead."""


def dressed(
    redacted: Redacted,
    profile: Profile,
    choices: Choices,
    shown: Disclosure,
    terms: Terms,
    language: Language,
    drawings: Mapping[str, str],
    conflicts: Mapping[str, str],
    photograph: Picture | None = None,
) -> Dossier:
    """The document as it is set and sealed.

    1. It is composed of the redacted case. 2. Its head says for whom and until when. 3. Sentences
    that would be false of a part go. 4. Identity, what was asked, and every check follow.
    """
    composed = compose(redacted.case, redacted.vetting, language, drawings, conflicts)  # 1
    of = linked(
        shown_of(redacted.case, redacted.vetting, language), identity=profile.identity == "true"
    )
    if names_nothing(shown):
        return bare(composed, choices, terms, of)
    partial = any(run.withheld for run in shown.checks)
    days = {"recipient": Text(terms.recipient)}
    until: dict[str, Parameter] = {"expires": Day(terms.expires)}
    sections = tuple(_sections(composed, of, redacted, profile, choices, shown, partial))  # 3, 4
    return msgspec.structs.replace(
        composed,
        draft=sentence(Message("dossier-sealed", days), language),  # 2
        draft_means=sentence(Message("dossier-sealed-means", until), language),
        title=of.text("dossier-title").format(applicant=cut(_name(of, profile), LONGEST_NAME)),
        day=(terms.issued.year, terms.issued.month, terms.issued.day),
        summary=(
            *_warning(profile, of),
            Facts(_terms(choices, terms, of)),
            *_person(composed.summary[:1], of, profile),
            *_brief(composed, sections, shown, of, partial),
        ),
        sections=sections,
        likeness=_likeness(photograph, of, profile),
    )


def _warning(profile: Profile, of: Shown) -> Iterator[Block]:
    if profile.warning:
        yield Paragraph(plain(profile.warning[of.language.code]))


def _name(of: Shown, profile: Profile) -> str:
    """The name that the document goes by: a true one, where the recipient learns it."""
    names = of.case.applicant.names
    true = next((one for one in names if one.kind is not NameKind.PSEUDONYM), None)
    if profile.identity == "true" and true is not None:
        return isolated(true.text)
    return applicant_name(of.case, of.language)


def _likeness(photograph: Picture | None, of: Shown, profile: Profile) -> Likeness | None:
    """The photograph, where the redacted case still has one."""
    if photograph is None or of.case.applicant.photograph is None:
        return None
    name = _name(of, profile)
    return Likeness(
        format={"jpeg": "jpg", "png": "png"}[photograph.kind],
        bytes=tuple(photograph.data),
        alternative=of.text("dossier-likeness").format(name=name),
    )


def _terms(choices: Choices, terms: Terms, of: Shown) -> tuple[Row, ...]:
    span = of.text("dossier-from-until").format(
        issued=dates.day(terms.issued, of.language), expires=dates.day(terms.expires, of.language)
    )
    return (
        Row(of.text("dossier-recipient"), plain(isolated(terms.recipient))),
        Row(of.text("dossier-purpose"), plain(isolated(terms.purpose))),
        Row(of.text("dossier-in-force"), plain(span)),
        Row(of.text("dossier-answers-for"), plain(isolated(choices.answers_for))),
    )


def _person(first: Iterable[Block], of: Shown, profile: Profile) -> Iterator[Block]:
    """Who it is about, without a row that would say "not stated" of what is left out."""
    rows = {"born": "birth", "citizenships": "citizenships"}
    gone = {of.text(f"report-{row}") for row, part in rows.items() if profile.leaves(part)}
    for block in first:
        if isinstance(block, Facts):
            block = Facts(tuple(row for row in block.rows if row.label not in gone))
        yield block


def _brief(
    composed: Dossier, sections: tuple[Section, ...], shown: Disclosure, of: Shown, partial: bool
) -> Iterator[Block]:
    """What page one says of the vetting; in part, without what is true of the whole alone, and with
    what is withheld.
    """
    rest = composed.summary[1:]
    if not partial:
        yield from rest
        return
    *told, heading, is_not = rest
    numbered = tuple(one.heading for one in sections[:3])
    whole = numbered == tuple(one.heading for one in composed.sections[:3])
    yield from _true_of_a_part(told, of, without=() if whole else _POINTERS)
    yield Heading(of.text("dossier-checks-withheld"))
    yield Points(tuple(_withheld(shown.checks, of)))
    yield from (heading, is_not)


def _withheld(checks: Iterable[CheckRun], of: Shown) -> Iterator[Parts]:
    """What is withheld for one reason by one person stands together, each check by its name."""
    named: dict[str, list[str]] = {}
    for run in checks:
        if run.withheld:
            named.setdefault(_run_withheld(run.withheld, of), []).append(
                of.text(f"check-{run.check}")
            )
    for told, names in named.items():
        yield plain(f"{capital(', '.join(names))}{of.colon()}{told}")


def _sections(
    composed: Dossier,
    of: Shown,
    redacted: Redacted,
    profile: Profile,
    choices: Choices,
    shown: Disclosure,
    partial: bool,
) -> Iterator[Section]:
    named = ("account", "findings", "not-checked", "checks", "records", "data-sets")
    for name, section in zip(named, composed.sections, strict=False):
        blocks = section.blocks
        if name == "checks":
            yield from _about_person(of, profile, choices)
            blocks = _runs(shown.checks, of, redacted.vetting)
        elif name == "records":
            blocks = tuple(_records(blocks, of, profile))
        elif partial:
            blocks = tuple(_true_of_a_part(blocks, of))
        left_out = {"account": "claims", "data-sets": "data-sets"}.get(name)
        if _says_something(blocks) and not (left_out and profile.leaves(left_out)):
            yield Section(section.heading, blocks)
    if of.case.searches:
        yield Section(of.text("dossier-section-what-we-did"), what_we_did(of))
    yield Section(of.text("dossier-section-withheld"), tuple(_left_out(shown, of)))
    yield composed.sections[-1]


def _runs(checks: Iterable[CheckRun], of: Shown, vetting: Vetting) -> tuple[Block, ...]:
    head = (of.text("dossier-check"), of.text("dossier-check-result"))
    rows: dict[str, list[str]] = {}
    for run in checks:
        told = _run_withheld(run.withheld, of) if run.withheld else None
        key = told or f"{reported(run.check, of, vetting)}\0{run.check}"
        rows.setdefault(key, []).append(of.text(f"check-{run.check}"))
    table = tuple(
        Row(capital(", ".join(names)), plain(told.partition("\0")[0]))
        for told, names in rows.items()
    )
    return (Paragraph(plain(of.text("dossier-about-runs")), quiet=True), Table(head, table))


def _run_withheld(withheld: Withheld, of: Shown) -> str:
    parameters = {"reason": Text(withheld.reason), "name": Text(withheld.answers_for)}
    return sentence(Message("dossier-run-withheld", parameters), of.language)


def _true_of_a_part(
    blocks: Iterable[Block], of: Shown, *, without: Iterable[str] = ()
) -> Iterator[Block]:
    """Without sentences that speak of all findings, and without the headings that led to them."""
    untrue = {of.text(name) for name in (*_NONE, *without)}
    instead = {of.text(name): of.text(other) for name, other in _IN_PART.items()}
    waiting: Heading | None = None
    for block in blocks:
        if isinstance(block, Heading):
            waiting = block
            continue
        text = "".join(part.text for part in block.parts) if isinstance(block, Paragraph) else ""
        if text in untrue:
            waiting = None
            continue
        if waiting is not None:
            yield waiting
            waiting = None
        yield Paragraph(plain(instead[text]), quiet=True) if text in instead else block


def _records(blocks: Iterable[Block], of: Shown, profile: Profile) -> Iterator[Block]:
    # With the true identity, service stands beside it already.
    gone = {of.text("report-service")} if profile.identity == "true" else set()
    gone |= {
        of.text(f"report-{part}")
        for part in ("tellings", "service", "sources", "evidence")
        if profile.leaves(part)
    }
    skipping, kept = False, 0
    for block in blocks:
        if isinstance(block, Heading):
            skipping = block.text in gone
            kept += not skipping
        elif isinstance(block, Paragraph) and block.quiet:
            skipping = not kept
        if not skipping:
            yield block


def _says_something(blocks: Iterable[Block]) -> bool:
    return any(not (isinstance(one, Paragraph) and one.quiet) for one in blocks)


def _about_person(of: Shown, profile: Profile, choices: Choices) -> Iterator[Section]:
    if profile.identity == "true":
        yield Section(of.text("dossier-section-identity"), tuple(_identity(of)))
    if profile.asks:
        yield Section(of.text("dossier-section-asked"), tuple(_asked(of, profile, choices)))


def _identity(of: Shown) -> Iterator[Block]:
    case = of.case
    views = (
        *(person_view(one, of) for one in case.people()),
        *(paper_view(one, of) for one in case.documents()),
        *(service_view(one, of) for one in case.service),
    )
    yield from (Item(one.id, one.title, one.rows) for one in views)


def _asked(of: Shown, profile: Profile, choices: Choices) -> Iterator[Block]:
    missing = of.text("dossier-not-stated")
    code = of.language.code
    yield Facts(
        tuple(
            Row(one.label[code], said(choices.answers.get(one.id, missing), code))
            for one in profile.asks
        )
    )
    if choices.answers:
        by: dict[str, Parameter] = {"name": Text(choices.answers_for)}
        stated = sentence(Message("dossier-stated-by", by), of.language)
        yield Paragraph(plain(stated), quiet=True)
    for source, read in dict.fromkeys((one.source, one.read) for one in profile.asks):
        if source and read:
            cited: dict[str, Parameter] = {"source": Text(source), "day": Day(read)}
            text = sentence(Message("dossier-asked-source", cited), of.language)
            yield Paragraph(plain(text), quiet=True)


def _left_out(shown: Disclosure, of: Shown) -> Iterator[Block]:
    if shown.omissions:
        yield Paragraph(plain(of.text("dossier-about-left-out")), quiet=True)
        yield Points(
            tuple(
                plain(
                    sentence(
                        Message(
                            "verify-omitted",
                            {
                                "what": Text(one.what),
                                "reason": Text(one.reason),
                                "name": Text(one.answers_for),
                            },
                        ),
                        of.language,
                    )
                )
                for one in shown.omissions
            )
        )
    yield Paragraph(plain(of.text("dossier-about-always")), quiet=True)
    yield Points(tuple(plain(of.text(f"dossier-withheld-{one}")) for one in ALWAYS))
