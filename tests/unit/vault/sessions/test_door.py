"""A session opens with its token in its boot and time; ended, idle and old ones do not."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.keys.staff import new_staff_keys
from safeconduct.vault.sessions.door import (
    BootSecret,
    Limits,
    SessionDoor,
    new_boot_secret,
    session_id,
)
from safeconduct.vault.sessions.errors import (
    SessionEnded,
    SessionIdle,
    SessionOfOtherBoot,
    SessionOver,
    SessionRefused,
    SessionUnknown,
)
from safeconduct.vault.sessions.store import SqliteSessions, StoredSession
from safeconduct.vault.storage.objects import NotStored
from safeconduct.vault.storage.rows import RowsDamaged

ANNA, BORIS = new_staff_keys("u-anna"), new_staff_keys("u-boris")
BOOT = BootSecret(bytes(range(32)))
LIMITS = Limits(idle=100, whole=1_000, write_after=10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteSessions]:
    made = SqliteSessions(tmp_path / "sessions.sqlite")
    yield made
    made.close()


@pytest.fixture
def door(store: SqliteSessions) -> SessionDoor:
    return SessionDoor(store, BOOT, limits=LIMITS)


def stored(store: SqliteSessions, token: str) -> StoredSession:
    found = store.get(session_id(token))
    assert found is not None
    return found


def test_the_token_gives_the_keys_back(door: SessionDoor) -> None:
    token = door.begin(ANNA, now=0)
    other = door.begin(BORIS, now=0)
    assert door.resume(token, now=50) == ANNA
    assert door.resume(other, now=50) == BORIS


def test_the_store_holds_neither_token_nor_keys(door: SessionDoor, tmp_path: Path) -> None:
    token = door.begin(ANNA, now=0)
    held = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert session_id(token).encode() in held
    for secret in (token.encode(), ANNA.signing, ANNA.receiving, BOOT.secret):
        assert secret not in held
    assert (tmp_path / "sessions.sqlite").stat().st_mode & 0o077 == 0
    assert "secret" in repr(BOOT)
    assert repr(BOOT.secret)[2:-1] not in repr(BOOT)


@settings(deadline=None)
@given(
    pauses=st.lists(st.integers(0, 120), max_size=20),
)
def test_it_lives_while_it_is_used_and_no_longer_than_the_whole(
    pauses: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = SqliteSessions(tmp_path_factory.mktemp("s") / "s.sqlite")
    door = SessionDoor(store, BOOT, limits=LIMITS)
    token = door.begin(ANNA, now=0)
    now = written = 0
    for pause in pauses:
        now += pause
        alive = now < 1_000 and now - written < 100
        if not alive:
            with pytest.raises((SessionIdle, SessionOver)):
                door.resume(token, now=now)
            with pytest.raises(SessionEnded):
                door.resume(token, now=written)
            break
        assert door.resume(token, now=now) == ANNA
        written = now if now - written >= 10 else written
    store.close()


def test_idle_and_over_are_named_and_end_it(door: SessionDoor) -> None:
    idle, whole = door.begin(ANNA, now=0), door.begin(ANNA, now=0)
    with pytest.raises(SessionIdle):
        door.resume(idle, now=100)
    for now in range(90, 1_000, 90):
        door.resume(whole, now=now)
    with pytest.raises(SessionOver):
        door.resume(whole, now=1_000)
    for token in (idle, whole):
        with pytest.raises(SessionEnded):
            door.resume(token, now=1)


def test_a_session_that_was_signed_out_is_refused_and_so_is_its_row_put_back(
    door: SessionDoor, store: SqliteSessions, tmp_path: Path
) -> None:
    token = door.begin(ANNA, now=0)
    row = stored(store, token)
    door.end(token)
    with pytest.raises(SessionEnded):
        door.resume(token, now=1)
    store.put(row)
    assert stored(store, token).envelope is None
    base = sqlite3.connect(tmp_path / "sessions.sqlite")
    base.execute("UPDATE session SET envelope = ?", (row.envelope,))
    base.commit()
    base.close()
    assert stored(store, token) == row
    with pytest.raises(SessionEnded):
        door.resume(token, now=1)


def test_signing_out_everywhere_ends_all_of_one_person_and_none_of_another(
    door: SessionDoor, store: SqliteSessions
) -> None:
    tokens = [door.begin(ANNA, now=at) for at in (0, 1, 2)]
    row = stored(store, tokens[0])
    other = door.begin(BORIS, now=0)
    assert door.end_all("u-anna", now=2) == 3
    for token in tokens:
        with pytest.raises(SessionEnded):
            door.resume(token, now=3)
    store.forget(now=10_000)
    store.put(row)
    with pytest.raises(SessionEnded):
        door.resume(tokens[0], now=3)
    other = door.begin(BORIS, now=0)
    assert door.resume(other, now=3) == BORIS
    assert door.resume(door.begin(ANNA, now=3), now=3) == ANNA


def test_after_a_restart_nobody_is_signed_in(door: SessionDoor, store: SqliteSessions) -> None:
    token = door.begin(ANNA, now=0)
    with pytest.raises(SessionOfOtherBoot):
        SessionDoor(store, new_boot_secret(), limits=LIMITS).resume(token, now=1)
    assert SessionDoor(store, BOOT, limits=LIMITS).resume(token, now=1) == ANNA


@pytest.mark.parametrize(
    "change",
    [
        {"user": "u-boris"},
        {"version": 2},
        {"begun": 5},
        {"seen": 5},
        {"over": 99_999},
        {"envelope": b"SCE1"},
    ],
)
def test_no_fact_of_a_stored_session_can_be_changed(
    change: dict[str, object], door: SessionDoor, store: SqliteSessions
) -> None:
    token = door.begin(ANNA, now=0)
    row = msgspec.structs.replace(stored(store, token), **change)
    store.forget(now=10_000)
    store.put(row)
    with pytest.raises(SessionOfOtherBoot):
        door.resume(token, now=6)


def test_the_row_of_another_session_does_not_serve(
    door: SessionDoor, store: SqliteSessions
) -> None:
    mine, other = door.begin(BORIS, now=0), door.begin(ANNA, now=0)
    row = msgspec.structs.replace(stored(store, other), id=session_id(mine))
    store.put(row)
    with pytest.raises(SessionOfOtherBoot):
        door.resume(mine, now=1)


def test_every_byte_of_the_envelope_counts(door: SessionDoor, store: SqliteSessions) -> None:
    token = door.begin(ANNA, now=0)
    row = stored(store, token)
    assert row.envelope is not None
    for at in range(len(row.envelope)):
        touched = bytearray(row.envelope)
        touched[at] ^= 128
        store.put(msgspec.structs.replace(row, envelope=bytes(touched)))
        with pytest.raises(SessionOfOtherBoot):
            door.resume(token, now=1)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_what_is_no_token_is_unknown(token: str) -> None:
    with pytest.raises(SessionRefused):
        SessionDoor(_Nothing(), BOOT).resume(token, now=0)


def test_a_token_never_given_is_unknown_and_forgotten_ones_are_too(
    door: SessionDoor, store: SqliteSessions
) -> None:
    token = door.begin(ANNA, now=0)
    changed = ("B" if token[0] == "A" else "A") + token[1:]
    with pytest.raises(SessionUnknown):
        door.resume(changed, now=1)
    with pytest.raises(SessionUnknown):
        door.resume(token + "=", now=1)
    door.forget(now=1_000)
    with pytest.raises(SessionUnknown):
        door.resume(token, now=1)


def test_invented_tokens_do_not_fill_the_memory_and_what_is_over_is_forgotten(
    door: SessionDoor,
) -> None:
    token = door.begin(ANNA, now=0)
    for number in range(20):
        door.end("A" * 41 + f"{number:02}".translate(str.maketrans("0123456789", "AEIMQUYcgk")))
    assert door._ended == {}
    door.end(token)
    assert len(door._ended) == 1
    door.forget(now=1_000)
    assert door._ended == {}


def test_limits_that_make_no_sense_are_refused() -> None:
    for wrong in ({"idle": 0}, {"idle": 10**6}, {"write_after": 900}):
        with pytest.raises(NotUsable):
            Limits(**wrong)
    with pytest.raises(NotUsable):
        BootSecret(b"short")


def test_a_file_that_is_no_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "torn").write_bytes(b"no database at all" * 100)
    with pytest.raises(RowsDamaged):
        SqliteSessions(tmp_path / "torn")
    with pytest.raises(NotStored):
        SqliteSessions(tmp_path / "missing" / "s.sqlite")


class _Nothing(SqliteSessions):
    def __init__(self) -> None:
        self._held: dict[str, StoredSession] = {}

    def get(self, session: str) -> StoredSession | None:
        return self._held.get(session)


def test_who_signs_in_in_the_second_of_signing_out_everywhere_is_signed_in(
    door: SessionDoor, store: SqliteSessions
) -> None:
    before = door.begin(ANNA, now=5)
    kept = stored(store, before)
    door.end_all("u-anna", now=5)
    after, boris = door.begin(ANNA, now=5), door.begin(BORIS, now=5)
    assert door.resume(after, now=5) == ANNA
    with sqlite3.connect(store._path) as base:
        base.execute("UPDATE session SET envelope = ? WHERE id = ?", (kept.envelope, kept.id))
    with pytest.raises(SessionEnded):
        door.resume(before, now=5)
    door.end_all("u-boris", now=5)
    assert door.resume(after, now=6) == ANNA
    with pytest.raises(SessionEnded):
        door.resume(boris, now=6)
    door.end_all("u-anna", now=6)
    with pytest.raises(SessionEnded):
        door.resume(after, now=6)
