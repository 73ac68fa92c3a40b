"""What stands in the place of a file and is none is refused at once, unread."""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from safeconduct.reference.catalogue import Added, Catalogue
from safeconduct.reference.certificate import sealed, written
from safeconduct.reference.errors import DataSetDamaged, OriginalRefused
from safeconduct.reference.importing import Importer
from safeconduct.reference.regular import regular_bytes
from safeconduct.reference.verdicts import State

Add = Callable[..., Added]


@pytest.mark.parametrize(("most", "read"), [(2, b"abc"), (3, b"abcd"), (4, b"abcd"), (99, b"abcd")])
def test_one_byte_too_many_shows(tmp_path: Path, most: int, read: bytes) -> None:
    (tmp_path / "file").write_bytes(b"abcd")
    assert regular_bytes(tmp_path / "file", most) == read


def test_what_is_no_readable_file_is_refused(
    catalogue: Catalogue, importer: Importer, tmp_path: Path
) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    long = tmp_path / "long"
    long.write_bytes(b"x" * (importer.most_bytes + 1))
    for original in (tmp_path / "absent", tmp_path, fifo, long, Path("a\0b"), Path("x" * 5000)):
        with pytest.raises(OriginalRefused):
            catalogue.add(original, "words", importer, id="few")
    assert not catalogue.root.exists()


def test_a_file_that_grew_is_refused_without_reading_to_its_end(
    catalogue: Catalogue, add: Add
) -> None:
    certificate = add().certificate
    with (catalogue.folder(certificate.address) / "built.bin").open("ab") as handle:
        handle.truncate(1 << 40)  # a terabyte of nothing, which takes no room on the disk
    (verdict,) = catalogue.verify()
    assert (verdict.state, verdict.file) == (State.DAMAGED, "built.bin")
    assert (verdict.found, verdict.expected) == ("more than 7 bytes", "7 bytes")


@pytest.mark.parametrize("name", ["built.bin", "original.txt", "certificate.json"])
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(
    catalogue: Catalogue, add: Add, name: str
) -> None:
    file = catalogue.folder(add().certificate.address) / name
    file.unlink()
    os.mkfifo(file)
    (verdict,) = catalogue.verify()
    assert not verdict.whole
    assert (verdict.file, verdict.found) == (name, "no regular file")


def test_a_length_that_a_forged_certificate_states_takes_no_memory(
    catalogue: Catalogue, add: Add
) -> None:
    certificate = add().certificate
    built = msgspec.structs.replace(certificate.built, bytes=1 << 62, sha256="0" * 64)
    forged = sealed(msgspec.structs.replace(certificate, built=built))
    (catalogue.folder(certificate.address) / "certificate.json").write_bytes(written(forged))
    with pytest.raises(DataSetDamaged, match=r"built\.bin"):
        catalogue.read_built(forged)
