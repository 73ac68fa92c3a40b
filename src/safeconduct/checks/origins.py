"""How many origins items of evidence have, as the case declares: repetition is not independence.

Only declarations count here (`source`, `same_origin_as`). An item that names no source has an
unknown origin: it is never counted as one more.
"""

from collections.abc import Iterable

import msgspec

from safeconduct.casefile.account import Claim
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Counted, Parameter, Term
from safeconduct.checks.material import natural


class Origins(msgspec.Struct, frozen=True):
    """Items by the origin that the case declares for them; the rest names no source."""

    declared: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]


def origins_of(items: Iterable[str], case: Case) -> Origins:
    """The items grouped by declared origin, in a natural order; each item once."""
    root = roots(case)
    source = {item.id: item.source for item in case.evidence}
    groups: dict[str, list[str]] = {}
    unknown = []
    for item in sorted(set(items), key=natural):
        named = source.get(item)
        if named is None:
            unknown.append(item)
        else:
            groups.setdefault(root[named], []).append(item)
    return Origins(tuple(tuple(group) for group in groups.values()), tuple(unknown))


def roots(case: Case) -> dict[str, str]:
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


def of_the_telling(items: Iterable[str], claim: Claim, case: Case) -> tuple[str, ...]:
    """Those items whose origin is the source of the telling itself: they only repeat it."""
    told_by = next((one.source for one in case.tellings if one.id == claim.told_in), None)
    if told_by is None:
        return ()
    root = roots(case)
    source = {item.id: item.source for item in case.evidence}
    return tuple(
        item
        for item in sorted(set(items), key=natural)
        if (named := source.get(item)) is not None and root[named] == root[told_by]
    )


def counted(origins: Origins) -> dict[str, Parameter]:
    """ "2 items" and "1 origin", for a message; where no item names a source, that."""
    items = len(origins.unknown) + sum(len(group) for group in origins.declared)
    number = len(origins.declared)
    named = Counted("n-origins", number) if number else Term("origin-not-stated")
    return {"count": Counted("n-items", items), "origins": named}
