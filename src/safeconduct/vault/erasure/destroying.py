"""Carrying out an erasure, so that a crash at any point leaves one that can be finished.

The order is written before anything is destroyed and names all of it; each step may be done twice.
`finish_all` after a start carries out what was ordered and not done. Nothing is read with a key.
"""

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.erasure.preview import Holdings, Preview, Stores, erasable, preview
from safeconduct.vault.formats.canonical import (
    Json,
    canonical,
    number_of,
    read_canonical,
    text_of,
)
from safeconduct.vault.formats.days import day_of
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.keys.ids import opaque
from safeconduct.vault.storage.rows import Row, Rows

SCHEMA = "safeconduct/erasure/1"
_PREFIX = "erasure/"


class PreviewStale(SafeconductError):
    """What would be destroyed is no longer what was shown: somebody wrote in between."""


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """A finished erasure: of which case, by whom, on which day ordered, how much was destroyed."""

    case: str
    by: str
    day: str
    rows: int
    objects: int
    periods: int


def erase(holdings: Holdings, shown: str, stores: Stores, *, by: str, at: int) -> Erased:
    """Destroys what the preview with the digest `shown` showed, and nothing else.

    1. Is it still what was shown?  2. Write the order.  3. Carry it out (`finish_all`).
    Raises PreviewStale; NotStored where a disk failed or somebody was reading, and then running
    `finish_all` again finishes it.
    """
    found = preview(holdings, stores)
    if found.digest != shown:  # 1
        raise PreviewStale(f"{holdings.case}: shown {shown}, now {found.digest}")
    series = _PREFIX + holdings.case
    last = stores.rows.last(series)
    number = last.number + 1 if last else 1
    order = Row(series=series, number=number, body=canonical(_order(found, by, at)))
    stores.rows.append([order])  # 2
    done = [one for one in finish_all(stores) if one.case == holdings.case]  # 3
    return done[-1]


def finish_all(stores: Stores) -> tuple[Erased, ...]:
    """Carries out every order that is not done; what was finished now."""
    unfinished = (
        (series, number)
        for series in stores.rows.series(_PREFIX)
        for number in _open_orders(stores.rows, series)
    )
    return tuple(_finish(stores, series, number) for series, number in list(unfinished))


def erasures_of(rows: Rows, case: str) -> tuple[Erased, ...]:
    """What was erased of a case, and when: all that is left to know. Raises Malformed."""
    read = (_read(row) for row in rows.read(_PREFIX + case) if row.body is not None)
    return tuple(_erased(one) for one in read if text_of(one, "step") == "done")


def _finish(stores: Stores, series: str, number: int) -> Erased:
    """Each step can be done twice, and nothing is said to be done before all of it is.

    1. Rows.  2. Objects.  3. Backup periods.  4. The order itself, whose names of objects would
    tell how much there was, gives way to its count.  5. Rewrite the store.  6. Say that it is done.
    """
    bodies = {row.number: row for row in stores.rows.read(series)}
    order = bodies[number]
    if order.body is not None:
        said = _read(order)
        stores.rows.destroy(_targets(said, series.removeprefix(_PREFIX)))  # 1
        for name in _list(said, "objects"):  # 2
            stores.objects.remove(str(name))
        for period in _list(said, "periods"):  # 3
            stores.periods.destroy(str(period))
        count = _count(said, number)  # 4
        if not any(_is_step(row, "emptied", number) for row in bodies.values()):
            _append(stores.rows, series, count)
        stores.rows.destroy([(series, number)])
    else:
        count = next(_read(row) for row in bodies.values() if _is_step(row, "emptied", number))
    stores.rows.purge()  # 5
    done = {**count, "step": "done"}
    _append(stores.rows, series, done)  # 6
    return _erased(done)


def _open_orders(rows: Rows, series: str) -> list[int]:
    """The numbers of orders that no row says are done.

    An order's own row may be empty already, when only the end is missing; then its count is there.
    """
    ordered: set[int] = set()
    for row in rows.read(series):
        if row.body is None:
            continue
        said = _read(row)
        step = text_of(said, "step")
        if step == "ordered":
            ordered.add(row.number)
        elif step == "emptied":
            ordered.add(number_of(said, "order"))
        else:
            ordered.discard(number_of(said, "order"))
    return sorted(ordered)


def _order(found: Preview, by: str, at: int) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "step": "ordered",
        "case": found.case,
        "by": opaque(by),
        "day": day_of(at),
        "rows": [[lot.series, number] for lot in found.lots for number in lot.numbers],
        "objects": [name for name, _ in found.objects],
        "periods": list(found.periods),
    }


def _count(said: dict[str, Json], number: int) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "step": "emptied",
        "order": number,
        "case": text_of(said, "case"),
        "by": text_of(said, "by"),
        "day": text_of(said, "day"),
        "rows": len(_list(said, "rows")),
        "objects": len(_list(said, "objects")),
        "periods": len(_list(said, "periods")),
    }


def _targets(said: dict[str, Json], case: str) -> list[tuple[str, int]]:
    """The rows of an order. Raises Malformed for one of another case, or of what is never erased.

    Whoever can write into the database could write an order; it reaches no further than its case.
    """
    if text_of(said, "case") != case:
        raise Malformed(f"an order of {text_of(said, 'case')} among those of {case}")
    targets = []
    for one in _list(said, "rows"):
        if not isinstance(one, list) or len(one) != 2 or not isinstance(one[1], int):
            raise Malformed("an order that names no row")
        if not erasable(str(one[0]), case):
            raise Malformed(f"an order of {case} that names {one[0]}")
        targets.append((str(one[0]), one[1]))
    return targets


def _list(said: dict[str, Json], key: str) -> list[Json]:
    value = said.get(key)
    if not isinstance(value, list):
        raise Malformed(f"{key} is no list")
    return value


def _erased(said: dict[str, Json]) -> Erased:
    return Erased(
        case=text_of(said, "case"),
        by=text_of(said, "by"),
        day=text_of(said, "day"),
        rows=number_of(said, "rows"),
        objects=number_of(said, "objects"),
        periods=number_of(said, "periods"),
    )


def _is_step(row: Row, step: str, number: int) -> bool:
    if row.body is None:
        return False
    said = _read(row)
    return text_of(said, "step") == step and said.get("order") == number


def _read(row: Row) -> dict[str, Json]:
    return read_canonical(row.body or b"", SCHEMA)


def _append(rows: Rows, series: str, said: dict[str, Json]) -> None:
    last = rows.last(series)
    number = last.number + 1 if last else 1
    rows.append([Row(series=series, number=number, body=canonical(said))])
