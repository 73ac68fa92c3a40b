"""How every command words errors on stderr, and the exit code of each.

`FILE:LINE:COL: what was found; accepted: what is accepted`. Of a case it prints no more than the
mistake needs.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

import click

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import FileMistaken, Mistake, shown

P = ParamSpec("P")
R = TypeVar("R")

INTERRUPTED = 130
MOST_SHOWN = 1000


class FileRefused(SafeconductError):
    """A named file cannot be used, for a reason that leaves it as it is."""

    def __init__(self, path: Path, reason: str, exit_code: int = 2) -> None:
        super().__init__(f"{named(path)}: {reason}")
        self.path, self.reason, self.exit_code = path, reason, exit_code


class FileHasMistakes(SafeconductError):
    """A named file with every mistake in it."""

    def __init__(self, path: Path, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(_listed(mistakes, named(path) + ":"))
        self.path, self.mistakes = path, mistakes


def named(path: Path) -> str:
    """A path as it may stand in a message: nothing invisible in it."""
    return shown(str(path), most=300)


def worded(mistake: Mistake, file: str = "") -> str:
    """One mistake on one line, after the name of its file and a colon."""
    where = f"{file}{mistake.line}:{mistake.column}"
    return f"{where}: {mistake.found}; accepted: {mistake.accepted}"


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Names the file in whatever is found wrong with it."""
    try:
        yield
    except FileMistaken as error:
        raise FileHasMistakes(path, error.mistakes) from None
    except (FileRefused, FileHasMistakes):
        raise
    except SafeconductError as error:
        raise FileRefused(path, str(error), error.exit_code) from error
    except OSError as error:
        reason = f"it cannot be read ({error.strerror or 'no reason given'})"
        raise FileRefused(path, reason) from error


def told(error: SafeconductError) -> str:
    """The message of an error, a line for each mistake."""
    if isinstance(error, FileMistaken):
        return _listed(error.mistakes)
    return str(error)


def _listed(mistakes: tuple[Mistake, ...], file: str = "") -> str:
    lines = [worded(one, file) for one in mistakes[:MOST_SHOWN]]
    if len(mistakes) > MOST_SHOWN:
        lines.append(f"… and {len(mistakes) - MOST_SHOWN:,} mistakes more")
    return "\n".join(lines)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """A click command whose errors are worded and given their exit code (see docs/reference)."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SafeconductError as error:
            _end(told(error), error.exit_code)
        except BrokenPipeError:
            # The reader, such as `head`, has all that it wanted.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(0) from None
        except OSError as error:
            file = f"{shown(str(error.filename), most=300)}: " if error.filename else ""
            _end(f"{file}{error.strerror or 'the system refused'}", 2)
        except (KeyboardInterrupt, click.Abort):
            _end("interrupted", INTERRUPTED)

    return run


def _end(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(code)
