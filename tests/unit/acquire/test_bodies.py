"""Answers that are not the whole file, and nothing else: each is refused and leaves nothing."""

import gzip
import io
import socket
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.acquire.serving import EXPECTED, LIST, Server, answer, chunked, packed

from safeconduct.acquire.bodies import Expected
from safeconduct.acquire.downloading import Downloaded
from safeconduct.acquire.errors import AnswerRefused, CutOff, DownloadFailed, TooLong, TooSlow
from safeconduct.acquire.wire import Limits, Network

Bring = Callable[..., Downloaded]
PAGE = b"<!DOCTYPE html>\n<html><body>Sorry, try later.</body></html>"
WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "stated": answer,
    "chunked": chunked,
    "packed": packed,
}


def refused(
    bring: Bring, tmp_path: Path, error: type[DownloadFailed], match: str | None = None
) -> None:
    """The download fails so, and what stood there before still stands, alone."""
    (tmp_path / "list.xml").write_bytes(b"before")
    with pytest.raises(error, match=match):
        bring()
    assert [one.name for one in tmp_path.iterdir()] == ["list.xml"]
    assert (tmp_path / "list.xml").read_bytes() == b"before"


@pytest.mark.parametrize("how", WHOLE)
def test_a_whole_answer_is_taken_as_it_is_meant(server: Server, bring: Bring, how: str) -> None:
    server.replies["/list"] = WHOLE[how](LIST)
    brought = bring()
    assert brought.path.read_bytes() == LIST
    assert brought.bytes == len(LIST)


@pytest.mark.parametrize("tenth", range(10))
@pytest.mark.parametrize("how", WHOLE)
def test_a_connection_cut_at_any_tenth_is_noticed(
    server: Server, bring: Bring, tmp_path: Path, how: str, tenth: int
) -> None:
    whole = WHOLE[how](LIST)
    server.replies["/list"] = whole[: len(whole) * tenth // 10]
    refused(bring, tmp_path, DownloadFailed)


def test_a_cut_just_before_the_end_is_noticed(server: Server, bring: Bring, tmp_path: Path) -> None:
    end = len(b"\r\n0\r\n\r\n")
    cuts = (answer()[:-1], packed(LIST)[:-1], chunked()[:-end], chunked()[: 2 - end])
    for cut in cuts:
        server.replies["/list"] = cut
        refused(bring, tmp_path, CutOff)


def test_a_cut_within_the_length_of_a_chunk_is_noticed(
    server: Server, bring: Bring, tmp_path: Path
) -> None:
    padded = b"0005\r\n<LIST\r\n0006\r\n></row\r\n0\r\n\r\n"
    whole = answer(padded, Content_Length="", Transfer_Encoding="chunked")
    for cut in range(1, 4):
        server.replies["/list"] = whole[: whole.index(b"0006") + cut]
        refused(bring, tmp_path, CutOff)
    server.replies["/list"] = whole
    assert bring().bytes == 11


def test_a_connection_that_is_reset_is_noticed(
    server: Server, bring: Bring, tmp_path: Path
) -> None:
    def reset(sock: socket.socket) -> None:
        sock.sendall(answer()[:60_000])
        # Closing with no time to linger sends a reset instead of an end.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")

    server.replies["/list"] = reset
    refused(bring, tmp_path, DownloadFailed)


def test_more_bytes_than_announced_are_noticed(
    server: Server, bring: Bring, tmp_path: Path
) -> None:
    server.replies["/list"] = answer(LIST, Content_Length=str(len(LIST) - 7))
    refused(bring, tmp_path, AnswerRefused, "more than the")


def test_a_server_that_keeps_the_connection_open_is_no_reason_to_refuse(
    server: Server, bring: Bring
) -> None:
    def keep(sock: socket.socket) -> None:
        sock.sendall(answer())
        sock.recv(1)

    server.replies["/list"] = keep
    assert bring().bytes == len(LIST)


@pytest.mark.parametrize(
    "lines",
    [
        {"Content_Length": ""},
        {"Content_Length": "-1"},
        {"Content_Length": "many"},
        {"Content_Length": "7\r\nContent-Length: 8"},
        {"Transfer_Encoding": "chunked"},
        {"Content_Length": "", "Transfer_Encoding": "gzip, chunked"},
        {"Content_Encoding": "br"},
        {"Content_Encoding": "gzip, gzip"},
        {"Content_Encoding": "gzip"},
    ],
)
def test_a_length_or_encoding_that_proves_nothing_is_refused(
    server: Server, bring: Bring, tmp_path: Path, lines: dict[str, str]
) -> None:
    server.replies["/list"] = answer(LIST, **lines)
    refused(bring, tmp_path, AnswerRefused)


@pytest.mark.parametrize(
    "kind", ["text/html", "text/html; charset=utf-8", "application/json", "image/png", "TEXT/HTML"]
)
def test_a_type_that_no_list_has_is_refused(
    server: Server, bring: Bring, tmp_path: Path, kind: str
) -> None:
    server.replies["/list"] = answer(LIST, Content_Type=kind)
    refused(bring, tmp_path, AnswerRefused, "content of type")


@pytest.mark.parametrize("kind", ["", "text/xml", "text/plain", "application/octet-stream", "x"])
def test_a_type_that_tells_nothing_is_not_held_against_the_file(
    server: Server, bring: Bring, kind: str
) -> None:
    server.replies["/list"] = answer(LIST, Content_Type=kind)
    assert bring().bytes == len(LIST)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (PAGE, "a web page"),
        (b"\xef\xbb\xbf \n<!-- x --><HTML>", "a web page"),
        (b"", "an empty file"),
        (b"{}", "something else"),
        (b"<OTHER>", "something else"),
        (b"\x00" * 9000, "something else"),
        (b"<!--" + b"<!-- --> " * 20_000, "something else"),
        (b"<!-- -->" * 20_000, "something else"),
    ],
)
def test_what_is_not_the_list_is_refused_whatever_its_type_says(
    server: Server, bring: Bring, tmp_path: Path, content: bytes, told: str
) -> None:
    for make in (WHOLE["stated"], packed):
        server.replies["/list"] = make(content)
        refused(bring, tmp_path, AnswerRefused, told)


def test_a_list_longer_than_it_may_be_is_refused_also_where_nobody_told(
    server: Server, bring: Bring, tmp_path: Path
) -> None:
    long = LIST * 9
    for make in WHOLE.values():
        server.replies["/list"] = make(long)
        refused(bring, tmp_path, TooLong)


def test_an_announced_length_is_refused_before_it_comes(
    server: Server, bring: Bring, tmp_path: Path
) -> None:
    server.replies["/list"] = answer(LIST, Content_Length="1000001")
    refused(bring, tmp_path, TooLong)


def test_the_greatest_length_itself_is_accepted(server: Server, bring: Bring) -> None:
    just = Expected(begins="<LIST>", described="XML", most_bytes=len(LIST))
    for make in WHOLE.values():
        server.replies["/list"] = make(LIST)
        assert bring(expected=just).bytes == len(LIST)


def test_a_bomb_is_noticed_before_it_unfolds(server: Server, bring: Bring, tmp_path: Path) -> None:
    packer, bomb = zlib.compressobj(9, wbits=31), io.BytesIO()
    bomb.write(packer.compress(LIST))
    for _ in range(1000):
        bomb.write(packer.compress(bytes(1024 * 1024)))
    bomb.write(packer.flush())
    assert len(bomb.getvalue()) < EXPECTED.most_bytes * 2
    wide = Expected(begins="<LIST>", described="XML", most_bytes=len(bomb.getvalue()) + 1)
    server.replies["/list"] = answer(bomb.getvalue(), Content_Encoding="gzip")
    with pytest.raises(TooLong):
        bring(expected=wide)
    assert list(tmp_path.iterdir()) == []


def test_gzip_in_several_parts_is_one_file(server: Server, bring: Bring) -> None:
    parts = gzip.compress(LIST[:70_000]) + gzip.compress(LIST[70_000:])
    server.replies["/list"] = answer(parts, Content_Encoding="gzip")
    assert bring().path.read_bytes() == LIST


def test_damaged_gzip_is_refused(server: Server, bring: Bring, tmp_path: Path) -> None:
    whole = gzip.compress(LIST)
    for broken in (whole[:-8] + bytes(8), whole + b"behind"):
        server.replies["/list"] = answer(broken, Content_Encoding="gzip")
        refused(bring, tmp_path, AnswerRefused, "damaged gzip")


def test_a_drip_ends_when_the_whole_time_is_over(
    server: Server, bring: Bring, hurried: Network, tmp_path: Path
) -> None:
    def drip(sock: socket.socket) -> None:
        for byte in answer():
            sock.sendall(bytes([byte]))

    server.replies["/list"] = drip
    with pytest.raises(TooSlow, match="the download took more than 15 seconds"):
        bring(network=hurried, limits=Limits(whole=15))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "line", [b"HTTP/1.1 100 Continue\r\n\r\n", b"H", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 "]
)
def test_a_head_without_end_ends(
    server: Server, bring: Bring, hurried: Network, line: bytes
) -> None:
    def drip(sock: socket.socket) -> None:
        for _ in range(100_000):
            sock.sendall(line)

    server.replies["/list"] = drip
    with pytest.raises(DownloadFailed):
        bring(network=hurried, limits=Limits(whole=10))


def test_a_server_that_says_nothing_ends_when_the_wait_is_over(
    server: Server, bring: Bring, tmp_path: Path
) -> None:
    for said in (b"", answer()[:60_000]):

        def silent(sock: socket.socket, said: bytes = said) -> None:
            sock.sendall(said)
            sock.recv(1)

        server.replies["/list"] = silent
        with pytest.raises(TooSlow, match="waiting for the next bytes"):
            bring(limits=Limits(read=0.1))
        assert list(tmp_path.iterdir()) == []
