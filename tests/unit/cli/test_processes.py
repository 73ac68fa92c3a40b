"""Work is shared out in order, and only where there is enough of it."""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from os import getpid

import pytest

from safeconduct.cli import processes
from safeconduct.cli.piped import Gone
from safeconduct.cli.processes import FEW, spread


def where(_: int) -> int:
    return getpid()


def double(number: int) -> int:
    if number < 0:
        raise ValueError(number)
    return 2 * number


def test_results_come_in_the_order_of_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cpu_count", lambda: 2)
    assert list(spread(double, range(50))) == [2 * number for number in range(50)]


def test_little_work_starts_no_process() -> None:
    assert set(spread(where, range(FEW))) == {getpid()}


def test_one_core_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cpu_count", lambda: 1)
    assert set(spread(where, range(50))) == {getpid()}


def test_much_work_is_done_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cpu_count", lambda: 2)
    assert getpid() not in set(spread(where, range(50)))


def test_no_more_is_taken_than_the_processes_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cpu_count", lambda: 2)
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = spread(double, endless())
    assert next(results) == 2
    assert taken < 3 * FEW
    del results


def dies(number: int) -> int:
    if number == 40:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_process_that_was_killed_is_told_and_waited_for_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "cpu_count", lambda: 2)
    with pytest.raises(Gone, match="a process ended before its work did"):
        list(spread(dies, range(80)))
    assert not multiprocessing.active_children()


def slower(number: int) -> int:
    time.sleep(0.05 if number % 7 == 0 else 0)
    return number


def test_one_that_is_slow_holds_up_no_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cpu_count", lambda: 3)
    assert list(spread(slower, range(60))) == list(range(60))


def test_an_error_of_a_process_is_the_caller_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "cpu_count", lambda: 2)
    with pytest.raises(ValueError, match="-1"):
        list(spread(double, [*range(40), -1, *range(40)]))
