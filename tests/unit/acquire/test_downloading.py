"""What is known of a file that came whole."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.acquire.serving import EXPECTED, LIST, QUICK, Server, answer, chunked

from safeconduct.acquire.downloading import Downloaded, download
from safeconduct.acquire.errors import DownloadFailed
from safeconduct.acquire.wire import Limits, Network
from safeconduct.casefile.files import FileNotWritten

Bring = Callable[..., Downloaded]
STATED = {"Last_Modified": "Fri, 20 Nov 2026 23:30:00 GMT", "ETag": '"abc-3"'}


def test_hash_length_and_what_the_server_said_are_kept(server: Server, bring: Bring) -> None:
    server.replies["/list"] = answer(LIST, **STATED)
    brought = bring()
    assert brought.sha256 == sha256(LIST).hexdigest()
    assert (brought.bytes, brought.etag) == (len(LIST), '"abc-3"')
    assert brought.last_modified == STATED["Last_Modified"]
    assert brought.modified_on == "2026-11-20"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Fri, 20 Nov 2026 23:30:00 -0500", "2026-11-21"),
        ("Friday, 20-Nov-26 23:30:00 GMT", "2026-11-20"),
        ("", None),
        ("yesterday", None),
        ("Fri, 99 Nov 2026 23:30:00 GMT", None),
        ("Fri, 20 Nov 99999999 23:30:00 GMT", None),
    ],
)
def test_a_day_that_cannot_be_read_is_none(
    server: Server, bring: Bring, said: str, day: str | None
) -> None:
    server.replies["/list"] = answer(LIST, Last_Modified=said)
    assert bring().modified_on == day


def test_invisible_signs_of_a_server_are_made_visible(server: Server, bring: Bring) -> None:
    server.replies["/list"] = answer(LIST, ETag="a\x1b[2Jb" + "c" * 300)
    etag = bring().etag
    assert etag is not None
    assert etag.startswith("a\\u001b[2Jb")
    assert len(etag) <= 101


@pytest.mark.parametrize(("make", "length"), [(answer, len(LIST)), (chunked, None)])
def test_progress_grows_to_the_whole(
    server: Server,
    local: Network,
    tmp_path: Path,
    make: Callable[..., bytes],
    length: int | None,
) -> None:
    server.replies["/list"] = make(LIST)
    told: list[tuple[int, int | None]] = []
    download(
        f"{server.base}/list",
        tmp_path / "list",
        expected=EXPECTED,
        network=local,
        limits=QUICK,
        progress=lambda got, of: told.append((got, of)),
    )
    assert [got for got, _ in told] == sorted({got for got, _ in told})
    assert told[-1] == (len(LIST), length)
    assert {of for _, of in told} == {length}


def test_this_machine_is_refused_where_nobody_asked_for_it(
    server: Server, bring: Bring, tmp_path: Path
) -> None:
    server.replies["/list"] = answer()
    for address in (f"{server.base}/list", server.base.replace("http", "https") + "/list"):
        with pytest.raises(DownloadFailed):
            bring(address, network=Network())
    assert server.heads == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(server: Server, local: Network, tmp_path: Path) -> None:
    server.replies["/list"] = answer()
    with pytest.raises(FileNotWritten):
        download(f"{server.base}/list", tmp_path / "no" / "x", expected=EXPECTED, network=local)


def test_an_interruption_leaves_nothing(server: Server, local: Network, tmp_path: Path) -> None:
    def interrupted(_: int, __: int | None) -> None:
        raise KeyboardInterrupt

    server.replies["/list"] = answer()
    with pytest.raises(KeyboardInterrupt):
        download(
            f"{server.base}/list",
            tmp_path / "list",
            expected=EXPECTED,
            network=local,
            progress=interrupted,
        )
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_an_answer_changed_anywhere_is_the_list_or_refused(
    server: Server, bring: Bring, tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever a server says: the bytes that it stated for whole, or an error of ours."""
    makers: list[Callable[[bytes], bytes]] = [answer, chunked]
    make = data.draw(st.sampled_from(makers))
    whole = bytearray(make(LIST[:400]))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    server.replies["/list"] = bytes(whole)
    (tmp_path / "list.xml").unlink(missing_ok=True)
    try:
        brought = bring(limits=Limits(connect=2, read=2, whole=5, afterwards=0.05))
    except DownloadFailed:
        assert list(tmp_path.iterdir()) == []
        return
    assert brought.path.read_bytes().startswith(b"<LIST>")
    assert sha256(brought.path.read_bytes()).hexdigest() == brought.sha256
