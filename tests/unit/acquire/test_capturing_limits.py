"""Servers that do not end, cut, lie or unfold: each is told, and takes neither memory nor hours."""

import gzip
import socket
import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.acquire.serving import Server, answer, chunked, moved
from tests.unit.acquire.test_capturing import LOCAL, PAGE, Capturing, capture, described, records

from safeconduct.acquire.errors import AnswerRefused, CutOff, TooLong, TooSlow
from safeconduct.acquire.wire import Limits, Network
from safeconduct.casefile.files import FileNotWritten

__all__ = ["capture"]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
HURRIED = Limits(connect=5, read=0.3, whole=1.0, afterwards=0.05)


def endless(head: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    """Says the head and then the same again and again."""

    def say(sock: socket.socket) -> None:
        sock.sendall(head)
        while True:
            sock.sendall(piece)

    return say


ENDLESS = {
    "body": endless(HEAD + b"\r\n", b"x" * 9_000),
    "chunks": endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nhallo\r\n"),
    "chunk": endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n", b"x" * 9_000),
    "trailers": endless(HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    "huge": endless(HEAD + b"Content-Length: 99999999999\r\n\r\n", b"x" * 9_000),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_a_page_that_never_ends_is_refused_and_nothing_of_it_is_kept(
    server: Server, capture: Capturing, kind: str
) -> None:
    server.replies["/page"] = ENDLESS[kind]
    stored = capture(most=50_000)
    assert isinstance(stored.failure, TooLong)
    assert [one for one, _, _ in records(stored)] == ["warcinfo", "request", "metadata"]
    known = described(stored)
    assert (known["outcome"], known["payload"], known["status"]) == ("not-captured", None, 200)


@pytest.mark.parametrize("kind", ["body", "chunk", "huge"])
def test_the_beginning_of_an_endless_page_is_kept_where_that_is_wanted(
    server: Server, capture: Capturing, kind: str
) -> None:
    server.replies["/page"] = ENDLESS[kind]
    stored = capture(most=50_000, partial=True)
    _, lines, block = records(stored)[1]
    assert stored.failure is None
    assert lines["WARC-Truncated"] == "length"
    assert block.endswith(b"x" * 50_000)
    known = described(stored)
    assert (known["outcome"], known["steps"][0]["truncated"]) == ("truncated", "length")
    assert known["payload"] == {
        "bytes": 50_000,
        "sha256": sha256(b"x" * 50_000).hexdigest(),
        "encoding": None,
        "unpacked": None,
    }


def test_a_page_of_exactly_the_limit_is_whole(server: Server, capture: Capturing) -> None:
    server.replies |= {
        "/page": answer(b"x" * 50_000),
        "/chunks": chunked(b"x" * 50_000),
        "/open": answer(b"x" * 50_000, Content_Length=""),
        "/more": answer(b"x" * 50_001, Content_Length=""),
    }
    for path in ("/page", "/chunks", "/open"):
        assert described(capture(path, most=50_000))["outcome"] == "whole"
    assert isinstance(capture("/more", most=50_000).failure, TooLong)


@pytest.mark.parametrize("partial", [False, True])
def test_a_page_that_drips_is_cut_when_its_time_is_up(
    server: Server, capture: Capturing, partial: bool
) -> None:
    def drip(sock: socket.socket) -> None:
        sock.sendall(HEAD + b"Content-Length: 1000000\r\n\r\n")
        sock.settimeout(0.05)
        while True:
            sock.sendall(b"x")
            try:
                if not sock.recv(1):
                    return
            except TimeoutError:
                continue

    server.replies["/page"] = drip
    network = Network(loopback=True)
    stored = capture(limits=HURRIED, network=network, partial=partial)
    if partial:
        assert records(stored)[1][1]["WARC-Truncated"] == "time"
        assert described(stored)["outcome"] == "truncated"
    else:
        assert isinstance(stored.failure, TooSlow)


def test_a_head_that_drips_or_never_ends_is_refused(server: Server, capture: Capturing) -> None:
    server.replies |= {
        "/page": endless(HEAD, b"X-Long: " + b"y" * 990 + b"\r\n"),
        "/line": endless(HEAD, b"y" * 999),
        "/interim": endless(b"", b"HTTP/1.1 102 Wait\r\n\r\n"),
        "/short": HEAD + b"X: y",
    }
    for path in ("/page", "/line", "/interim"):
        assert isinstance(capture(path).failure, AnswerRefused)
    assert isinstance(capture("/short").failure, CutOff)


@pytest.mark.parametrize("make", [answer, chunked])
@pytest.mark.parametrize("tenth", range(1, 10))
def test_an_answer_cut_at_any_tenth_is_noticed(
    server: Server, capture: Capturing, make: Callable[..., bytes], tenth: int
) -> None:
    whole = make(PAGE * 50)
    server.replies["/page"] = whole[: len(whole) * tenth // 10]
    assert isinstance(capture().failure, CutOff)


def test_a_cut_answer_says_so_where_its_beginning_is_kept(
    server: Server, capture: Capturing
) -> None:
    server.replies["/page"] = answer(PAGE, Content_Length="1000")
    stored = capture(partial=True)
    assert records(stored)[1][1]["WARC-Truncated"] == "disconnect"
    assert any("cut off" in one["why"] for one in described(stored)["not_captured"])


def test_more_than_was_announced_is_not_kept_and_told(server: Server, capture: Capturing) -> None:
    server.replies["/page"] = answer(PAGE, Content_Length="10")
    stored = capture()
    assert described(stored)["payload"]["bytes"] == 10
    assert any("more than the 10 bytes" in one["why"] for one in described(stored)["not_captured"])
    server.replies["/page"] = answer(PAGE)
    assert not any("more than" in one["why"] for one in described(capture())["not_captured"])


def test_an_answer_without_a_length_is_whole_as_far_as_can_be_told(
    server: Server, capture: Capturing
) -> None:
    server.replies["/page"] = answer(PAGE, Content_Length="")
    told = described(capture())
    assert told["outcome"] == "whole"
    assert any("cannot be told" in one["why"] for one in told["not_captured"])


def test_lengths_that_contradict_each_other_are_refused(server: Server, capture: Capturing) -> None:
    server.replies["/page"] = HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhallo!"
    assert isinstance(capture().failure, AnswerRefused)
    server.replies["/page"] = HEAD + b"Content-Length: -5\r\n\r\nhallo!"
    assert isinstance(capture().failure, AnswerRefused)


@pytest.mark.parametrize("chunks", [b"x\r\nhallo", b"5\r\nhallo!\r\n0\r\n\r\n", b"-5\r\n", b"\r\n"])
def test_broken_chunks_are_refused_and_never_read_as_an_end(
    server: Server, capture: Capturing, chunks: bytes
) -> None:
    server.replies["/page"] = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks
    assert isinstance(capture().failure, AnswerRefused)
    kept = capture(partial=True)
    assert described(kept)["outcome"] == "truncated"
    assert records(kept)[1][1]["WARC-Truncated"] == "unspecified"


def test_a_redirect_with_an_endless_body_is_followed_all_the_same(
    server: Server, capture: Capturing
) -> None:
    head = moved("/there").partition(b"Content-Length")[0] + b"Location: /there\r\n\r\n"
    server.replies |= {"/page": endless(head, b"x" * 9_000), "/there": answer(PAGE)}
    stored = capture()
    assert stored.failure is None
    assert records(stored)[1][1]["WARC-Truncated"] == "length"
    assert described(stored)["outcome"] == "whole"


def test_a_bomb_is_kept_packed_and_not_unfolded(server: Server, capture: Capturing) -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 30_000_000))
    outer = gzip.compress(b"\0" * 30_000_000)
    server.replies |= {
        "/page": answer(outer, Content_Encoding="gzip"),
        "/damaged": answer(gzip.compress(PAGE)[:10] + b"\xff" * 50, Content_Encoding="gzip"),
        "/cut": answer(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"),
        "/twice": answer(bomb, Content_Encoding="gzip"),
    }
    tracemalloc.start()
    stored = capture()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
    assert records(stored)[1][2].endswith(outer)
    told = {one["what"]: one["why"] for one in described(stored)["not_captured"]}
    assert told["the unpacked content"] == "it unpacks to more than 1,000,000 bytes"
    assert described(stored)["payload"]["unpacked"] is None
    for path, why in (("/damaged", "damaged"), ("/cut", "before its end")):
        found = described(capture(path))["not_captured"]
        assert any(why in one["why"] for one in found)
    assert described(capture("/twice"))["outcome"] == "whole"


def test_a_long_page_takes_no_more_memory_than_a_short_one(
    server: Server, capture: Capturing
) -> None:
    length = 64 * 1024 * 1024

    def pieces(sock: socket.socket) -> None:
        sock.sendall(HEAD + f"Content-Length: {length}\r\n\r\n".encode())
        block = b"x" * 65_536
        for _ in range(length // len(block)):
            sock.sendall(block)

    server.replies["/page"] = pieces
    tracemalloc.start()
    stored = capture(most=length, limits=Limits(whole=120))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert stored.capture.payload is not None
    assert stored.capture.payload.bytes == length
    assert peak < 40_000_000


def test_a_full_disk_is_no_fault_of_the_server(
    server: Server, capture: Capturing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from safeconduct.acquire import following

    class Full:
        name = "x"

        def seek(self, at: int) -> int:
            return at

        def truncate(self) -> int:
            return 0

        def write(self, _: bytes) -> int:
            raise OSError(28, "No space left on device")

    original = following._Way.__init__

    def full(self: following._Way, asking: following.Asking, _: object) -> None:
        original(self, asking, cast("BinaryIO", Full()))

    monkeypatch.setattr(following._Way, "__init__", full)
    server.replies["/page"] = answer(PAGE)
    with pytest.raises(FileNotWritten, match="No space"):
        capture()
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def leftover(tmp_path: Path) -> Iterator[Path]:
    """The folder of captures, in which nothing half-written may stand."""
    yield tmp_path
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_a_server_says_is_kept_as_it_came_or_refused(
    server: Server, capture: Capturing, leftover: Path, data: st.DataObject
) -> None:
    makers: list[Callable[[bytes], bytes]] = [answer, chunked]
    whole = bytearray(data.draw(st.sampled_from(makers))(PAGE))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    server.replies["/page"] = bytes(whole)
    limits = Limits(connect=2, read=2, whole=5, afterwards=0.02)
    stored = capture(limits=limits, network=LOCAL)
    kept = records(stored)
    described(stored)
    if stored.failure is None:
        assert bytes(whole).startswith(kept[1][2]) or kept[1][1]["WARC-Type"] == "response"
        assert kept[1][2] in bytes(whole)
