"""A process that is killed takes nothing with it but what cannot be done at all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from threading import Thread

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


class Untold(Exception):
    """One that no other process can be told of."""

    def __reduce__(self) -> str:
        raise TypeError("not to be told")


def untold(_: int) -> int:
    raise Untold("here")


def slowly(number: int) -> int:
    time.sleep(0.02)
    return -number


def interrupted(number: int) -> int:
    os.kill(os.getpid(), signal.SIGINT)
    return number


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


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc to find processes by")
@pytest.mark.parametrize("after", [0, 0.01, 0.03, 0.1, 0.2])
def test_a_process_killed_at_any_moment_costs_nothing(after: float) -> None:
    """While it or another starts, takes up its first piece, works, or is let go."""

    def kill() -> None:
        found = worker(os.getpid())
        time.sleep(after)
        with suppress(ProcessLookupError):
            os.kill(found, signal.SIGKILL)

    killing = Thread(target=kill)
    killing.start()
    found = dict(shared_out(slowly, range(6), 3, 2))
    killing.join()
    assert found == {number: -number for number in range(6)}


def worker(parent: int) -> int:
    """One of the processes that another started for its work, as soon as there is one."""
    for _ in range(3000):
        for one in Path("/proc").glob("[0-9]*"):
            try:
                of = int((one / "stat").read_text().rpartition(")")[2].split()[1])
                if of == parent and b"spawn_main" in (one / "cmdline").read_bytes():
                    return int(one.name)
            except (OSError, IndexError):
                continue
        time.sleep(0.01)
    raise AssertionError("no process was started")


def test_those_in_hand_are_let_go_where_no_more_is_wanted() -> None:
    made = shared_out(where, range(9), 2, 100)
    assert isinstance(made, Generator)
    _, process = next(made)
    assert process is not None
    assert alive(process)
    made.close()
    assert not alive(process)


def test_an_interruption_is_the_parents_alone() -> None:
    """The terminal tells every process; one that was told would end with a traceback."""
    assert dict(shared_out(interrupted, [1, 2, 3], 2, 100)) == {1: 1, 2: 2, 3: 3}


def test_an_error_of_the_work_is_raised_and_not_taken_for_a_lost_process() -> None:
    with pytest.raises(ValueError, match="7") as caught:
        list(shared_out(refuses, [7], 1, 1))
    assert "in refuses" in "".join(caught.value.__notes__)
    with pytest.raises(RuntimeError, match="Untold: here"):
        list(shared_out(untold, [7], 1, 1))


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
