"""A signing key that never leaves its token (PKCS#11), such as that of a qualified certificate."""

from collections.abc import Iterator
from contextlib import contextmanager

import pkcs11
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from safeconduct.dossier.sealing.certificates import der
from safeconduct.dossier.sealing.errors import KeyNotOpened
from safeconduct.dossier.sealing.keys import SignsManifests
from safeconduct.dossier.sealing.signers import Sealer, without_roots


@contextmanager
def token_sealer(
    name: str,
    key: SignsManifests,
    certificate: x509.Certificate,
    *,
    module: str,
    token: str,
    label: str,
    pin: str,
    beside: tuple[x509.Certificate, ...] = (),
) -> Iterator[Sealer]:
    """A sealer for as long as the token is open.

    `module`: the path of the PKCS#11 library; `token` and `label` name token and key. Raises
    KeyNotOpened; the PIN is in no message.
    """
    beside = without_roots(beside)
    try:
        session = open_pkcs11_session(
            module, token_criteria=TokenCriteria(label=token), user_pin=pin
        )
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        raise KeyNotOpened(f"the token does not open: {type(error).__name__}") from None
    try:
        signer = PKCS11Signer(
            session,
            signing_cert=Certificate.load(der(certificate)),
            key_label=label,
            ca_chain=[Certificate.load(der(one)) for one in beside],
            other_certs_to_pull=(),
            embed_roots=False,
            # Tokens that sign a hash made elsewhere are more than those that hash themselves.
            use_raw_mechanism=isinstance(certificate.public_key(), ec.EllipticCurvePublicKey),
        )
        yield Sealer(name, key, certificate, signer, beside)
    except pkcs11.PKCS11Error as error:
        raise KeyNotOpened(f"the token does not sign: {type(error).__name__}") from None
    finally:
        session.close()
