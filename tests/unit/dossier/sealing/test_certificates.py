"""The small authority: what its certificates may do, and until when."""

from datetime import date, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from safeconduct.dossier.sealing.certificates import (
    SIGNING_DAYS,
    certificate_sha256,
    issued,
    root_certificate,
    signing_certificate,
    valid_on,
)
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
