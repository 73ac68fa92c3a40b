"""What an erasure would destroy and what would remain, before anything is touched.

The caller says which rows and objects belong to what is erased; a series that nobody names is not
found here. Names of objects come from manifests that only a case's key opens, so the preview is
made while the key is still there.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import sha256

import msgspec

from safeconduct.vault.audit.log import acts_counted
from safeconduct.vault.erasure.periods import PeriodKeys
from safeconduct.vault.formats.canonical import Json, canonical
from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.keys.ids import opaque
from safeconduct.vault.storage.objects import ObjectMissing, Objects
from safeconduct.vault.storage.rows import Rows


class Stores(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything lies."""

    rows: Rows
    objects: Objects
    periods: PeriodKeys


class Kind(StrEnum):
    """What a row is, as far as erasing it matters."""

    GRANT = "grant"
    KEY_LINK = "key-link"
    FILE_KEY = "file-key"
    REVISION = "revision"
    CUSTODY = "custody"
    OTHER = "other"


_KINDS = {
    "grants": Kind.GRANT,
    "links": Kind.KEY_LINK,
    "evidence": Kind.FILE_KEY,
    "revisions": Kind.REVISION,
    "custody": Kind.CUSTODY,
}
_STAYING = {"erasure", "recovery", "escrow", "staff"}


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """Rows to erase: of a series, all (`numbers` empty) or those of these numbers."""

    kind: Kind
    series: str
    numbers: tuple[int, ...] = ()


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """What belongs to a case or an item of it: rows, objects by name, and the backup periods in
    which it may lie.

    `whole`: a series of the case that is not among the rows belongs to it all the same, also one
    that was begun after they were listed.
    """

    case: str
    rows: tuple[Holding, ...]
    objects: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    whole: bool = False


def holdings_of(
    rows: Rows, case: str, *, objects: Sequence[str] = (), periods: Sequence[str] = ()
) -> Holdings:
    """All series that name a case in their second part, such as `custody/c-1` or `x/c-1/y`.

    The audit is one series of the whole house and stays; so do the records of erasures.
    """
    opaque(case)
    held = tuple(
        Holding(kind=_KINDS.get(one.partition("/")[0], Kind.OTHER), series=one)
        for one in rows.series()
        if erasable(one, case)
    )
    return Holdings(
        case=case, rows=held, objects=tuple(objects), periods=tuple(periods), whole=True
    )


def erasable(series: str, case: str) -> bool:
    """Does a series belong to the case, and is it of a kind that is ever erased?"""
    parts = series.split("/")
    return parts[1:2] == [case] and parts[0] not in _STAYING


class Lot(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one kind in one series that would be destroyed, and their bytes."""

    kind: Kind
    series: str
    numbers: tuple[int, ...]
    size: int


class Remains(StrEnum):
    """What an erasure leaves, each with its reason in the documentation."""

    AUDIT_ROWS = "audit-rows"
    DAMAGED_AUDIT_ROWS = "damaged-audit-rows"
    ROW_NUMBERS = "row-numbers"
    ERASURE_RECORD = "erasure-record"
    OTHER_PERIODS = "other-periods"
    OUTSIDE_COPIES = "outside-copies"


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What would go (`lots`, `objects` with their sizes, `periods`), what is missing already, and
    what remains, with how many of each.
    """

    case: str
    lots: tuple[Lot, ...]
    objects: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    periods: tuple[str, ...]
    remains: tuple[tuple[Remains, int], ...]

    @property
    def digest(self) -> str:
        """The name of exactly this preview; an erasure is ordered by it."""
        said: dict[str, Json] = {
            "case": self.case,
            "lots": [[one.kind.value, one.series, list(one.numbers)] for one in self.lots],
            "objects": [name for name, _ in self.objects],
            "periods": list(self.periods),
        }
        return sha256(canonical(said)).hexdigest()


def preview(holdings: Holdings, stores: Stores) -> Preview:
    """What erasing these holdings would do now. Raises NotUsable where a series is named twice."""
    opaque(holdings.case)
    names = [one.series for one in holdings.rows]
    if len(set(names)) != len(names):
        raise NotUsable("a series is named twice")
    held = holdings.rows
    if holdings.whole:
        held += tuple(
            one for one in holdings_of(stores.rows, holdings.case).rows if one.series not in names
        )
    lots = tuple(lot for lot in (_lot(one, stores.rows) for one in held) if lot.numbers)
    known = stores.periods.periods()
    found, missing = _objects(holdings.objects, stores.objects)
    return Preview(
        case=holdings.case,
        lots=lots,
        objects=found,
        missing=missing,
        periods=tuple(one for one in sorted(set(holdings.periods)) if one in known),
        remains=_remains(holdings, lots, stores.rows, known),
    )


def _lot(holding: Holding, rows: Rows) -> Lot:
    here = [
        (row.number, len(row.body))
        for row in rows.read(holding.series)
        if row.body is not None and (not holding.numbers or row.number in holding.numbers)
    ]
    return Lot(
        kind=holding.kind,
        series=holding.series,
        numbers=tuple(number for number, _ in here),
        size=sum(size for _, size in here),
    )


def _objects(
    names: Iterable[str], objects: Objects
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    found, missing = [], []
    for name in sorted(set(names)):
        try:
            found.append((name, objects.size(name)))
        except ObjectMissing:
            missing.append(name)
    return tuple(found), tuple(missing)


def _remains(
    holdings: Holdings, lots: Sequence[Lot], rows: Rows, known: Sequence[str]
) -> tuple[tuple[Remains, int], ...]:
    acts, damaged = acts_counted(rows, holdings.case)
    counted = (
        # Who did what to which case on which day; what it was is unreadable without the keys.
        (Remains.AUDIT_ROWS, acts),
        # They may be about this case or about another.
        (Remains.DAMAGED_AUDIT_ROWS, damaged),
        # An empty row keeps its number, so that a removal by somebody else still shows.
        (Remains.ROW_NUMBERS, sum(len(lot.numbers) for lot in lots)),
        (Remains.ERASURE_RECORD, 1),
        # Their backups still hold what is erased here, and a key that opens them.
        (Remains.OTHER_PERIODS, len(set(known) - set(holdings.periods))),
        # Dossiers, exports, and backups of which nobody told us.
        (Remains.OUTSIDE_COPIES, 0),
    )
    always = {Remains.ERASURE_RECORD, Remains.OUTSIDE_COPIES}
    return tuple((what, count) for what, count in counted if count or what in always)
