"""Chromium, headless, cut off from every network, spoken to through two pipes.

Whatever a page wants, Chromium can reach nothing: names resolve to nothing, and all else goes to a
proxy that does not exist. What it asks for is answered, or refused, by whoever holds the session.
The protocol is that of chromedevtools.github.io/devtools-protocol (domains Target, Fetch, Page).
"""

import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from safeconduct.casefile.errors import SafeconductError

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--hide-scrollbars",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--lang=en",
)
_LONGEST = 256 * 1024 * 1024
_BLOCK = 1024 * 1024
_TO_END = 2.0
# Chromium reads commands at 3 and answers at 4; pipes lie above both before they are moved there.
_HEARS, _SAYS, _ABOVE = 3, 4, 16


class BrowserFailed(SafeconductError):
    """Chromium did not start, did not answer in time, or refused a command."""


class Chromium(msgspec.Struct, frozen=True, kw_only=True):
    """Which program, how many seconds for everything, and whether in its sandbox.

    Without the sandbox, a page that breaks Chromium has the rights of whoever runs it.
    """

    program: Path
    seconds: float = 60.0
    sandboxed: bool = True


def installed() -> Path | None:
    """Where Chromium is, or None."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return None if found is None else Path(found)


def answer_to(method: str, message: dict[str, Any]) -> dict[str, Any]:
    """What a command gave. Raises BrowserFailed where it was refused."""
    if "error" in message:
        raise BrowserFailed(f"{method}: {message['error'].get('message', 'refused')}")
    result: dict[str, Any] = message.get("result", {})
    return result


class Session:
    """One tab. `events` gives what Chromium tells unasked."""

    def __init__(self, says: int, hears: int, until: float, seconds: float) -> None:
        self._says, self._hears, self._until, self._seconds = says, hears, until, seconds
        self._buffer = bytearray()
        self._waiting: list[dict[str, Any]] = []
        self._number = 0
        self._tab: str | None = None

    def open_tab(self) -> None:
        """Opens an empty tab, which all later commands are for."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        tab = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._tab = str(tab["sessionId"])

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """A command and its answer. Raises BrowserFailed."""
        number = self.tell(method, **parameters)
        while True:
            message = self._message()
            if message.get("id") == number:
                return answer_to(method, message)
            self._waiting.append(message)

    def tell(self, method: str, **parameters: Any) -> int:
        """A command whose answer nobody waits for; its number."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._tab is not None:
            message["sessionId"] = self._tab
        self._write(json.dumps(message).encode() + b"\0")
        return self._number

    def event(self) -> dict[str, Any]:
        """The next thing that Chromium tells. Raises BrowserFailed."""
        return self._waiting.pop(0) if self._waiting else self._message()

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise BrowserFailed(f"it took more than {self._seconds:g} seconds")
        return left

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            _, ready, _ = select.select((), (self._says,), (), self._left())
            if ready:
                try:
                    view = view[os.write(self._says, view[:_BLOCK]) :]
                except BlockingIOError:
                    continue
                except OSError as error:
                    raise BrowserFailed("it ended") from error

    def _message(self) -> dict[str, Any]:
        at = self._buffer.find(b"\0")
        while at < 0:
            ready, _, _ = select.select((self._hears,), (), (), self._left())
            if not ready:
                continue
            data = os.read(self._hears, _BLOCK)
            if not data:
                raise BrowserFailed("it ended")
            before = len(self._buffer)
            self._buffer += data
            if len(self._buffer) > _LONGEST:
                raise BrowserFailed("it answered without end")
            at = self._buffer.find(b"\0", before)
        message: dict[str, Any] = json.loads(self._buffer[:at])
        del self._buffer[: at + 1]
        return message


@contextmanager
def session(chromium: Chromium) -> Iterator[Session]:
    """Chromium with one empty tab; ended whatever happens, its own files removed.

    Raises BrowserFailed.
    """
    # A short path: Chromium puts a socket there, whose name may not be long.
    with TemporaryDirectory(prefix="sc-", ignore_cleanup_errors=True) as folder:
        yield from _running(chromium, Path(folder))


def _running(chromium: Chromium, folder: Path) -> Iterator[Session]:
    until = time.monotonic() + chromium.seconds
    hears, we_say = _pipe()
    we_hear, says = _pipe()
    os.set_blocking(we_say, False)
    try:
        pid = _started(chromium, folder, hears, says)
    except OSError as error:
        for one in (hears, we_say, we_hear, says):
            os.close(one)
        raise BrowserFailed(f"not started ({error.strerror})") from error
    os.close(hears)
    os.close(says)
    try:
        opened = Session(we_say, we_hear, until, chromium.seconds)
        opened.open_tab()
        yield opened
    finally:
        os.close(we_say)
        os.close(we_hear)
        _end(pid)


def _pipe() -> tuple[int, int]:
    reads, writes = os.pipe()
    return _lifted(reads), _lifted(writes)


def _lifted(descriptor: int) -> int:
    lifted = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _ABOVE)
    os.close(descriptor)
    return lifted


def _started(chromium: Chromium, folder: Path, hears: int, says: int) -> int:
    sandbox = () if chromium.sandboxed else ("--no-sandbox",)
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [str(chromium.program), *_FLAGS, *sandbox, profile, "about:blank"]
    nothing = os.devnull
    # Nothing of the environment: no proxy, no settings, no home in which to leave something.
    surroundings = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }
    return os.posix_spawn(
        chromium.program,
        command,
        surroundings,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, nothing, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, nothing, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, nothing, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, hears, _HEARS),
            (os.POSIX_SPAWN_DUP2, says, _SAYS),
        ],
        setpgroup=0,
    )


def _end(pid: int) -> None:
    """Chromium ends when its pipes do; where it does not, it is ended with all that it started."""
    until = time.monotonic() + _TO_END
    while time.monotonic() < until:
        if os.waitpid(pid, os.WNOHANG)[0]:
            break
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
