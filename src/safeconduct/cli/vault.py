"""`safeconduct vault …`: check a vault, back it up, restore it.

Only a check that is given case keys opens what is sealed, and shows none of it.
"""

from pathlib import Path

import click

from safeconduct.cli.errors import guarded
from safeconduct.cli.extras import needs

_FILE = click.Path(path_type=Path)
_FOLDER = click.argument("folder", type=_FILE)
_KEYS = click.option(
    "--keys", type=_FILE, required=True, help="The folder with a key for each period."
)


@click.group()
def vault() -> None:
    """Keep a vault whole: check it, back it up, restore it.

    FOLDER holds the vault: rows.sqlite and objects. Nothing that is sealed in it is opened,
    but by a check that is given the keys of cases.
    """


@vault.command()
@_FOLDER
@click.option(
    "--checkpoint", "checkpoints", multiple=True, type=_FILE, help="A signed checkpoint of a chain."
)
@click.option(
    "--card",
    "cards",
    multiple=True,
    type=_FILE,
    help="The card of somebody whose signature counts.",
)
@click.option(
    "--case-key", "case_keys", multiple=True, type=_FILE, help="A case key in an age file."
)
@click.option("--passphrase-file", type=_FILE, help="Its first line opens those files.")
@click.option("--identity", type=_FILE, help="A file with your secret age or SSH key.")
@guarded
def check(
    folder: Path,
    checkpoints: tuple[Path, ...],
    cards: tuple[Path, ...],
    case_keys: tuple[Path, ...],
    identity: Path | None,
    passphrase_file: Path | None,
) -> None:
    """Read all of FOLDER again and name what is missing, damaged or orphaned.

    With the keys of all items of evidence it also knows which objects are missing or orphaned. It
    says what it could not check, and what that would need. Exit code 0: nothing is missing or
    damaged in what could be checked. 3: something is.
    """
    with needs("vault"):
        from safeconduct.cli.vault_keeping import check as checked

    how = {"identity": identity, "passphrase_file": passphrase_file}
    checked(folder, checkpoints, cards, case_keys, **how)


@vault.command()
@_FOLDER
@click.argument("file", type=_FILE)
@_KEYS
@click.option("--period", help="Under which key; the month of today where it is not given.")
@guarded
def backup(folder: Path, file: Path, keys: Path, period: str | None) -> None:
    """Back FOLDER up into FILE, encrypted, and read it again before FILE gets its name.

    A period without a key gets one. Without it nobody restores the backup, and whoever destroys it
    destroys all backups of the period: keep a copy of the key away from this machine and from the
    backups. An older backup in FILE stands until the end. Exit code 5: damaged objects were left
    out.
    """
    with needs("vault"):
        from safeconduct.cli.vault_keeping import backup as backed

    backed(folder, file, keys, period)


@vault.command()
@_FOLDER
@click.argument("file", type=_FILE)
@_KEYS
@guarded
def restore(folder: Path, file: Path, keys: Path) -> None:
    """Restore the backup in FILE into FOLDER, which has to be empty or not there.

    FOLDER gets its name when all of it was read again. Exit code 3: it is as it was backed up, and
    something was damaged then. 5: objects had been left out.
    """
    with needs("vault"):
        from safeconduct.cli.vault_keeping import restore as restored

    restored(folder, file, keys)
