"""A house full of cases for `bench.vault`: grants with summaries, and chains of revisions."""

import os
import time
from pathlib import Path

import msgspec
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_box_seal_open,
    crypto_scalarmult_base,
    crypto_sign_open,
)

from bench.cases import synthetic
from safeconduct.vault.chains.entries import as_row
from safeconduct.vault.formats.canonical import canonical, read_canonical
from safeconduct.vault.formats.envelopes import MAGIC, open_envelope, seal
from safeconduct.vault.formats.fields import labelled, unpack
from safeconduct.vault.formats.padding import pad, unpad
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose, new_case_key
from safeconduct.vault.keys.grants import Wanted, grant, open_grant
from safeconduct.vault.keys.staff import Card, StaffKeys, new_staff_keys
from safeconduct.vault.revisions.saving import prepare
from safeconduct.vault.storage.rows import Row
from safeconduct.vault.storage.sqlite_rows import SqliteRows

AT, UNTIL = 1_795_000_000, 1_826_536_000
SCHEMA = "safeconduct/bench-summary/1"
SUMMARY = {
    "schema": SCHEMA,
    "name": "Somebody Somewhere",
    "status": "interview",
    "next": "2026-12-01",
    "tags": ["RU", "refusal", "family of four"],
    "note": "a line or two of what a list of cases shows of one, so that it is found again",
}


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """A database of grants and summaries, whose they are and whose signature counts."""

    database: Path
    count: int
    owner: StaffKeys
    givers: dict[tuple[str, int], Card]
    keys: list[CaseKey]


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds of each save, of its part before the database is asked, and of a plain append."""

    times: list[float]
    thinking: list[float]
    plain: list[float]


def stocked(folder: Path, count: int) -> Shelf:
    """`count` cases, each granted to one person by the same colleague, each with its summary."""
    giver, owner = new_staff_keys("u-anna"), new_staff_keys("u-boris")
    keys = [new_case_key(f"c-{number}", Compartment.IDENTITY) for number in range(1, count + 1)]
    card, summary = owner.card, pad(canonical(SUMMARY))
    rows = SqliteRows(folder / "vault.db")
    filed = []
    for number, key in enumerate(keys, start=1):
        sealed = grant(key, to=card, by=giver, at=AT, until=UNTIL)
        short = seal(summary, key.beneath(Purpose.SUMMARY), place=_place(key.case))
        filed.append(Row(series="grants", number=number, body=sealed))
        filed.append(Row(series="summaries", number=number, body=short))
    rows.append(filed)
    rows.close()
    return Shelf(
        database=folder / "vault.db",
        count=count,
        owner=owner,
        givers={("u-anna", 1): giver.card},
        keys=keys,
    )


def overview(shelf: Shelf) -> int:
    """What a list of all cases of one person takes: every grant checked, every summary read."""
    rows = SqliteRows(shelf.database)
    shown = 0
    for held, short in zip(rows.read("grants"), rows.read("summaries"), strict=True):
        case = f"c-{held.number}"
        wanted = Wanted(case=case, compartment=Compartment.IDENTITY, version=1)
        given = open_grant(
            held.body or b"", keys=shelf.owner, wanted=wanted, givers=shelf.givers, now=AT
        )
        key = given.key.beneath(Purpose.SUMMARY)
        data = open_envelope(short.body or b"", key, place=_place(case))
        shown += read_canonical(unpad(data), SCHEMA)["name"] == SUMMARY["name"]
    rows.close()
    if shown != shelf.count:
        raise RuntimeError(f"{shown} of {shelf.count} were read")
    return shown


def bare_opening(shelf: Shelf) -> None:
    """The least that it could take: the same rows, boxes, signatures and envelopes, no question."""
    rows = SqliteRows(shelf.database)
    public = crypto_scalarmult_base(shelf.owner.receiving)
    verifying = shelf.givers["u-anna", 1].verifying
    pairs = zip(rows.read("grants"), rows.read("summaries"), shelf.keys, strict=True)
    for held, short, key in pairs:
        inside = crypto_box_seal_open(held.body or b"", public, shelf.owner.receiving)
        signed, signature = unpack(inside, 2)
        crypto_sign_open(signature + signed, verifying)
        body = short.body or b""
        place = MAGIC + _place(key.case)
        secret = key.beneath(Purpose.SUMMARY)
        crypto_aead_xchacha20poly1305_ietf_decrypt(body[28:], place, body[4:28], secret)
    rows.close()


def case_text(claims: int) -> bytes:
    """A case file of so many claims."""
    return synthetic(claims, 1)


def append_all(folder: Path, text: bytes, count: int, *, behind: int) -> Saved:
    """Saves a text `count` times, behind `behind` revisions that are already there.

    After each save the same bytes are appended to a plain file and flushed.
    """
    rows = SqliteRows(folder / "vault.db")
    key = new_case_key("c-1", Compartment.ACCOUNT)
    made = Saved(times=[], thinking=[], plain=[])
    for number in range(behind + count):
        start = time.perf_counter()
        entry = prepare(rows, text, base=number, key=key, at=AT + number, by="u-anna")
        row = as_row(entry)
        thought = time.perf_counter()
        rows.append([row])
        if number >= behind:
            made.times.append(time.perf_counter() - start)
            made.thinking.append(thought - start)
            made.plain.append(_plainly(folder / "plain", text))
    rows.close()
    return made


def _plainly(file: Path, text: bytes) -> float:
    with file.open("ab", buffering=0) as stream:
        start = time.perf_counter()
        stream.write(text)
        os.fsync(stream.fileno())
        return time.perf_counter() - start


def _place(case: str) -> bytes:
    return labelled("bench-summary", case)
