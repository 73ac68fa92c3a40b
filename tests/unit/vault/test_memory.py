"""The private folder lies in memory and leaves nothing behind, whatever ends it."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from safeconduct.vault.memory import NoMemoryFolder, memory_folder

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
