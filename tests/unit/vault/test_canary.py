"""A marked word in every field and file, the whole room used, and then no trace of it anywhere.

Searched are database, log and shared memory of SQLite, sessions, objects, the temporary folder, the
environment and what was logged, in the ways in which bytes are usually written as something else.
"""

import base64
import gc
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.vault.cleaning import canaries, documents

from safeconduct.casefile.errors import SafeconductError
from safeconduct.vault.audit.log import Act, acts_on, read_act, write_act
from safeconduct.vault.backups.keys import new_backup_key
from safeconduct.vault.backups.restoring import restore_vault
from safeconduct.vault.backups.writing import back_up
from safeconduct.vault.chains.checkpoints import checkpoint_text, sign_checkpoint
from safeconduct.vault.chains.entries import (
    as_row,
    last_entry,
    next_entry,
    open_payload,
    payload_key,
    stored_entry,
)
from safeconduct.vault.cleaning.copies import Copying, store_cleaned
from safeconduct.vault.cleaning.results import CannotClean
from safeconduct.vault.erasure.destroying import erase
from safeconduct.vault.erasure.periods import FilePeriodKeys
from safeconduct.vault.erasure.preview import Stores, holdings_of, preview
from safeconduct.vault.evidence.custody import CustodyEvent, Handling, custody_of, write_event
from safeconduct.vault.evidence.files import load_file, store_file
from safeconduct.vault.evidence.items import Item, items_of, receive
from safeconduct.vault.formats.canonical import canonical
from safeconduct.vault.keys.cases import CaseKey, Compartment, Purpose, new_case_key
from safeconduct.vault.keys.grants import grant
from safeconduct.vault.keys.hashing import HashingDoor
from safeconduct.vault.keys.passphrase import Pepper, enrol
from safeconduct.vault.keys.rotation import rotate
from safeconduct.vault.keys.staff import new_staff_keys, seal_staff_keys
from safeconduct.vault.recovery.custodians import entrust
from safeconduct.vault.recovery.paper import new_recovery_key
from safeconduct.vault.recovery.printed import proven, seal_for_paper
from safeconduct.vault.recovery.records import escrow_text, write_step
from safeconduct.vault.recovery.requests import ask, cancel, deliver, notice_of
from safeconduct.vault.revisions.saving import read_revision, save
from safeconduct.vault.sessions.door import SessionDoor, new_boot_secret
from safeconduct.vault.sessions.store import SqliteSessions
from safeconduct.vault.sessions.workers import Job, Worker, lend
from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.rows import Row
from safeconduct.vault.storage.sqlite_rows import SqliteRows

# One that survives any keyboard, and one that every encoding writes in its own way.
WORDS = (canaries.WORD, "Канарейка Őrs")
AT = 1_700_000_000
ANNA = new_staff_keys("u-anna")
CUSTODIANS = [new_staff_keys(name) for name in ("k-1", "k-2", "k-3")]
FIELDS = ("name", "file_name", "tag", "country", "reason", "document", "place", "note")
PURPOSES = (Purpose.SUMMARY, Purpose.MANIFEST)


def traces(word: str) -> tuple[bytes, ...]:
    """The word as bytes in each way in which it may lie somewhere."""
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    found = [*plain, canonical(word)[1:-1], word.encode("unicode_escape")]
    found += [quote(word).encode(), quote(word).lower().encode()]
    for data in plain:
        found += [data.hex().encode(), data.hex().upper().encode()]
        found += [middle for shift in range(3) for middle in _base64(data, shift)]
    return tuple({one for one in found if len(one) >= 8})


def _base64(data: bytes, shift: int) -> tuple[bytes, bytes]:
    """What of the word's base64 is the same whatever stands `shift` bytes before and after it."""
    text = base64.b64encode(bytes(shift) + data)
    middle = text[(shift * 8 + 5) // 6 : (shift + len(data)) * 8 // 6]
    return middle, middle.replace(b"+", b"-").replace(b"/", b"_")


TRACES = tuple(trace for word in WORDS for trace in traces(word))


def found_in(data: bytes) -> list[bytes]:
    """Which traces are in the bytes."""
    return [trace for trace in TRACES if trace in data]


class House:
    """A room in use: its stores, the keys of one case, and the items stored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = SqliteRows(folder / "rows.sqlite")
        self.sessions = SqliteSessions(folder / "sessions.sqlite")
        self.objects = FileObjects(folder / "objects")
        self.periods = FilePeriodKeys(folder / "periods")
        self.keys = {one: new_case_key("c-1", one) for one in Compartment}
        self.items: list[Item] = []
        self.refusals: list[str] = []

    @property
    def key(self) -> CaseKey:
        return self.keys[Compartment.ACCOUNT]

    def add(self, series: str, body: bytes) -> None:
        last = self.rows.last(series)
        number = last.number + 1 if last else 1
        self.rows.append([Row(series=series, number=number, body=body)])

    def everything(self) -> Iterator[tuple[str, bytes]]:
        """Each file below the folder, with its path, which may give something away too."""
        for one in sorted(self.folder.rglob("*")):
            name = str(one.relative_to(self.folder))
            yield name, one.read_bytes() if one.is_file() else b""
            yield f"the name {name}", os.fsencode(one)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of our own, for whatever is written to one."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def house(tmp_path: Path, temporary: Path, caplog: pytest.LogCaptureFixture) -> Iterator[House]:
    """The room after a day's work, with its files still open."""
    evidence()  # whoever writes such files may say so; what reads them may not
    caplog.set_level(logging.DEBUG)
    (tmp_path / "vault").mkdir()
    made = House(tmp_path / "vault")
    use_keys(made)
    use_case(made)
    use_evidence(made)
    use_refusals(made)
    yield made
    made.rows.close()
    made.sessions.close()


def use_keys(house: House) -> None:
    """Enrolment, recovery, sessions, grants, a turned key, a job."""
    # A passphrase is a person's own words: neither it nor what comes of it may lie anywhere.
    stored, key = enrol(
        "u-anna", " ".join(WORDS), pepper=Pepper(bytes(range(32))), door=HashingDoor()
    )
    house.add("staff/u-anna", stored.encoded())
    house.add("staff/u-anna", seal_staff_keys(ANNA, key))
    paper = new_recovery_key()
    saved = proven(paper, {1: paper.groups[0], 2: paper.groups[1]})
    house.add("staff/u-anna", seal_for_paper(ANNA, saved, number=1).encoded())
    for escrow in entrust(ANNA, [one.card for one in CUSTODIANS], number=1):
        house.add("escrow/u-anna", escrow_text(escrow))
    first, second, _ = CUSTODIANS
    request = ask(ANNA.card, first=first.card, second=second.card, by=first, at=AT)
    delivery = deliver(notice_of(request), channel="in-person", by=first, at=AT)
    for step in (request, delivery, cancel(request, by=ANNA, at=AT)):
        write_step(house.rows, request, step, now=step.at)
    door = SessionDoor(house.sessions, new_boot_secret())
    door.resume(door.begin(ANNA, now=AT), now=AT + 61)
    door.begin(ANNA, now=AT)
    for one in house.keys.values():
        house.add(
            f"grants/c-1/{one.compartment}", grant(one, to=ANNA.card, by=ANNA, at=AT, until=AT + 9)
        )
    worker = Worker()
    lent = lend(house.key, job="j-1", worker=worker.public, by=ANNA, at=AT, until=AT + 9)
    house.add("jobs/j-1", lent)
    job = Job(id="j-1", case="c-1", compartment=Compartment.ACCOUNT)
    worker.take(lent, job=job, givers={("u-anna", 1): ANNA.card}, now=AT)
    turned = rotate(house.key, staying=[ANNA.card], by=ANNA, at=AT, until=AT + 9)
    house.add("links/c-1/account", turned.link)


def use_case(house: House) -> None:
    """Summaries, revisions and manifests of every compartment, and acts on the case."""
    text = canonical({name: [f"{word} {name}" for word in WORDS] for name in FIELDS})
    for key in house.keys.values():
        for purpose in PURPOSES:
            chain = f"{purpose}/c-1/{key.compartment}"
            for _ in range(2):
                entry = next_entry(
                    chain,
                    last_entry(house.rows, chain),
                    text,
                    key=payload_key(key, purpose),
                    at=AT,
                    by="u-anna",
                    case="c-1",
                )
                house.rows.append([as_row(entry)])
        for base in (0, 1):
            document = yaml_with_words(base)
            save(house.rows, document, base=base, key=key, at=AT, by="u-anna")
    for word in WORDS:
        act = Act(what=word, at=AT, by="u-anna", case="c-1", facts={"search": word, word: "x"})
        write_act(house.rows, act, key=payload_key(house.key, Purpose.AUDIT))
    last = last_entry(house.rows, "audit")
    assert last is not None
    house.add("checkpoints", checkpoint_text(sign_checkpoint(last, by=ANNA, at=AT)))


def yaml_with_words(number: int) -> bytes:
    """A case document, in which the words stand in fields, keys and comments."""
    lines = [f"{name}: {word}  # {word}" for name in FIELDS for word in WORDS[:1]]
    return "\n".join([*lines, f"{WORDS[1]}: {number}"]).encode()


@cache
def evidence() -> tuple[bytes, ...]:
    """Files of all kinds that are full of the word."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = canaries.WORD
    out = BytesIO()
    pdf.save(out)
    made = [" ".join(WORDS).encode() * 5_000, out.getvalue()]
    made += [canaries.jpeg(), canaries.png(), canaries.webp(), canaries.tiff()]
    made += [documents.zipped(one) for one in (documents.docx(), documents.odt())]
    return tuple(made)


def use_evidence(house: House) -> None:
    """Files received, looked at, cleaned and handed on, with their custody."""
    for number, data in enumerate(evidence()):
        item = f"{WORDS[0]} {number}"
        facts = dict.fromkeys(FIELDS, WORDS[1])
        made = receive(
            [data[:9], data[9:]],
            item=item,
            objects=house.objects,
            rows=house.rows,
            key=house.key,
            at=AT,
            by="u-anna",
            facts=facts,
        )
        file = made.file
        house.items.append(made)
        for handling in (Handling.VIEWED, Handling.EXPORTED, Handling.TRANSFERRED):
            event = CustodyEvent(
                item=item, handling=handling, at=AT, by="u-anna", sha256=file.sha256, facts=facts
            )
            write_event(house.rows, event, key=house.key)
        assert b"".join(load_file(file, house.objects)) == data
        copying = Copying(item=item, file=file, copy=f"{item} copy", by="u-anna", at=AT)
        try:
            copy, _ = store_cleaned(copying, house.objects, house.rows, key=house.key)
        except CannotClean as error:
            house.refusals.append(str(error))
        else:
            house.items.append(copy)


def use_refusals(house: House) -> None:
    """What goes wrong is said without saying what it was about."""
    wrong = (
        lambda: store_file(_breaking(), house.objects),
        lambda: enrol(WORDS[0], WORDS[1], pepper=Pepper(bytes(32)), door=HashingDoor()),
        lambda: custody_of(house.rows, WORDS[0], keys=[]),
        lambda: house.sessions.get(WORDS[0]),
        lambda: SessionDoor(house.sessions, new_boot_secret()).resume(WORDS[0], now=AT),
    )
    for attempt in wrong:
        try:
            attempt()
        except (SafeconductError, OSError) as error:
            house.refusals.append(f"{error!r} {error}")


def _breaking() -> Iterator[bytes]:
    yield WORDS[0].encode() * 9_000
    raise OSError("the card was pulled out")


def test_the_word_is_nowhere_in_what_was_stored(house: House, temporary: Path) -> None:
    gc.collect()
    names = [name for name, _ in house.everything()]
    for expected in ("rows.sqlite", "rows.sqlite-wal", "rows.sqlite-shm", "sessions.sqlite"):
        assert expected in names
    assert sum(name.startswith("objects/objects/") for name in names) >= len(house.items)
    for name, data in house.everything():
        assert found_in(data) == [], name
    for one in temporary.rglob("*"):
        assert found_in(os.fsencode(one)) == []
        assert found_in(one.read_bytes() if one.is_file() else b"") == []


def test_it_is_nowhere_in_the_environment_the_log_or_a_refusal(
    house: House, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    said = capsys.readouterr()
    shown = [repr(one) for one in (house.items, house.keys, house.key)]
    logged = [one.getMessage() for one in caplog.get_records("setup")]
    texts = [*logged, caplog.text, said.out, said.err, *house.refusals, *shown]
    assert len(house.refusals) >= 4
    for text in texts:
        assert found_in(text.encode()) == []
    for name, value in os.environb.items():
        assert found_in(name + b"=" + value) == []
    for place in ("environ", "cmdline"):
        file = Path("/proc/self") / place
        if sys.platform == "linux":
            assert found_in(file.read_bytes()) == []


def test_with_the_keys_it_is_there(house: House) -> None:
    for key in house.keys.values():
        for purpose in PURPOSES:
            for row in house.rows.read(f"{purpose}/c-1/{key.compartment}"):
                text = open_payload(stored_entry(row), payload_key(key, purpose))
                assert all(word.encode() in text for word in WORDS)
    acts = [read_act(e, payload_key(house.key, Purpose.AUDIT)) for e in acts_on(house.rows, "c-1")]
    assert [act.what for act in acts] == list(WORDS)
    events = custody_of(house.rows, f"{WORDS[0]} 0", keys=[house.key])
    assert events[1].facts["name"] == WORDS[1]
    assert list(items_of(house.rows, keys=[house.key])) == house.items
    last = read_revision(house.rows, 2, keys=[house.key])
    assert WORDS[1].encode() in last.document
    assert len(house.items) == 2 * len(evidence()) - 1


def test_it_is_nowhere_in_a_backup_nor_in_what_a_backup_holds(house: House) -> None:
    key = new_backup_key("2023-11")
    file = house.folder / "backup"
    back_up(house.rows, house.objects, file, key=key, at=AT)
    assert file.stat().st_size > 100_000
    assert found_in(file.read_bytes()) == []
    place = house.folder / "restored"
    restore_vault(file, place, key=key)
    for name, data in house.everything():
        assert found_in(data) == [], name
    assert (place / "rows.sqlite").exists()


def test_after_an_erasure_no_wrapped_key_is_left_either(house: House) -> None:
    holdings = holdings_of(house.rows, "c-1", objects=[one.file.object for one in house.items])
    series = [one.series for one in holdings.rows]
    sealed = [row.body for one in series for row in house.rows.read(one) if row.body]
    stores = Stores(rows=house.rows, objects=house.objects, periods=house.periods)
    erase(holdings, preview(holdings, stores).digest, stores, by=ANNA, at=AT)
    held = b"".join(data for _, data in house.everything())
    assert len(sealed) > 20
    for body in sealed:
        assert body[:200] not in held
    assert found_in(held) == []
    assert list(house.objects.names()) == []


@pytest.mark.parametrize("word", WORDS)
def test_the_search_finds_each_way_of_writing(word: str) -> None:
    data = word.encode()
    written = [
        data,
        word.encode("utf-16-le"),
        word.encode("utf-16-be"),
        data.hex().encode(),
        data.hex().upper().encode(),
        quote(word).encode(),
        repr({"x": word}).encode(),
        ascii(word).encode(),
    ]
    for one in written:
        assert found_in(b"before" + one + b"after"), one


@given(before=st.binary(max_size=7), after=st.binary(max_size=7), word=st.sampled_from(WORDS))
def test_the_search_finds_it_in_base64_wherever_it_begins(
    before: bytes, after: bytes, word: str
) -> None:
    assert found_in(base64.b64encode(before + word.encode() + after))
    assert found_in(base64.urlsafe_b64encode(before + word.encode("utf-16-le") + after))


def test_the_search_finds_what_is_left_in_the_clear(house: House, temporary: Path) -> None:
    house.add("plain", canonical({"name": WORDS[1]}))
    assert any(found_in(data) for name, data in house.everything() if name.startswith("rows"))
