"""Certificates of other issuers and with other keys: a qualified one works as ours does."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from tests.unit.dossier.sealing.house import AT, DISCLOSURE, SEALED, TERMS, House, small_pdf

from safeconduct.casefile.findings import Text
from safeconduct.dossier.sealing.certificates import certificate_sha256
from safeconduct.dossier.sealing.disclosing import Disclosed, disclosed_bytes
from safeconduct.dossier.sealing.errors import SealRefused
from safeconduct.dossier.sealing.items import salted
from safeconduct.dossier.sealing.layout import DISCLOSURE as ITEMS
from safeconduct.dossier.sealing.layout import MANIFEST
from safeconduct.dossier.sealing.manifest import manifest_bytes
from safeconduct.dossier.sealing.seal import document_item, seal, stated
from safeconduct.dossier.sealing.signers import file_sealer
from safeconduct.dossier.sealing.stamping import stamped
from safeconduct.dossier.sealing.verifying import verify

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ISSUER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(
    name: str,
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    *,
    ca: bool = False,
    days: int = 800,
    issuer: str = "A qualified issuer",
) -> x509.Certificate:
    uses = dict.fromkeys(
        (
            *("digital_signature", "key_encipherment", "data_encipherment", "key_agreement"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGAN)
        .not_valid_after(BEGAN + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(content_commitment=not ca, key_cert_sign=ca, **uses), critical=True
        )
        .sign(ISSUER_KEY, hashes.SHA256())
    )


def test_an_rsa_certificate_of_another_issuer_seals_and_brings_its_issuer_along(
    ours: House,
) -> None:
    root = certificate("A qualified root", ISSUER_KEY, ca=True, issuer="A qualified root")
    issuer = certificate("A qualified issuer", ISSUER_KEY, ca=True, issuer="A qualified root")
    leaf = certificate("Office of Trials", KEY)
    sealer = file_sealer(ours.name, ours.key, leaf, KEY, beside=(issuer, root))
    found = verify(seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT), ours.trust, on=SEALED)
    assert found.exit_code() == 0
    assert found.manifest is not None
    assert found.manifest.certificate.sha256 == certificate_sha256(leaf)
    assert found.manifest.certificate.beside == (certificate_sha256(issuer),)
    said = {one.id: one.parameters for one in found.not_proven}
    assert said["verify-not-proven-issuer"]["issuer"] == Text("CN=A qualified issuer")


def test_under_our_own_root_nothing_is_said_of_an_issuer(ours: House, sealed: bytes) -> None:
    found = verify(sealed, ours.trust, on=SEALED)
    assert "verify-not-proven-issuer" not in {one.id for one in found.not_proven}


def test_a_key_that_verifying_would_not_take_seals_nothing(ours: House) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    sealer = file_sealer(ours.name, ours.key, certificate("Office of Trials", key), key)
    with pytest.raises(SealRefused, match="does not hold"):
        seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT)


def test_a_certificate_that_may_not_sign_or_has_ended_seals_nothing(ours: House) -> None:
    for other in (
        certificate("Office of Trials", KEY, ca=True),
        certificate("Office of Trials", KEY, days=30),
    ):
        sealer = file_sealer(ours.name, ours.key, other, KEY)
        with pytest.raises(SealRefused, match="may not sign"):
            seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT)


def test_one_that_had_ended_when_another_program_used_it_is_not_trusted(ours: House) -> None:
    short = certificate("Office of Trials", KEY, days=30)
    sealer = file_sealer(ours.name, ours.key, short, KEY)
    base = small_pdf()
    items = salted((document_item(base, sealer, AT), *DISCLOSURE.items))
    manifest = stated(DISCLOSURE, TERMS, sealer, items)
    content = manifest_bytes(manifest)
    shown = Disclosed(manifest=manifest, signature=ours.key.sign(content), items=items)
    given = {MANIFEST: content, ITEMS: disclosed_bytes(shown)}
    found = verify(stamped(base, given, sealer.signer, at=AT), ours.trust, on=SEALED)
    assert found.exit_code() == 12
    assert [one.id for one in found.trusted.because] == ["verify-certificate-not-valid-then"]
