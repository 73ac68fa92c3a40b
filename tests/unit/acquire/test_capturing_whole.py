"""A capture is there whole or not at all, also where the machine is switched off in the middle."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from tests.unit.acquire.serving import Server, answer
from tests.unit.acquire.test_capturing import SCHEMA, Capturing, capture

from safeconduct.acquire.captured import Capture
from safeconduct.acquire.staging import new_folder
from safeconduct.casefile.files import FileNotWritten

__all__ = ["capture"]

PROGRAM = """
import signal
import sys
from datetime import datetime, UTC
from pathlib import Path
from safeconduct.acquire.capturing import capture_page
from safeconduct.acquire.following import Asking
from safeconduct.acquire.hearing import Allowed
from safeconduct.acquire.wire import Limits, Network
signal.signal(signal.SIGINT, signal.default_int_handler)
capture_page(
    sys.argv[1],
    Path(sys.argv[2]),
    asking=Asking(
        at=datetime.now(UTC),
        allowed=Allowed(most=10**9, partial=True),
        network=Network(loopback=True, plain=True),
        limits=Limits(),
    ),
)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_interruption_leaves_nothing_that_looks_whole(
    server: Server, tmp_path: Path, how: signal.Signals
) -> None:
    def slow(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            sock.sendall(b"x" * 1_000)
            time.sleep(0.01)

    server.replies["/page"] = slow
    command = [sys.executable, "-c", PROGRAM, f"{server.base}/page", str(tmp_path)]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while time.monotonic() < until and not any(tmp_path.glob(".capture-*/.answer")):
        time.sleep(0.05)
    time.sleep(0.2)
    running.send_signal(how)
    try:
        running.wait(timeout=30)
    finally:
        running.kill()
    left = [path.name for path in tmp_path.iterdir()]
    assert all(name.startswith(".") and ".partial-" in name for name in left)
    assert bool(left) == (how is signal.SIGKILL)
    assert not any(path.name == "capture.json" for path in tmp_path.rglob("*"))


def test_nothing_is_ever_replaced(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x-2").write_bytes(b"mine")
    (tmp_path / "x-3").symlink_to("nowhere")
    with new_folder(tmp_path, "x") as staged:
        (staged.path / "file").write_bytes(b"new")
    assert staged.where == tmp_path / "x-4"
    assert list((tmp_path / "x").iterdir()) == []
    assert (tmp_path / "x-2").read_bytes() == b"mine"


def test_what_is_raised_inside_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path, "x") as staged:
        (staged.path / "file").write_bytes(b"new")
        raise KeyboardInterrupt
    with pytest.raises(FileNotWritten), new_folder(tmp_path, "x"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_takes_no_folder_is_told(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileNotWritten), new_folder(tmp_path / "file", "x"):
        pass


def test_a_capture_is_for_its_owner_alone(server: Server, capture: Capturing) -> None:
    server.replies["/page"] = answer(b"x")
    assert capture().folder.stat().st_mode & 0o077 == 0


def test_the_shipped_schema_says_what_the_types_say() -> None:
    shipped = msgspec.json.decode(SCHEMA.read_bytes())
    made = msgspec.json.schema(Capture)
    for name, part in made["$defs"].items():
        known = shipped["$defs"][name]
        assert set(known["properties"]) == set(part["properties"])
        assert set(known["required"]) - {"schema"} == set(part["required"])
        for key, kind in part["properties"].items():
            assert known["properties"][key].get("type") == kind.get("type")
