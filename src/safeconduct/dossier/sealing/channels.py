"""Ways by which a sealed dossier leaves that its recipient can open: ZIP, S/MIME, a printed sheet.

They hide it on the way; that it is unchanged is the seal's business. Names of people are in no file
name and no header.
"""

import io
from email.message import EmailMessage

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
)

from safeconduct.dossier.sealing.errors import KeyNotOpened

_LEAST_RSA_BITS = 2048
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first that ZIP knows: when it was packed is nobody's business."""


def zipped(data: bytes, name: str, passphrase: str) -> bytes:
    """One file in a ZIP under AES-256 (WinZip AE-2), which common programs open.

    Its name and length can be read without the passphrase. Raises KeyNotOpened for an empty one.
    """
    import pyzipper

    if not passphrase:
        raise KeyNotOpened("an empty passphrase protects nothing")
    out = io.BytesIO()
    with pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_STORED, encryption=pyzipper.WZ_AES
    ) as archive:
        archive.setpassword(passphrase.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=256)
        archive.writestr(archive.zipinfo_cls(name, date_time=_FIRST_DAY), data)
    return out.getvalue()


def enveloped(data: bytes, name: str, kind: str, recipient: x509.Certificate) -> bytes:
    """A message that only the holder of the recipient's RSA key opens (S/MIME, AES-256).

    `kind`: the media type. It has no sender and no subject. Raises KeyNotOpened for a certificate
    with another key, which S/MIME of common programs does not take here.
    """
    key = recipient.public_key()
    if not isinstance(key, rsa.RSAPublicKey) or key.key_size < _LEAST_RSA_BITS:
        raise KeyNotOpened("accepted: a recipient's certificate with an RSA key of 2048 bits")
    message = EmailMessage()
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return (
        PKCS7EnvelopeBuilder()
        .set_data(message.as_bytes())
        .add_recipient(recipient)
        .set_content_encryption_algorithm(AES256)
        .encrypt(Encoding.SMIME, [PKCS7Options.Binary])
    )
