"""Revisions of a case document: each one a row of a chain, whole, sealed, never overwritten.

Each compartment of a case has a document and a chain of its own, so that whoever holds the key of
one reads and writes that one alone. The document stands in the row itself, not in an object beside
it: one commit then makes it durable or leaves no trace, no object can be missing, and padding adds
at most a sixteenth to it. The longest case file (8 MiB) makes a row of 12 MB; a longer document is
refused.

It does not know what the document says, and does not merge: see `merging`.
"""

from collections.abc import Iterator, Sequence

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
from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.formats.fields import as_number, labelled, unlabelled
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose
from safeconduct.vault.storage.rows import Row, Rows, RowTaken

PREFIX = "revisions/"
MOST_BYTES = 8 * 1024 * 1024
_KIND = "revision"
_FACTS = 3


class BaseIsOld(SafeconductError):
    """Somebody saved in between: nothing was stored; merge with the newest revision, then save."""

    def __init__(self, chain: str, base: int, newest: int) -> None:
        super().__init__(f"{chain}: begun from revision {base}, the newest is {newest}")
        self.chain, self.base, self.newest = chain, base, newest


class NoSuchRevision(SafeconductError):
    """The document has no revision of this number."""


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """One revision, opened: the document's bytes, when (seconds) and by whom it was saved.

    `restores` is the number of the revision that it brings back, or 0.
    """

    case: str
    compartment: Compartment
    number: int
    at: int
    by: str
    restores: int
    document: bytes

    def __repr__(self) -> str:
        return f"Revision({self.case!r}, {self.compartment}, {self.number}, sealed content)"


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """What the history says of a revision without any key: day, author, name of its key."""

    number: int
    day: str
    by: str
    key: str


def revisions_chain(case: str, compartment: Compartment) -> str:
    """The name of the chain of one document, which is that of its series of rows."""
    return f"{PREFIX}{case}/{compartment}"


def prepare(
    rows: Rows, document: bytes, *, base: int, key: CaseKey, at: int, by: str, restores: int = 0
) -> Entry:
    """The row that a save would append, for those who append it together with others.

    `base` is the number of the revision that was edited, 0 for the first. Raises BaseIsOld,
    NotUsable for a document that is too long, Malformed where the newest row is damaged.
    """
    if len(document) > MOST_BYTES:
        raise NotUsable(f"a document of {len(document):,} bytes; at most {MOST_BYTES:,}")
    chain = revisions_chain(key.case, key.compartment)
    last = last_entry(rows, chain)
    newest = last.number if last else 0
    if newest != base:
        raise BaseIsOld(chain, base, newest)
    refuse_turned(last, key)
    data = labelled(_KIND, at, restores, document)
    return next_entry(chain, last, data, key=revision_key(key), at=at, by=by, case=key.case)


def save(
    rows: Rows,
    document: bytes,
    *,
    base: int,
    key: CaseKey,
    at: int,
    by: str,
    restores: int = 0,
    beside: Sequence[Row] = (),
) -> Entry:
    """Appends a revision, and rows beside it: both or neither. What it returned is durable.

    1. The row is prepared (see `prepare`).  2. It is appended; whoever was faster wins, and this
    save is refused. Raises what `prepare` raises, RowTaken where rows `beside` do not follow, or
    NotStored.
    """
    entry = prepare(rows, document, base=base, key=key, at=at, by=by, restores=restores)  # 1
    try:
        rows.append([*beside, as_row(entry)])  # 2
    except RowTaken:
        newest = rows.last(entry.chain)
        if newest is not None and newest.number != base:
            raise BaseIsOld(entry.chain, base, newest.number) from None
        raise
    return entry


def newest_number(rows: Rows, case: str, compartment: Compartment) -> int:
    """The number of the newest revision, 0 where there is none."""
    last = rows.last(revisions_chain(case, compartment))
    return last.number if last else 0


def history(rows: Rows, case: str, compartment: Compartment, *, first: int = 1) -> Iterator[Listed]:
    """Revisions in order from a number on, as far as no key is needed. Erased ones are left out.

    Raises Malformed at a damaged row.
    """
    for row in rows.read(revisions_chain(case, compartment), first=first):
        if row.body is None:
            continue
        entry = stored_entry(row)
        yield Listed(number=entry.number, day=entry.day, by=entry.by, key=entry.key)


def read_revision(rows: Rows, number: int, *, keys: Sequence[CaseKey]) -> Revision:
    """One revision. `keys` are the versions that are held of the key of one compartment.

    Raises NoSuchRevision, KeyNotHeld, Malformed or NotOpened.
    """
    if not keys:
        raise KeyNotHeld("no key of the case was given")
    chain = revisions_chain(keys[0].case, keys[0].compartment)
    row = next(iter(rows.read(chain, first=number)), None)
    if row is None or row.number != number:
        raise NoSuchRevision(f"{chain}: there is no revision {number}")
    entry = stored_entry(row)
    held = {one.name: one for one in map(revision_key, keys)}
    if entry.key not in held:
        raise KeyNotHeld(entry.key)
    at, restores, document = unlabelled(open_payload(entry, held[entry.key]), _KIND, _FACTS)
    return Revision(
        case=keys[0].case,
        compartment=keys[0].compartment,
        number=number,
        at=as_number(at),
        by=entry.by,
        restores=as_number(restores),
        document=document,
    )


def restore(
    rows: Rows,
    number: int,
    *,
    base: int,
    key: CaseKey,
    older: Sequence[CaseKey] = (),
    at: int,
    by: str,
    beside: Sequence[Row] = (),
) -> Entry:
    """Saves the document of revision `number` anew; what was saved since stays in the history.

    `older` are the former versions of the key. Raises what `read_revision` and `save` raise.
    """
    old = read_revision(rows, number, keys=(key, *older))
    return save(
        rows,
        old.document,
        base=base,
        key=key,
        at=at,
        by=by,
        restores=number,
        beside=beside,
    )


def revision_key(key: CaseKey) -> PayloadKey:
    """The key under which revisions are sealed."""
    return payload_key(key, Purpose.REVISION)
