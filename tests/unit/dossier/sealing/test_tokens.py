"""A key on a token: SoftHSM2 from Debian stands for one; without it these tests are skipped."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from tests.unit.dossier.sealing.house import AT, BEGAN, DISCLOSURE, SEALED, TERMS, House, small_pdf

from safeconduct.dossier.sealing.certificates import signing_certificate
from safeconduct.dossier.sealing.errors import KeyNotOpened
from safeconduct.dossier.sealing.seal import seal
from safeconduct.dossier.sealing.verifying import verify

pkcs11 = pytest.importorskip("pkcs11", reason="needs the package python-pkcs11")

PLACES = (
    os.environ.get("SOFTHSM2_MODULE", ""),
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
)
PIN = "PIN-CANARY-5731"


class Token(NamedTuple):
    """A token with a key on it."""

    module: str
    public: ec.EllipticCurvePublicKey


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    """A token in a folder of its own."""
    module = next((one for one in PLACES if one and Path(one).is_file()), None)
    tool = os.environ.get("SOFTHSM2_UTIL") or shutil.which("softhsm2-util")
    if module is None or tool is None:
        pytest.skip("Debian's softhsm2 is not installed")
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")
    made = [tool, "--init-token", "--free", "--label", "seal", "--pin", PIN, "--so-pin", "0000"]
    subprocess.run([*made, "--module", module], check=True, capture_output=True)
    yield Token(module, made_key(module))
    del os.environ["SOFTHSM2_CONF"]


def made_key(module: str) -> ec.EllipticCurvePublicKey:
    """A P-256 key that is made on the token and never leaves it."""
    from pkcs11 import Attribute, KeyType
    from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

    session = pkcs11.lib(module).get_token(token_label="seal").open(user_pin=PIN, rw=True)
    parameters = session.create_domain_parameters(
        KeyType.EC, {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}, local=True
    )
    public, _ = parameters.generate_keypair(store=True, label="dossiers")
    encoded = encode_ec_public_key(public)
    session.close()
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(encoded)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key


def test_a_key_on_a_token_seals_what_verifies(token: Token, ours: House) -> None:
    from safeconduct.dossier.sealing.tokens import token_sealer

    certificate = signing_certificate(ours.root, ours.root_key, token.public, on=BEGAN)
    with token_sealer(
        *(ours.name, ours.key, certificate),
        module=token.module,
        token="seal",
        label="dossiers",
        pin=PIN,
    ) as sealer:
        sealed = seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT)
    assert verify(sealed, ours.trust, on=SEALED).exit_code() == 0


@pytest.mark.parametrize("change", [{"pin": "WRONG-CANARY"}, {"token": "none"}, {"module": "/no"}])
def test_a_token_that_does_not_open_is_told_without_its_pin(
    token: Token, ours: House, change: dict[str, str]
) -> None:
    from safeconduct.dossier.sealing.tokens import token_sealer

    given = {"module": token.module, "token": "seal", "pin": PIN, **change}
    with (
        pytest.raises(KeyNotOpened) as refused,
        token_sealer(
            *(ours.name, ours.key, ours.sealer.certificate),
            module=given["module"],
            token=given["token"],
            label="dossiers",
            pin=given["pin"],
        ),
    ):
        pass
    assert "CANARY" not in str(refused.value)


def test_a_certificate_of_another_key_than_the_tokens_seals_nothing(
    token: Token, ours: House
) -> None:
    from safeconduct.dossier.sealing.errors import SealRefused
    from safeconduct.dossier.sealing.tokens import token_sealer

    with (
        token_sealer(
            *(ours.name, ours.key, ours.sealer.certificate),
            module=token.module,
            token="seal",
            label="dossiers",
            pin=PIN,
        ) as sealer,
        pytest.raises(SealRefused, match="verify-signature-wrong"),
    ):
        seal(small_pdf(), DISCLOSURE, TERMS, sealer, at=AT)
