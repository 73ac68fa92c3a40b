"""A server on this machine that answers byte for byte what a test wants."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress

from safeconduct.acquire.bodies import Expected
from safeconduct.acquire.wire import Limits

LIST = b"<LIST>" + b"<row/>" * 20_000 + b"</LIST>"
EXPECTED = Expected(begins="<LIST>", described="XML, LIST", most_bytes=1_000_000)
QUICK = Limits(connect=5, read=5, whole=20, afterwards=0.2)

Reply = bytes | Callable[[socket.socket], None]


def answer(body: bytes = LIST, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `Content_Length=""` leaves a line of the head out."""
    lines = {"Content-Type": "application/xml", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def moved(to: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer(b"moved", status, Location=to, Content_Type="text/html")


def chunked(body: bytes = LIST, size: int = 9_999, **headers: str) -> bytes:
    """A whole answer in chunks."""
    parts = (body[at : at + size] for at in range(0, len(body), size))
    coded = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    return answer(coded, Content_Length="", Transfer_Encoding="chunked", **headers)


def packed(body: bytes = LIST) -> bytes:
    """A whole answer in gzip."""
    return answer(gzip.compress(body, mtime=0), Content_Encoding="gzip")


class Server:
    """Answers by path; what was asked of it stands in `heads`. A greeting is said unasked."""

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        self.replies: dict[str, Reply] = {}
        self.heads: list[str] = []
        self.greeting = b""
        self._trust = trust
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.base = f"http{'s' if trust else ''}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread and frees the port."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(timeout=10)

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [head.split(" ")[1] for head in self.heads]

    def _serve(self) -> None:
        while True:
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            sock.settimeout(10)
            with sock, suppress(OSError):
                self._answer(sock)

    def _answer(self, sock: socket.socket) -> None:
        if self._trust is not None:
            with self._trust.wrap_socket(sock, server_side=True) as protected:
                self._say(protected)
            return
        self._say(sock)

    def _say(self, sock: socket.socket) -> None:
        if self.greeting:
            sock.sendall(self.greeting)
            return
        head = b""
        while b"\r\n\r\n" not in head:
            block = sock.recv(4096)
            if not block:
                return
            head += block
        self.heads.append(head.decode())
        reply = self.replies.get(self.asked[-1], answer(b"none", "404 Not Found"))
        if callable(reply):
            reply(sock)
        else:
            sock.sendall(reply)
