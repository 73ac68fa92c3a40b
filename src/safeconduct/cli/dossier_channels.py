"""`safeconduct dossier wrap` and `sheet`: a sealed dossier made ready for its way out.

By which ways it may leave, its profile says: a shipped one by its name in the manifest, one's own
by its file.
"""

from pathlib import Path
from typing import NamedTuple

import click
from cryptography import x509

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.files import write_atomically
from safeconduct.casefile.yamltree import shown
from safeconduct.cli import sealing
from safeconduct.cli.errors import FileRefused, about, named
from safeconduct.cli.opening import bytes_of
from safeconduct.dossier.profiles.profile import (
    SHIPPED,
    Channel,
    Profile,
    own_profile,
    shipped_profile,
)
from safeconduct.dossier.sealing.examining import Examined, examine
from safeconduct.dossier.sealing.verification import Answer

_MOST_BYTES = 128 * 1024 * 1024
_MOST_PROFILE = 256 * 1024
_INSIDE = {"dossier": ("dossier.pdf", "application/pdf"), "part": ("part.json", "application/json")}
"""Names that say nothing of a person."""


class NoChannel(SafeconductError):
    """No way, or more than one, was chosen."""


class ChannelRefused(SafeconductError):
    """The profile does not name the channel, or is not known."""


class Way(NamedTuple):
    """Where the profile of a dossier is to be found, and whether its channels are passed over."""

    profile: Path | None = None
    other: bool = False


def wrap(
    file: Path,
    output: Path,
    *,
    age: tuple[str, ...],
    use_zip: bool,
    smime: Path | None,
    passphrase_file: Path | None,
    way: Way,
) -> None:
    """Encrypts a sealed file for one channel.

    Refused: what is not intact, whose signatures do not hold, a channel that its profile does not
    name.
    """
    if sum((bool(age), use_zip, smime is not None)) != 1:
        raise NoChannel("one channel: --age KEY, --zip or --smime CERTIFICATE")
    channel: Channel = "age" if age else "zip" if use_zip else "smime"
    data, found = _leaving(file, output, channel, way)
    name, kind = _INSIDE[found.kind]
    if age:
        from safeconduct.vault.age import seal

        write_atomically(output, seal(data, recipients=age))
    elif smime is not None:
        from safeconduct.dossier.sealing.channels import enveloped

        write_atomically(output, enveloped(data, name, kind, _certificate(smime)))
    else:
        from safeconduct.dossier.sealing.channels import zipped

        write_atomically(output, zipped(data, name, _passphrase(passphrase_file)))
    click.echo(f"{named(output)}: encrypted", err=True)


def print_sheet(file: Path, output: Path, language: str | None, way: Way) -> None:
    """Writes the page to print with a dossier."""
    from safeconduct.dossier.sealing.sheet import sheet
    from safeconduct.dossier.typeset.rendering import typeset
    from safeconduct.wording.language import language as wording

    _, found = _leaving(file, output, "print", way)
    if found.disclosed is None:
        raise FileRefused(file, "its manifest cannot be read")
    manifest = found.disclosed.manifest
    page = sheet(manifest, wording(language or manifest.language))
    write_atomically(output, typeset(page, b"{}\n"))


def sealed_file(file: Path, output: Path) -> tuple[bytes, Examined]:
    """The bytes of an intact sealed file, where nothing would be overwritten."""
    if output.exists():
        raise FileRefused(output, "there already; nothing is overwritten")
    with about(file):
        data = bytes_of(file, _MOST_BYTES)
        found = examine(data)
    if found.disclosed is None or found.intact.answer is not Answer.YES:
        raise FileRefused(file, "not intact; `safeconduct verify` says why", 3)
    return data, found


def _leaving(file: Path, output: Path, channel: Channel, way: Way) -> tuple[bytes, Examined]:
    """The bytes of a sealed file that may leave by the channel."""
    data, found = sealed_file(file, output)
    if found.valid.answer is not Answer.YES:
        raise FileRefused(file, "its signatures do not hold; `safeconduct verify` says why", 3)
    if found.disclosed is None:
        raise FileRefused(file, "its manifest cannot be read")
    if not way.other:
        allowed(found.disclosed.manifest.profile, channel, way.profile)
    return data, found


def allowed(name: str, channel: Channel, file: Path | None) -> None:
    """Raises ChannelRefused unless the profile of this name lets a dossier leave by the channel."""
    profile = _profile(name, file)
    if channel not in profile.channels:
        named_ones = ", ".join(profile.channels)
        raise ChannelRefused(
            f"the profile {profile.id} does not name the channel {channel}; accepted: "
            f"{named_ones}, or --other-channel"
        )


def _profile(name: str, file: Path | None) -> Profile:
    if file is None and name in SHIPPED:
        return shipped_profile(name)
    if file is None:
        raise ChannelRefused(
            f"the profile {shown(name)} is not shipped: --profile FILE names its file, and "
            "--other-channel goes on without it"
        )
    with about(file):
        # One's own never bears a shipped name: a shipped profile's channels stay as they are.
        profile = own_profile(bytes_of(file, _MOST_PROFILE))
    if profile.id != name:
        raise FileRefused(file, f"the profile {profile.id}; the dossier is of {shown(name)}")
    return profile


def _passphrase(file: Path | None) -> str:
    given = sealing.known_passphrase(file) if file is not None else None
    if given is not None:
        return given
    from safeconduct.vault.passphrases import generate_passphrase

    made = generate_passphrase()
    click.echo(f"Passphrase, shown this once; send it on another way:\n  {made}")
    return made


def _certificate(file: Path) -> x509.Certificate:
    with about(file):
        data = bytes_of(file, _MOST_BYTES)
        try:
            return x509.load_pem_x509_certificate(data)
        except ValueError:
            raise FileRefused(file, "no certificate in PEM") from None
