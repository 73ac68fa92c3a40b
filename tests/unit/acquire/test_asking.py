"""Redirects, and who asks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.acquire.serving import LIST, Server, answer, moved

from safeconduct.acquire.downloading import Downloaded
from safeconduct.acquire.errors import AnswerRefused, LinkRefused, NotReached
from safeconduct.acquire.wire import Network

Bring = Callable[..., Downloaded]


def test_the_asker_is_named_and_sends_nothing_else(server: Server, bring: Bring) -> None:
    server.replies["/list"] = answer()
    bring()
    head = server.heads[0].lower()
    assert "user-agent: mozilla/5.0 (compatible; safeconduct/" in head
    assert f"host: 127.0.0.1:{server.port}\r\n" in head
    assert not any(line in head for line in ("cookie", "authorization", "referer", "x-"))
    assert len(server.heads[0].split("User-Agent: ")[1].splitlines()[0]) >= 40


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_a_redirect_is_followed(server: Server, bring: Bring, status: str) -> None:
    server.replies |= {"/list?token=1": moved("/there?key=1", status), "/there?key=1": answer()}
    brought = bring("/list?token=1")
    assert brought.path.read_bytes() == LIST
    assert brought.asked == f"{server.base}/list"
    assert brought.came_from == f"{server.base}/there"


def test_five_redirects_are_followed_and_a_sixth_is_not(server: Server, bring: Bring) -> None:
    server.replies |= {f"/{n}": moved(f"/{n + 1}") for n in range(1, 7)}
    server.replies["/7"] = answer()
    assert bring("/2").path.read_bytes() == LIST
    with pytest.raises(LinkRefused, match="one redirect too many"):
        bring("/1")


def test_a_circle_of_redirects_is_noticed(server: Server, bring: Bring) -> None:
    server.replies |= {"/list": moved("/b"), "/b": moved("/list")}
    with pytest.raises(LinkRefused, match="in a circle"):
        bring()
    assert server.asked == ["/list", "/b"]


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/list",
        "https://10.0.0.1/list",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/list",
        "ftp://127.0.0.1/list",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_into_a_house_is_refused(server: Server, bring: Bring, location: str) -> None:
    server.replies["/list"] = moved(location)
    with pytest.raises(LinkRefused):
        bring()


def test_a_redirect_to_nowhere_is_refused(server: Server, bring: Bring, tmp_path: Path) -> None:
    server.replies["/list"] = answer(b"", "302 Found")
    with pytest.raises(AnswerRefused, match="to nowhere"):
        bring()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "status", ["204 No", "206 Partial", "304 Same", "403 No", "404 No", "503 No"]
)
def test_a_status_that_gives_no_file_is_refused(server: Server, bring: Bring, status: str) -> None:
    server.replies["/list"] = answer(LIST, status)
    with pytest.raises(AnswerRefused, match=f"status {status[:3]}"):
        bring()


@pytest.mark.parametrize("reply", [b"SSH-2.0-x\r\n", b"HTTP/1.1 2x0\r\n\r\n", b"\x16\x03\x01"])
def test_what_is_no_http_is_refused(server: Server, bring: Bring, reply: bytes) -> None:
    server.replies["/list"] = reply
    with pytest.raises(AnswerRefused, match="no HTTP"):
        bring()


def test_a_server_that_hangs_up_or_is_not_there_is_not_reached(
    server: Server, bring: Bring
) -> None:
    server.replies["/list"] = b""
    with pytest.raises(NotReached):
        bring()
    server.stop()
    with pytest.raises(NotReached):
        bring()


def test_the_machine_that_was_looked_at_is_the_one_that_is_asked(
    server: Server, bring: Bring
) -> None:
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    network = Network(loopback=True, resolve=lambda *_: next(answers))
    server.replies["/list"] = answer()
    bring(f"http://lists.example:{server.port}/list", network=network)
    assert "Host: lists.example:" in server.heads[0]


def test_no_message_holds_a_query(server: Server, bring: Bring) -> None:
    server.replies |= {"/list?token=secret": moved("/b?key=secret")}
    with pytest.raises(AnswerRefused) as refused:
        bring("/list?token=secret")
    assert str(refused.value).startswith(f"127.0.0.1:{server.port}/b: ")
    assert "secret" not in str(refused.value)
