"""A process that is killed takes nothing with it but what cannot be done at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from safeconduct.cli.dossier_workers import cores, shared_out


def double(number: int) -> int:
    """Ends its own process for a negative number, as a system without memory would."""
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def once(marker: Path) -> int:
    """Ends its own process the first time."""
    if marker.exists():
        return 1
    marker.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def refuses(number: int) -> int:
    raise ValueError(number)


def where(_: int) -> int:
    return os.getpid()


def test_a_piece_that_kills_its_process_is_named_and_all_others_are_done() -> None:
    found = dict(shared_out(double, [1, 2, -3, 4, 5, -6, 7], 2, 100))
    assert found == {1: 2, 2: 4, -3: None, 4: 8, 5: 10, -6: None, 7: 14}


def test_a_piece_that_was_only_unlucky_is_done_the_second_time(tmp_path: Path) -> None:
    markers = [tmp_path / "a", tmp_path / "b", tmp_path / "c"]
    for one in markers[1:]:
        one.touch()
    assert dict(shared_out(once, markers, 2, 100)) == dict.fromkeys(markers, 1)


def test_processes_are_replaced() -> None:
    found = list(shared_out(where, range(9), 2, 2))
    assert sorted(piece for piece, _ in found) == list(range(9))
    assert len({process for _, process in found}) >= 3


def test_an_error_of_the_work_is_raised_and_not_taken_for_a_lost_process() -> None:
    with pytest.raises(ValueError, match="7"):
        list(shared_out(refuses, [7], 1, 1))


def test_a_process_ends_with_its_parent(tmp_path: Path) -> None:
    program = (
        "from tests.unit.cli.test_dossier_workers import *\n"
        f"list(shared_out(tells, [{str(tmp_path / 'pid')!r}], 1, 1))\n"
    )
    root = Path(__file__).parents[3]
    path = os.pathsep.join([str(root), *sys.path])
    parent = subprocess.Popen(
        [sys.executable, "-c", program], cwd=root, env={**os.environ, "PYTHONPATH": path}
    )
    pid = int(waited(tmp_path / "pid"))
    parent.kill()
    parent.wait()
    for _ in range(500):
        if not alive(pid):
            return
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    raise AssertionError("it went on without its parent")


def tells(file: str) -> None:
    """Says which process it is in, and stays."""
    Path(file).with_suffix(".new").write_text(str(os.getpid()))
    Path(file).with_suffix(".new").rename(file)
    time.sleep(60)


def waited(file: Path) -> str:
    for _ in range(1000):
        if file.exists():
            return file.read_text()
        time.sleep(0.02)
    raise AssertionError("no process was started")


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    if state.parent.parent.joinpath("self").exists():
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_cores_are_counted_where_the_system_tells_no_affinity(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    assert cores() == 3
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
