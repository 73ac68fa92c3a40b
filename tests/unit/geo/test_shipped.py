from pathlib import Path

import pytest

from safeconduct.geo import shipped
from safeconduct.geo.shipped import GeoDataDamaged, joined, sections

PARTS = (b"one", b"", b"three", b"4", b"five")


def test_what_was_joined_is_taken_apart_again() -> None:
    assert tuple(map(bytes, sections(joined(b"MAGIC001", PARTS), b"MAGIC001", "f"))) == PARTS


def test_a_longer_or_shorter_file_is_refused() -> None:
    whole = joined(b"MAGIC001", PARTS)
    for data in (whole + b"x", whole[:-1], whole[:20]):
        with pytest.raises(GeoDataDamaged):
            sections(data, b"MAGIC001", "f")


def test_one_changed_byte_fails_verification(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray(shipped.shipped_file("countries").read_bytes())
    certificate = shipped.shipped_file("countries").with_suffix(".json").read_bytes()
    (tmp_path / "countries.json").write_bytes(certificate)
    monkeypatch.setattr(shipped, "_HERE", tmp_path)
    (tmp_path / "countries.bin").write_bytes(data)
    shipped.verify("countries")
    data[len(data) // 2] ^= 1
    (tmp_path / "countries.bin").write_bytes(data)
    with pytest.raises(GeoDataDamaged):
        shipped.verify("countries")
