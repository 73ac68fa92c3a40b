"""Whatever stops a writer, the catalogue is as it was before or as it is after."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from safeconduct.casefile.errors import OutputNotWritten
from safeconduct.reference import staging
from safeconduct.reference.catalogue import Added, Catalogue
from safeconduct.reference.errors import CatalogueNotWritten
from safeconduct.reference.importing import Importer

Add = Callable[..., Added]

WRITER = textwrap.dedent(
    """
    import os
    import sys
    from pathlib import Path
    from safeconduct.reference.catalogue import Catalogue
    from safeconduct.reference.importing import Built

    class Plain:
        name, version, most_bytes = "plain", 1, 10_000_000
        def build(self, original):
            return Built(data=original * 2, rows=1)

    root, text, most, prefix = sys.argv[1:]
    original = Path(root).with_name(f"original-{os.getpid()}")
    print("ready", flush=True)
    for number in range(int(most)):
        original.write_text(text * 50_000 + f"{prefix}-{number}")
        added = Catalogue(Path(root)).add(
            original, "words", Plain(),
            id="few", as_of="2026-11-22", origin="us", licence="CC0",
        )
        print(added.certificate.version, flush=True)
    """
)


def _writer(root: Path, most: int, prefix: str = "x") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(root), "text", str(most), prefix]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _kill_at_many_moments(root: Path, runs: int) -> int:
    """Kills writers at scattered moments and returns how many left something half-way."""
    left = 0
    for run in range(runs):
        writer = _writer(root, 1000, str(run))
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(run * 37 % 83 / 1000)
        writer.send_signal(signal.SIGKILL)
        told = [int(line) for line in writer.stdout.read().split()]
        writer.wait()
        writer.stdout.close()
        left += any(root.glob(".adding-*"))
        versions = [one.version for one in Catalogue(root).all()]
        # What was reported is there; what was not yet reported may be, and nothing else.
        assert versions == list(range(1, len(versions) + 1))
        assert not told or len(versions) - told[-1] in (0, 1)
        assert all(verdict.whole for verdict in Catalogue(root).verify())
    return left


def test_a_writer_killed_at_any_moment_leaves_the_catalogue_whole(tmp_path: Path) -> None:
    _kill_at_many_moments(tmp_path / "references", runs=20)


@pytest.mark.long
def test_two_hundred_writers_killed_leave_the_catalogue_whole(tmp_path: Path) -> None:
    assert _kill_at_many_moments(tmp_path / "references", runs=200) > 10


def test_the_next_writer_removes_what_a_dead_one_left(catalogue: Catalogue, add: Add) -> None:
    left = catalogue.root / ".adding-1-words-few-2026-11-22"
    left.mkdir(parents=True)
    (left / "certificate.json").write_text("{}")
    assert catalogue.all() == ()
    assert catalogue.verify() == ()
    add()
    assert not left.exists()
    assert len(catalogue.all()) == 1


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    root = tmp_path / "references"
    writers = [_writer(root, 5, prefix) for prefix in "abc"]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    assert [one.version for one in Catalogue(root).all()] == list(range(1, 16))
    assert all(verdict.whole for verdict in Catalogue(root).verify())


def test_two_writers_of_the_same_file_add_it_once(tmp_path: Path) -> None:
    root = tmp_path / "references"
    for writer in [_writer(root, 1, "a"), _writer(root, 1, "a")]:
        writer.communicate()
        assert writer.returncode == 0
    assert len(Catalogue(root).all()) == 1


def test_a_full_disk_leaves_the_catalogue_as_it_was(catalogue: Catalogue, add: Add) -> None:
    import resource

    certificate = add().certificate
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(CatalogueNotWritten) as refused:
            # The text fits into its own file, not twice into the limit of the catalogue's.
            _limited(add, 50_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.value.exit_code == 4
    assert catalogue.all() == (certificate,)
    assert not list(catalogue.root.glob(".adding-*"))


def _limited(add: Add, most: int) -> None:
    import resource

    write = Path.write_text

    def written(self: Path, text: str) -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        length = write(self, text)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        return length

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_text", written)
        add("x" * 100_000)


@pytest.mark.parametrize("step", ["mkdir", "rename"])
def test_a_folder_that_refuses_leaves_the_catalogue_as_it_was(
    catalogue: Catalogue, add: Add, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    certificate = add().certificate

    def refuses(self: Path, *args: object, **kwargs: object) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, refuses)
        with pytest.raises(CatalogueNotWritten, match="Read-only"):
            add("other")
    assert catalogue.all() == (certificate,)
    assert not list(catalogue.root.glob(".adding-*"))


def test_what_could_not_be_made_to_last_is_taken_back(
    catalogue: Catalogue, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add()
    flush = staging._flush

    def fails(folder: Path) -> None:
        if (folder / "2026-11-22-2").exists():
            raise OSError(5, "Input/output error")
        flush(folder)

    monkeypatch.setattr(staging, "_flush", fails)
    with pytest.raises(CatalogueNotWritten):
        add("other")
    assert [one.version for one in catalogue.all()] == [1]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write to read-only folders")
def test_a_read_only_folder_is_not_written_and_still_read(catalogue: Catalogue, add: Add) -> None:
    certificate = add().certificate
    catalogue.root.chmod(0o500)
    try:
        with pytest.raises(CatalogueNotWritten):
            add("other")
        assert catalogue.verify()[0].whole
        assert catalogue.all() == (certificate,)
    finally:
        catalogue.root.chmod(0o700)


def test_a_root_that_cannot_be_a_folder_is_not_written(tmp_path: Path, importer: Importer) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "words").write_text("x")
    for root in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(CatalogueNotWritten) as refused:
            Catalogue(root).add(
                tmp_path / "words",
                "words",
                importer,
                id="few",
                as_of="2026-11-22",
                origin="us",
                licence="CC0",
            )
        assert isinstance(refused.value, OutputNotWritten)
        assert refused.value.exit_code == 4
