"""A printed key is read back from a hand's copy, and each slip of the pen is found and placed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.recovery.errors import GroupMistyped, PaperMistyped
from safeconduct.vault.recovery.paper import (
    GROUPS,
    LETTERS,
    RecoveryKey,
    new_recovery_key,
    printed,
    read_recovery_key,
    same_group,
)

secrets = st.binary(min_size=16, max_size=16)
KEY = RecoveryKey(secret=bytes(range(0, 256, 16)))


@given(secrets)
def test_every_key_is_read_back_as_it_is_printed(secret: bytes) -> None:
    key = RecoveryKey(secret=secret)
    assert read_recovery_key(printed(key)) == key


def test_a_key_has_128_bits_and_two_are_not_alike() -> None:
    assert len(LETTERS) ** (4 * GROUPS) == 2**128
    assert new_recovery_key() != new_recovery_key()
    assert all(len(set(LETTERS)) == 16 and letter.isalpha() for letter in LETTERS)
    assert not set("0O1IL2S5B8GQDUV") & set(LETTERS)


def test_small_letters_other_hyphens_and_cyrillic_of_the_same_look_are_taken_as_meant() -> None:
    text = printed(KEY)
    assert read_recovery_key(text.lower().replace("-", " — ")) == KEY
    cyrillic = text.translate(str.maketrans("ACEHKMPTXY", "АСЕНКМРТХУ"))
    assert cyrillic != text
    assert read_recovery_key(cyrillic) == KEY
    assert read_recovery_key(cyrillic.lower()) == KEY


@given(secrets, st.integers(0, 39), st.sampled_from(LETTERS))
def test_every_wrong_letter_is_found_and_its_group_named(
    secret: bytes, at: int, letter: str
) -> None:
    text = "".join(RecoveryKey(secret=secret).groups)
    wrong = text[:at] + letter + text[at + 1 :]
    if wrong == text:
        return
    with pytest.raises(GroupMistyped) as caught:
        read_recovery_key(wrong)
    assert caught.value.group == at // 5 + 1


@given(secrets, st.integers(0, 7), st.integers(0, 4), st.integers(0, 4))
def test_two_letters_of_a_group_that_changed_places_are_found(
    secret: bytes, group: int, one: int, other: int
) -> None:
    text = list("".join(RecoveryKey(secret=secret).groups))
    first, second = 5 * group + one, 5 * group + other
    if text[first] == text[second]:
        return
    text[first], text[second] = text[second], text[first]
    with pytest.raises(GroupMistyped, match=str(group + 1)):
        read_recovery_key("".join(text))


@given(secrets, st.permutations(range(8)))
def test_groups_in_another_order_are_found(secret: bytes, order: list[int]) -> None:
    key = RecoveryKey(secret=secret)
    moved = [key.groups[at] for at in order]
    if order == sorted(order):
        return
    with pytest.raises(GroupMistyped):
        read_recovery_key("-".join(moved))


@pytest.mark.parametrize("typed", ["", "KWXAN", printed(KEY) + "A", printed(KEY)[:-1]])
def test_another_length_is_said(typed: str) -> None:
    with pytest.raises(PaperMistyped):
        read_recovery_key(typed)


def test_a_letter_that_is_never_printed_is_a_slip_in_its_group() -> None:
    with pytest.raises(GroupMistyped, match="group 8"):
        read_recovery_key(printed(KEY)[:-1] + "5")


def test_one_group_is_compared_at_its_place_only() -> None:
    assert same_group(KEY, 3, KEY.groups[2].lower())
    assert not same_group(KEY, 2, KEY.groups[2])
    for number in (0, 9):
        with pytest.raises(NotUsable):
            same_group(KEY, number, "")


def test_no_text_of_the_key_shows_it() -> None:
    assert KEY.groups[0] not in repr(KEY)
    assert repr(KEY.secret)[2:-1] not in repr(KEY)
