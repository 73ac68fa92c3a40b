"""The items of a case's evidence: where each lies and what opens it, one sealed row for each.

The row is the only place of an item's key: once it is destroyed, nobody opens the object. Object,
key, size, hash and name of a file are all within the payload; in the clear stands that a case has
so many items. The chain does not hold who handled an item: see `custody`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

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
from safeconduct.vault.evidence.custody import CustodyEvent, Handling, write_events
from safeconduct.vault.evidence.files import SealedFile, store_file
from safeconduct.vault.formats.canonical import (
    Json,
    bytes_of,
    canonical,
    number_of,
    read_canonical,
    text_of,
    to_text,
)
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose
from safeconduct.vault.storage.objects import Objects
from safeconduct.vault.storage.rows import Rows, RowTaken

PREFIX = "evidence/"
SCHEMA = "safeconduct/evidence-item/1"
_KEYS = {"schema", "item", "at", "object", "key", "size", "sha256", "facts"}
_TRIES = 20


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One item: its id within the case, its file, when (seconds) and by whom it was registered.

    `facts` are what else is known of it, such as the name that its file had.
    """

    id: str
    file: SealedFile
    at: int
    by: str
    facts: Mapping[str, Json] = {}

    def __repr__(self) -> str:
        return f"Item({self.file!r})"


def items_chain(case: str, compartment: Compartment) -> str:
    """The name of the chain of a compartment's items, which is that of its series of rows.

    Each compartment has its own, so that whoever holds the key of one sees all of that one.
    """
    return f"{PREFIX}{case}/{compartment}"


def receive(
    chunks: Iterable[bytes],
    *,
    item: str,
    objects: Objects,
    rows: Rows,
    key: CaseKey,
    older: Sequence[CaseKey] = (),
    at: int,
    by: str,
    facts: Mapping[str, Json] | None = None,
) -> Item:
    """Stores a file as an item of the case. What it returned is durable.

    1. The object, whole.  2. The item's row and its first custody event, both or neither. A crash
    between leaves an object that nothing refers to and nobody opens. Raises NotStored,
    CustodyBroken for an item that was received already, RowTaken; errors of the source pass.
    """
    file = store_file(chunks, objects)  # 1
    made = Item(id=item, file=file, at=at, by=by, facts=facts or {})
    event = CustodyEvent(item=item, handling=Handling.RECEIVED, at=at, by=by, sha256=file.sha256)
    register(rows, made, [event], key=key, older=older)  # 2
    return made


def register(
    rows: Rows,
    item: Item,
    events: Sequence[CustodyEvent],
    *,
    key: CaseKey,
    older: Sequence[CaseKey] = (),
) -> None:
    """Appends the row of an item whose object is stored, and custody events: all or none.

    Raises CustodyBroken, RowTaken or NotStored.
    """
    for _ in range(_TRIES):
        entry = _next(rows, item, key)
        try:
            write_events(rows, events, key=key, older=older, beside=[as_row(entry)])
        except RowTaken:
            newest = rows.last(entry.chain)
            if newest is None or newest.number < entry.number:
                raise
            continue
        return
    raise RowTaken(f"{items_chain(key.case, key.compartment)}: others were faster, {_TRIES} times")


def items_of(rows: Rows, *, keys: Sequence[CaseKey]) -> Iterator[Item]:
    """The items of a compartment, in order. `keys` are the versions of its key that are held.

    Erased ones are left out.

    Raises KeyNotHeld where an item is sealed under another (the list would look whole without it),
    Malformed or NotOpened.
    """
    if not keys:
        raise KeyNotHeld("no key of the case was given")
    held = {one.name: one for one in map(item_key, keys)}
    for row in rows.read(items_chain(keys[0].case, keys[0].compartment)):
        if row.body is None:
            continue
        entry = stored_entry(row)
        if entry.key not in held:
            raise KeyNotHeld(entry.key)
        yield read_item(entry, held[entry.key])


def read_item(entry: Entry, key: PayloadKey) -> Item:
    """The item in a row. Raises KeyNotHeld, NotOpened or Malformed."""
    row = read_canonical(open_payload(entry, key), SCHEMA)
    facts = row.get("facts")
    if set(row) != _KEYS or not isinstance(facts, dict):
        raise Malformed("other keys than an item has")
    file = SealedFile(
        object=text_of(row, "object"),
        key=bytes_of(row, "key"),
        size=number_of(row, "size"),
        sha256=text_of(row, "sha256"),
    )
    return Item(
        id=text_of(row, "item"), file=file, at=number_of(row, "at"), by=entry.by, facts=facts
    )


def item_key(key: CaseKey) -> PayloadKey:
    """The key under which items are sealed."""
    return payload_key(key, Purpose.EVIDENCE_KEY)


def _next(rows: Rows, item: Item, key: CaseKey) -> Entry:
    chain = items_chain(key.case, key.compartment)
    data = canonical(
        {
            "schema": SCHEMA,
            "item": item.id,
            "at": item.at,
            "object": item.file.object,
            "key": to_text(item.file.key),
            "size": item.file.size,
            "sha256": item.file.sha256,
            "facts": dict(item.facts),
        }
    )
    last = last_entry(rows, chain)
    refuse_turned(last, key)
    return next_entry(chain, last, data, key=item_key(key), at=item.at, by=item.by, case=key.case)
