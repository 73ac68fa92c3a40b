"""A period's key is stored durably, and destroyed so that its bytes are gone from the folder."""

from pathlib import Path

import pytest

from safeconduct.vault.erasure.periods import FilePeriodKeys, PeriodGone
from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.storage.objects import NotStored


def test_a_key_is_made_once_and_read_back(tmp_path: Path) -> None:
    keys = FilePeriodKeys(tmp_path / "periods")
    made = keys.make("2026-11")
    assert FilePeriodKeys(tmp_path / "periods").key("2026-11") == made
    assert keys.make("2026-12") != made
    assert keys.periods() == ("2026-11", "2026-12")
    assert (tmp_path / "periods" / "2026-11").stat().st_mode & 0o077 == 0
    with pytest.raises(NotUsable):
        keys.make("2026-11")


def test_a_destroyed_key_is_gone_and_its_bytes_were_overwritten(tmp_path: Path) -> None:
    keys = FilePeriodKeys(tmp_path)
    made = keys.make("2026-11")
    (tmp_path / "kept").hardlink_to(tmp_path / "2026-11")
    keys.destroy("2026-11")
    assert made not in (tmp_path / "kept").read_bytes()
    with pytest.raises(PeriodGone):
        keys.key("2026-11")
    keys.destroy("2026-11")


def test_a_key_written_in_a_longer_form_is_overwritten_whole(tmp_path: Path) -> None:
    keys = FilePeriodKeys(tmp_path)
    (tmp_path / "2026-11").write_bytes(b"a secret in a longer form " * 40)
    (tmp_path / "kept").hardlink_to(tmp_path / "2026-11")
    keys.destroy("2026-11")
    assert set((tmp_path / "kept").read_bytes()) == {0}
    assert keys.periods() == ("kept",)


def test_half_a_destruction_is_no_key(tmp_path: Path) -> None:
    keys = FilePeriodKeys(tmp_path)
    keys.make("2026-11")
    for wrong in (bytes(32), b"short"):
        (tmp_path / "2026-11").write_bytes(wrong)
        with pytest.raises(Malformed):
            keys.key("2026-11")


@pytest.mark.parametrize("period", ["", "../2026", "2026/11", "a" * 40, "."])
def test_a_period_never_becomes_a_path(period: str, tmp_path: Path) -> None:
    keys = FilePeriodKeys(tmp_path)
    for act in (keys.make, keys.key, keys.destroy):
        with pytest.raises(NotUsable):
            act(period)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotStored):
        FilePeriodKeys(tmp_path / "file" / "periods")
