"""Carrying out an erasure, so that a crash at any point leaves one that can be finished.

The order is written before anything is destroyed, names all of it and is signed by who gave it;
each step may be done twice. `finish_all` after a start carries out what was ordered and not done,
once the signature was found to be that of somebody who may order it. Nothing is read with a key.
"""

from collections.abc import Mapping

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.erasure.preview import Holdings, Preview, Stores, erasable, preview
from safeconduct.vault.formats.canonical import (
    Json,
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.days import day_of
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.keys.staff import Card, SignatureWrong, StaffKeys
from safeconduct.vault.storage.rows import Row, Rows

SCHEMA = "safeconduct/erasure/1"
_PREFIX = "erasure/"

Signers = Mapping[tuple[str, int], Card]
"""Whose orders count, by id and key version."""


class PreviewStale(SafeconductError):
    """What would be destroyed is no longer what was shown: somebody wrote in between."""


class WrittenMeanwhile(SafeconductError):
    """The erasure is done, and something was written to the case while it went on."""


class OrderForged(SafeconductError):
    """An order that nobody signed whose orders count; nothing that it names was touched."""

    exit_code = 3


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """A finished erasure: of which case, by whom, on which day ordered, how much was destroyed."""

    case: str
    by: str
    day: str
    rows: int
    objects: int
    periods: int


def erase(holdings: Holdings, shown: str, stores: Stores, *, by: StaffKeys, at: int) -> Erased:
    """Destroys what the preview with the digest `shown` showed, and nothing else.

    1. Is it still what was shown?  2. Write the order, signed.  3. Carry it out.  4. Was anything
    written meanwhile?
    Raises PreviewStale; NotStored where a disk failed or somebody was reading, and then running
    `finish_all` again finishes it; WrittenMeanwhile when all that was shown is destroyed and
    there is more now, for which another preview is needed.
    """
    found = preview(holdings, stores)
    if found.digest != shown:  # 1
        raise PreviewStale(f"{holdings.case}: shown {shown}, now {found.digest}")
    series = _PREFIX + holdings.case
    last = stores.rows.last(series)
    number = last.number + 1 if last else 1
    order = Row(series=series, number=number, body=canonical(_signed(_order(found, by, at), by)))
    stores.rows.append([order])  # 2
    done = _finish(stores, series, number, {(by.user, by.version): by.card})  # 3
    left = preview(holdings, stores).lots  # 4
    if left:
        raise WrittenMeanwhile(", ".join(lot.series for lot in left))
    return done


def finish_all(stores: Stores, signers: Signers) -> tuple[Erased, ...]:
    """Carries out every order that is not done; what was finished now.

    `signers`: the cards of those who may order an erasure, by id and key version. Raises
    OrderForged for an order of nobody among them, or Malformed, after the others were carried out.
    """
    unfinished = [
        (series, number)
        for series in stores.rows.series(_PREFIX)
        for number in _open_orders(stores.rows, series)
    ]
    finished, refused = [], []
    for series, number in unfinished:
        try:
            finished.append(_finish(stores, series, number, signers))
        except (OrderForged, Malformed) as error:
            refused.append(error)
    if refused:
        raise refused[0]
    return tuple(finished)


def erasures_of(rows: Rows, case: str) -> tuple[Erased, ...]:
    """What was erased of a case, and when: all that is left to know. Raises Malformed."""
    read = (_read(row) for row in rows.read(_PREFIX + case) if row.body is not None)
    return tuple(_erased(one) for one in read if text_of(one, "step") == "done")


def _finish(stores: Stores, series: str, number: int, signers: Signers) -> Erased:
    """Each step can be done twice, and nothing is said to be done before all of it is.

    The order is checked first.  1. Rows.  2. Objects.  3. Backup periods.  4. The order itself,
    whose names of objects would tell how much there was, gives way to its count.  5. Rewrite the
    store.  6. Say that it is done.
    """
    bodies = {row.number: row for row in stores.rows.read(series)}
    order = bodies[number]
    if order.body is not None:
        said = _read(order)
        _check_signed(said, number, signers)
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


def _signed(order: dict[str, Json], by: StaffKeys) -> dict[str, Json]:
    return {**order, "signature": to_text(by.sign(labelled("erasure-order", canonical(order))))}


def _check_signed(said: dict[str, Json], number: int, signers: Signers) -> None:
    """Raises OrderForged."""
    order = {key: value for key, value in said.items() if key != "signature"}
    name = f"order {number} of {text_of(said, 'case')}"
    card = signers.get((text_of(said, "by"), number_of(said, "version")))
    if card is None:
        raise OrderForged(f"{name}: {text_of(said, 'by')} may not order an erasure")
    try:
        card.check(labelled("erasure-order", canonical(order)), bytes_of(said, "signature"))
    except SignatureWrong as error:
        raise OrderForged(f"{name}: {error}") from None


def _order(found: Preview, by: StaffKeys, at: int) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "step": "ordered",
        "case": found.case,
        "by": by.user,
        "version": by.version,
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
