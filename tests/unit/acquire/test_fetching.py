"""A list is added whole and once, or not at all."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.unit.acquire.serving import QUICK, Server, answer

from safeconduct.acquire.bodies import Expected
from safeconduct.acquire.errors import AnswerRefused, DownloadFailed, ListShrunk
from safeconduct.acquire.fetching import Fetched, FileProgress, fetch
from safeconduct.acquire.sources import ListFile, Source
from safeconduct.acquire.wire import Network
from safeconduct.reference.catalogue import Catalogue
from safeconduct.reference.errors import CertificateUnreadable
from safeconduct.reference.importing import Built, ImportRejected, RowMistake

Fetch = Callable[..., Fetched]
ROWS = Expected(begins="row", described="rows", most_bytes=1_000_000)


class Lines:
    """Builds lines that begin with `row`; a last line `as of DAY` states the day."""

    name = "lines"
    version = 1
    most_bytes = 1_000_000

    def build(self, original: bytes) -> Built:
        lines = original.decode("utf-8", "replace").split("\n")
        if "bad" in lines:
            raise ImportRejected((RowMistake(lines.index("bad") + 1, "bad"),))
        day = lines[-1][6:] if lines[-1].startswith("as of ") else None
        return Built(data=original, rows=original.count(b"row"), as_of=day)


def rows(number: int, day: str = "") -> bytes:
    """A list of so many rows."""
    return b"\n".join([b"row"] * number + ([f"as of {day}".encode()] if day else []))


@pytest.fixture
def made_up(server: Server) -> Source:
    """A list in one file on the local server."""
    address = f"{server.base}/list?token=secret"
    return Source(
        name="made-up",
        title="A made-up list",
        publisher="Ministry of Examples",
        page="https://lists.example/",
        files=(ListFile(name="list.txt", address=address, expected=ROWS),),
        licence="CC0",
        read="nowhere; 2026-11-23",
        kind="words",
        format="lines",
    )


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A catalogue whose folder is not there yet."""
    return Catalogue(tmp_path / "references")


@pytest.fixture
def bring_in(made_up: Source, catalogue: Catalogue, local: Network, tmp_path: Path) -> Fetch:
    """Fetches the list with a fresh working folder each time."""

    def fetched(
        source: Source = made_up,
        *,
        on: str = "2026-11-22",
        accept_shrunk: bool = False,
        progress: FileProgress | None = None,
    ) -> Fetched:
        folder = tmp_path / f"work-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        return fetch(
            source,
            catalogue,
            Lines(),
            folder,
            on=on,
            accept_shrunk=accept_shrunk,
            network=local,
            limits=QUICK,
            progress=progress,
        )

    return fetched


def serve(server: Server, content: bytes, **said: str) -> None:
    server.replies["/list?token=secret"] = answer(content, Content_Type="text/plain", **said)


def test_a_list_is_added_with_what_is_known_of_it(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, rows(9), Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT", ETag='"e1"')
    added = bring_in()
    one = added.certificate
    assert (str(one.address), one.rows) == ("words/made-up@2026-11-20", 9)
    assert not added.unchanged
    assert one.title == "A made-up list"
    assert one.licence == "CC0"
    assert one.origin == (
        f"Ministry of Examples; {server.base}/list "
        '(Last-Modified Fri, 20 Nov 2026 10:00:00 GMT, ETag "e1")'
    )
    assert catalogue.read_original(one) == rows(9)


@pytest.mark.parametrize(
    ("inside", "modified", "day"),
    [
        ("2026-11-01", "Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-01"),
        ("", "Fri, 20 Nov 2026 10:00:00 GMT", "2026-11-20"),
        ("", "Fri, 27 Nov 2026 10:00:00 GMT", "2026-11-22"),
        ("", "", "2026-11-22"),
    ],
)
def test_the_day_is_that_of_the_file_then_of_its_change_then_of_the_download(
    server: Server, bring_in: Fetch, inside: str, modified: str, day: str
) -> None:
    serve(server, rows(9, inside), Last_Modified=modified)
    assert bring_in().certificate.as_of == day


def test_the_same_content_on_another_day_is_no_change(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, rows(9), ETag='"e1"')
    first = bring_in()
    serve(server, rows(9), ETag='"e2"')
    again = bring_in(on="2026-11-23")
    assert again.unchanged
    assert again.certificate == first.certificate
    assert len(catalogue.addresses()) == 1


def test_other_content_becomes_the_next_version(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    for number in (9, 10):
        serve(server, rows(number))
        bring_in()
    assert [str(one) for one in catalogue.addresses()] == [
        "words/made-up@2026-11-22",
        "words/made-up@2026-11-22-2",
    ]


def test_the_same_content_heals_a_damaged_version(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, rows(9))
    first = bring_in().certificate
    (catalogue.folder(first.address) / "built.bin").write_bytes(b"")
    again = bring_in()
    assert not again.unchanged
    assert catalogue.read_built(again.certificate) == rows(9)


def test_a_newer_importer_builds_the_same_content_anew(
    server: Server, bring_in: Fetch, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(server, rows(9))
    bring_in()
    monkeypatch.setattr(Lines, "version", 2)
    again = bring_in()
    assert not again.unchanged
    assert again.certificate.importer.version == 2


def test_a_list_suddenly_less_than_half_as_long_is_refused_unless_accepted(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, rows(10, "2026-11-20"))
    bring_in()
    serve(server, rows(4, "2026-11-21"))
    with pytest.raises(ListShrunk) as refused:
        bring_in()
    assert (refused.value.rows, refused.value.before) == (4, 10)
    assert len(catalogue.addresses()) == 1
    assert bring_in(accept_shrunk=True).certificate.rows == 4
    serve(server, rows(3, "2026-11-22"))
    assert bring_in().certificate.rows == 3


def test_half_as_long_is_just_accepted(server: Server, bring_in: Fetch) -> None:
    for number in (10, 5):
        serve(server, rows(number))
        assert bring_in().certificate.rows == number


def test_an_older_list_is_kept_and_told_to_be_older(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, rows(10, "2026-11-20"))
    assert bring_in().newer is None
    serve(server, rows(9, "2026-11-10"))
    assert bring_in().newer == "words/made-up@2026-11-20"
    assert [one.rows for one in catalogue.latest("words")] == [10]


def test_a_latest_version_that_cannot_be_read_is_told_and_nothing_added(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, rows(9))
    first = bring_in().certificate
    (catalogue.folder(first.address) / "certificate.json").write_bytes(b"{}")
    with pytest.raises(CertificateUnreadable):
        bring_in()
    assert len(catalogue.addresses()) == 1


def test_a_list_that_cannot_be_imported_leaves_the_catalogue(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, b"row\nbad")
    with pytest.raises(ImportRejected):
        bring_in()
    assert not catalogue.root.exists()


@pytest.fixture
def in_three(server: Server, made_up: Source) -> Source:
    """A list in three files."""
    files = tuple(
        ListFile(name=f"{name}.csv", address=f"{server.base}/{name}.csv", expected=ROWS)
        for name in ("sdn", "alt", "add")
    )
    for file in files:
        path = f"/{file.name}"
        server.replies[path] = answer(f"row of {file.name}".encode(), Content_Type="text/csv")
    return msgspec.structs.replace(made_up, files=files)


def test_several_files_become_one_archive_always_the_same(
    in_three: Source, bring_in: Fetch, catalogue: Catalogue
) -> None:
    first = bring_in(in_three)
    assert first.certificate.original_name == "made-up.zip"
    assert first.certificate.original.name == "original.zip"
    assert bring_in(in_three, on="2026-11-29").unchanged


@pytest.mark.parametrize("path", ["/sdn.csv", "/alt.csv", "/add.csv"])
def test_one_file_that_fails_means_that_nothing_is_added(
    server: Server, in_three: Source, bring_in: Fetch, catalogue: Catalogue, path: str
) -> None:
    server.replies[path] = answer(b"<html>", Content_Type="text/html")
    with pytest.raises(AnswerRefused):
        bring_in(in_three)
    assert not catalogue.root.exists()


def test_a_later_cut_leaves_the_version_that_is_there(
    server: Server, bring_in: Fetch, catalogue: Catalogue
) -> None:
    serve(server, rows(9))
    first = bring_in().certificate
    server.replies["/list?token=secret"] = answer(rows(900))[:500]
    with pytest.raises(DownloadFailed) as failed:
        bring_in()
    assert "secret" not in str(failed.value)
    assert catalogue.all() == (first,)


def test_progress_names_the_file(in_three: Source, bring_in: Fetch) -> None:
    told: list[str] = []
    bring_in(in_three, progress=lambda name, _, __: told.append(name))
    assert list(dict.fromkeys(told)) == ["sdn.csv", "alt.csv", "add.csv"]
