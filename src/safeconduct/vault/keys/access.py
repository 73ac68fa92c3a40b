"""Who holds a case's key, as stored: a series of grants, and a series of links between versions.

`grants/CASE/COMPARTMENT` has a row for each grant, `links/CASE/COMPARTMENT` one for each version
after the first, whose number is one less than the version. What a grant is worth, opening it says
(see `grants`); nothing here opens one.
"""

from collections.abc import Iterator, Sequence

import msgspec

from safeconduct.vault.formats.canonical import (
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.keys.cases import CaseKey, Compartment
from safeconduct.vault.keys.grants import grant, grant_id
from safeconduct.vault.keys.ids import opaque
from safeconduct.vault.keys.rotation import Rotation, rotate
from safeconduct.vault.keys.staff import Card, StaffKeys
from safeconduct.vault.storage.rows import Row, Rows

SCHEMA = "safeconduct/grant/1"
_KEYS = {"schema", "id", "recipient", "version", "sealed"}


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """A grant as it lies there: its id, for whom, of which version of the case key, its box."""

    id: str
    recipient: str
    version: int
    sealed: bytes


def grants_series(case: str, compartment: Compartment) -> str:
    """The series of grants."""
    return f"grants/{opaque(case)}/{compartment}"


def links_series(case: str, compartment: Compartment) -> str:
    """The series of links."""
    return f"links/{opaque(case)}/{compartment}"


def give(rows: Rows, key: CaseKey, *, to: Card, by: StaffKeys, at: int, until: int) -> Filed:
    """A grant, stored. Raises NotUsable as `grant`, RowTaken or NotStored."""
    filed = _filed(key, to, by, at, until)
    series = grants_series(key.case, key.compartment)
    rows.append(list(_as_rows(rows, series, [filed])))
    return filed


def store_rotation(
    rows: Rows, key: CaseKey, *, staying: Sequence[Card], by: StaffKeys, at: int, until: int
) -> Rotation:
    """`rotate`, stored whole: the link and every grant, or nothing.

    Raises NotUsable as `rotate`; RowTaken where somebody turned the key meanwhile, and then `key`
    is of an older version than the case has; NotStored.
    """
    turned = rotate(key, staying=staying, by=by, at=at, until=until)
    cards = {card.user: card for card in staying}
    filed = [
        Filed(
            id=grant_id(turned.key, to=cards[user], by=by.card, at=at, until=until),
            recipient=user,
            version=turned.key.version,
            sealed=sealed,
        )
        for user, sealed in turned.grants
    ]
    link = Row(series=links_series(key.case, key.compartment), number=key.version, body=turned.link)
    grants = _as_rows(rows, grants_series(key.case, key.compartment), filed)
    rows.append([link, *grants])
    return turned


def version_of(rows: Rows, case: str, compartment: Compartment) -> int:
    """The version that a case's key has now: one more than there are links."""
    last = rows.last(links_series(case, compartment))
    return last.number + 1 if last else 1


def link_to(rows: Rows, case: str, compartment: Compartment, version: int) -> bytes:
    """The link from a version to the one before. Raises Malformed where there is none."""
    for row in rows.read(links_series(case, compartment), first=version - 1):
        if row.number == version - 1 and row.body is not None:
            return row.body
        break
    raise Malformed(f"no link from version {version}")


def filed_grants(rows: Rows, case: str, compartment: Compartment) -> Iterator[Filed]:
    """Every grant that was given and not erased, in order. Raises Malformed at a damaged row."""
    for row in rows.read(grants_series(case, compartment)):
        if row.body is not None:
            yield read_filed(row.body)


def filed_text(filed: Filed) -> bytes:
    """A grant as canonical JSON, of the schema `safeconduct/grant/1`."""
    return canonical(
        {
            "schema": SCHEMA,
            "id": filed.id,
            "recipient": filed.recipient,
            "version": filed.version,
            "sealed": to_text(filed.sealed),
        }
    )


def read_filed(text: bytes) -> Filed:
    """What `filed_text` wrote. Raises Malformed."""
    said = read_canonical(text, SCHEMA)
    if set(said) != _KEYS:
        raise Malformed("other keys than a grant has")
    return Filed(
        id=text_of(said, "id"),
        recipient=text_of(said, "recipient"),
        version=number_of(said, "version"),
        sealed=bytes_of(said, "sealed"),
    )


def _filed(key: CaseKey, to: Card, by: StaffKeys, at: int, until: int) -> Filed:
    return Filed(
        id=grant_id(key, to=to, by=by.card, at=at, until=until),
        recipient=to.user,
        version=key.version,
        sealed=grant(key, to=to, by=by, at=at, until=until),
    )


def _as_rows(rows: Rows, series: str, filed: Sequence[Filed]) -> Iterator[Row]:
    last = rows.last(series)
    first = last.number + 1 if last else 1
    for number, one in enumerate(filed, start=first):
        yield Row(series=series, number=number, body=filed_text(one))
