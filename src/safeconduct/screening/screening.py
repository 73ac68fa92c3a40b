"""screen(): one person against the lists at hand → matches, and what was not compared.

It retrieves, compares and explains. It decides nothing, and an empty answer says only that nothing
was found in the lists named, of their dates.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from safeconduct.names.scripts import OTHER
from safeconduct.screening.comparing import Match, NamesCompared, better, match, prepared_names
from safeconduct.screening.evidence import readings
from safeconduct.screening.index.naming import read_back
from safeconduct.screening.index.opened import Index
from safeconduct.screening.prepared import Prepared
from safeconduct.screening.scoring import LEAST_LOGIT, REVIEW_FROM, Band
from safeconduct.screening.sought import Sought, SoughtName
from safeconduct.screening.watchlists import Watchlist

MOST_MATCHES = 20

UNSETTLED = ("common-name", "single-part")
"""Rules by which a name that agrees is not shown: it says too little alone, and that is told."""


class ListUsed(NamedTuple):
    """A list that was searched."""

    id: str
    as_of: str
    sha256: str


class NotCompared(NamedTuple):
    """What could not be compared, and why.

    A name with reason script-not-compared; or common-name or single-part, where an entry bears the
    name and the name alone says too little; or contradicted, where an entry bears it and its date
    of birth, sex or citizenship speaks against it; "birth" where no date is known (missing) or none
    that was given can be read (unreadable); "lists" where there is none.
    """

    what: str
    reason: str


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """What was found for one person. `band` is None where nothing could be compared at all."""

    id: str
    band: Band | None
    lists: tuple[ListUsed, ...]
    matches: tuple[Match, ...]
    not_compared: tuple[NotCompared, ...]


def screen(
    sought: Sought, watchlists: Sequence[Watchlist], *, least: float | None = None
) -> Screening:
    """Screens one person. `least` also shows what scores at least so much, for measuring.

    1. The person's names are made ready.
    2. From each list candidates are retrieved, and compared.
    3. What asks for a look, the strongest first.
    4. What could not be compared is named.
    """
    ours = prepared_names(sought)  # 1
    found = [one for watchlist in watchlists for one in _matches(sought, ours, watchlist)]  # 2
    unsettled = [(one, why) for one in found if (why := _unsettled(one))]
    found = [one for one in found if _shown(one, least)]  # 3
    found.sort(key=lambda one: (-one.score, one.list, one.entity.id))
    band: Band | None = None
    if watchlists and any(_readable(prepared) for _, prepared in ours):
        band = found[0].band if found else Band.NOTHING_FOUND
        if any(one.band is Band.STRONG for one in found):
            band = Band.STRONG
    return Screening(
        id=sought.id,
        band=band,
        lists=tuple(ListUsed(one.id, one.as_of, one.sha256) for one in watchlists),
        matches=tuple(found[:MOST_MATCHES]),
        not_compared=_not_compared(sought, watchlists, unsettled),  # 4
    )


def _unsettled(match: Match) -> str | None:
    """Why a name that agrees is not shown: too little alone, or contradicted beside the name."""
    if match.rule in UNSETTLED and match.score >= REVIEW_FROM:
        return match.rule
    contradicted = match.rule == "too-little" and match.names.logit >= 0.0
    return "contradicted" if contradicted else None


def _readable(prepared: Prepared) -> bool:
    """Whether any part of a name is in a script that is compared."""
    return any(piece.facts.script != OTHER for piece in prepared.pieces)


def _shown(match: Match, least: float | None) -> bool:
    if least is not None and match.score >= least:
        return True
    return match.band is not Band.NOTHING_FOUND


def retrieve(sought: Sought, watchlist: Watchlist) -> list[int]:
    """Numbers of the entities that are compared, best names first."""
    retriever = watchlist.retriever
    names = retriever.by_numbers(_numbers(sought))
    for _, prepared in prepared_names(sought):
        names += retriever.names(prepared, sought)
    return list(dict.fromkeys(int(watchlist.index.name_entity[n]) for n in names))


def _numbers(sought: Sought) -> list[str]:
    return [read for one in sought.documents for read in readings(one)]


def _matches(
    sought: Sought, ours: tuple[tuple[SoughtName, Prepared], ...], watchlist: Watchlist
) -> list[Match]:
    index = watchlist.index
    best: dict[int, NamesCompared] = {}
    numbered = watchlist.retriever.by_numbers(_numbers(sought))
    for name, prepared in ours:
        for number in (*watchlist.retriever.names(prepared, sought), *numbered):
            entity = int(index.name_entity[number])
            theirs, weak = _listed(index, number)
            found = better(best.get(entity), ((name, prepared),), theirs, weak=weak)
            if found is not None:
                best[entity] = found
    papers = {int(index.name_entity[name]) for name in numbered}
    return [
        match(sought, index.entity(number), names, list=watchlist.id)
        for number, names in best.items()
        if names.logit > LEAST_LOGIT or number in papers
    ]


def _listed(index: Index, number: int) -> tuple[Prepared, bool]:
    return read_back(index.name_text[number]), bool(index.name_kind[number])


def _not_compared(
    sought: Sought, watchlists: Sequence[Watchlist], unsettled: Sequence[tuple[Match, str]]
) -> tuple[NotCompared, ...]:
    found = [] if watchlists else [NotCompared("lists", "no-list")]
    found += [
        NotCompared(name.text, "script-not-compared")
        for name, prepared in prepared_names(sought)
        if any(remark.kind == "not-compared" for remark in prepared.remarks)
    ]
    found += [NotCompared(one.names.compared.ours.text, why) for one, why in unsettled]
    if not sought.births():
        found.append(NotCompared("birth", "unreadable" if sought.born else "missing"))
    return tuple(dict.fromkeys(found))
