"""Findings by outcome with their questions and sources, and what was not checked and why."""

from collections.abc import Iterator, Mapping

from safeconduct.casefile.findings import Vetting
from safeconduct.dossier.report_findings import groups, settled
from safeconduct.dossier.report_findings import not_checked as not_checked_views
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import FindingView, Part, Parts, Row, plain
from safeconduct.dossier.typeset.drawn import pictured
from safeconduct.dossier.typeset.values import Block, Found, Heading, Paragraph, Points


def findings(of: Shown, vetting: Vetting, conflicts: Mapping[str, str]) -> tuple[Block, ...]:
    """All findings, none left out; a group without findings says so.

    `conflicts`: the identifier of a finding → the text of an SVG file.
    """
    if not vetting.findings:
        return (Paragraph(plain(of.text("report-nothing-compared"))),)
    blocks: list[Block] = []
    for group in groups(vetting, of):
        blocks.append(Heading(of.text(f"report-heading-{group.name}")))
        if group.findings:
            blocks.append(Paragraph(plain(of.text(f"report-about-{group.name}")), quiet=True))
            blocks += [
                _found(view, of, conflicts.get(view.id), brief=group.brief)
                for view in group.findings
            ]
        else:
            blocks.append(Paragraph(plain(of.text(f"report-none-{group.name}"))))
    return tuple(blocks)


def settling(of: Shown, vetting: Vetting) -> tuple[Block, ...]:
    """What to ask for next; nothing where nothing conflicts or is open."""
    found = settled(of, vetting)
    if not found:
        return ()
    return (
        Heading(of.text("report-heading-settling")),
        Paragraph(plain(of.text("report-about-settling")), quiet=True),
        Points(
            tuple(
                (*one.ask, *plain(f" [{', '.join(one.conflicts)}]")) if one.conflicts else one.ask
                for one in found
            )
        ),
    )


def not_checked(of: Shown, vetting: Vetting) -> tuple[Block, ...]:
    """Under the name of each check: the reason, what it would need, what it concerns."""
    return tuple(_not_checked(of, vetting))


def _not_checked(of: Shown, vetting: Vetting) -> Iterator[Block]:
    if not vetting.not_checked:
        yield Paragraph(plain(of.text("report-none-not-checked")))
        return
    yield Paragraph(plain(of.text("report-about-not-checked")), quiet=True)
    for view in not_checked_views(vetting, of):
        yield Heading(capital(view.check))
        entries: list[Parts] = []
        for entry in view.entries:
            needs = Part(" " + of.language.labelled("report-needs", ""))
            entries.append(
                (*entry.reason, needs, *entry.needs, Part("."), *_bracketed(entry.cited))
            )
        yield Points(tuple(entries))


def _bracketed(cited: Parts) -> Parts:
    return (Part(" ["), *cited, Part("]")) if cited else ()


def capital(text: str) -> str:
    """Words of ours as the beginning of a line."""
    return text[:1].upper() + text[1:]


def _found(view: FindingView, of: Shown, svg: str | None, *, brief: bool) -> Found:
    return Found(
        id=view.id,
        statement=view.statement,
        mark=of.text("report-peripheral") if view.peripheral else "",
        asked=of.text("report-question"),
        question=view.question or (),
        claims=tuple(Row(claim.id, (claim.text,)) for claim in view.claims),
        rows=_particulars(view, of),
        brief=brief,
        drawing=pictured(svg) if svg else None,
    )


def _particulars(view: FindingView, of: Shown) -> tuple[Row, ...]:
    """The rows of a finding; what it cites is left out where all of it stands in full."""
    told = {claim.id for claim in view.claims}
    cites = of.text("report-cites")
    return tuple(
        row
        for row in view.rows
        if row.label != cites or {part.text for part in row.parts} - {", "} - told
    )
