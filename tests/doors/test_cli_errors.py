"""How errors are worded on stderr, and their exit codes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from safeconduct.casefile.errors import DamagedReference, OutputNotWritten, SafeconductError
from safeconduct.casefile.yamltree import FileMistaken, Mistake
from safeconduct.cli.errors import FileHasMistakes, FileRefused, about, guarded

ONE = Mistake(3, 7, "`x`", "y")


def ended(error: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[object, str]:
    """The exit code and what was told of a command that raises an error."""

    def command() -> None:
        raise error

    with pytest.raises(SystemExit) as end:
        guarded(command)()
    captured = capsys.readouterr()
    assert captured.out == ""
    return end.value.code, captured.err


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (SafeconductError("no"), 2, "no\n"),
        (DamagedReference("cut"), 3, "cut\n"),
        (OutputNotWritten("full"), 4, "full\n"),
        (FileRefused(Path("a"), "cut", 3), 3, "a: cut\n"),
        (FileMistaken((ONE,)), 2, "3:7: `x`; accepted: y\n"),
        (FileHasMistakes(Path("a"), (ONE, ONE)), 2, "a:3:7: `x`; accepted: y\n" * 2),
        (FileNotFoundError(2, "No such file", "a\u202eb"), 2, "a\\u202eb: No such file\n"),
        (OSError("odd"), 2, "the system refused\n"),
        (KeyboardInterrupt(), 130, "interrupted\n"),
        (click.Abort(), 130, "interrupted\n"),
    ],
)
def test_every_error_has_its_words_and_its_code(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(error, capsys) == (code, told)


def test_a_bug_is_not_worded_as_a_mistake_of_the_person() -> None:
    def command() -> None:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        guarded(command)()


def test_a_command_without_errors_gives_its_result() -> None:
    assert guarded(lambda: 7)() == 7


def test_thousands_of_mistakes_are_counted_after_the_first_thousand() -> None:
    lines = str(FileHasMistakes(Path("a"), (ONE,) * 1234)).splitlines()
    assert len(lines) == 1001
    assert lines[-1] == "… and 234 mistakes more"


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (FileMistaken((ONE,)), FileHasMistakes, 2),
        (DamagedReference("cut"), FileRefused, 3),
        (PermissionError(13, "Permission denied"), FileRefused, 2),
        (FileRefused(Path("inner"), "no"), FileRefused, 2),
    ],
)
def test_what_is_found_wrong_with_a_file_names_it(
    error: Exception, kind: Callable[..., SafeconductError], code: int
) -> None:
    with pytest.raises(SafeconductError) as caught, about(Path("outer")):
        raise error
    assert isinstance(caught.value, kind)  # type: ignore[arg-type]
    assert caught.value.exit_code == code
    assert str(caught.value).startswith("inner" if isinstance(error, FileRefused) else "outer")


def test_a_reader_who_has_enough_is_no_error() -> None:
    program = (
        "import click\nfrom safeconduct.cli.errors import guarded\n"
        "@click.command()\n@guarded\ndef talk():\n"
        "    for _ in range(100000): click.echo('x' * 80)\ntalk()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait() == 0
        assert process.stderr.read() == b""
