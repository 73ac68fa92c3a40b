"""A process that holds keys leaves no core dump and cannot be read by its neighbours."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.vault.sessions import process

PROGRAM = """
import os, sys
from safeconduct.vault.sessions.process import close_process
if "closed" in sys.argv:
    close_process()
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
os.abort()
"""


def ended(folder: Path, root: Path, *arguments: str) -> tuple[str, int]:
    """Who owns the process's files in /proc, as its limits say, and how it ended."""
    program = [sys.executable, "-c", PROGRAM, *arguments]
    with subprocess.Popen(
        program,
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
    ) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == b"ready\n"
        limits = Path(f"/proc/{child.pid}/limits").read_text(encoding="utf-8")
        child.stdin.write(b"\n")
        child.stdin.close()
        code = child.wait()
    (line,) = (one for one in limits.splitlines() if one.startswith("Max core file size"))
    return line, code


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, which only Linux has")
def test_a_closed_process_leaves_no_core_dump(tmp_path: Path, root: Path) -> None:
    line, code = ended(tmp_path, root, "closed")
    assert line.split()[4:6] == ["0", "0"]
    assert code < 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_a_closed_process_is_not_dumpable(root: Path) -> None:
    program = (
        "import ctypes; from safeconduct.vault.sessions.process import close_process;"
        "get = lambda: ctypes.CDLL(None).prctl(3, 0, 0, 0, 0);"
        "before = get(); close_process(); print(before, get())"
    )
    environment = {**os.environ, "PYTHONPATH": str(root / "src")}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"1", b"0"]


def test_a_system_that_refuses_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*limits: object) -> None:
        raise ValueError("not allowed")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    with pytest.raises(process.NotClosed):
        process.close_process()
