"""A passphrase opens one record with one pepper, at its full cost, a few at a time."""

import threading

import pytest

from safeconduct.vault.formats.canonical import canonical, read_canonical
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.keys.hashing import Cost, CostRefused, HashingDoor, TooManyHashes
from safeconduct.vault.keys.passphrase import (
    SCHEMA,
    Pepper,
    WrongPassphrase,
    WrongPepper,
    decoded,
    decoy,
    enrol,
    unlock,
)

PEPPER = Pepper(bytes(32))
DOOR = HashingDoor()
STORED, KEY = enrol("u-anna", "kodafi-berazu", pepper=PEPPER, door=DOOR)


def test_the_passphrase_opens_and_another_does_not() -> None:
    assert unlock("kodafi-berazu", STORED, pepper=PEPPER, door=DOOR) == KEY
    with pytest.raises(WrongPassphrase):
        unlock("kodafi-berazo", STORED, pepper=PEPPER, door=DOOR)


def test_another_pepper_is_named_before_anything_is_hashed() -> None:
    with pytest.raises(WrongPepper):
        unlock("kodafi-berazu", STORED, pepper=Pepper(b"\1" * 32), door=HashingDoor(limit=1))


def test_a_pepper_with_the_same_name_still_opens_nothing() -> None:
    pepper = Pepper(b"\1" * 32)
    pepper.id = PEPPER.id
    with pytest.raises(WrongPassphrase):
        unlock("kodafi-berazu", STORED, pepper=pepper, door=DOOR)


def test_a_record_moved_to_another_person_does_not_open() -> None:
    moved = decoded(STORED.encoded().replace(b"u-anna", b"u-boris"))
    with pytest.raises(WrongPassphrase):
        unlock("kodafi-berazu", moved, pepper=PEPPER, door=DOOR)


def test_what_is_stored_is_not_the_key_and_reads_back() -> None:
    assert KEY not in (STORED.verifier, STORED.salt)
    assert decoded(STORED.encoded()) == STORED
    assert STORED.cost == Cost(memory_kib=65_536, passes=3, lanes=4)
    again, other = enrol("u-anna", "kodafi-berazu", pepper=PEPPER, door=DOOR)
    assert other != KEY
    assert again.salt != STORED.salt


def test_one_letter_typed_in_two_ways_is_one_passphrase() -> None:
    stored, key = enrol("u-1", "\u0439", pepper=PEPPER, door=DOOR)
    assert unlock("\u0438\u0306", stored, pepper=PEPPER, door=DOOR) == key


@pytest.mark.parametrize("change", [{"memory_kib": 8192}, {"passes": 1}, {"lanes": 0}])
def test_a_cost_below_the_floor_is_refused(change: dict[str, int]) -> None:
    row = {**read_canonical(STORED.encoded(), SCHEMA), **change}
    with pytest.raises(CostRefused):
        decoded(canonical(row))


def test_a_cost_that_is_an_attack_is_refused() -> None:
    with pytest.raises(CostRefused):
        Cost(memory_kib=1 << 30)


def test_a_record_that_was_cut_is_malformed() -> None:
    with pytest.raises(Malformed):
        decoded(STORED.encoded()[:-1])


@pytest.mark.parametrize(
    "change", [{"note": "x"}, {"salt": "AAAA"}, {"salt": ""}, {"verifier": "AAAA"}]
)
def test_a_record_of_another_shape_is_malformed(change: dict[str, str]) -> None:
    row = {**read_canonical(STORED.encoded(), SCHEMA), **change}
    with pytest.raises(Malformed):
        decoded(canonical(row))


def test_no_more_hashes_run_at_once_than_the_door_lets_in() -> None:
    door = HashingDoor(limit=1, patience=0.01)
    with door.entered(), pytest.raises(TooManyHashes):
        unlock("kodafi-berazu", STORED, pepper=PEPPER, door=door)
    assert unlock("kodafi-berazu", STORED, pepper=PEPPER, door=door) == KEY


def test_a_hash_that_fails_gives_its_place_back() -> None:
    door = HashingDoor(limit=1, patience=0.01)
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            unlock("wrong", STORED, pepper=PEPPER, door=door)


def test_twenty_at_once_never_exceed_the_door() -> None:
    inside, most = 0, 0
    lock = threading.Lock()
    door = HashingDoor(limit=3, patience=30)

    def enter() -> None:
        nonlocal inside, most
        with door.entered():
            with lock:
                inside += 1
                most = max(most, inside)
            threading.Event().wait(0.005)
            with lock:
                inside -= 1

    threads = [threading.Thread(target=enter) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3
    assert inside == 0


def test_nobody_has_a_record_that_nothing_opens() -> None:
    with pytest.raises(WrongPassphrase):
        unlock("kodafi-berazu", decoy(PEPPER), pepper=PEPPER, door=DOOR)


@pytest.mark.parametrize("passphrase", ["", "\udcff"])
def test_a_passphrase_that_is_none_is_refused(passphrase: str) -> None:
    with pytest.raises(NotUsable):
        enrol("u-anna", passphrase, pepper=PEPPER, door=DOOR)


@pytest.mark.parametrize("user", ["", "Anna", "анна", "a b", "a" * 65])
def test_an_id_that_says_something_is_refused(user: str) -> None:
    with pytest.raises(NotUsable):
        enrol(user, "kodafi", pepper=PEPPER, door=DOOR)


def test_a_short_pepper_is_refused() -> None:
    with pytest.raises(NotUsable):
        Pepper(b"short")
