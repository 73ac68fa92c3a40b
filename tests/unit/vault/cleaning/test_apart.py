"""Files are cleaned in a process without our memory, within limits; whatever it does, we go on."""

import sys
from pathlib import Path

import pytest
from tests.unit.vault.cleaning import canaries, documents

from safeconduct.vault.cleaning.apart import clean_apart
from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.results import CannotClean, Limits, Why


def refused(data: bytes, **how: float) -> CannotClean:
    with pytest.raises(CannotClean) as caught:
        clean_apart(data, **how)  # type: ignore[arg-type]
    return caught.value


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose modules the child finds before ours."""
    folder = tmp_path / "first"
    (folder / "safeconduct" / "vault" / "cleaning").mkdir(parents=True)
    for part in ("", "vault", "vault/cleaning"):
        (folder / "safeconduct" / part / "__init__.py").write_text("")
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    return folder / "safeconduct" / "vault" / "cleaning" / "child.py"


def test_the_copy_is_the_same_as_from_our_own_process() -> None:
    for data in (canaries.jpeg(), documents.zipped(documents.docx())):
        assert clean_apart(data) == clean(data)


def test_a_refusal_comes_back_with_its_reason() -> None:
    error = refused(b"plain")
    assert error.why is Why.UNKNOWN_FORMAT
    with pytest.raises(CannotClean) as caught:
        clean_apart(canaries.png(), limits=Limits(pixels=3))
    assert (caught.value.why, caught.value.says) == (Why.TOO_MANY_PIXELS, "limit 3")
    with pytest.raises(CannotClean) as caught:
        clean_apart(canaries.png(), limits=Limits(file_bytes=3))
    assert caught.value.why is Why.TOO_LARGE


@pytest.mark.parametrize(
    "body",
    [
        "import os; os.abort()",
        "import sys; sys.exit(0)",
        "print('nonsense')",
        "raise SystemError",
        "import os; os.close(0); os.write(1, b'half')",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_given_up(body: str, child: Path) -> None:
    child.write_text(f"def main():\n    {body}\n")
    assert refused(canaries.jpeg() * 100).why is Why.GAVE_UP


def test_a_child_that_never_ends_is_ended(child: Path) -> None:
    child.write_text("def main():\n    import time\n    time.sleep(60)\n")
    assert refused(canaries.jpeg(), seconds=0.5).why is Why.GAVE_UP


def test_a_child_that_says_too_much_is_ended(child: Path) -> None:
    child.write_text("def main():\n    while True:\n        print('x' * 100000)\n")
    with pytest.raises(CannotClean, match="too much"):
        clean_apart(b"x", limits=Limits(file_bytes=1_000_000))


def test_the_child_has_no_environment_of_ours_and_cannot_write(
    child: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFECONDUCT_TEST", canaries.WORD)
    first = str(child.parent.parent.parent.parent)
    child.write_text(_LOOKING.format(first=first, file=str(tmp_path / "written")))
    assert refused(b"x").says == "environment [] writing OSError memory MemoryError"
    assert not (tmp_path / "written").exists() or (tmp_path / "written").read_bytes() == b""


# The real child, with something else to do when it comes to cleaning.
_LOOKING = """
import sys

sys.path.remove({first!r})
for name in [one for one in sys.modules if one.startswith("safeconduct")]:
    del sys.modules[name]

from safeconduct.vault.cleaning import child as real
from safeconduct.vault.cleaning.results import CannotClean, Why


def looked(data, *, limits):
    import os, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    names = [name for name in os.environ if name.startswith("SAFECONDUCT")]
    writing = memory = "done"
    try:
        with open({file!r}, "wb") as file:
            file.write(b"x")
    except OSError:
        writing = "OSError"
    try:
        bytearray(4 * 1024**3)
    except MemoryError:
        memory = "MemoryError"
    raise CannotClean(Why.GAVE_UP, f"environment {{names}} writing {{writing}} memory {{memory}}")


real.clean = looked
main = real.main
"""
