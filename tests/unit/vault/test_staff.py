"""A person's keys open with their passphrase's key, as this person in this version only."""

import msgspec
import pytest

from safeconduct.vault.formats.errors import Malformed, NotOpened, NotUsable
from safeconduct.vault.keys.staff import (
    Card,
    SignatureWrong,
    new_staff_keys,
    open_staff_keys,
    read_card,
    seal_staff_keys,
)

ANNA = new_staff_keys("u-anna")
KEY = bytes(range(32))
SEALED = seal_staff_keys(ANNA, KEY)


def test_sealed_keys_open_for_their_owner_and_version_alone() -> None:
    assert open_staff_keys(SEALED, KEY, user="u-anna", version=1) == ANNA
    for user, version, key in (
        ("u-boris", 1, KEY),
        ("u-anna", 2, KEY),
        ("u-anna", 1, KEY[::-1]),
    ):
        with pytest.raises(NotOpened):
            open_staff_keys(SEALED, key, user=user, version=version)


def test_every_byte_of_sealed_keys_counts() -> None:
    for at in range(len(SEALED)):
        touched = bytearray(SEALED)
        touched[at] ^= 128
        with pytest.raises((Malformed, NotOpened)):
            open_staff_keys(bytes(touched), KEY, user="u-anna", version=1)


def test_no_text_of_the_keys_shows_a_secret() -> None:
    shown = repr(ANNA) + str(ANNA) + repr((ANNA,))
    assert repr(ANNA.signing)[2:-1] not in shown
    assert repr(ANNA.receiving)[2:-1] not in shown


def test_a_card_is_signed_by_its_owner_and_every_byte_of_it_counts() -> None:
    encoded = ANNA.card.encoded()
    assert read_card(encoded) == ANNA.card
    for at in range(len(encoded)):
        touched = bytearray(encoded)
        touched[at] ^= 1
        with pytest.raises((Malformed, SignatureWrong)):
            read_card(bytes(touched))


def test_a_card_with_another_receiving_key_has_another_fingerprint() -> None:
    card, other = ANNA.card, new_staff_keys("u-anna").card
    swapped = Card(
        user="u-anna",
        version=1,
        receiving=other.receiving,
        verifying=card.verifying,
        signature=card.signature,
    )
    assert len({card.fingerprint, other.fingerprint, swapped.fingerprint}) == 3
    with pytest.raises(SignatureWrong):
        read_card(swapped.encoded())
    assert [len(group) for group in card.fingerprint.split()] == [5] * 10


@pytest.mark.parametrize("receiving", [bytes(32), b"\1" + bytes(31), b"short"])
def test_nothing_is_sealed_to_a_key_that_belongs_to_nobody(receiving: bytes) -> None:
    card = msgspec.structs.replace(ANNA.card, receiving=receiving)
    with pytest.raises(NotUsable, match="u-anna"):
        card.seal(b"a case key")


def test_a_signature_is_of_one_text_and_one_person() -> None:
    signature = ANNA.sign(b"one")
    ANNA.card.check(b"one", signature)
    for data, wrong, card in (
        (b"two", signature, ANNA.card),
        (b"one", signature[:-1], ANNA.card),
        (b"one", signature, new_staff_keys("u-anna").card),
    ):
        with pytest.raises(SignatureWrong):
            card.check(data, wrong)


def test_a_sealed_box_opens_for_its_recipient_alone() -> None:
    sealed = ANNA.card.seal(b"one")
    assert ANNA.open(sealed) == b"one"
    for box, keys in ((sealed, new_staff_keys("u-boris")), (sealed[:-1], ANNA), (b"", ANNA)):
        with pytest.raises(NotOpened):
            keys.open(box)
