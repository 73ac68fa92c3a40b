"""`safeconduct reference fetch`: what people type, what they read, and the exit codes."""

from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from click.testing import CliRunner, Result
from tests.unit.acquire.serving import Server, answer

from safeconduct.acquire import sources
from safeconduct.acquire.fetching import LEAST_KEPT
from safeconduct.acquire.wire import Network
from safeconduct.cli import reference_fetch
from safeconduct.cli.commands import safeconduct

FIXTURES = Path(__file__).parents[1] / "unit" / "screening" / "importers" / "fixtures"
UN = (FIXTURES / "un.xml").read_bytes()
DAY = "2026-11-22"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the catalogue will lie."""
    return tmp_path / "references"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The official lists, made up, at their paths on this machine; nothing else is spoken to."""
    server = Server()
    here = {
        name: msgspec.structs.replace(
            one,
            files=tuple(
                msgspec.structs.replace(file, address=f"{server.base}/{file.name}")
                for file in one.files
            ),
        )
        for name, one in sources.SOURCES.items()
    }
    monkeypatch.setattr(sources, "SOURCES", MappingProxyType(here))
    monkeypatch.setattr(reference_fetch, "network", lambda: Network(loopback=True))
    for name in ("un.xml", "eu.csv", "sdn.csv", "alt.csv", "add.csv"):
        server.replies[f"/{name}"] = answer((FIXTURES / name).read_bytes())
    server.replies["/sdn_advanced.xml"] = answer((FIXTURES / "ofac_advanced.xml").read_bytes())
    yield server
    server.stop()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(safeconduct, ["reference", *(str(one) for one in arguments)])


def fetched(name: str, root: Path, *more: str) -> Result:
    return run("fetch", name, "--references", root, *more)


@pytest.mark.parametrize("name", ["un", "eu", "ofac", "ofac-xml"])
def test_each_official_list_is_added_and_can_be_listed(
    server: Server, root: Path, name: str
) -> None:
    done = fetched(name, root)
    # Samples hold rows that are wrong on purpose.
    assert done.exit_code in (0, 5)
    assert done.stdout.startswith(f"watchlist/{name}@")
    assert ": added; " in done.stdout
    listed = run("list", "--references", root).stdout.splitlines()
    assert any(line.startswith(f"watchlist/{name}@") for line in listed)
    shown = run("show", name, "--references", root).stdout
    assert sources.source(name).licence in shown
    assert f"{server.base}/" in shown


def test_the_same_list_again_is_no_change(server: Server, root: Path) -> None:
    fetched("un", root)
    again = fetched("un", root)
    assert again.exit_code == 0
    assert ": no change; " in again.stdout


def test_another_id_keeps_it_apart(server: Server, root: Path) -> None:
    assert fetched("un", root, "--id", "un-again").stdout.startswith("watchlist/un-again@")


def test_a_name_that_nobody_knows_is_refused_with_those_that_are(root: Path) -> None:
    refused = fetched("uk", root)
    assert refused.exit_code == 2
    assert "accepted: un, eu, ofac, ofac-xml" in refused.stderr
    assert not root.exists()


def test_a_page_in_place_of_the_list_is_refused_with_host_and_path(
    server: Server, root: Path
) -> None:
    server.replies["/eu.csv"] = answer(b"<html>Sorry</html>", Content_Type="text/csv")
    refused = fetched("eu", root)
    assert refused.exit_code == 2
    assert refused.stderr.startswith(f"127.0.0.1:{server.port}/eu.csv: found a web page; accepted:")
    assert not root.exists()


def test_a_list_that_shrank_needs_a_word(server: Server, root: Path) -> None:
    eu = (FIXTURES / "eu.csv").read_bytes()
    header, first = eu.splitlines(keepends=True)[:2]
    many = [first.replace(first.split(b";")[1], str(70_000 + n).encode(), 1) for n in range(20)]
    server.replies["/eu.csv"] = answer(header + b"".join(many))
    assert fetched("eu", root).exit_code == 0
    server.replies["/eu.csv"] = answer(header + b"".join(many[: int(20 * LEAST_KEPT) - 1]))
    refused = fetched("eu", root)
    assert refused.exit_code == 2
    assert "9 rows, where watchlist/eu@" in refused.stderr
    assert "--accept-shrunk" in refused.stderr
    assert fetched("eu", root, "--accept-shrunk").exit_code == 0


def test_a_list_that_cannot_be_read_is_refused_with_its_line(server: Server, root: Path) -> None:
    server.replies["/un.xml"] = answer(UN[: len(UN) // 2])
    refused = fetched("un", root)
    assert refused.exit_code == 2
    assert refused.stderr.startswith("un: line ")
    assert not root.exists()


def test_rows_that_were_left_out_are_named_and_end_with_5(server: Server, root: Path) -> None:
    alias = b'999999,1,"aka","NOBODY",-0- \r\n'
    server.replies["/alt.csv"] = answer((FIXTURES / "alt.csv").read_bytes() + alias * 30)
    done = fetched("ofac", root)
    assert done.exit_code == 5
    assert "999999" in done.stderr
    assert "of them not named here)" in done.stderr.splitlines()[-1]


def test_a_folder_that_cannot_be_written_ends_with_4(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert fetched("un", tmp_path / "file" / "below").exit_code == 4


def test_a_damaged_latest_version_ends_with_3(server: Server, root: Path) -> None:
    fetched("un", root)
    (certificate,) = root.glob("watchlist/un/*/certificate.json")
    certificate.write_bytes(b"{}")
    assert fetched("un", root).exit_code == 3


def test_an_interruption_ends_with_130_and_adds_nothing(
    server: Server, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted() -> Network:
        raise KeyboardInterrupt

    monkeypatch.setattr(reference_fetch, "network", interrupted)
    stopped = fetched("un", root)
    assert (stopped.exit_code, stopped.stderr) == (130, "interrupted\n")
    assert not root.exists()


def test_progress_is_one_line_that_is_taken_away_and_only_for_a_terminal(
    server: Server, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\r" not in fetched("eu", root).stderr
    monkeypatch.setattr(reference_fetch, "on_a_terminal", lambda: True)
    line, _, after = fetched("ofac", root).stderr.rpartition("\r")
    assert [one.partition(":")[0] for one in line.split("\r") if one.strip()] == [
        "sdn.csv",
        "alt.csv",
        "add.csv",
    ]
    assert "\n" not in line
    assert line.split("\r")[-1].strip() == ""
    assert after.startswith("ofac: line ")
