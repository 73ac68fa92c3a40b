"""`safeconduct dossier wrap` and `sheet` at their door: their options and nothing more."""

from pathlib import Path
from typing import Any

import click

from safeconduct.cli.errors import guarded
from safeconduct.cli.extras import needs

_FILE = click.Path(path_type=Path)


def _leaving(command: Any) -> Any:
    """The options of the ways by which a profile lets a dossier leave."""
    for option in (
        click.option("--other-channel", is_flag=True, help="Though the profile does not name it."),
        click.option("--profile", type=_FILE, help="Your own *.yaml, where it was sealed by that."),
    ):
        command = option(command)
    return command


@click.command()
@click.argument("file", type=_FILE)
@click.argument("output", type=_FILE)
@click.option("--age", multiple=True, metavar="KEY", help="For an age key (age1…); repeatable.")
@click.option("--zip", "use_zip", is_flag=True, help="A ZIP under AES-256 with a passphrase.")
@click.option("--smime", type=_FILE, help="A message for the holder of this certificate (PEM).")
@click.option("--passphrase-file", type=_FILE, help="For --zip; made and shown if not given.")
@_leaving
@guarded
def wrap(
    file: Path,
    output: Path,
    age: tuple[str, ...],
    use_zip: bool,
    smime: Path | None,
    passphrase_file: Path | None,
    profile: Path | None,
    other_channel: bool,
) -> None:
    """Encrypt a sealed FILE for the way to its recipient, as OUTPUT.

    Its profile says by which channels it may leave.
    """
    with needs("seal"):
        from safeconduct.cli.dossier_channels import Way
        from safeconduct.cli.dossier_channels import wrap as wrapped

        wrapped(
            *(file, output),
            age=age,
            use_zip=use_zip,
            smime=smime,
            passphrase_file=passphrase_file,
            way=Way(profile, other_channel),
        )


@click.command()
@click.argument("file", type=_FILE)
@click.argument("output", type=_FILE)
@click.option("--language", help="en, fr or ru; that of the dossier where it is not given.")
@_leaving
@guarded
def sheet(
    file: Path, output: Path, language: str | None, profile: Path | None, other_channel: bool
) -> None:
    """Write a page (PDF) to print with a sealed FILE: its manifest's hash, as a QR code as well.

    That is the channel `print` of its profile.
    """
    with needs("seal"):
        from safeconduct.cli.dossier_channels import Way, print_sheet

        print_sheet(file, output, language, Way(profile, other_channel))
