"""Editing a case in the editor of one's choice: from memory, checked on saving, sealed again.

A text that somebody wrote is never lost: what is not saved stays beside the file as FILE.unsaved,
sealed as the file is.
"""

import os
import shlex
import shutil
import subprocess  # the editor is a command of the person's own choice
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import click

from safeconduct.casefile.errors import OutputNotWritten, SafeconductError
from safeconduct.casefile.files import write_atomically
from safeconduct.casefile.yamltree import FileMistaken
from safeconduct.cli import sealing
from safeconduct.cli.errors import FileHasMistakes, FileRefused, named
from safeconduct.cli.opening import OpenedFile, bytes_of, open_file

Choice = Literal["edit", "keep", "discard"]

# A text in the editor may be longer than a case may be; it is kept all the same.
_MOST_BYTES = 256 * 1024 * 1024
_EDITORS = ("editor", "nano", "vi")


class NoEditor(SafeconductError):
    """No editor is set or found, or it could not be started."""


class Unsaved(SafeconductError):
    """The file is as it was; the text that was written stands elsewhere."""

    def __init__(self, path: Path, exit_code: int) -> None:
        super().__init__(f"{named(path)}: as it was")
        self.path, self.exit_code = path, exit_code


def edit_file(path: Path, **opening: Any) -> None:
    """Opens the file in an editor until it is saved, kept aside or given up."""
    file = open_file(path, **opening)
    command = _editor()
    if file.sealed:
        file.sealed.ready()
    unsaved = path.with_name(path.name + ".unsaved")
    with _folder(file) as folder:
        copy = folder / (path.name.removesuffix(".age"))
        start = _start(file, unsaved)
        copy.write_bytes(start)
        try:
            new = _edited(command, copy, file, start)
        except BaseException:
            _keep(file, unsaved, copy)
            raise
        if new is None:
            return
        if start != file.data:
            # The text that was kept aside is now either in the file or given up.
            unsaved.unlink()


def _edited(command: list[str], copy: Path, file: OpenedFile, start: bytes) -> bytes | None:
    """Edits, checks and writes. The new bytes; None if the file was not changed."""
    while True:
        _run(command, copy)
        text = bytes_of(copy, _MOST_BYTES)
        if text == file.data:
            click.echo(f"{named(file.path)}: unchanged; nothing was written", err=True)
            return None if start == file.data else text
        problem = _problem(file, text)
        if problem is None:
            click.echo(f"{named(file.path)}: saved", err=True)
            return text
        click.echo(str(problem), err=True)
        choice = _choice()
        if choice == "discard":
            copy.write_bytes(file.data)
            click.echo(f"{named(file.path)}: as it was; the new text was given up", err=True)
            return None if start == file.data else text
        if choice == "keep":
            raise Unsaved(file.path, problem.exit_code)


def _problem(file: OpenedFile, text: bytes) -> SafeconductError | None:
    """Writes the text if it is a case without mistakes; else says why it was not written."""
    from safeconduct.casefile.reading import read_case

    try:
        read_case(text)
        _refuse_changed(file)
        write_atomically(file.path, file.sealed.seal(text) if file.sealed else text)
    except FileMistaken as error:
        return FileHasMistakes(file.path, error.mistakes)
    except (FileRefused, OutputNotWritten) as error:
        return error
    return None


def _refuse_changed(file: OpenedFile) -> None:
    if bytes_of(file.path, _MOST_BYTES) != file.on_disk:
        raise FileRefused(file.path, "changed by somebody else in the meantime")


def _choice() -> Choice:
    if not sealing.on_terminal():
        return "keep"
    answer = click.prompt(
        "Edit again (e), keep the new text aside (k), or give it up (d)",
        type=click.Choice(["e", "k", "d"]),
        default="e",
        err=True,
    )
    choices: dict[str, Choice] = {"e": "edit", "k": "keep", "d": "discard"}
    return choices[str(answer)]


def _start(file: OpenedFile, unsaved: Path) -> bytes:
    """The text to begin with: that of the file, or one that an earlier edit left unsaved."""
    if not unsaved.exists():
        return file.data
    where = f"{named(unsaved)}: a text that was not saved"
    if not sealing.on_terminal() or not click.confirm(f"{where}. Take it up?", err=True):
        raise FileRefused(unsaved, "a text that was not saved; take it up, or remove it first")
    data = bytes_of(unsaved, _MOST_BYTES)
    return file.sealed.unseal(data) if file.sealed else data


def _keep(file: OpenedFile, unsaved: Path, copy: Path) -> None:
    """Puts the text aside, sealed as the file is; nothing to do for one that nobody changed."""
    if not copy.exists() or copy.read_bytes() == file.data:
        return
    text = copy.read_bytes()
    data = file.sealed.seal(text) if file.sealed else text
    # On a full disk another place, or memory itself, may still have room for it.
    places = (unsaved.parent, Path.home(), Path(tempfile.gettempdir()), copy.parent.parent)
    for place in places:
        target = place / unsaved.name
        if place != unsaved.parent and target.exists():
            continue
        with suppress(OutputNotWritten):
            write_atomically(target, data)
            click.echo(f"{named(target)}: the text that was not saved is kept here", err=True)
            return
    click.echo(f"{named(unsaved)}: the text could not be kept anywhere", err=True)


@contextmanager
def _folder(file: OpenedFile) -> Iterator[Path]:
    """A private folder in memory. A plain case, which stands on a disk already, may do without."""
    from safeconduct.vault.memory import NoMemoryFolder, memory_folder

    try:
        with memory_folder() as folder:
            yield folder
    except NoMemoryFolder:
        if file.sealed:
            raise
        with tempfile.TemporaryDirectory() as plain:
            yield Path(plain)


def _editor() -> list[str]:
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    command = shlex.split(chosen) if chosen else []
    if not command:
        command = [one for one in _EDITORS if shutil.which(one)][:1]
    if not command or shutil.which(command[0]) is None:
        raise NoEditor("no editor was found; name one in VISUAL or EDITOR")
    return command


def _run(command: list[str], copy: Path) -> None:
    done = subprocess.run([*command, str(copy)], check=False)  # noqa: S603  (the person's editor)
    if done.returncode:
        raise NoEditor(f"the editor ended with code {done.returncode}")
