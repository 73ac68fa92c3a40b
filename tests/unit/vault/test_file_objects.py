"""Objects are whole or not there, named by their bytes, and nothing else lies where they lie."""

import errno
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import NotUsable
from safeconduct.vault.storage.file_objects import FileObjects
from safeconduct.vault.storage.objects import NotStored, ObjectDamaged, ObjectMissing

WORDS = b"sealed" * 100_000
NAME = sha256(WORDS).hexdigest()


def _files(root: Path) -> list[str]:
    return sorted(str(one.relative_to(root)) for one in root.rglob("*") if one.is_file())


def test_an_object_is_named_by_its_hash_and_comes_back(tmp_path: Path) -> None:
    objects = FileObjects(tmp_path / "vault")
    assert objects.put([WORDS[:7], b"", WORDS[7:]]) == NAME
    assert b"".join(objects.get(NAME)) == WORDS
    assert objects.size(NAME) == len(WORDS)
    assert _files(tmp_path) == [f"vault/objects/{NAME[:2]}/{NAME}"]


def test_the_same_bytes_are_one_object(tmp_path: Path) -> None:
    objects = FileObjects(tmp_path)
    assert objects.put([WORDS]) == objects.put([WORDS])
    assert list(objects.names()) == [NAME]


@given(chunks=st.lists(st.binary(max_size=50), max_size=8))
def test_any_bytes_come_back(chunks: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    objects = FileObjects(tmp_path_factory.mktemp("objects"))
    name = objects.put(iter(chunks))
    assert b"".join(objects.get(name)) == b"".join(chunks)
    assert list(objects.names()) == [name]


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    FileObjects(tmp_path / "vault").put([WORDS])
    for one in (tmp_path / "vault").rglob("*"):
        assert one.stat().st_mode & 0o077 == 0


def test_a_missing_object_is_named(tmp_path: Path) -> None:
    objects = FileObjects(tmp_path)
    for ask in (objects.get, objects.size):
        with pytest.raises(ObjectMissing, match=NAME):
            ask(NAME)


@pytest.mark.parametrize("at", [0, 300_000, len(WORDS) - 1])
def test_a_changed_byte_is_found_when_it_is_read(at: int, tmp_path: Path) -> None:
    objects = FileObjects(tmp_path)
    objects.put([WORDS])
    place = tmp_path / "objects" / NAME[:2] / NAME
    place.write_bytes(WORDS[:at] + bytes([WORDS[at] ^ 1]) + WORDS[at + 1 :])
    with pytest.raises(ObjectDamaged, match=NAME):
        list(objects.get(NAME))
    place.write_bytes(WORDS[:at])
    with pytest.raises(ObjectDamaged):
        list(objects.get(NAME))


@pytest.mark.parametrize("name", ["", "../" * 20 + "etc/passwd", NAME.upper(), NAME[:-1], "/" * 64])
def test_a_name_is_never_a_path(name: str, tmp_path: Path) -> None:
    objects = FileObjects(tmp_path)
    for ask in (objects.get, objects.size, objects.remove):
        with pytest.raises(NotUsable):
            ask(name)


def test_a_stream_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield WORDS
        raise ConnectionError

    objects = FileObjects(tmp_path)
    with pytest.raises(ConnectionError):
        objects.put(broken())
    assert _files(tmp_path) == []


@pytest.mark.parametrize("step", ["fsync", "open", "rename"])
@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_full_or_failing_disk_is_reported_and_leaves_nothing(
    step: str, reason: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise OSError(reason, os.strerror(reason))

    objects = FileObjects(tmp_path)
    kept = objects.put([b"kept"])
    monkeypatch.setattr(Path if step == "rename" else os, step, refuses)
    with pytest.raises(NotStored, match=os.strerror(reason)):
        objects.put([WORDS])
    monkeypatch.undo()
    assert list(objects.names()) == [kept]
    assert list(objects.strangers()) == []


def test_a_removed_object_is_gone_and_removing_it_again_is_no_error(tmp_path: Path) -> None:
    objects = FileObjects(tmp_path)
    objects.put([WORDS])
    for _ in range(2):
        objects.remove(NAME)
        assert list(objects.names()) == []


def test_what_no_name_leads_to_is_a_stranger(tmp_path: Path) -> None:
    objects = FileObjects(tmp_path)
    objects.put([WORDS])
    (tmp_path / "incoming" / "half").write_bytes(b"half")
    (tmp_path / "objects" / "note").write_bytes(b"")
    (tmp_path / "objects" / "00").mkdir()
    (tmp_path / "objects" / "00" / NAME).write_bytes(WORDS)
    assert list(objects.names()) == [NAME]
    assert list(objects.strangers()) == ["incoming/half", f"objects/00/{NAME}", "objects/note"]
    assert objects.discard_incoming() == 1
    assert "incoming/half" not in list(objects.strangers())


def test_the_folder_of_an_object_is_flushed_whoever_made_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects = FileObjects(tmp_path / "vault")
    home = tmp_path / "vault" / "objects" / sha256(b"sealed").hexdigest()[:2]
    # As it stands after a crash between the making of a folder and the flushing of its name.
    home.mkdir()
    flushed = set()
    real = os.fsync

    def noted(descriptor: int) -> None:
        flushed.add(os.fstat(descriptor).st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    objects.put([b"sealed"])
    assert {home.stat().st_ino, home.parent.stat().st_ino} <= flushed
