"""A connection on which every wait has a limit, and all of them together have one.

It opens sockets to machines that `links` allowed; it knows nothing of what is said on them.
"""

import io
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec

from safeconduct.acquire.errors import NotReached, TooSlow
from safeconduct.acquire.links import Link, Resolve, machines, resolved


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds to connect to one machine, to wait for the next bytes, and for all of a download.

    `afterwards` is how long to listen for bytes behind the stated end; `redirects` how many.
    """

    connect: float = 20.0
    read: float = 60.0
    whole: float = 1800.0
    afterwards: float = 1.0
    redirects: int = 5


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """How the network is used. Tests replace parts of it; nobody else should.

    `loopback` allows this machine itself, there also by HTTP; `plain` allows HTTP to public
    machines. `trust` holds the certificate authorities; the system's where it is None.
    """

    loopback: bool = False
    plain: bool = False
    trust: ssl.SSLContext | None = None
    resolve: Resolve = resolved
    clock: Callable[[], float] = time.monotonic


class Patience:
    """The time that is left for a download, redirects included."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self.limits = limits
        self._clock = clock
        self._end = clock() + limits.whole

    def left(self, where: str, at_most: float) -> float:
        """Seconds to wait now. Raises TooSlow where none are left."""
        left = self._end - self._clock()
        if left <= 0:
            raise TooSlow(where, "the download", self.limits.whole)
        return min(left, at_most)


class Wire:
    """What `http.client` needs of a socket, with limits.

    `close` leaves the socket open, since http.client calls it at the stated end of an answer, and
    what comes behind that end matters; `end` closes it.
    """

    def __init__(self, sock: socket.socket, where: str, patience: Patience) -> None:
        self._sock, self._where, self._patience = sock, where, patience
        self._bytes = _Timed(sock, where, patience)
        self._stream = _Stream(self._bytes)

    def sendall(self, data: bytes) -> None:
        """Sends a request. Raises TooSlow or OSError."""
        limit = self._patience.limits.read
        self._sock.settimeout(self._patience.left(self._where, limit))
        try:
            self._sock.sendall(data)
        except TimeoutError:
            raise TooSlow(self._where, "sending", limit) from None

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        """The bytes that come; reading raises TooSlow or OSError."""
        return self._stream

    def close(self) -> None:
        """Nothing; see `end`."""

    def says_more(self) -> bool:
        """Does anything come behind what was read? Waits a little for it, or for the end."""
        self._bytes.afterwards = True
        try:
            return bool(self._stream.read(1))
        except OSError:
            return False

    @property
    def machine(self) -> str | None:
        """The address of the machine at the other end; None where it is gone already."""
        try:
            return str(self._sock.getpeername()[0])
        except OSError:
            return None

    @property
    def certificate(self) -> bytes | None:
        """The certificate that the other end showed (DER); None without protection."""
        return self._sock.getpeercert(True) if isinstance(self._sock, ssl.SSLSocket) else None

    @property
    def ends_a_line(self) -> bool:
        """Was the last byte that came the end of a line?"""
        return self._bytes.last == b"\n"

    def end(self) -> None:
        """Closes the connection."""
        with suppress(OSError):
            io.BufferedReader.close(self._stream)
        self._sock.close()


class _Timed(io.RawIOBase):
    """The bytes of a socket, each wait with what is left of the patience."""

    def __init__(self, sock: socket.socket, where: str, patience: Patience) -> None:
        self._sock, self._where, self._patience = sock, where, patience
        self._bytes = sock.makefile("rb", buffering=0)
        self.afterwards = False
        self.last = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        limits = self._patience.limits
        limit = limits.afterwards if self.afterwards else limits.read
        self._sock.settimeout(self._patience.left(self._where, limit))
        try:
            got = self._bytes.readinto(buffer)
        except TimeoutError:
            if self.afterwards:
                return 0
            # Where the whole time ran out, that is what is told.
            self._patience.left(self._where, limit)
            raise TooSlow(self._where, "waiting for the next bytes", limit) from None
        if got:
            self.last = bytes(memoryview(buffer)[got - 1 : got])
        return got

    def close(self) -> None:
        if not self.closed:
            self._bytes.close()
        super().close()


class _Stream(io.BufferedReader):
    """A reader that only `Wire.end` closes."""

    def close(self) -> None:
        """Nothing."""


def connected(to: Link, network: Network, patience: Patience) -> Wire:
    """A connection to the first machine of a link that answers.

    Raises LinkRefused, NotReached or TooSlow.
    """
    reason: OSError | None = None
    found = machines(to, loopback=network.loopback, plain=network.plain, resolve=network.resolve)
    for machine in found:
        timeout = patience.left(to.named, patience.limits.connect)
        try:
            # The address that was looked at, never the name again: it could lead elsewhere now.
            sock = socket.create_connection((machine, to.port), timeout=timeout)
        except OSError as error:
            reason = error
            continue
        try:
            return Wire(_protected(sock, to, network, patience), to.named, patience)
        except BaseException:
            sock.close()
            raise
    if isinstance(reason, TimeoutError):
        raise TooSlow(to.named, "connecting", patience.limits.connect) from reason
    raise NotReached(to.named, getattr(reason, "strerror", None) or "no answer") from reason


def _protected(
    sock: socket.socket, to: Link, network: Network, patience: Patience
) -> socket.socket:
    if to.scheme != "https":
        return sock
    context = network.trust or ssl.create_default_context()
    try:
        sock.settimeout(patience.left(to.named, patience.limits.connect))
        return context.wrap_socket(sock, server_hostname=to.host)
    except ssl.SSLCertVerificationError as error:
        reason = f"its certificate is not to be trusted: {error.verify_message}"
        raise NotReached(to.named, reason) from error
    except TimeoutError:
        raise TooSlow(to.named, "connecting", patience.limits.connect) from None
    except OSError as error:
        reason = getattr(error, "reason", None) or error.strerror or "no answer"
        raise NotReached(to.named, f"no protected connection: {reason}") from error
