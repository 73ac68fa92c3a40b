"""How a file was sealed, so that what is written from it is sealed in the same way.

The passphrase stays in memory, and out of every message and representation.
"""

import os
import sys
from pathlib import Path

import click

from safeconduct.casefile.errors import SafeconductError
from safeconduct.cli.errors import FileRefused, about

ENVIRONMENT = "SAFECONDUCT_PASSPHRASE_FILE"

# Enough for any passphrase and any file of keys; a wrong path must not fill the memory.
_MOST_KEY_BYTES = 64 * 1024


class RecipientsNeeded(SafeconductError):
    """For whom to seal again cannot be seen in the file, and guessing would lock others out."""


class Sealing:
    """With what data are sealed: a passphrase, or public keys."""

    def __init__(
        self,
        *,
        passphrase: str | None = None,
        recipients: tuple[str, ...] = (),
        identities: tuple[str, ...] = (),
    ) -> None:
        self._passphrase = passphrase
        self._recipients = recipients
        self._identities = identities

    def __repr__(self) -> str:
        return "Sealing(passphrase)" if self._passphrase else "Sealing(recipients)"

    def seal(self, data: bytes) -> bytes:
        """Data → an age file. Raises RecipientsNeeded where the public keys are not known."""
        from safeconduct.vault.age import seal

        if self._passphrase is not None:
            return seal(data, passphrase=self._passphrase)
        if not self._recipients:
            raise RecipientsNeeded(
                "for whom to seal it is not known: name every public key with --recipient"
            )
        return seal(data, recipients=self._recipients)

    def unseal(self, data: bytes) -> bytes:
        """What was sealed in the same way → its data."""
        from safeconduct.vault.age import open_sealed

        return open_sealed(data, passphrase=self._passphrase, identities=self._identities)

    def ready(self) -> None:
        """Raises, before any work is done, what `seal` would raise for the public keys."""
        if self._passphrase is None:
            self.seal(b"")


def opened(
    path: Path,
    data: bytes,
    *,
    identity: Path | None,
    passphrase_file: Path | None,
    recipients: tuple[str, ...] = (),
) -> tuple[bytes, Sealing]:
    """An age file → its data, and how to seal it again. Errors name the file."""
    from safeconduct.vault.age import needs_passphrase, open_sealed

    with about(path):
        if identity is not None:
            keys = _short_text(identity)
            plain = open_sealed(data, identities=[keys])
            readers = recipients or _own_key(data, keys)
            return plain, Sealing(recipients=readers, identities=(keys,))
        if data.startswith(b"age-encryption.org/v1\n") and not needs_passphrase(data):
            raise FileRefused(path, "sealed for keys; name yours with --identity FILE")
        passphrase = known_passphrase(passphrase_file)
        if passphrase is None:
            passphrase = asked_passphrase(f"Passphrase of {path.name}")
        plain = open_sealed(data, passphrase=passphrase)
        return plain, Sealing(passphrase=passphrase)


def known_passphrase(file: Path | None) -> str | None:
    """The first line of the passphrase file that is named by option or environment, if any is."""
    named = file or (Path(os.environ[ENVIRONMENT]) if ENVIRONMENT in os.environ else None)
    if named is None:
        return None
    lines = _short_text(named).splitlines()
    if not lines or not lines[0]:
        raise FileRefused(named, "its first line holds no passphrase")
    return lines[0]


def asked_passphrase(question: str, *, twice: bool = False) -> str:
    """A passphrase typed without echo. Raises SafeconductError where nobody can be asked."""
    if not on_terminal():
        raise SafeconductError(
            "a passphrase is needed and nobody can be asked for it; "
            f"use --passphrase-file FILE, {ENVIRONMENT} or --identity FILE"
        )
    answer = click.prompt(question, hide_input=True, confirmation_prompt=twice, err=True)
    return str(answer)


def on_terminal() -> bool:
    """Can a person be asked?"""
    return sys.stdin.isatty()


def _short_text(path: Path) -> str:
    with about(path):
        if not path.is_file():
            reason = "no such file" if not path.exists() else "not a regular file"
            raise FileRefused(path, reason)
        if path.stat().st_size > _MOST_KEY_BYTES:
            raise FileRefused(path, "too long for a file of passphrases or keys")
        try:
            return path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise FileRefused(path, "not a text file in UTF-8") from None


def _own_key(data: bytes, keys: str) -> tuple[str, ...]:
    """The public key of the identity, if the file was sealed for one age key: then it is that.

    Age hides for whom a file is sealed. Sealed again for one of several, it would be lost to the
    others, so with several nothing is assumed.
    """
    header = data.split(b"\n---", 1)[0].split(b"\n")
    if sum(line.startswith((b"-> X25519 ", b"-> ssh-")) for line in header) != 1:
        return ()
    secret = next((one for one in keys.split() if one.startswith("AGE-SECRET-KEY-")), None)
    if secret is None:
        return ()
    from pyrage.x25519 import Identity

    return (str(Identity.from_str(secret).to_public()),)
