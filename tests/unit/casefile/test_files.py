"""A file is written whole or not at all; what stood there before survives every failure."""

import errno
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.casefile import files
from safeconduct.casefile.errors import OutputNotWritten
from safeconduct.casefile.files import FileNotFlushed, write_atomically


def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml.age"
    write_atomically(path, b"one")
    assert path.read_bytes() == b"one"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["case.yaml.age"]


def test_an_existing_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "real", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_device_or_a_pipe_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    # A terminal of our own: if the code were wrong, a test on /dev/null would break the machine.
    ours, theirs = os.openpty()
    try:
        device = Path(os.ttyname(theirs))
        write_atomically(device, b"x")
        assert os.read(ours, 10) == b"x"
        assert stat.S_ISCHR(device.stat().st_mode)
    finally:
        os.close(ours)
        os.close(theirs)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = "import sys; print(open(sys.argv[1], 'rb').read())"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(pipe)], stdout=subprocess.PIPE, text=True
    ) as reader:
        write_atomically(pipe, b"through the pipe")
        assert reader.communicate()[0].strip() == "b'through the pipe'"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may make a device")
def test_a_disk_is_neither_replaced_nor_written_to(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    try:
        os.mknod(disk, 0o600 | stat.S_IFBLK, os.makedev(7, 250))
    except OSError as error:
        pytest.skip(f"no device can be made here: {error}")
    with pytest.raises(OutputNotWritten, match="neither a file nor a stream"):
        write_atomically(disk, b"x")
    assert stat.S_ISBLK(disk.stat().st_mode)


def test_a_socket_is_not_replaced(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        with pytest.raises(OutputNotWritten, match="neither a file nor a stream"):
            write_atomically(tmp_path / "s", b"x")
        assert (tmp_path / "s").is_socket()


def test_links_in_a_circle_and_names_that_are_none_are_told(tmp_path: Path) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    for path in (circle, Path("a\0b"), tmp_path / ("x" * 250)):
        with pytest.raises(OutputNotWritten) as refused:
            write_atomically(path, b"x")
        assert refused.value.exit_code == 4
    assert circle.is_symlink()
    assert os.listdir(tmp_path) == ["circle"]


@pytest.mark.parametrize("code", [errno.EINVAL, errno.EACCES])
def test_a_system_that_cannot_flush_folders_still_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(files, "_flush_folder", _fails_with(code))
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_disk_that_does_not_confirm_is_told_without_claiming_that_the_old_file_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"old")
    monkeypatch.setattr(files, "_flush_folder", _fails_with(errno.EIO))
    with pytest.raises(FileNotFlushed) as told:
        write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert "still stands" not in str(told.value)


def _fails_with(code: int) -> Callable[[Path], None]:
    def fails(folder: Path) -> None:
        raise OSError(code, os.strerror(code), str(folder))

    return fails


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputNotWritten, match="missing"):
        write_atomically(tmp_path / "missing" / "file", b"x")


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path) -> None:
    # A limit on file sizes fails a write half-way, as a full disk does.
    path = tmp_path / "case.yaml"
    path.write_bytes(b"old")
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\n"
        "from safeconduct.casefile.errors import OutputNotWritten\n"
        "from safeconduct.casefile.files import write_atomically\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n    write_atomically(Path(sys.argv[1]), b'x' * 1_000_000)\n"
        "except OutputNotWritten as error:\n    print(error.exit_code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "4"
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["case.yaml"]


def test_killed_at_any_moment_it_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    old, new = b"o" * 3_000_000, b"n" * 3_000_000
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from safeconduct.casefile.files import write_atomically\n"
        "print('ready', flush=True)\n"
        "while True:\n"
        "    write_atomically(Path(sys.argv[1]), b'n' * 3_000_000)\n"
        "    write_atomically(Path(sys.argv[1]), b'o' * 3_000_000)\n"
    )
    path.write_bytes(old)
    for run in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(run * 37 % 50 / 1000)
            os.kill(process.pid, signal.SIGKILL)
        assert path.read_bytes() in (old, new)
