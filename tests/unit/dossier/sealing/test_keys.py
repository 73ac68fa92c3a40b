"""Private keys lie under passphrases; the organisation's signature is its own."""

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from safeconduct.dossier.sealing.errors import KeyNotOpened
from safeconduct.dossier.sealing.keys import (
    new_certificate_key,
    new_organisation_key,
    open_certificate_key,
    open_organisation_key,
    organisation_signed,
    sealed_key,
)


def test_a_key_comes_back_under_its_passphrase_alone() -> None:
    key = new_organisation_key()
    pem = key.sealed("kodafi")
    assert b"ENCRYPTED" in pem
    assert open_organisation_key(pem, "kodafi").public() == key.public()
    with pytest.raises(KeyNotOpened) as refused:
        open_organisation_key(pem, "SECRET-CANARY")
    assert "CANARY" not in str(refused.value)


def test_a_key_of_another_kind_is_refused() -> None:
    pem = sealed_key(new_certificate_key(), "x")
    assert open_certificate_key(pem, "x").key_size == 256
    with pytest.raises(KeyNotOpened, match="Ed25519"):
        open_organisation_key(pem, "x")
    with pytest.raises(KeyNotOpened, match="P-256"):
        open_certificate_key(new_organisation_key().sealed("x"), "x")
    with pytest.raises(KeyNotOpened, match="P-256"):
        open_certificate_key(sealed_key(ec.generate_private_key(ec.SECP384R1()), "x"), "x")


def test_a_key_without_a_passphrase_is_refused_to_be_written_and_to_be_read() -> None:
    key = new_certificate_key()
    with pytest.raises(KeyNotOpened, match="empty"):
        sealed_key(key, "")
    bare = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with pytest.raises(KeyNotOpened, match="under no passphrase"):
        open_certificate_key(bare, "x")


def test_a_signature_holds_for_its_key_and_its_bytes_alone() -> None:
    key, other = new_organisation_key(), new_organisation_key()
    signature = key.sign(b"manifest")
    assert organisation_signed(key.public(), signature, b"manifest")
    assert not organisation_signed(key.public(), signature, b"manifesT")
    assert not organisation_signed(other.public(), signature, b"manifest")
    assert not organisation_signed("zz", signature, b"manifest")
    assert not organisation_signed(key.public(), signature[:-2], b"manifest")


def test_no_part_of_a_key_is_in_its_representation() -> None:
    key = new_organisation_key()
    assert repr(key) == f"OrganisationKey({key.public()[:8]}…)"
