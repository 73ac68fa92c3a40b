"""A stored file comes back as it was; its name, size and content say nothing of it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.evidence.files import NotTheFile, load_file, store_file
from safeconduct.vault.formats.errors import NotOpened
from safeconduct.vault.formats.padding import padded_length
from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.objects import ObjectDamaged, ObjectMissing

CANARY = b"canary " * 1_000


@pytest.fixture
def objects(tmp_path: Path) -> FileObjects:
    """An empty store."""
    return FileObjects(tmp_path / "vault")


def test_a_file_comes_back_and_nothing_of_it_lies_in_the_clear(
    objects: FileObjects, tmp_path: Path
) -> None:
    stored = store_file([CANARY[:10], CANARY[10:]], objects)
    assert b"".join(load_file(stored, objects)) == CANARY
    held = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert b"canary" not in held
    assert stored.sha256.encode() not in held
    assert "canary" not in repr(stored)
    assert stored.key.hex() not in repr(stored)


def test_the_same_file_twice_has_two_names(objects: FileObjects) -> None:
    assert store_file([CANARY], objects).object != store_file([CANARY], objects).object


@given(st.integers(0, 3_000))
def test_sizes_stand_in_coarse_steps(length: int) -> None:
    whole = padded_length(length)
    assert whole >= max(length, 512)
    assert whole <= max(512, length * 17 / 16)
    assert padded_length(whole) == whole


def test_a_damaged_or_missing_object_is_named(objects: FileObjects, tmp_path: Path) -> None:
    stored = store_file([CANARY], objects)
    file = next(one for one in tmp_path.rglob("*") if one.name == stored.object)
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.chmod(0o600)
    file.write_bytes(bytes(data))
    with pytest.raises((ObjectDamaged, NotOpened)):
        list(load_file(stored, objects))
    file.unlink()
    with pytest.raises(ObjectMissing):
        list(load_file(stored, objects))


def test_another_key_size_or_hash_is_refused(objects: FileObjects) -> None:
    stored = store_file([CANARY], objects)
    with pytest.raises(NotOpened):
        list(load_file(msgspec.structs.replace(stored, key=bytes(32)), objects))
    for wrong in (
        {"size": stored.size - 1},
        {"size": stored.size + 1},
        {"size": 5 * stored.size},
        {"sha256": "0" * 64},
    ):
        with pytest.raises(NotTheFile):
            list(load_file(msgspec.structs.replace(stored, **wrong), objects))


def test_a_source_that_breaks_leaves_nothing(objects: FileObjects) -> None:
    def broken() -> Iterator[bytes]:
        yield CANARY
        raise OSError("the card was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        store_file(broken(), objects)
    assert list(objects.names()) == []
