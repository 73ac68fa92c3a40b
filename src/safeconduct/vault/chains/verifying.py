"""Verifying a stored chain: every fault found, named and placed. No key is needed.

It finds each row that was changed, moved, removed, destroyed or put in from elsewhere. What it
cannot find without a checkpoint: a cut end, and a chain rewritten from some row to its end. The
report therefore says up to which row a checkpoint vouches, and nought means "unknown", not "whole".
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from safeconduct.vault.chains.checkpoints import Checkpoint, Signers, vouches
from safeconduct.vault.chains.entries import Entry, RowChanged, origin, read_entry
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.storage.rows import Row


class FaultKind(StrEnum):
    """What is wrong with a chain."""

    UNREADABLE = "unreadable"
    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    DESTROYED = "destroyed"
    FOREIGN = "foreign"
    UNLINKED = "unlinked"
    CUT = "cut"
    REWRITTEN = "rewritten"
    CHECKPOINT_REFUSED = "checkpoint-refused"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault, at the row where it shows; `says` holds what stands there instead."""

    kind: FaultKind
    chain: str
    number: int
    says: str = ""


class ChainReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a chain is: its rows as stored, its faults, and up to which row a checkpoint vouches."""

    chain: str
    rows: int
    faults: tuple[Fault, ...]
    vouched: int

    @property
    def is_intact(self) -> bool:
        """No fault was found; of the rows after `vouched` that is not yet known for certain."""
        return not self.faults


class _Walk:
    """One pass over the rows, keeping what the next one has to follow."""

    def __init__(self, chain: str) -> None:
        self.chain = chain
        self.number = 0
        # None where the row before could not be read: then its link cannot be judged.
        self.link: str | None = origin(chain)
        self.heads: dict[int, str] = {}

    def step(self, row: Row) -> Iterator[Fault]:
        for number in range(self.number + 1, row.number):
            yield Fault(kind=FaultKind.MISSING, chain=self.chain, number=number)
            self.link = None
        self.number = row.number
        if row.body is None:
            yield self._fault(FaultKind.DESTROYED)
            self.link = None
            return
        try:
            entry = read_entry(row.body)
        except RowChanged as error:
            yield self._fault(FaultKind.CHANGED, str(error))
            self.link = None
        except Malformed as error:
            yield self._fault(FaultKind.UNREADABLE, str(error))
            self.link = None
        else:
            yield from self._read(entry)

    def _read(self, entry: Entry) -> Iterator[Fault]:
        if entry.chain != self.chain:
            yield self._fault(FaultKind.FOREIGN, f"{entry.chain}, row {entry.number}")
            self.link = None
            return
        if entry.number != self.number:
            yield self._fault(FaultKind.MOVED, f"row {entry.number}")
            self.link = None
            return
        if self.link is not None and entry.previous != self.link:
            yield self._fault(FaultKind.UNLINKED, f"follows {entry.previous}, not {self.link}")
        self.link = entry.hash
        self.heads[self.number] = entry.hash

    def _fault(self, kind: FaultKind, says: str = "") -> Fault:
        return Fault(kind=kind, chain=self.chain, number=self.number, says=says)


def verify_chain(
    chain: str, rows: Iterable[Row], *, checkpoints: Sequence[Checkpoint], signers: Signers
) -> ChainReport:
    """Stored rows of a chain, in order → what is wrong with them.

    1. Each row: readable, its own hash, its place, its link to the row before.
    2. Each checkpoint of this chain: signed by somebody who counts, and the row it names is there
    and is the one. Checkpoints of other chains are left out.
    """
    walk = _Walk(chain)
    faults = [fault for row in rows for fault in walk.step(row)]  # 1
    vouched = 0
    for checkpoint in checkpoints:  # 2
        if checkpoint.chain != chain:
            continue
        found = _against(checkpoint, walk, signers)
        faults.extend(found)
        if not found:
            vouched = max(vouched, checkpoint.rows)
    return ChainReport(chain=chain, rows=walk.number, faults=tuple(faults), vouched=vouched)


def _against(checkpoint: Checkpoint, walk: _Walk, signers: Signers) -> list[Fault]:
    if not vouches(checkpoint, signers):
        kind, number = FaultKind.CHECKPOINT_REFUSED, checkpoint.rows
    elif checkpoint.rows > walk.number:
        # The first row that is gone; the checkpoint's own number says how many were there.
        kind, number = FaultKind.CUT, walk.number + 1
    elif walk.heads.get(checkpoint.rows) != checkpoint.head:
        kind, number = FaultKind.REWRITTEN, checkpoint.rows
    else:
        return []
    says = f"a checkpoint of {checkpoint.rows} rows by {checkpoint.by}"
    return [Fault(kind=kind, chain=walk.chain, number=number, says=says)]
