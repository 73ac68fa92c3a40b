"""A page as it was: what is recorded of it, byte for byte, and of the way to it."""

import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.unit.acquire.serving import QUICK, Server, answer, chunked, moved, packed
from warcio.archiveiterator import ArchiveIterator

from safeconduct.acquire.capturing import Page, Pictures, Stored, capture_page
from safeconduct.acquire.errors import LinkRefused, NotReached
from safeconduct.acquire.following import Asking
from safeconduct.acquire.hearing import Allowed
from safeconduct.acquire.wire import Network

AT = datetime(2026, 11, 23, 7, 15, tzinfo=UTC)
PAGE = "<html><h1>Повестка</h1></html>".encode()
HTML = "text/html; charset=utf-8"
LOCAL = Network(loopback=True, plain=True, clock=lambda: 0.0)
SCHEMA = Path(__file__).parents[3] / "src/safeconduct/acquire/schemas/capture-1.json"

Capturing = Callable[..., Stored]


@pytest.fixture
def capture(server: Server, tmp_path: Path) -> Capturing:
    """Captures a path of the server into the folder of the test."""

    def captured(path: str = "/page", *, most: int = 1_000_000, **more: Any) -> Stored:
        partial, draw = more.pop("partial", False), more.pop("draw", None)
        asking = Asking(
            **{
                "at": AT,
                "allowed": Allowed(most=most, partial=partial),
                "network": LOCAL,
                "limits": QUICK,
                **more,
            }
        )
        address = path if "://" in path else server.base + path
        return capture_page(address, tmp_path, asking=asking, draw=draw)

    return captured


def records(stored: Stored) -> list[tuple[str, dict[str, str], bytes]]:
    """Kind, header lines and block of each record, as warcio finds them; digests checked."""
    found = []
    with (stored.folder / "capture.warc").open("rb") as file:
        for record in ArchiveIterator(file, no_record_parse=True):
            lines, block = dict(record.rec_headers.headers), record.raw_stream.read()
            assert lines["WARC-Block-Digest"] == f"sha256:{sha256(block).hexdigest()}"
            assert len({name for name, _ in record.rec_headers.headers}) == len(lines)
            found.append((record.rec_type, lines, block))
    return found


def passes_check(stored: Stored) -> bool:
    """Is the file all right for somebody else's program?"""
    with (stored.folder / "capture.warc").open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            record.raw_stream.read()
            if record.digest_checker.passed is not True:
                return False
    return True


def described(stored: Stored) -> dict[str, Any]:
    """`capture.json`, which fits its schema and whose hashes are those of the files."""
    read = json.loads((stored.folder / "capture.json").read_bytes())
    jsonschema.validate(read, json.loads(SCHEMA.read_bytes()))
    for file in read["files"]:
        data = (stored.folder / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), sha256(data).hexdigest())
    names = {path.name for path in stored.folder.iterdir()}
    assert names == {"capture.json", *(file["name"] for file in read["files"])}
    return dict(read)


def test_question_and_answer_are_kept_byte_for_byte(server: Server, capture: Capturing) -> None:
    server.replies["/page"] = answer(PAGE, Content_Type=HTML, X_Odd="  \xe9 ")
    stored = capture()
    kept = records(stored)
    assert passes_check(stored)
    assert [kind for kind, _, _ in kept] == ["warcinfo", "response", "request"]
    assert kept[1][2] == server.replies["/page"]
    assert kept[2][2].decode() == server.heads[0]
    assert kept[1][1]["WARC-Target-URI"] == f"{server.base}/page"
    assert kept[1][1]["WARC-Date"] == "2026-11-23T07:15:00.000000Z"
    assert kept[2][1]["WARC-Concurrent-To"] == kept[1][1]["WARC-Record-ID"]
    assert kept[1][1]["WARC-Payload-Digest"] == f"sha256:{sha256(PAGE).hexdigest()}"


def test_what_is_known_of_a_page_stands_beside(server: Server, capture: Capturing) -> None:
    server.replies["/page?q=1"] = answer(PAGE, Content_Type=HTML)
    stored = capture("/page?q=1")
    known = described(stored)
    assert stored.failure is None
    assert stored.folder.name == "capture-20261123T071500Z"
    assert (known["outcome"], known["status"], known["media_type"]) == ("whole", 200, HTML)
    assert known["asked"] == known["reached"] == f"{server.base}/page?q=1"
    assert known["payload"]["sha256"] == sha256(PAGE).hexdigest()
    assert known["steps"][0]["protected"] is False
    assert known["steps"][0]["machine"] == "127.0.0.1"
    why = {one["what"]: one["why"] for one in known["not_captured"]}
    assert why["a picture of the page"] == "none was wanted"
    assert "images, styles, scripts and frames that the page loads" in why


def test_the_server_learns_nothing_of_who_asks(server: Server, capture: Capturing) -> None:
    server.replies["/page"] = answer(PAGE)
    capture()
    assert "safeconduct" not in server.heads[0].lower()
    names = [line.partition(":")[0] for line in server.heads[0].split("\r\n")[1:] if line]
    assert names == ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]


def test_the_same_answer_at_the_same_moment_gives_the_same_bytes(
    server: Server, capture: Capturing
) -> None:
    server.replies |= {"/page": moved("/there"), "/there": answer(PAGE)}
    first, second = capture(), capture()
    assert second.folder.name == f"{first.folder.name}-2"
    for name in ("capture.warc", "capture.json"):
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()


def test_every_redirect_is_a_record_of_its_own(server: Server, capture: Capturing) -> None:
    server.replies |= {"/page": moved("/b"), "/b": moved("c", "301 M"), "/c": answer(PAGE)}
    stored = capture()
    kept, known = records(stored), described(stored)
    assert [kind for kind, _, _ in kept[1:]] == ["response", "request"] * 3
    assert [step["status"] for step in known["steps"]] == [302, 301, 200]
    assert [step["redirects_to"] for step in known["steps"]] == ["/b", "c", None]
    assert known["reached"] == f"{server.base}/c"
    assert len({lines["WARC-Record-ID"] for _, lines, _ in kept}) == 7


@pytest.mark.parametrize("location", ["https://10.0.0.1/x", "ftp://a.example/", "file:///etc/x y"])
def test_a_redirect_that_is_refused_is_recorded_as_that(
    server: Server, capture: Capturing, location: str
) -> None:
    server.replies["/page"] = moved(location)
    stored = capture()
    kept, known = records(stored), described(stored)
    assert isinstance(stored.failure, LinkRefused)
    assert [kind for kind, _, _ in kept] == ["warcinfo", "response", "request", "metadata"]
    assert b"refused: " in kept[-1][2]
    assert " " not in kept[-1][1]["WARC-Target-URI"]
    assert known["outcome"] == "not-captured"
    assert known["steps"][-1]["failure"] == str(stored.failure)
    assert known["payload"] is None


def test_endless_redirects_and_circles_end_and_are_told(server: Server, capture: Capturing) -> None:
    server.replies |= {f"/{n}": moved(f"/{n + 1}") for n in range(30)}
    stored = capture("/0")
    assert "one redirect too many" in str(stored.failure)
    assert len(server.asked) == QUICK.redirects + 1
    server.replies |= {"/a": moved("/b"), "/b": moved("/a")}
    assert "in a circle" in str(capture("/a").failure)


def test_an_address_that_may_not_be_asked_leaves_nothing(
    server: Server, capture: Capturing, tmp_path: Path
) -> None:
    for address in ("https://10.0.0.1/", "ftp://x.example/", "https://a b/", "http://[::ffff:1]/"):
        with pytest.raises(LinkRefused):
            capture(address)
    with pytest.raises(LinkRefused, match="private address"):
        capture(network=Network(plain=True))
    assert server.heads == []
    assert list(tmp_path.iterdir()) == []


def test_plain_http_to_a_public_machine_is_followed_only_where_pages_are_meant() -> None:
    from safeconduct.acquire.links import link, machines, redirected

    http, https = link("http://news.example/"), link("https://news.example/")
    assert machines(http, loopback=False, plain=True, resolve=lambda *_: ("93.184.216.34",))
    assert redirected(https, "http://news.example/", plain=True) == http
    for machine in ("10.0.0.1", "127.0.0.1", "::1", "169.254.169.254"):
        with pytest.raises(LinkRefused):
            machines(http, loopback=False, plain=True, resolve=lambda *_, m=machine: (m,))
    with pytest.raises(LinkRefused):
        machines(http, loopback=False, resolve=lambda *_: ("93.184.216.34",))


def test_a_host_in_other_letters_is_asked_as_its_name_is_written_there(
    server: Server, capture: Capturing
) -> None:
    asked: list[str] = []

    def resolve(host: str, _: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    network = Network(loopback=True, plain=True, resolve=resolve)
    server.replies["/page"] = answer(PAGE)
    known = described(capture(f"http://пример.рф:{server.port}/page", network=network))
    assert asked == ["xn--e1afmkfd.xn--p1ai"]
    assert known["asked"].startswith("http://пример.рф")
    assert known["reached"].startswith("http://xn--e1afmkfd.xn--p1ai")
    with pytest.raises(LinkRefused):
        capture(f"http://user@пример.рф:{server.port}/page", network=network)


def test_a_page_that_is_refused_by_its_server_is_captured_as_that(
    server: Server, capture: Capturing
) -> None:
    server.replies["/page"] = answer(PAGE, "451 Gone by law")
    stored = capture()
    assert stored.failure is None
    assert (described(stored)["outcome"], described(stored)["status"]) == ("whole", 451)


def test_a_server_that_is_not_there_is_recorded_as_not_reached(
    server: Server, capture: Capturing
) -> None:
    server.stop()
    stored = capture()
    assert isinstance(stored.failure, NotReached)
    assert [kind for kind, _, _ in records(stored)] == ["warcinfo", "metadata"]
    assert described(stored)["outcome"] == "not-captured"


@pytest.mark.parametrize("reply", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.1 2x0\r\n\r\n", b"<html>"])
def test_what_is_no_http_is_recorded_as_no_answer(
    server: Server, capture: Capturing, reply: bytes
) -> None:
    server.replies["/page"] = reply
    stored = capture()
    assert stored.failure is not None
    assert [kind for kind, _, _ in records(stored)] == ["warcinfo", "request", "metadata"]


def test_a_connection_without_trust_is_recorded_as_not_reached(
    server: Server, capture: Capturing
) -> None:
    server.greeting = b"220 no TLS here\r\n"
    network = Network(loopback=True, trust=ssl.create_default_context())
    stored = capture(server.base.replace("http:", "https:") + "/page", network=network)
    assert "no protected connection" in str(stored.failure)
    assert described(stored)["steps"][0]["protected"] is False


def test_chunks_are_kept_as_they_came_and_the_payload_is_hashed_without_them(
    server: Server, capture: Capturing
) -> None:
    server.replies["/page"] = chunked(PAGE, size=7, Content_Type=HTML)
    stored = capture()
    kept = records(stored)
    assert passes_check(stored)
    assert kept[1][2] == server.replies["/page"]
    assert "WARC-Payload-Digest" not in kept[1][1]
    assert described(stored)["payload"]["sha256"] == sha256(PAGE).hexdigest()


def test_a_packed_page_is_kept_packed_and_hashed_both_ways(
    server: Server, capture: Capturing
) -> None:
    server.replies["/page"] = packed(PAGE)
    stored = capture()
    known = described(stored)["payload"]
    assert records(stored)[1][2] == server.replies["/page"]
    assert known["encoding"] == "gzip"
    assert known["unpacked"] == {"bytes": len(PAGE), "sha256": sha256(PAGE).hexdigest()}


def test_an_interim_answer_is_passed_over_and_told(server: Server, capture: Capturing) -> None:
    server.replies["/page"] = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer(PAGE)
    stored = capture()
    assert records(stored)[1][2] == answer(PAGE)
    assert any("status 103" in note for note in described(stored)["steps"][0]["notes"])


def test_only_a_short_whole_page_is_given_to_be_drawn(server: Server, capture: Capturing) -> None:
    drawn: list[Page] = []

    def draw(page: Page) -> Pictures:
        drawn.append(page)
        return Pictures(files=(("picture.png", b"PNG"),))

    page = "<h1>Повестка</h1>".encode("cp1251")
    server.replies |= {
        "/page": answer(page, Content_Type="text/html; charset=windows-1251"),
        "/odd": answer(PAGE, Content_Encoding="br"),
    }
    stored = capture(draw=draw)
    assert (stored.folder / "picture.png").read_bytes() == b"PNG"
    described(stored)
    assert (drawn[0].content, drawn[0].media_type) == (page, "text/html; charset=windows-1251")
    told = {one["what"] for one in described(capture("/odd", draw=draw))["not_captured"]}
    assert {"a picture of the page", "the unpacked content"} <= told
    assert len(drawn) == 1
