"""Commands of an extra that is not installed say what to install, in one line."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from safeconduct.cli.extras import ExtraNeeded, needs

# As if the packages were not there.
WITHOUT = (
    "import sys; sys.modules['rfc8785'] = None; sys.modules['pyhanko'] = None;"
    "from safeconduct.cli.entry import main; sys.argv[0] = 'safeconduct'; main()"
)


@pytest.mark.parametrize(
    ("extra", "arguments"),
    [
        ("verify", ("verify", "x.pdf")),
        ("verify", ("seal", "show", "keys")),
        ("verify", ("dossier", "preview", "x.yaml", "--profile", "lawyer")),
        ("verify", ("dossier", "disclose", "x.pdf", "y", "claim/c1")),
        ("seal", ("dossier", "sheet", "x.pdf", "y.pdf")),
    ],
)
def test_a_command_of_an_extra_names_it(extra: str, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert f"pip install 'safeconduct[{extra}]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_other_commands_need_no_extra(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "vet", "examples/alexander/case.yaml", "--plain"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_mistake_of_our_own_is_not_hidden_as_a_missing_package() -> None:
    with pytest.raises(ModuleNotFoundError), needs("verify"):
        import_module("safeconduct.nothing_of_this_name")
    with pytest.raises(ExtraNeeded), needs("verify"):
        raise ModuleNotFoundError(name="rfc8785.sub")
