"""Opens case files, sealed and plain, and writes beside them what is made from them.

What is written from a sealed case is sealed too. It refuses early what cannot be a case file.
"""

import stat
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.files import write_atomically
from safeconduct.casefile.yamltree import MOST_BYTES
from safeconduct.cli import sealing
from safeconduct.cli.errors import FileRefused, about, named

if TYPE_CHECKING:
    from safeconduct.casefile.case import Case
    from safeconduct.casefile.reading import ReadCase

Decorated = TypeVar("Decorated", bound=Callable[..., object])

SEALED, PLAIN = ".age", (".yaml", ".yml")

# A sealed file is longer than its content by a header and 16 bytes for each 64 KiB.
_MOST_SEALED_BYTES = MOST_BYTES + 64 * 1024


class OpenedFile(NamedTuple):
    """The bytes of a file as a person writes them, and how they were sealed, if they were."""

    path: Path
    data: bytes
    sealed: sealing.Sealing | None
    on_disk: bytes
    plain: bool


class OpenedCase(NamedTuple):
    """A case, the text it was read from, and how the file was sealed, if it was."""

    case: "Case"
    read: "ReadCase"
    sealed: sealing.Sealing | None
    path: Path
    plain: bool


class NotToStandardOutput(SafeconductError):
    """A sealed case would be written in plain text to wherever standard output leads."""


def opening_options(command: Decorated) -> Decorated:
    """Adds the options that say how to open a case; they are passed on to `open_case`."""
    file = click.Path(path_type=Path)
    for option in (
        click.option(
            "--recipient",
            "recipients",
            multiple=True,
            metavar="KEY",
            help="A public key (age1…) for what is written; repeat it for each reader.",
        ),
        click.option("--passphrase-file", type=file, help="Its first line is the passphrase."),
        click.option("--identity", type=file, help="A file with your secret age or SSH key."),
        click.option("--plain", is_flag=True, help="Plain text is meant; do not warn."),
    ):
        command = option(command)
    return command


def open_case(
    path: Path,
    *,
    plain: bool = False,
    identity: Path | None = None,
    passphrase_file: Path | None = None,
    recipients: tuple[str, ...] = (),
) -> OpenedCase:
    """Opens and reads a case. Raises FileRefused or FileHasMistakes, which name the file."""
    from safeconduct.casefile.reading import read_case

    file = open_file(
        path,
        plain=plain,
        identity=identity,
        passphrase_file=passphrase_file,
        recipients=recipients,
    )
    with about(path):
        read = read_case(file.data)
    return OpenedCase(read.case, read, file.sealed, path, plain)


def open_file(
    path: Path,
    *,
    plain: bool = False,
    identity: Path | None = None,
    passphrase_file: Path | None = None,
    recipients: tuple[str, ...] = (),
) -> OpenedFile:
    """The bytes of a case file, unsealed where needed, not yet read as a case."""
    is_sealed = checked_suffix(path)
    on_disk = bytes_of(path, _MOST_SEALED_BYTES if is_sealed else MOST_BYTES)
    if not is_sealed:
        if not plain:
            warning = "not encrypted, whoever has the file can read it (--plain: that is meant)"
            click.echo(f"{named(path)}: {warning}", err=True)
        return OpenedFile(path, on_disk, None, on_disk, plain)
    data, how = sealing.opened(
        path,
        on_disk,
        identity=identity,
        passphrase_file=passphrase_file,
        recipients=recipients,
    )
    return OpenedFile(path, data, how, on_disk, plain)


def checked_suffix(path: Path) -> bool:
    """Is it a sealed case file (*.yaml.age), or a plain one (*.yaml)? Others are refused."""
    is_sealed = path.suffix == SEALED
    inner = Path(path.stem).suffix if is_sealed else path.suffix
    if inner not in PLAIN:
        found = f"`{inner or path.name[-20:]}`" if is_sealed or not inner else f"`{path.suffix}`"
        raise FileRefused(path, f"a name that ends in {found}; accepted: .yaml.age or .yaml")
    return is_sealed


def refuse_same_file(*outputs: str | None) -> None:
    """Raises UsageError where two outputs would be written to one file and one be lost."""
    seen: dict[Path, str] = {}
    for output in outputs:
        if output is None or (output != "-" and _is_device(Path(output))):
            continue
        place = Path(output).resolve()
        if place in seen:
            raise click.UsageError(
                f"{seen[place]} and {output} are one file; name a file for each output"
            )
        seen[place] = output


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def write_beside(opened: OpenedCase | OpenedFile, path: str | Path, data: bytes) -> Path | None:
    """Writes what was made from a case, sealed as the case is. Returns where; None for `-`.

    A sealed output gets `.age` at the end of its name. `-` is standard output, where a sealed
    case goes only with `--plain`. Raises OutputNotWritten or NotToStandardOutput.
    """
    if str(path) == "-":
        if opened.sealed and not opened.plain:
            raise NotToStandardOutput(
                "the case is sealed, standard output is not; "
                "name a file (it is sealed as well), or say --plain"
            )
        click.echo(data, nl=False)
        return None
    target = Path(path)
    if opened.sealed:
        if target.suffix != SEALED:
            target = target.with_name(target.name + SEALED)
            click.echo(f"{named(target)}: sealed, as the case is", err=True)
        data = opened.sealed.seal(data)
    if target.resolve() == opened.path.resolve():
        raise FileRefused(target, "the case itself; accepted: another name for the output")
    write_atomically(target, data)
    return target


def written_back(file: OpenedFile, data: bytes) -> None:
    """Writes an edited case over the file that it was opened from, sealed as that was.

    Raises FileHasMistakes where it is no case any more, FileRefused where the file has changed.
    """
    from safeconduct.casefile.reading import read_case

    with about(file.path):
        read_case(data)
    sealed = file.sealed.seal(data) if file.sealed else data
    if bytes_of(file.path, _MOST_SEALED_BYTES) != file.on_disk:
        raise FileRefused(file.path, "changed by somebody else in the meantime")
    write_atomically(file.path, sealed)


def bytes_of(path: Path, most: int, accepted: str = "a case file") -> bytes:
    """The bytes of a regular file of bearable size; anything else is refused unread.

    `accepted`: what the file should be, for whoever named another thing.
    """
    with about(path):
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise FileRefused(path, f"a folder; accepted: {accepted}")
        if not stat.S_ISREG(found.st_mode):
            raise FileRefused(path, f"not a regular file; accepted: {accepted}")
        if found.st_size > most:
            raise FileRefused(path, f"{found.st_size:,} bytes; accepted: at most {most:,} bytes")
        return path.read_bytes()
