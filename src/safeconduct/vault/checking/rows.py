"""Checking the rows of a vault: each chain, each payload whose key is held, and what they refer to.

Rows that are in no chain carry no hash; that they are unchanged nobody can say without their keys,
and the check says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.audit.log import CHAIN as AUDIT
from safeconduct.vault.chains.checkpoints import Checkpoint, Signers
from safeconduct.vault.chains.entries import (
    Entry,
    PayloadKey,
    open_payload,
    payload_key,
    read_entry,
)
from safeconduct.vault.chains.verifying import ChainReport, FaultKind, verify_chain
from safeconduct.vault.checking.findings import NotChecked, Problem, Progress, Trouble, Watcher
from safeconduct.vault.evidence.custody import PREFIX as CUSTODY
from safeconduct.vault.evidence.files import SealedFile
from safeconduct.vault.evidence.items import PREFIX as ITEMS
from safeconduct.vault.evidence.items import read_item
from safeconduct.vault.formats.errors import Malformed
from safeconduct.vault.keys.cases import CaseKey, Purpose
from safeconduct.vault.revisions.saving import PREFIX as REVISIONS
from safeconduct.vault.storage.rows import Row, Rows

CHAINS = (AUDIT, ITEMS, REVISIONS, CUSTODY)
_OFTEN = 100


class RowsChecked(msgspec.Struct, frozen=True, kw_only=True):
    """What the rows are, and which objects they refer to.

    `files` are those whose keys were held. Without `all_read` there may be others, so that no
    object is known to be an orphan.
    """

    rows: int
    chains: tuple[ChainReport, ...]
    problems: tuple[Problem, ...]
    not_checked: tuple[NotChecked, ...]
    files: Mapping[str, SealedFile]
    all_read: bool


def check_rows(
    rows: Rows,
    *,
    checkpoints: Sequence[Checkpoint],
    signers: Signers,
    keys: Sequence[CaseKey],
    watch: Watcher,
) -> RowsChecked:
    """Every row, once. Raises RowsDamaged where the database cannot be read any further.

    1. Each series, and each that a checkpoint knows of though it is gone.  2. As a chain where it
    is one: its faults, and how far checkpoints vouch for it.  3. What the keys leave unread.
    """
    walk = _Walk(keys, watch)
    vouched = {one.chain for one in checkpoints}
    for name in dict.fromkeys((*rows.series(), *sorted(vouched))):  # 1
        if _is_chain(name) or name in vouched:
            stored = walk.followed(rows.read(name))
            report = verify_chain(name, stored, checkpoints=checkpoints, signers=signers)  # 2
            walk.judge(report)
        else:
            count = sum(1 for _ in walk.counted(name, rows.read(name)))
            walk.plain.append((name, count))
    return walk.result()  # 3


def _is_chain(series: str) -> bool:
    return series == AUDIT or series.startswith(CHAINS[1:])


class _Walk:
    """One pass over all rows."""

    def __init__(self, keys: Sequence[CaseKey], watch: Watcher) -> None:
        named = (payload_key(key, purpose) for key in keys for purpose in Purpose)
        self._keys: dict[str, PayloadKey] = {one.name: one for one in named}
        self._watch = watch
        self._problems: list[Problem] = []
        self._files: dict[str, SealedFile] = {}
        self._closed: dict[str, int] = {}
        self._destroyed: list[tuple[str, int]] = []
        self._items_unread = 0
        self._rows = 0
        self._chains: list[ChainReport] = []
        self.plain: list[tuple[str, int]] = []

    def followed(self, stored: Iterable[Row]) -> Iterator[Row]:
        """The same rows, each payload opened on the way where its key is held."""
        for row in stored:
            self._step()
            self._open(row)
            yield row

    def counted(self, series: str, stored: Iterable[Row]) -> Iterator[Row]:
        """The same rows; a number that is left out is a problem in any series."""
        expected = 0
        for row in stored:
            self._step()
            expected += 1
            if row.number != expected:
                says = f"number {row.number} follows {expected - 1}"
                self._problem(Trouble.MISSING, f"{series}, row {expected}", says)
                expected = row.number
            yield row

    def judge(self, report: ChainReport) -> None:
        """Notes what is wrong with a chain."""
        self._chains.append(report)
        for fault in report.faults:
            gone = (FaultKind.MISSING, FaultKind.CUT)
            trouble = Trouble.MISSING if fault.kind in gone else Trouble.DAMAGED
            says = f"{fault.kind}: {fault.says}" if fault.says else fault.kind.value
            if fault.kind is FaultKind.DESTROYED and fault.chain != AUDIT:
                # Erasure leaves it so; that it was erasure, only its record can tell. The audit
                # is never erased.
                self._destroyed.append((fault.chain, fault.number))
                continue
            self._problem(trouble, f"{fault.chain}, row {fault.number}", says)

    def result(self) -> RowsChecked:
        """What was found in all."""
        return RowsChecked(
            rows=self._rows,
            chains=tuple(self._chains),
            problems=tuple(self._problems),
            not_checked=tuple(self._unknown()),
            files=self._files,
            all_read=not self._items_unread,
        )

    def _unknown(self) -> Iterator[NotChecked]:
        for chain, first, last in _runs(self._destroyed):
            rows = f"row {first}" if first == last else f"rows {first} to {last}"
            what = f"who destroyed {chain}, {rows}, and whether the chain holds across it"
            yield NotChecked(what=what, needs="the record of the erasure, and a checkpoint")
        for name, count in sorted(self._closed.items()):
            yield NotChecked(what=f"what is sealed in {count} rows", needs=f"the key {name}")
        for name, count in self.plain:
            what = f"whether the {count} rows of {name} are as they were written"
            yield NotChecked(what=what, needs="whoever opens them: they carry no hash")
        for one in self._chains:
            if one.vouched < one.rows or not one.rows:
                after = f" after row {one.vouched}" if one.vouched else ""
                what = f"whether {one.chain} was cut or written anew{after}"
                yield NotChecked(what=what, needs="a later signed checkpoint")

    def _open(self, row: Row) -> None:
        """1. Readable rows only: others are the chain's faults.  2. The payload, with its key."""
        if row.body is None:
            return
        is_item = row.series.startswith(ITEMS)
        try:
            entry = read_entry(row.body)  # 1
        except Malformed:
            self._items_unread += is_item
            return
        key = self._keys.get(entry.key)
        if key is None:
            self._closed[entry.key] = self._closed.get(entry.key, 0) + 1
            self._items_unread += is_item
            return
        try:
            self._read(entry, key, is_item=is_item)  # 2
        except SafeconductError as error:
            self._items_unread += is_item
            self._problem(Trouble.DAMAGED, f"{row.series}, row {row.number}", str(error))

    def _read(self, entry: Entry, key: PayloadKey, *, is_item: bool) -> None:
        if not is_item:
            open_payload(entry, key)
            return
        file = read_item(entry, key).file
        self._files[file.object] = file

    def _step(self) -> None:
        self._rows += 1
        if self._rows % _OFTEN == 1:
            self._watch(Progress(step="rows", done=self._rows, total=0))

    def _problem(self, trouble: Trouble, place: str, says: str) -> None:
        self._problems.append(Problem(trouble=trouble, place=place, says=says))


def _runs(places: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int, int]]:
    """Numbers that follow one another in a chain, as first and last."""
    found: list[tuple[str, int, int]] = []
    for chain, number in places:
        if found and found[-1][0] == chain and found[-1][2] == number - 1:
            found[-1] = (chain, found[-1][1], number)
        else:
            found.append((chain, number, number))
    yield from found
