"""The annex "what we did": every search made by hand, in the order of time, the empty ones too."""

from safeconduct.dossier.report_records import by_time, search_view
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import plain
from safeconduct.dossier.typeset.values import Block, Item, Paragraph


def what_we_did(of: Shown) -> tuple[Block, ...]:
    """Each search as it was logged; that none is logged is said."""
    about = Paragraph(plain(of.text("report-about-searches")), quiet=True)
    views = [search_view(one, of) for one in by_time(of)]
    items: list[Block] = [Item(view.id, view.title, view.rows) for view in views]
    return (about, *(items or [Paragraph(plain(of.text("report-none-recorded")))]))
