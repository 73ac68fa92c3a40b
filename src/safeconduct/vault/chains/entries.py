"""One row of a chain: what stands in the clear, what is sealed in it, and the hash that binds both.

In the clear stand opaque ids, a day and the name of a key; nothing of what happened.
"""

import re
from hashlib import sha256

import msgspec

from safeconduct.casefile.errors import SafeconductError
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
from safeconduct.vault.formats.envelopes import open_envelope, seal
from safeconduct.vault.formats.errors import Malformed, NotOpened
from safeconduct.vault.formats.fields import labelled
from safeconduct.vault.formats.padding import pad, unpad
from safeconduct.vault.keys.cases import CaseKey, Purpose
from safeconduct.vault.keys.ids import opaque
from safeconduct.vault.storage.rows import Row, Rows

SCHEMA = "safeconduct/chain-row/1"
_HASH = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEYS = {"schema", "chain", "number", "previous", "day", "by", "case", "key", "payload", "hash"}


class KeyNotHeld(SafeconductError):
    """The payload is sealed under a key that was not given; its name is said."""


class KeyTurned(SafeconductError):
    """The case key was turned: what is written with the old one could be read by who lost it."""


class RowChanged(Malformed):
    """The hash in a row is not the hash of the row."""


class PayloadKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key for payloads, and the name by which rows refer to it."""

    name: str
    secret: bytes

    def __repr__(self) -> str:
        return f"PayloadKey({self.name!r}, secret)"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `previous` and `hash` are hexadecimal; `case` is empty where it is about none."""

    chain: str
    number: int
    previous: str
    day: str
    by: str
    case: str
    key: str
    payload: bytes
    hash: str


def payload_key(key: CaseKey, purpose: Purpose) -> PayloadKey:
    """The key for payloads of one purpose; its name is case, compartment, version and purpose."""
    name = f"{key.case}/{key.compartment}/{key.version}/{purpose}"
    return PayloadKey(name=name, secret=key.beneath(purpose))


def origin(chain: str) -> str:
    """What the first row names as the hash before it: no other chain begins with it."""
    return sha256(labelled("chain-origin", chain)).hexdigest()


def next_entry(
    chain: str,
    last: Entry | None,
    data: bytes,
    *,
    key: PayloadKey,
    at: int,
    by: str,
    case: str = "",
) -> Entry:
    """The row that follows `last` (or begins the chain), with `data` padded and sealed in it.

    `at` is in seconds; only its day is written in the clear. The envelope is bound to all that
    stands in the clear, so a payload opens only in the row that it was written in.
    """
    number = last.number + 1 if last else 1
    previous = last.hash if last else origin(chain)
    day = day_of(at)
    opaque(by)
    if case:
        opaque(case)
    place = _place(chain, number, previous, day, by, case, key.name)
    payload = seal(pad(data), key.secret, place=place)
    clear: dict[str, Json] = {
        "schema": SCHEMA,
        "chain": chain,
        "number": number,
        "previous": previous,
        "day": day,
        "by": by,
        "case": case,
        "key": key.name,
        "payload": to_text(payload),
    }
    return _entry(clear, payload, sha256(canonical(clear)).hexdigest())


def entry_text(entry: Entry) -> bytes:
    """A row as it is stored: canonical JSON of the schema `safeconduct/chain-row/1`."""
    return canonical({**_clear(entry), "hash": entry.hash})


def read_entry(text: bytes) -> Entry:
    """A stored row. Raises Malformed, or RowChanged where its own hash does not fit."""
    row = read_canonical(text, SCHEMA)
    if set(row) != _KEYS:
        raise Malformed("other keys than a row has")
    payload = bytes_of(row, "payload")
    own = text_of(row, "hash")
    entry = _entry(row, payload, own)
    hashes_fit = _HASH.fullmatch(entry.previous) and _HASH.fullmatch(own)
    if not hashes_fit or not _DAY.fullmatch(entry.day):
        raise Malformed("a hash or a day in another form")
    expected = sha256(canonical(_clear(entry))).hexdigest()
    if own != expected:
        raise RowChanged(f"row {entry.number} says {own}, its hash is {expected}")
    return entry


def open_payload(entry: Entry, key: PayloadKey) -> bytes:
    """What is sealed in a row. Raises KeyNotHeld, NotOpened or Malformed."""
    if key.name != entry.key:
        raise KeyNotHeld(entry.key)
    place = _place(
        entry.chain,
        entry.number,
        entry.previous,
        entry.day,
        entry.by,
        entry.case,
        entry.key,
    )
    try:
        return unpad(open_envelope(entry.payload, key.secret, place=place))
    except NotOpened:
        raise NotOpened(f"{entry.chain}, row {entry.number}: its payload does not open") from None


def last_entry(rows: Rows, chain: str) -> Entry | None:
    """The last row of a stored chain, or None where it has none. Raises Malformed.

    Of one that was destroyed nothing is left but its number; what follows names that as the hash
    before it, so that an erasure does not end a chain. Verifying says that the row is destroyed.
    """
    row = rows.last(chain)
    if row is None:
        return None
    return _destroyed(row) if row.body is None else stored_entry(row)


def _destroyed(row: Row) -> Entry:
    gap = sha256(labelled("chain-gap", row.series, row.number)).hexdigest()
    nothing = dict.fromkeys(("previous", "day", "by", "case", "key"), "")
    return Entry(chain=row.series, number=row.number, payload=b"", hash=gap, **nothing)


def refuse_turned(last: Entry | None, key: CaseKey) -> None:
    """Raises KeyTurned where the last row is sealed under a later version than the key is of.

    Who still holds the old version could otherwise read what is written with it by mistake.
    """
    if last is None or not last.key:
        return
    version = last.key.split("/")[2:3]
    if version and version[0].isascii() and version[0].isdigit() and int(version[0]) > key.version:
        raise KeyTurned(f"{last.chain}: the key has version {version[0]} now, not {key.version}")


def stored_entry(row: Row) -> Entry:
    """The entry in a stored row, which is where it belongs. Raises Malformed."""
    if row.body is None:
        raise Malformed(f"{row.series}, row {row.number}: destroyed")
    entry = read_entry(row.body)
    if (entry.chain, entry.number) != (row.series, row.number):
        raise Malformed(f"{row.series}, row {row.number}: it is {entry.chain}, row {entry.number}")
    return entry


def as_row(entry: Entry) -> Row:
    """A row to be appended to the series of its chain's name."""
    return Row(series=entry.chain, number=entry.number, body=entry_text(entry))


def _clear(entry: Entry) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "chain": entry.chain,
        "number": entry.number,
        "previous": entry.previous,
        "day": entry.day,
        "by": entry.by,
        "case": entry.case,
        "key": entry.key,
        "payload": to_text(entry.payload),
    }


def _entry(row: dict[str, Json], payload: bytes, own: str) -> Entry:
    return Entry(
        chain=text_of(row, "chain"),
        number=number_of(row, "number"),
        previous=text_of(row, "previous"),
        day=text_of(row, "day"),
        by=text_of(row, "by"),
        case=text_of(row, "case"),
        key=text_of(row, "key"),
        payload=payload,
        hash=own,
    )


def _place(chain: str, number: int, previous: str, day: str, by: str, case: str, key: str) -> bytes:
    return labelled("chain-payload", chain, number, previous, day, by, case, key)
