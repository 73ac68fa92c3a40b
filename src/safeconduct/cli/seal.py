"""`safeconduct seal …`: make, show and renew the keys that seal, and take back what was sealed."""

from datetime import date
from pathlib import Path

import click

from safeconduct.cli import sealing
from safeconduct.cli.day import Day, day_or_today
from safeconduct.cli.errors import FileRefused, about, guarded, named
from safeconduct.cli.extras import needs
from safeconduct.cli.opening import bytes_of

_MOST_BYTES = 16 * 1024 * 1024
_LEAST_CHARACTERS = 16
"""Of a passphrase that people chose; one that is made here has at least 70 bits."""
_TOO_SHORT = (
    f"a passphrase of fewer than {_LEAST_CHARACTERS} characters is soon guessed by who copies the "
    "keys; accepted: a longer one, or leave the option out, and one is made"
)
_FILE = click.Path(path_type=Path)
_FOLDER = click.argument("folder", type=_FILE)
_ON = click.option("--on", type=Day(), help="The day; today where it is not given.")
_PASSPHRASE = click.option(
    "--passphrase-file", type=_FILE, help="Its first line opens the keys that seal."
)
_ROOT_PASSPHRASE = click.option(
    "--root-passphrase-file", type=_FILE, help="Its first line opens the key of the root."
)


@click.group()
def seal() -> None:
    """Keep the keys with which dossiers are sealed.

    FOLDER holds them, each under a passphrase. Its trust.json goes to recipients; the fingerprint
    that is shown goes to them on another way.
    """


@seal.command()
@_FOLDER
@click.option("--name", required=True, help="The organisation, as dossiers name it.")
@click.option(
    "--time-stamp-authority",
    "authorities",
    multiple=True,
    type=_FILE,
    help="The certificate (PEM) of a time-stamp authority for recipients to trust.",
)
@_ON
@_PASSPHRASE
@_ROOT_PASSPHRASE
@guarded
def init(
    folder: Path,
    name: str,
    authorities: tuple[Path, ...],
    on: date | None,
    passphrase_file: Path | None,
    root_passphrase_file: Path | None,
) -> None:
    """Make the keys and certificates of an organisation in a new FOLDER.

    Passphrases that are not given are made and shown once.
    """
    with needs("verify"):
        from safeconduct.cli.seal_keys import create
        from safeconduct.dossier.sealing.trust import fingerprint

    passphrase = _given_or_made("the keys that seal", passphrase_file)
    root_passphrase = _given_or_made("the key of the root", root_passphrase_file)
    made = create(
        folder,
        name,
        on=day_or_today(on),
        passphrase=passphrase,
        root_passphrase=root_passphrase,
        time_stamps=authorities,
    )
    click.echo("Publish this fingerprint on another way than the dossiers go:")
    click.echo(f"  {fingerprint(made)}")
    safe = named(folder / "root.key.pem")
    click.echo(f"{safe}: take it off this machine; `renew` and `revoke` need it", err=True)


@seal.command()
@_FOLDER
@guarded
def show(folder: Path) -> None:
    """Show whose keys FOLDER holds, until when they are in force, and what was taken back.

    FOLDER may be a trust file as well: then its fingerprint is shown, to be compared.
    """
    with needs("verify"):
        from safeconduct.cli.seal_keys import KeyFolder, readable
        from safeconduct.dossier.sealing.trust import fingerprint, read_trust

    if folder.is_file():
        with about(folder):
            found = read_trust(bytes_of(folder, _MOST_BYTES, "a trust file")).organisations
        for one in found:
            click.echo(f"{_clean(one.name)}\n  {fingerprint(one)}")
        return
    keys = KeyFolder(folder)
    click.echo(f"fingerprint: {fingerprint(keys.organisation())}")
    for label, value in readable(keys).items():
        click.echo(f"{label}: {_clean(str(value))}")


@seal.command()
@_FOLDER
@click.option("--public-key", type=_FILE, help="Of a key made elsewhere, on a token (PEM).")
@_ON
@_PASSPHRASE
@_ROOT_PASSPHRASE
@guarded
def renew(
    folder: Path,
    public_key: Path | None,
    on: date | None,
    passphrase_file: Path | None,
    root_passphrase_file: Path | None,
) -> None:
    """Make a new signing key and certificate in FOLDER, before the old one ends.

    The trust file stays as it is, and what was sealed before stays valid.
    """
    with needs("verify"):
        from safeconduct.cli.seal_keys import KeyFolder
        from safeconduct.cli.seal_keys import renew as renewed

    made = renewed(
        KeyFolder(folder),
        on=day_or_today(on),
        passphrase=passphrase_of("the keys that seal", passphrase_file),
        root_passphrase=passphrase_of("the key of the root", root_passphrase_file, root=True),
        public_key=public_key,
    )
    click.echo(f"The new certificate is in force until {made.not_valid_after_utc:%Y-%m-%d}.")


@seal.command()
@_FOLDER
@click.argument("dossiers", nargs=-1, type=_FILE)
@click.option("--certificate", is_flag=True, help="Take back the present signing certificate.")
@click.option(
    "--certificate-of",
    "certificates_of",
    multiple=True,
    type=_FILE,
    help="Take back that in this file (PEM), or of this sealed dossier; repeat it for each.",
)
@click.option("--organisation-key", is_flag=True, help="Take back the organisation's key.")
@click.option("--reason", required=True, help="Why; it is published.")
@_ON
@_ROOT_PASSPHRASE
@guarded
def revoke(
    folder: Path,
    dossiers: tuple[Path, ...],
    certificate: bool,
    certificates_of: tuple[Path, ...],
    organisation_key: bool,
    reason: str,
    on: date | None,
    root_passphrase_file: Path | None,
) -> None:
    """Take back DOSSIERS (sealed files), a certificate or the key, and sign a new status list.

    With none of them a new list is signed that says the same for another quarter of a year. The
    list in FOLDER has to be published: nobody is told by itself.
    """
    with needs("verify"):
        from safeconduct.cli.seal_keys import KeyFolder, taken_back, told
        from safeconduct.cli.seal_keys import revoke as revoked
        from safeconduct.cli.seal_revoking import certificate_of, manifest_sha256
        from safeconduct.dossier.sealing.status import Revoked

    day, keys = day_or_today(on), KeyFolder(folder)
    own = keys.organisation().key
    hashes = [manifest_sha256(one, keys) for one in dossiers]
    gone = [Revoked(what="dossier", sha256=one, since=day, reason=reason) for one in hashes]
    certificates = [certificate_of(one, keys) for one in certificates_of]
    if certificate:
        certificates.append(keys.certificate("signing"))
    gone += [taken_back(one, on=day, reason=reason) for one in certificates]
    if organisation_key:
        gone.append(Revoked(what="organisation-key", sha256=own, since=day, reason=reason))
    root = passphrase_of("the key of the root", root_passphrase_file, root=True)
    status = revoked(keys, tuple(gone), tuple(certificates), on=day, root_passphrase=root)
    for taken in certificates:
        click.echo(f"Certificate {told(taken, status)}.")
    if certificate and keys.earlier():
        click.echo("Earlier certificates stay (`seal show`); --certificate-of takes one back.")
    where = named(folder / "status.json")
    click.echo(f"Status list {status.number}: publish {where} before {status.until}.")


def passphrase_of(what: str, file: Path | None, *, root: bool = False) -> str:
    """A passphrase from a file, from the environment (not that of the root), or typed."""
    given = sealing.known_passphrase(file) if file or not root else None
    return given if given is not None else sealing.asked_passphrase(f"Passphrase of {what}")


def _given_or_made(what: str, file: Path | None) -> str:
    if file is not None:
        given = sealing.known_passphrase(file)
        if given is not None:
            if len(given) < _LEAST_CHARACTERS:
                raise FileRefused(file, _TOO_SHORT)
            return given
    from safeconduct.vault.passphrases import generate_passphrase

    made = generate_passphrase()
    click.echo(f"Passphrase of {what}, shown this once:\n  {made}")
    return made


def _clean(text: str) -> str:
    from safeconduct.dossier.lettering import visible

    return visible(text)
