"""Files sealed in the age format (age-encryption.org/v1), by passphrase or for keys.

The format and its cryptography are pyrage's. Errors say which of three things it is: not such a
file, not this key, or a file that was cut or altered.
"""

from collections.abc import Sequence

from safeconduct.casefile.errors import DamagedReference, SafeconductError

_BINARY = b"age-encryption.org/v1"
_ARMOURED = b"-----BEGIN AGE ENCRYPTED FILE-----"

# What pyrage says where the key is not the right one. Anything else is damage.
_WRONG_KEY = ("Decryption failed", "No matching keys found")


class NotAnAgeFile(SafeconductError):
    """The data do not begin as an age file does."""


class WrongKey(SafeconductError):
    """The passphrase or key does not open the file; an altered header looks the same."""


class KeyNotUsable(SafeconductError):
    """A recipient or identity that is no age or SSH key; the text of a key is never repeated."""


class AgeFileDamaged(DamagedReference):
    """The file was cut or altered since it was sealed; nothing of it is used."""


def seal(data: bytes, *, passphrase: str | None = None, recipients: Sequence[str] = ()) -> bytes:
    """Data → an age file, for a passphrase or for public keys (age1…, ssh-…), not for both."""
    import pyrage

    if (passphrase is None) == (not recipients):
        raise KeyNotUsable("either a passphrase or recipients; not both and not neither")
    if passphrase is not None:
        if not passphrase:
            raise KeyNotUsable("an empty passphrase protects nothing")
        return bytes(pyrage.passphrase.encrypt(data, _text(passphrase)))
    return bytes(pyrage.encrypt(data, [_recipient(text) for text in recipients]))


def open_sealed(
    data: bytes, *, passphrase: str | None = None, identities: Sequence[str] = ()
) -> bytes:
    """An age file → its data. `identities` are texts of secret keys.

    Raises NotAnAgeFile, WrongKey, AgeFileDamaged or KeyNotUsable, and nothing else.
    """
    import pyrage

    start = data.lstrip()[: len(_ARMOURED)]
    if not start.startswith((_BINARY, _ARMOURED)):
        cut = bool(start) and (_BINARY.startswith(start) or _ARMOURED.startswith(start))
        if cut:
            raise AgeFileDamaged("the file is cut within its first line")
        raise NotAnAgeFile("not an age file: it does not begin as one")
    try:
        if passphrase is not None:
            return bytes(pyrage.passphrase.decrypt(data, _text(passphrase)))
        return bytes(pyrage.decrypt(data, [_identity(text) for text in identities]))
    except pyrage.DecryptError as error:
        raise _refusal(str(error), by_passphrase=passphrase is not None) from None


def needs_passphrase(data: bytes) -> bool:
    """Was a binary age file sealed with a passphrase (its first stanza is scrypt's)?"""
    return data.startswith(_BINARY + b"\n-> scrypt ")


def _refusal(reason: str, *, by_passphrase: bool) -> SafeconductError:
    if reason in _WRONG_KEY:
        what = "the passphrase does not open it" if by_passphrase else "none of the keys opens it"
        return WrongKey(f"{what} (or its header was altered)")
    return AgeFileDamaged("the file was cut or altered since it was sealed")


def _text(secret: str) -> str:
    """The same text, if UTF-8 can say it; what came as other bytes from outside cannot be used."""
    try:
        secret.encode()
    except UnicodeEncodeError:
        # The error itself would carry the secret.
        raise KeyNotUsable("a passphrase or key is text in UTF-8") from None
    return secret


def _recipient(text: str) -> object:
    import pyrage

    _text(text)
    try:
        if text.startswith("ssh-"):
            return pyrage.ssh.Recipient.from_str(text)
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise KeyNotUsable("a recipient is a public key: age1… or ssh-ed25519 …") from None


def _identity(text: str) -> object:
    import pyrage

    _text(text)
    try:
        if "PRIVATE KEY" in text:
            return pyrage.ssh.Identity.from_buffer(text.encode())
        lines = [line.strip() for line in text.splitlines()]
        secret = next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
        return pyrage.x25519.Identity.from_str(secret)
    except (pyrage.IdentityError, StopIteration):
        accepted = "an AGE-SECRET-KEY-… line, or an SSH private key without a passphrase"
        raise KeyNotUsable(f"an identity file holds {accepted}") from None
