"""How many origins items of evidence have, as the case declares: repetition is not independence.

Only declarations count here (`source`, `same_origin_as`). An item that names no source has an
unknown origin: it is never counted as one more.
"""

from collections.abc import Iterable, Mapping

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Counted, Parameter, Term
from safeconduct.checks.material import natural


class Origins(msgspec.Struct, frozen=True):
    """Items by the origin that the case declares for them; the rest names no source."""

    declared: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]


class Declared(msgspec.Struct, frozen=True):
    """What a case declares, read once: item → its origin, telling → the origin of its source.

    An origin goes by the identifier of one of its sources; what names no source is in neither.
    """

    items: Mapping[str, str]
    tellings: Mapping[str, str]


def declared(case: Case) -> Declared:
    """Reads what the case declares."""
    root = _roots(case)
    return Declared(
        {item.id: root[item.source] for item in case.evidence if item.source is not None},
        {one.id: root[one.source] for one in case.tellings if one.source is not None},
    )


def origins_of(items: Iterable[str], origin: Declared) -> Origins:
    """The items grouped by declared origin, in a natural order; each item once."""
    groups: dict[str, list[str]] = {}
    unknown = []
    for item in sorted(set(items), key=natural):
        if item in origin.items:
            groups.setdefault(origin.items[item], []).append(item)
        else:
            unknown.append(item)
    return Origins(tuple(tuple(group) for group in groups.values()), tuple(unknown))


def of_the_telling(items: Iterable[str], claim: Claim, origin: Declared) -> tuple[str, ...]:
    """Those items whose origin is the source of the telling itself: they only repeat it."""
    told_by = origin.tellings.get(claim.told_in or "")
    if told_by is None:
        return ()
    same = {item for item in items if origin.items.get(item) == told_by}
    return tuple(sorted(same, key=natural))


def counted(origins: Origins) -> dict[str, Parameter]:
    """ "2 items" and "1 origin", for a message; where no item names a source, that."""
    items = len(origins.unknown) + sum(len(group) for group in origins.declared)
    number = len(origins.declared)
    named = Counted("n-origins", number) if number else Term("origin-not-stated")
    return {"count": Counted("n-items", items), "origins": named}


def _roots(case: Case) -> dict[str, str]:
    """Source → the source that stands for its origin; declared either way and passed on."""
    root = {source.id: source.id for source in case.sources}

    def top(one: str) -> str:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for source in case.sources:
        for other in source.same_origin_as:
            low, high = sorted((top(source.id), top(other)), key=natural)
            root[high] = low
    return {source: top(source) for source in root}
