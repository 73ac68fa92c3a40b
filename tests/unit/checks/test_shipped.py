"""The shipped data sets say what they are and have the hashes that are stated beside them."""

import pytest

from safeconduct.checks import shipped
from safeconduct.checks.shipped import shipped_rows, verify_shipped
from safeconduct.geo.shipped import GeoDataDamaged
from safeconduct.reference.verdicts import State


def test_the_shipped_data_sets_are_whole() -> None:
    assert [verdict.state for verdict in verify_shipped()] == [State.WHOLE] * 3


def test_each_says_what_it_is() -> None:
    for row in shipped_rows():
        assert row.shipped
        assert all((row.title, row.origin, row.licence, row.completeness, row.rows, row.sha256))


def test_a_damaged_one_is_named_with_both_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(name: str) -> None:
        raise GeoDataDamaged(f"/folder/{name}.bin", "found", "expected")

    monkeypatch.setattr(shipped, "verify", damaged)
    first, second, third = verify_shipped()
    assert (first.state, first.file, first.found) == (State.DAMAGED, "gazetteer.bin", "found")
    assert (second.whole, third.whole) == (False, True)
