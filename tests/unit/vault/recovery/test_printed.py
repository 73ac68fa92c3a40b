"""The paper opens its owner's keys and nothing else, and only what was proven to be saved."""

import msgspec
import pytest

from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.keys.staff import new_staff_keys
from safeconduct.vault.recovery.errors import (
    GroupMistyped,
    NotSaved,
    PaperWrong,
    RecoveryForeign,
    RecoveryReplaced,
)
from safeconduct.vault.recovery.paper import RecoveryKey, new_recovery_key, printed
from safeconduct.vault.recovery.printed import (
    StoredRecovery,
    decoded,
    open_with_paper,
    proven,
    seal_for_paper,
)

ANNA = new_staff_keys("u-anna")
KEY = RecoveryKey(secret=bytes(range(16)))
SAVED = proven(KEY, {2: KEY.groups[1], 7: KEY.groups[6]})
STORED = seal_for_paper(ANNA, SAVED, number=2)


def opened(typed: str = printed(KEY), stored: StoredRecovery = STORED, number: int = 2) -> object:
    return open_with_paper(typed, stored, user="u-anna", version=1, number=number)


def test_the_paper_gives_the_keys_back() -> None:
    assert opened() == ANNA
    assert opened(stored=decoded(STORED.encoded())) == ANNA


def test_nothing_is_sealed_before_the_right_groups_were_typed_again() -> None:
    with pytest.raises(NotSaved, match="group 7"):
        proven(KEY, {2: KEY.groups[1], 7: KEY.groups[5]})
    with pytest.raises(NotUsable):
        proven(KEY, {2: KEY.groups[1]})
    with pytest.raises(NotUsable):
        proven(KEY, {})


def test_another_paper_a_slip_and_the_paper_before_are_each_named() -> None:
    with pytest.raises(PaperWrong):
        opened(printed(new_recovery_key()))
    with pytest.raises(GroupMistyped):
        opened(printed(KEY).replace(KEY.groups[4], "AAAAA"))
    with pytest.raises(RecoveryReplaced):
        opened(number=3)


def test_the_record_of_an_old_paper_cannot_be_renumbered() -> None:
    with pytest.raises(PaperWrong):
        opened(stored=msgspec.structs.replace(STORED, number=3), number=3)


@pytest.mark.parametrize("change", [{"user": "u-boris"}, {"version": 2}])
def test_a_foreign_record_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(RecoveryForeign):
        opened(stored=msgspec.structs.replace(STORED, **change))


def test_a_foreign_record_under_our_name_does_not_open() -> None:
    other = seal_for_paper(new_staff_keys("u-boris"), SAVED, number=2)
    with pytest.raises(PaperWrong):
        opened(stored=msgspec.structs.replace(other, user="u-anna"))


def test_every_byte_of_the_record_counts() -> None:
    text = STORED.encoded()
    for at in range(len(text)):
        touched = bytearray(text)
        touched[at] ^= 1
        with pytest.raises((Malformed, PaperWrong, RecoveryForeign, RecoveryReplaced)):
            opened(stored=decoded(bytes(touched)))
        with pytest.raises(Malformed):
            decoded(text[:at])


def test_the_record_holds_neither_the_paper_nor_the_keys() -> None:
    text = STORED.encoded() + repr(STORED).encode() + repr(SAVED).encode()
    for secret in (KEY.secret, ANNA.signing, ANNA.receiving, *(g.encode() for g in KEY.groups)):
        assert secret not in text


def test_papers_are_numbered_from_one() -> None:
    with pytest.raises(NotUsable):
        seal_for_paper(ANNA, SAVED, number=0)
