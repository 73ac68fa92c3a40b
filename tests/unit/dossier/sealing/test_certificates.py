"""The small authority: what its certificates may do, and until when."""

from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from safeconduct.dossier.sealing.certificates import (
    SIGNING_DAYS,
    certificate_sha256,
    der,
    issued,
    issued_by,
    read_certificate,
    root_certificate,
    signing_certificate,
    valid_on,
)
from safeconduct.dossier.sealing.der import BITS, INTEGER, OCTETS, SEQUENCE, SET, oid, read, write
from safeconduct.dossier.sealing.errors import FormUnknown
from safeconduct.dossier.sealing.keys import new_certificate_key

DAY = date(2024, 1, 1)
ROOT_KEY, KEY = new_certificate_key(), new_certificate_key()
ROOT = root_certificate("Office of Trials", ROOT_KEY, on=DAY)
LEAF = signing_certificate(ROOT, ROOT_KEY, KEY.public_key(), on=DAY)


def usage(certificate: x509.Certificate) -> x509.KeyUsage:
    return certificate.extensions.get_extension_for_class(x509.KeyUsage).value


def test_the_root_may_issue_and_the_signing_certificate_may_sign_and_not_issue() -> None:
    root = ROOT.extensions.get_extension_for_class(x509.BasicConstraints)
    assert root.critical
    assert (root.value.ca, root.value.path_length) == (True, 0)
    assert usage(ROOT).key_cert_sign
    assert not usage(ROOT).content_commitment
    leaf = LEAF.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert not leaf.ca
    assert usage(LEAF).content_commitment
    assert not usage(LEAF).key_cert_sign
    purposes = LEAF.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [one.dotted_string for one in purposes] == ["1.3.6.1.5.5.7.3.36"]


def test_only_the_root_itself_issued_it() -> None:
    other_key = new_certificate_key()
    same_name = root_certificate("Office of Trials", other_key, on=DAY)
    assert issued(LEAF, ROOT)
    assert not issued(LEAF, same_name)
    assert not issued(ROOT, ROOT)
    assert not issued(LEAF, LEAF)


def test_a_certificate_ends_with_its_root_at_the_latest() -> None:
    assert (LEAF.not_valid_after_utc.date() - DAY).days == SIGNING_DAYS
    late = ROOT.not_valid_after_utc.date() - timedelta(days=30)
    short = signing_certificate(ROOT, ROOT_KEY, KEY.public_key(), on=late)
    assert short.not_valid_after_utc == ROOT.not_valid_after_utc


@pytest.mark.parametrize(("days", "valid"), [(-1, False), (0, True), (SIGNING_DAYS + 1, False)])
def test_it_is_valid_within_its_days(days: int, valid: bool) -> None:
    assert valid_on(LEAF, DAY + timedelta(days=days)) == valid


@pytest.mark.parametrize("name", ["Бюро проверок", "x" * 300, "Ж" * 300, "A"])
def test_any_name_fits_and_is_told(name: str) -> None:
    root = root_certificate(name, ROOT_KEY, on=DAY)
    leaf = signing_certificate(root, ROOT_KEY, KEY.public_key(), on=DAY)
    (told,) = leaf.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    assert name.startswith(str(told.value))
    assert len(str(told.value)) >= min(len(name), 32)
    assert issued(leaf, root)


def test_the_fingerprint_is_that_of_the_whole_certificate() -> None:
    assert certificate_sha256(LEAF) == LEAF.fingerprint(SHA256()).hex()


def rebuilt(**changed: bytes) -> bytes:
    """The leaf with another subject, key or extensions; its signature no longer holds."""
    tbs, algorithm, signature = read(der(LEAF)).inside(SEQUENCE)
    fields = [one.whole for one in tbs.inside(SEQUENCE)]
    for name, at in (("subject", 5), ("key", 6), ("extensions", 7)):
        fields[at] = changed.get(name, fields[at])
    return write(SEQUENCE, write(SEQUENCE, *fields), algorithm.whole, signature.whole)


def rsa_key(modulus: int, exponent: int) -> bytes:
    """A public key in the form of a certificate (RFC 3279, 2.3.1)."""
    numbers = (
        b"\x00" + one.to_bytes((one.bit_length() + 7) // 8, "big") for one in (modulus, exponent)
    )
    key = write(SEQUENCE, *(write(INTEGER, one) for one in numbers))
    kind = write(SEQUENCE, oid("1.2.840.113549.1.1.1"), write(0x05))
    return write(SEQUENCE, kind, write(BITS, b"\x00" + key))


HOSTILE = {
    "a name that is no text": rebuilt(
        subject=write(
            SEQUENCE, write(SET, write(SEQUENCE, oid("2.5.4.3"), write(BITS, b"\x00abc")))
        )
    ),
    "an extension of unknown numbers": rebuilt(
        extensions=write(
            0xA3,
            write(
                SEQUENCE,
                write(
                    SEQUENCE,
                    oid("1.3.6.1.5.5.7.1.24"),
                    write(OCTETS, write(SEQUENCE, write(INTEGER, b"\x07"))),
                ),
            ),
        )
    ),
    "an exponent that takes long": rebuilt(key=rsa_key(2**3071 + 1, 2**3070 + 1)),
    "a modulus that takes long": rebuilt(key=rsa_key(2**16383 + 1, 65537)),
    "nothing": b"",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_certificate_is_refused_and_breaks_nothing(what: str) -> None:
    assert read_certificate(rebuilt()).subject == LEAF.subject
    with pytest.raises(FormUnknown):
        read_certificate(HOSTILE[what])


def test_only_an_authority_may_issue_for_long_term_and_stamps() -> None:
    assert issued_by(LEAF, ROOT)
    below = signing_certificate(ROOT, KEY, new_certificate_key().public_key(), on=DAY)
    named = read_certificate(rebuilt())
    assert not issued_by(below, ROOT)
    # The leaf's key verifies what it issued, but it may not issue.
    child = (
        x509.CertificateBuilder()
        .subject_name(LEAF.subject)
        .issuer_name(LEAF.subject)
        .public_key(KEY.public_key())
        .serial_number(9)
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2025, 1, 1, tzinfo=UTC))
        .sign(KEY, SHA256())
    )
    child.verify_directly_issued_by(LEAF)
    assert not issued_by(child, LEAF)
    assert not issued_by(child, named)
