"""The account as told, claim by claim, and what it was told in and is backed by."""

from collections.abc import Iterable, Iterator

from safeconduct.dossier.report_claims import account as claim_views
from safeconduct.dossier.report_people import service_view
from safeconduct.dossier.report_records import evidence_view, source_view, telling_view
from safeconduct.dossier.report_shown import Shown, in_order
from safeconduct.dossier.report_values import ClaimView, ItemView, plain
from safeconduct.dossier.typeset.values import Block, Heading, Item, Paragraph, Told


def account(of: Shown) -> tuple[Block, ...]:
    """Each claim in the order of their identifiers, none left out."""
    if not of.case.claims:
        return (Paragraph(plain(of.text("report-no-claims"))),)
    about = Paragraph(plain(of.text("report-about-account")), quiet=True)
    return (about, *(_told(view, of) for view in claim_views(of)))


def records(of: Shown) -> tuple[Block, ...]:
    """Tellings, service as stated, sources and evidence with both grades; that nothing is
    recorded is said.
    """
    case = of.case
    blocks: list[Block] = []
    groups = (
        ("tellings", [telling_view(one, of) for one in in_order(case.tellings)]),
        ("service", [service_view(one, of) for one in in_order(case.service)]),
        ("sources", [source_view(one, of) for one in in_order(case.sources)]),
        ("evidence", [evidence_view(one, of) for one in in_order(case.evidence)]),
    )
    for name, views in groups:
        blocks += [Heading(of.text(f"report-{name}")), *_items(views, of)]
        if name == "service" and views:
            blocks.append(Paragraph(plain(of.text("report-about-service"))))
    return (*blocks, Paragraph(plain(of.text("report-grades")), quiet=True))


def _items(views: Iterable[ItemView], of: Shown) -> Iterator[Block]:
    items: list[Block] = [Item(view.id, view.title, view.rows) for view in views]
    yield from items or [Paragraph(plain(of.text("report-none-recorded")))]


def _told(view: ClaimView, of: Shown) -> Told:
    return Told(
        id=view.id,
        anchor=view.id if view.id in of.known else None,
        text=(view.text,),
        marks=" · ".join(view.marks),
        words=(view.words,) if view.words else (),
        voice=view.voice,
        translation=(view.translation,) if view.translation else (),
        translated=of.text("report-translation"),
        rows=view.rows,
    )
