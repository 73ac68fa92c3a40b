"""Competing explanations for the report: those of the same claims side by side.

Items that share a declared origin stand together and are marked as one; nothing is counted, since
a count beside a hypothesis would be read as its score.
"""

import msgspec

from safeconduct.casefile.weighing import Explanation
from safeconduct.checks.explanations import competing
from safeconduct.checks.material import natural
from safeconduct.checks.origins import declared, origins_of
from safeconduct.dossier.report_claims import graded
from safeconduct.dossier.report_shown import Shown
from safeconduct.dossier.report_values import ItemView, Part, Parts, plain


class RivalsView(msgspec.Struct, frozen=True):
    """The explanations of the same claims, and which claims these are."""

    about: Parts
    explanations: tuple[ItemView, ...]


def explanations(of: Shown) -> tuple[RivalsView, ...]:
    """One group for each set of claims that is explained; empty where none is."""
    return tuple(_rivals(group, of) for group in competing(of.case))


def _rivals(group: tuple[Explanation, ...], of: Shown) -> RivalsView:
    claims = tuple(sorted(set(group[0].about), key=natural))
    words = of.text("report-explains").format(claims=of.language.listed(claims))
    return RivalsView(of.sentence(words), tuple(_view(one, of) for one in group))


def _view(one: Explanation, of: Shown) -> ItemView:
    return ItemView(
        id=one.id,
        title=of.said(one.hypothesis),
        rows=of.rows(
            ("items-for", _items(one.for_, of)),
            ("items-against", _items(one.against, of)),
            ("by-whom", of.said(one.by)),
            ("note", of.said(one.note)),
        ),
    )


def _items(items: tuple[str, ...], of: Shown) -> Parts:
    """Each item with its two grades; that there is none is said, in both columns alike."""
    if not items:
        return plain(of.text("report-no-items"))
    origins = origins_of((one for one in items if _is_evidence(one, of)), declared(of.case))
    others = sorted({one for one in items if not _is_evidence(one, of)}, key=natural)
    shared = [_together(group, of) for group in origins.declared if len(group) > 1]
    alone = [group[0] for group in origins.declared if len(group) == 1]
    single = [_one(item, of) for item in (*alone, *origins.unknown, *others)]
    parts: list[Part] = []
    for number, item in enumerate((*shared, *single)):
        parts += [Part(of.text("list-semicolon")), *item] if number else item
    return tuple(parts)


def _one(item: str, of: Shown) -> Parts:
    return (*of.links(item), *graded(item, of))


def _together(items: tuple[str, ...], of: Shown) -> Parts:
    before, behind = of.text("report-one-origin").split("{items}")
    parts: list[Part] = [Part(before)] if before else []
    for number, item in enumerate(items):
        parts += [Part(of.text("list-comma")), *_one(item, of)] if number else _one(item, of)
    return (*parts, Part(behind))


def _is_evidence(item: str, of: Shown) -> bool:
    return any(one.id == item for one in of.case.evidence)
