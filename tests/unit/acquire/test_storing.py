"""A file that comes bit by bit stands there whole, or not at all."""

import os
from pathlib import Path

import pytest

from safeconduct.acquire.storing import stored
from safeconduct.casefile.files import FileNotWritten


def test_the_file_appears_at_the_end_and_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "list"
    with stored(target) as append:
        append(b"one ")
        append(b"two")
        assert not target.exists()
    assert target.read_bytes() == b"one two"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, OSError])
def test_whatever_is_raised_leaves_what_stood_there(
    tmp_path: Path, error: type[BaseException]
) -> None:
    target = tmp_path / "list"
    target.write_bytes(b"before")
    with pytest.raises(error), stored(target) as append:
        append(b"half")
        raise error
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told_as_not_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten) as told, stored(tmp_path / "no" / "list"):
        raise AssertionError
    assert told.value.exit_code == 4


def test_a_disk_that_refuses_is_told_as_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotWritten, match="No space left"), stored(tmp_path / "list") as append:
        append(b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_link_laid_in_the_way_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"kept")
    (tmp_path / f".list.partial-{os.getpid()}").symlink_to(elsewhere)
    with pytest.raises(FileNotWritten), stored(tmp_path / "list"):
        raise AssertionError
    assert elsewhere.read_bytes() == b"kept"
