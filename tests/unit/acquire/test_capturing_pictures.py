"""Pictures of stored pages in real Chromium, which speaks to nobody while it draws."""

import os
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pypdf import PdfReader

from safeconduct.acquire.browser import Chromium, installed
from safeconduct.acquire.capturing import Page, Pictures
from safeconduct.acquire.drawers import drawer
from safeconduct.acquire.picturing import pictures

PNG = b"\x89PNG\r\n\x1a\n"
HTML = "text/html; charset=utf-8"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; nothing is left of them. Its path is short."""
    with TemporaryDirectory(prefix="t-") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)
        assert list(Path(folder).iterdir()) == []


@pytest.fixture(scope="module")
def chromium() -> Chromium:
    """The Chromium of this machine, without its sandbox, which root has not."""
    program = installed()
    if program is None:
        pytest.skip("needs Chromium, which is not installed here (Debian: apt install chromium)")
    return Chromium(program=program, sandboxed=os.geteuid() != 0)


class Listener:
    """Counts the connections to a port of this machine."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.came = 0
        threading.Thread(target=self._count, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _count(self) -> None:
        with suppress(OSError):
            while True:
                came, _ = self._socket.accept()
                self.came += 1
                came.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Nobody should knock here."""
    listener = Listener()
    yield listener
    listener.close()


def drawn(page: bytes, chromium: Chromium, media_type: str | None = HTML) -> Pictures:
    url = "https://news.example/a/page?x=1"
    return pictures(Page(url=url, media_type=media_type, content=page), chromium)


def text_of(made: Pictures, folder: Path) -> str:
    (folder / "print.pdf").write_bytes(dict(made.files)["page.pdf"])
    return " ".join(page.extract_text() for page in PdfReader(folder / "print.pdf").pages)


def size_of(made: Pictures) -> tuple[int, int]:
    head = dict(made.files)["picture.png"][16:24]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


def test_a_page_is_drawn_whole_and_nothing_is_left(tmp_path: Path, chromium: Chromium) -> None:
    page = '<h1>Повестка</h1><div style="height:3000px">x</div>'
    made = drawn(page.encode(), chromium)
    assert [name for name, _ in made.files] == ["picture.png", "page.pdf"]
    assert made.files[0][1].startswith(PNG)
    width, height = size_of(made)
    assert width == 1280
    assert height > 3000
    assert "Повестка" in text_of(made, tmp_path)


def test_a_page_in_an_old_coding_is_read_as_its_server_said(
    tmp_path: Path, chromium: Chromium
) -> None:
    page = "<p>Повестка из военкомата</p>".encode("cp1251")
    made = drawn(page, chromium, "text/html; charset=windows-1251")
    assert "военкомата" in text_of(made, tmp_path)


def test_nothing_of_the_page_reaches_anybody(
    tmp_path: Path, chromium: Chromium, listener: Listener
) -> None:
    here = f"127.0.0.1:{listener.port}"
    page = f"""<html><head>
        <link rel=preconnect href=http://{here}><link rel=dns-prefetch href=//{here}>
        <link rel=stylesheet href=http://{here}/x.css><link rel=prefetch href=http://{here}/p>
        <meta http-equiv=refresh content="0;url=http://{here}/refresh"></head>
        <body background=http://{here}/b><p>Stays</p><img src=http://{here}/i.png>
        <iframe src=http://{here}/f></iframe><iframe src=file:///etc/hostname></iframe>
        <iframe srcdoc="<img src=http://{here}/inner.png>"></iframe>
        <video src=http://{here}/v autoplay></video><object data=http://{here}/o></object>
        <script>new WebSocket("ws://{here}/w"); fetch("http://{here}/s"); document.body.innerHTML =
        "Changed"; new RTCPeerConnection({{iceServers:[{{urls:"stun:{here}"}}]}})</script>"""
    made = drawn(page.encode(), chromium)
    assert listener.came == 0
    with socket.create_connection(("127.0.0.1", listener.port)) as mine:
        mine.recv(1)
    assert listener.came == 1
    text = text_of(made, tmp_path)
    assert "Stays" in text
    assert "Changed" not in text
    assert Path("/etc/hostname").read_text().strip() not in text
    told = " ".join(one.what for one in made.not_captured)
    for name in ("x.css", "/b", "i.png", "/f", "inner.png", "refresh"):
        assert f"http://{here}/{name.lstrip('/')}" in told


def test_an_endless_page_of_pictures_is_told_in_few_lines(
    tmp_path: Path, chromium: Chromium
) -> None:
    page = "".join(f"<img src=/{n}.png>" for n in range(300)) + "<p style='height:20000px'>"
    made = drawn(page.encode(), chromium)
    assert size_of(made)[1] == 16_000
    told = [one.what for one in made.not_captured]
    assert len(told) < 60
    assert "in the picture: 250 more parts of the page" in told
    assert "in the picture: the end of the page" in told


@pytest.mark.parametrize("media_type", ["application/pdf", "application/zip", "video/mp4"])
def test_what_is_no_page_is_not_drawn(tmp_path: Path, chromium: Chromium, media_type: str) -> None:
    made = drawn(b"%PDF", chromium, media_type)
    assert made.files == ()
    assert media_type in made.not_captured[0].why


def test_bytes_that_are_no_page_give_no_picture_and_no_error(
    tmp_path: Path, chromium: Chromium
) -> None:
    made = drawn(b"\x00\x01\x02\xff" * 100, chromium, None)
    assert made.files == () or made.files[0][1].startswith(PNG)


def test_a_chromium_that_hangs_or_is_none_is_told(tmp_path: Path, chromium: Chromium) -> None:
    impatient = Chromium(program=chromium.program, sandboxed=chromium.sandboxed, seconds=0.05)
    made = drawn(b"<p>x", impatient)
    assert "more than 0.05 seconds" in made.not_captured[0].why
    for program in ("/bin/true", "/nowhere/chromium"):
        made = drawn(b"<p>x", Chromium(program=Path(program), seconds=5))
        assert made.files == ()
        assert made.not_captured[0].why.startswith("Chromium: ")


def test_no_chromium_and_root_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page(url="https://news.example/", media_type=HTML, content=b"x")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert drawer()(page).not_captured[0].why == "Chromium is not installed"
    (tmp_path / "chromium").write_text("")
    (tmp_path / "chromium").chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "root has no sandbox" in drawer()(page).not_captured[0].why


def test_nothing_runs_on_afterwards(temporary: Path, chromium: Chromium) -> None:
    drawn(b"<p>x", chromium)
    profile = str(temporary).encode()
    running = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            running.append(process.read_bytes())
    assert not any(profile in command for command in running)
    assert signal.getsignal(signal.SIGCHLD) == signal.SIG_DFL
