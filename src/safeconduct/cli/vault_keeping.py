"""The work of `safeconduct vault …`: files are read and made, and reports worded."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from safeconduct.casefile.yamltree import shown
from safeconduct.cli.errors import FileRefused, about, named
from safeconduct.cli.opening import bytes_of
from safeconduct.cli.sealing import opened as opened_age
from safeconduct.vault.backups.contents import Contents
from safeconduct.vault.backups.files import MAGIC, leftovers, period_of
from safeconduct.vault.backups.keys import BackupKey
from safeconduct.vault.backups.restoring import restore_vault
from safeconduct.vault.backups.writing import back_up
from safeconduct.vault.chains.checkpoints import read_checkpoint
from safeconduct.vault.checking.checking import check_vault
from safeconduct.vault.checking.findings import Progress, VaultReport, Watcher
from safeconduct.vault.erasure.periods import FilePeriodKeys
from safeconduct.vault.folder import OBJECTS, ROWS, opened
from safeconduct.vault.formats.days import day_of
from safeconduct.vault.keys.staff import read_card
from safeconduct.vault.keys.stored import read_case_key

_MOST_BYTES = 64 * 1024
_AGE = b"age-encryption.org/v1\n"
_DAMAGED, _LEFT_OUT = 3, 5


def check(
    folder: Path,
    checkpoint_files: tuple[Path, ...],
    card_files: tuple[Path, ...],
    key_files: tuple[Path, ...],
    *,
    identity: Path | None,
    passphrase_file: Path | None,
) -> None:
    """See `safeconduct vault check`."""
    _is_vault(folder)
    checkpoints = []
    for file in checkpoint_files:
        with about(file):
            checkpoints.append(read_checkpoint(bytes_of(file, _MOST_BYTES).removesuffix(b"\n")))
    cards = []
    for file in card_files:
        with about(file):
            cards.append(read_card(bytes_of(file, _MOST_BYTES)))
    signers = {(one.user, one.version): one for one in cards}
    keys = []
    for file in key_files:
        text = _unsealed(file, identity, passphrase_file)
        with about(file):
            keys.append(read_case_key(text.removesuffix(b"\n")))
    report = check_vault(
        folder, checkpoints=checkpoints, signers=signers, keys=keys, watch=_progress()
    )
    _show(report)
    raise SystemExit(0 if report.nothing_lost else _DAMAGED)


def _unsealed(file: Path, identity: Path | None, passphrase_file: Path | None) -> bytes:
    sealed = bytes_of(file, _MOST_BYTES)
    if not sealed.startswith(_AGE):
        raise FileRefused(file, "a case key in the open; accepted: sealed in an age file")
    return opened_age(file, sealed, identity=identity, passphrase_file=passphrase_file)[0]


def backup(folder: Path, file: Path, keys: Path, period: str | None) -> None:
    """See `safeconduct vault backup`."""
    _is_vault(folder)
    for one in (file, keys):
        if folder.resolve() in (one.resolve(), *one.resolve().parents):
            raise FileRefused(one, "it lies in the vault; accepted: a place elsewhere")
    _is_no_other_file(file)
    at = int(time.time())
    key = _key_or_new(keys, period or day_of(at)[:7])
    with opened(folder, reading=True) as vault:
        made = back_up(vault.rows, vault.objects, file, key=key, at=at, watch=_progress())
    _tell_leftovers(file)
    if FilePeriodKeys(keys).key(key.period) != key.secret:
        raise FileRefused(keys, f"the key of {key.period} was changed meanwhile; back up again")
    click.echo(f"{named(file)}: {_counted(made.contents)}, read again and whole")
    for name, reason in made.left_out:
        click.echo(f"left out: {name}: {shown(reason, most=300)}")
    raise SystemExit(_LEFT_OUT if made.left_out else 0)


def restore(folder: Path, file: Path, keys: Path) -> None:
    """See `safeconduct vault restore`."""
    if not keys.is_dir():
        raise FileRefused(keys, "no such folder")
    period = period_of(file)
    key = BackupKey(period=period, secret=FilePeriodKeys(keys).key(period))
    restored = restore_vault(file, folder, key=key, watch=_progress())
    _tell_leftovers(folder.resolve())
    click.echo(f"{named(folder)}: {_counted(restored.contents)}, read again as it was backed up")
    for name in restored.contents.left_out:
        click.echo(f"left out of the backup: {name}")
    _show(restored.report)
    if not restored.report.nothing_lost:
        raise SystemExit(_DAMAGED)
    raise SystemExit(_LEFT_OUT if restored.contents.left_out else 0)


def _show(report: VaultReport) -> None:
    for line in _lines(report):
        click.echo(line)


def _lines(report: VaultReport) -> Iterator[str]:
    """The report, what is wrong first; what was not checked is as much a result."""
    for one in report.problems:
        yield f"{one.trouble}: {shown(one.place, most=300)}: {shown(one.says, most=300)}"
    objects = f"{report.objects:,} objects ({report.object_bytes:,} bytes)"
    yield f"Read: {objects}, {report.rows:,} rows, {len(report.chains):,} chains."
    if report.nothing_lost:
        yield "Nothing is missing or damaged in what could be checked."
    else:
        yield "SOMETHING IS MISSING OR DAMAGED; it is named above."
    if report.not_checked:
        yield "NOT CHECKED, AND WHAT IT WOULD NEED"
    for other in report.not_checked:
        yield f"  * {shown(other.what, most=300)}: {shown(other.needs, most=300)}"


def _counted(contents: Contents) -> str:
    objects = f"{contents.objects:,} objects ({contents.object_bytes:,} bytes)"
    return f"{contents.rows:,} rows and {objects}"


def _key_or_new(keys: Path, period: str) -> BackupKey:
    stored = FilePeriodKeys(keys)
    if period in stored.periods():
        return BackupKey(period=period, secret=stored.key(period))
    key = BackupKey(period=period, secret=stored.make(period))
    place = named(keys / period)
    click.echo(f"{place}: a new key; keep a copy away from this machine and the backups", err=True)
    return key


def _is_vault(folder: Path) -> None:
    if not folder.is_dir():
        raise FileRefused(folder, "no such folder")
    if not (folder / ROWS).exists() and not (folder / OBJECTS).exists():
        raise FileRefused(folder, f"no vault; accepted: a folder with {ROWS} and {OBJECTS}")


def _is_no_other_file(file: Path) -> None:
    """Only a backup is ever replaced."""
    with about(file):
        if not file.exists():
            return
        if not file.is_file():
            raise FileRefused(file, "not a regular file")
        with file.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                raise FileRefused(file, "it is there already and no backup; it is left as it is")


def _tell_leftovers(place: Path) -> None:
    for one in leftovers(place):
        click.echo(f"{named(one)}: left by an interrupted run; it may be removed", err=True)


def _progress() -> Watcher:
    """Tells a person who watches how far it is; a file or pipe is told nothing."""
    if not sys.stderr.isatty():
        return lambda _: None

    def tell(progress: Progress) -> None:
        of = f" of {progress.total:,}" if progress.total else ""
        sys.stderr.write(f"\r\x1b[K{progress.step}: {progress.done:,}{of}\r")
        sys.stderr.flush()

    return tell
