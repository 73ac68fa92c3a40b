"""`safeconduct screen --batch`: the files of a batch, its progress, and taking it up again.

Lines are added to the output as they are made. Beside it stands `OUTPUT.made-from.json`: of which
input, lists and program they are. An interrupted run goes on behind the last whole line.
"""

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

import click
import msgspec

from safeconduct import __version__
from safeconduct.casefile.errors import OutputNotWritten
from safeconduct.casefile.files import write_atomically
from safeconduct.checks.kinds import ListFile, list_files, opened_list
from safeconduct.cli.errors import MOST_SHOWN, FileRefused, about, named
from safeconduct.cli.screen_lists import NoListLoaded
from safeconduct.cli.screen_workers import in_order
from safeconduct.screening.batch import (
    BatchChanged,
    Counts,
    Kept,
    MadeFrom,
    chunks,
    kept,
    refuse_changed,
)
from safeconduct.screening.batch_rows import (
    MOST_LINE,
    BatchRow,
    Format,
    batch_rows,
    format_of,
    ignored_columns,
)
from safeconduct.screening.screening import ListUsed

MADE_FROM = ".made-from.json"
SOFTWARE = f"safeconduct {__version__}"
ROWS_REJECTED = 5

_FEW = 400
"""Rows for which starting further processes takes longer than it saves."""

_MOST_STATE = 1024 * 1024
_NEW = "accepted: a new name, or the output of the same batch"


class Input(NamedTuple):
    """The input as it was before anything was read from it as rows."""

    path: Path
    form: Format
    sha256: str
    lines: int


def run_batch(
    batch: Path, output: Path, references: Path | None, only: tuple[str, ...], jobs: int | None
) -> None:
    """Screens every row of a file. Ends with 5 where some rows were rejected.

    1. The input is hashed; lists are compared with their hashes.
    2. What an output holds already is kept, if it was made from the same.
    3. Rows go to the processes, lines come back in order and are added.
    4. The input must still be what it was.
    """
    given = _input(batch)  # 1
    files = list_files(references, only)
    if not files:
        raise NoListLoaded
    used = tuple(ListUsed(one.id, one.as_of, one.sha256) for one in map(opened_list, files))
    now = MadeFrom(
        schema="safeconduct/screening-batch/1",
        software=SOFTWARE,
        input_sha256=given.sha256,
        lists=used,
    )
    before = _begun(output, now)  # 2
    counts = _run(given, output, files, before, jobs)  # 3
    if _input(batch).sha256 != given.sha256:  # 4
        raise FileRefused(batch, "changed while it was read; its output cannot be relied on")
    _say_counts(output, counts, before)
    if counts.rejected or before.rejected:
        raise SystemExit(ROWS_REJECTED)


def _input(path: Path) -> Input:
    with about(path):
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise FileRefused(path, "not a regular file; accepted: a .csv or .jsonl file")
        form = format_of(path.name)
        digest, lines = hashlib.sha256(), 0
        with path.open("rb") as handle:
            while block := handle.read(1024 * 1024):
                digest.update(block)
                lines += block.count(b"\n")
        if form == "csv":
            _say_ignored(path)
    return Input(path, form, digest.hexdigest(), lines - (form == "csv"))


def _say_ignored(path: Path) -> None:
    with path.open("rb") as handle:
        header = next((line for line in _lines(handle) if line.strip()), b"")
    if ignored := ignored_columns(header):
        click.echo(f"{named(path)}: columns that are not read: {', '.join(ignored)}", err=True)


def _lines(handle: BinaryIO) -> Iterator[bytes]:
    """The lines of a file. Of one that is too long only its beginning, which shows that it is."""
    while line := handle.readline(MOST_LINE + 2):
        yield line
        while not line.endswith(b"\n") and len(line) == MOST_LINE + 2:
            line = handle.readline(MOST_LINE + 2)


def _begun(output: Path, now: MadeFrom) -> Kept:
    """What of the output stays. Raises BatchChanged where it was begun from something else."""
    beside = output.with_name(output.name + MADE_FROM)
    if not output.exists() or _is_new(output, beside):
        write_atomically(beside, msgspec.json.encode(now) + b"\n")
        return Kept(0, 0, 0)
    with about(output):
        if not output.is_file():
            raise FileRefused(output, "no regular file; accepted: a new name")
        if not beside.is_file():
            raise FileRefused(output, f"there already, and no {named(beside)}; {_NEW}")
        try:
            data = beside.read_bytes()[:_MOST_STATE]
            before = msgspec.json.decode(data, type=MadeFrom)
        except msgspec.DecodeError as error:
            raise FileRefused(beside, f"not as it was written ({error})") from error
        try:
            refuse_changed(before, now)
        except BatchChanged as error:
            raise FileRefused(output, str(error)) from error
        with output.open("rb") as handle:
            return kept(handle)


def _is_new(output: Path, beside: Path) -> bool:
    """An empty file that some other program made ready for us."""
    return output.is_file() and not output.stat().st_size and not beside.exists()


def _run(
    given: Input, output: Path, files: tuple[ListFile, ...], before: Kept, jobs: int | None
) -> Counts:
    left = given.lines - before.rows
    processes = 1 if left <= _FEW else jobs or _cores()
    if before.rows:
        click.echo(f"{named(output)}: going on behind row {before.rows:,}", err=True)
    counts = Counts()
    with ExitStack() as stack:
        source = stack.enter_context(given.path.open("rb"))
        target = stack.enter_context(_adding(output, before.bytes))
        rows = _told(given.path, batch_rows(_lines(source), given.form), before.rows)
        bar = stack.enter_context(_progress(given.lines, before.rows))
        # Rows that have their line already are read for their ids alone.
        left_over = islice(rows, before.rows, None)
        for lines, some in in_order(chunks(left_over), files, processes):
            _write(output, target, lines)
            counts = counts.plus(some)
            bar.update(some.rows)
    return counts


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


@contextmanager
def _adding(output: Path, at: int) -> Iterator[BinaryIO]:
    """The output, readable by its owner alone, cut behind its last whole line."""
    try:
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            _alone(output, handle)
            handle.truncate(at)
            handle.seek(at)
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise OutputNotWritten(_not_written(output, error)) from error


def _alone(output: Path, handle: BinaryIO) -> None:
    """Nobody else writes to it meanwhile. The system lets go of it however this process ends."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:  # not on every system
        return
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except OSError:
        raise FileRefused(output, "another run is writing to it") from None


def _write(output: Path, target: BinaryIO, lines: bytes) -> None:
    try:
        target.write(lines)
        target.flush()
    except OSError as error:
        raise OutputNotWritten(_not_written(output, error)) from error


def _not_written(output: Path, error: OSError) -> str:
    reason = error.strerror or "the system refused"
    return f"{named(output)}: {reason}; the same command goes on where it stopped"


def _told(path: Path, rows: Iterator[BatchRow], before: int) -> Iterator[BatchRow]:
    """The rows; each that is rejected is named on standard error, up to a bearable number."""
    said = 0
    for row in rows:
        if row.error and row.number > before:
            said += 1
            if said <= MOST_SHOWN:
                click.echo(f"{named(path)}:{row.line}: {row.error}", err=True)
        yield row
    if said > MOST_SHOWN:
        click.echo(f"{named(path)}: {said - MOST_SHOWN:,} more rows rejected", err=True)


class _Progress(Protocol):
    def update(self, n_steps: int) -> None:
        """So many rows more are done."""


class _Silent:
    def update(self, n_steps: int) -> None:
        """Nobody watches."""


@contextmanager
def _progress(total: int, done: int) -> Iterator[_Progress]:
    if not sys.stderr.isatty():
        yield _Silent()
        return
    with click.progressbar(length=total, label="screening", file=sys.stderr, show_pos=True) as bar:
        bar.update(done)
        yield bar


def _say_counts(output: Path, counts: Counts, before: Kept) -> None:
    rows = counts.rows + before.rows
    rejected = counts.rejected + before.rejected
    click.echo(
        f"{named(output)}: {rows:,} rows, {rejected:,} of them rejected; "
        f"in this run {counts.review:,} for review, {counts.strong:,} strong",
        err=True,
    )
