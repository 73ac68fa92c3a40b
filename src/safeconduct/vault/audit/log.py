"""Writing and reading the audit chain. What was done is sealed; who and to which case is not.

An act is written in the same transaction as what it did, or before it for reads and exports, so
that nothing is done that the audit does not know. The keys of payloads are the case's own (an act
on a case is erased with it) or the office's.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from safeconduct.vault.chains.entries import (
    Entry,
    PayloadKey,
    as_row,
    last_entry,
    next_entry,
    open_payload,
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
from safeconduct.vault.storage.rows import Row, Rows, RowTaken

CHAIN = "audit"
SCHEMA = "safeconduct/audit-act/1"
_TRIES = 20


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did: a word such as `read` or `export`, when (seconds), and further facts."""

    what: str
    at: int
    by: str
    case: str = ""
    facts: Mapping[str, Json] = {}


def write_act(rows: Rows, act: Act, *, key: PayloadKey, beside: Sequence[Row] = ()) -> Entry:
    """Appends an act, and the rows of what it did with it: both or neither.

    Several people write at once, so the act is written anew behind whoever was faster. Raises
    RowTaken where the rows `beside` do not follow, or NotStored.
    """
    data = canonical({"schema": SCHEMA, "what": act.what, "at": act.at, "facts": dict(act.facts)})
    for _ in range(_TRIES):
        last = last_entry(rows, CHAIN)
        entry = next_entry(CHAIN, last, data, key=key, at=act.at, by=act.by, case=act.case)
        try:
            rows.append([*beside, as_row(entry)])
        except RowTaken:
            newest = rows.last(CHAIN)
            if newest is None or newest.number == (last.number if last else 0):
                raise
            continue
        return entry
    raise RowTaken(f"{CHAIN}: others were faster, {_TRIES} times")


def read_act(entry: Entry, key: PayloadKey) -> Act:
    """The act in a row of the audit. Raises KeyNotHeld, NotOpened or Malformed."""
    row = read_canonical(open_payload(entry, key), SCHEMA)
    facts = row.get("facts")
    if not isinstance(facts, dict):
        raise Malformed("the facts of an act are no object")
    return Act(
        what=text_of(row, "what"),
        at=number_of(row, "at"),
        by=entry.by,
        case=entry.case,
        facts=facts,
    )


def acts_on(rows: Rows, case: str) -> Iterator[Entry]:
    """The audit's rows about one case, in order. Raises Malformed at a damaged row."""
    for row in rows.read(CHAIN):
        entry = stored_entry(row)
        if entry.case == case:
            yield entry


def acts_counted(rows: Rows, case: str) -> tuple[int, int]:
    """How many rows of the audit are about a case, and how many are damaged, of whatever case."""
    acts = damaged = 0
    for row in rows.read(CHAIN):
        try:
            acts += stored_entry(row).case == case
        except Malformed:
            damaged += 1
    return acts, damaged
