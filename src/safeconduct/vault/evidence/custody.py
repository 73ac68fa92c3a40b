"""What was done with each item of evidence, by whom and when: one chain for each compartment.

Everything but opaque ids and the day is sealed. The rows are part of what `verify_chain` verifies.
That an item was handled without an event, no chain can show: whoever hands out a file is to write
the event first, which nothing here enforces.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.chains.entries import (
    Entry,
    KeyNotHeld,
    PayloadKey,
    as_row,
    last_entry,
    next_entry,
    open_payload,
    payload_key,
    refuse_turned,
    stored_entry,
)
from safeconduct.vault.formats.canonical import (
    Json,
    canonical,
    number_of,
    read_canonical,
    text_of,
)
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose
from safeconduct.vault.storage.rows import Row, Rows, RowTaken

PREFIX = "custody/"
SCHEMA = "safeconduct/custody-event/1"
_TRIES = 20


class Handling(StrEnum):
    """What was done with an item."""

    RECEIVED = "received"
    VIEWED = "viewed"
    EXPORTED = "exported"
    TRANSFERRED = "transferred"
    CLEANED = "cleaned"
    ERASED = "erased"


class CustodyBroken(SafeconductError):
    """The event cannot follow: before the item was received, after it was erased, or a second
    receipt.
    """


class CustodyEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event: of which item (its id within the case), what, when (seconds) and by whom.

    `sha256` is that of the plain bytes handled. `facts` are further ones, such as from whom it was
    received, to whom it went, or the id and hash of the cleaned copy.
    """

    item: str
    handling: Handling
    at: int
    by: str
    sha256: str
    facts: Mapping[str, Json] = {}


def custody_chain(case: str, compartment: Compartment) -> str:
    """The name of a compartment's chain of custody, which is that of its series of rows."""
    return f"{PREFIX}{case}/{compartment}"


def custody_key(key: CaseKey) -> PayloadKey:
    """The key under which a case's events are sealed."""
    return payload_key(key, Purpose.CUSTODY)


def write_event(
    rows: Rows,
    event: CustodyEvent,
    *,
    key: CaseKey,
    older: Sequence[CaseKey] = (),
    beside: Sequence[Row] = (),
) -> Entry:
    """`write_events` with one event."""
    return write_events(rows, [event], key=key, older=older, beside=beside)[0]


def write_events(
    rows: Rows,
    events: Sequence[CustodyEvent],
    *,
    key: CaseKey,
    older: Sequence[CaseKey] = (),
    beside: Sequence[Row] = (),
) -> tuple[Entry, ...]:
    """Appends events, and rows beside them: all or none. `older` are the case's former keys.

    Raises CustodyBroken where one cannot follow what is there; RowTaken or NotStored.
    """
    chain = custody_chain(key.case, key.compartment)
    for _ in range(_TRIES):
        last = last_entry(rows, chain)
        refuse_turned(last, key)
        known = list(_events(rows, (key, *older)))
        for event in events:
            _follows(event, [one for one in known if one.item == event.item])
            known.append(event)
        entries = tuple(_entries(events, last, key))
        try:
            rows.append([*beside, *map(as_row, entries)])
        except RowTaken:
            newest = rows.last(chain)
            if newest is None or newest.number == (last.number if last else 0):
                raise
            continue
        return entries
    raise RowTaken(f"{chain}: others were faster, {_TRIES} times")


def _entries(events: Sequence[CustodyEvent], last: Entry | None, key: CaseKey) -> Iterator[Entry]:
    for event in events:
        said = {
            "schema": SCHEMA,
            "item": event.item,
            "handling": event.handling.value,
            "at": event.at,
            "sha256": event.sha256,
            "facts": dict(event.facts),
        }
        last = next_entry(
            custody_chain(key.case, key.compartment),
            last,
            canonical(said),
            key=custody_key(key),
            at=event.at,
            by=event.by,
            case=key.case,
        )
        yield last


def custody_of(rows: Rows, item: str, *, keys: Sequence[CaseKey]) -> tuple[CustodyEvent, ...]:
    """The events of one item, in order. `keys` are all versions of one case's key that are held.

    Raises KeyNotHeld where an event is sealed under a version that is not among them (the item's
    story would otherwise look whole), Malformed or NotOpened at a damaged row.
    """
    return tuple(event for event in _events(rows, keys) if event.item == item)


def _events(rows: Rows, keys: Sequence[CaseKey]) -> Iterator[CustodyEvent]:
    if not keys:
        raise KeyNotHeld("no key of the case was given")
    held = {one.name: one for one in map(custody_key, keys)}
    for row in rows.read(custody_chain(keys[0].case, keys[0].compartment)):
        if row.body is None:
            # Erased; that it was, the record of erasures says.
            continue
        entry = stored_entry(row)
        if entry.key not in held:
            raise KeyNotHeld(entry.key)
        yield _read(entry, held[entry.key])


def _follows(event: CustodyEvent, before: Sequence[CustodyEvent]) -> None:
    first = event.handling is Handling.RECEIVED
    if first and before:
        raise CustodyBroken(f"{event.item} was received already")
    if not first and not before:
        raise CustodyBroken(f"{event.item} was never received")
    if before and before[-1].handling is Handling.ERASED:
        raise CustodyBroken(f"{event.item} was erased")


def _read(entry: Entry, key: PayloadKey) -> CustodyEvent:
    row = read_canonical(open_payload(entry, key), SCHEMA)
    facts = row.get("facts")
    if not isinstance(facts, dict):
        raise Malformed("the facts of an event are no object")
    try:
        handling = Handling(text_of(row, "handling"))
    except ValueError:
        raise Malformed("a handling that is none") from None
    return CustodyEvent(
        item=text_of(row, "item"),
        handling=handling,
        at=number_of(row, "at"),
        by=entry.by,
        sha256=text_of(row, "sha256"),
        facts=facts,
    )
