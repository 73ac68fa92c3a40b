"""The private folder lies in memory and leaves nothing behind, whatever ends it."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from safeconduct.vault.memory import Ended, MemoryFolderLeft, NoMemoryFolder, memory_folder

SHM = Path("/dev/shm")


def test_the_folder_is_private_and_goes_with_its_contents() -> None:
    with memory_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "case.yaml").write_text("secret")
    assert not folder.exists()


def test_it_goes_after_an_exception_too() -> None:
    with pytest.raises(RuntimeError), memory_folder() as folder:
        (folder / "case.yaml").write_text("secret")
        raise RuntimeError
    assert not folder.exists()


def test_a_disk_is_never_used_instead() -> None:
    with pytest.raises(NoMemoryFolder), memory_folder("/dev/sda1 / ext4 rw 0 0\n"):
        pass


def test_what_was_mounted_last_at_a_place_counts() -> None:
    over = "tmpfs /dev/shm tmpfs rw 0 0\n/dev/sda1 /dev/shm ext4 rw 0 0\n"
    with pytest.raises(NoMemoryFolder), memory_folder(over):
        pass


def test_a_folder_that_cannot_be_removed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with (
        monkeypatch.context() as patch,
        pytest.raises(MemoryFolderLeft) as told,
        memory_folder() as folder,
    ):
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
    folder.rmdir()
    assert told.value.folder == folder
    assert signal.getsignal(signal.SIGTERM) is before


def test_in_another_thread_it_works_and_leaves_nothing() -> None:
    found: list[Path] = []

    def use() -> None:
        with memory_folder() as folder:
            found.append(folder)
            assert folder.exists()

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert len(found) == 1
    assert not found[0].exists()


def test_signals_are_answered_as_before_once_it_is_gone() -> None:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(one) for one in numbers]
    with memory_folder():
        assert [signal.getsignal(one) for one in numbers] != before
    assert [signal.getsignal(one) for one in numbers] == before


def test_a_signal_that_was_ignored_before_is_still_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with memory_folder() as folder:
            signal.raise_signal(signal.SIGHUP)
            assert folder.exists()
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(
    ("number", "raised"),
    [
        (signal.SIGINT, KeyboardInterrupt),
        (signal.SIGTERM, Ended),
        (signal.SIGHUP, Ended),
    ],
)
def test_a_signal_becomes_an_exception(number: signal.Signals, raised: type[BaseException]) -> None:
    # A runner started in the background ignores some of them, and what is ignored stays so.
    default = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
    before = signal.signal(number, default)
    try:
        with pytest.raises(raised), memory_folder() as outer, memory_folder() as inner:
            signal.raise_signal(number)
    finally:
        signal.signal(number, before)
    assert not outer.exists()
    assert not inner.exists()


@pytest.mark.parametrize("gap", [0.0005, 0.002, 0.008])
@pytest.mark.parametrize("second", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_second_signal_does_not_stop_the_removal(second: signal.Signals, gap: float) -> None:
    code = (
        "from safeconduct.vault.memory import memory_folder\nimport time\n"
        "with memory_folder() as folder:\n"
        "    for number in range(2000):\n"
        "        (folder / str(number)).write_text('secret')\n"
        "    print(folder, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        for number in (signal.SIGTERM, second, second):
            process.send_signal(number)
            time.sleep(gap)
        process.wait(timeout=30)
    try:
        assert not folder.exists()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_it_goes_when_the_process_is_told_to_end() -> None:
    code = (
        "from safeconduct.vault.memory import memory_folder\nimport time\n"
        "with memory_folder() as folder:\n"
        "    (folder / 'case.yaml').write_text('secret')\n"
        "    print(folder, flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert folder.exists()
        os.kill(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
    for _ in range(50):
        if not folder.exists():
            break
        time.sleep(0.1)
    assert not folder.exists()
