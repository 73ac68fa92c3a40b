"""The form of the shipped tables: every row is found again, nothing else, and damage is seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.data.tables import NameDataDamaged, Table, certificate, packed, verify
from safeconduct.names.data.tables import shipped_file as shipped

KEYS = st.text(min_size=1, max_size=12)
ROWS = st.dictionaries(KEYS, st.lists(st.integers(0, 2**33), max_size=5), max_size=60)


@given(ROWS, KEYS)
def test_every_row_is_found_and_no_other(rows: dict[str, list[int]], other: str) -> None:
    table = Table(packed(rows.items()))
    assert {key: table.get(key) for key in rows} == {key: tuple(rows[key]) for key in rows}
    if other not in rows:
        assert table.get(other) == ()
    assert dict(table.rows()) == {key: tuple(values) for key, values in rows.items()}


@given(ROWS)
def test_the_order_of_rows_changes_no_byte(rows: dict[str, list[int]]) -> None:
    assert packed(rows.items()) == packed(reversed(list(rows.items())))


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(NameDataDamaged):
        Table(b"not a table at all")
    with pytest.raises(NameDataDamaged):
        Table(b"")


@pytest.mark.parametrize("name", ["variants", "rarity"])
def test_the_shipped_bytes_are_those_of_the_certificate(name: str) -> None:
    verify(name)
    stated = certificate(name)
    table = Table.open(shipped(name))
    assert stated["rows"] == len(table) == sum(1 for _ in table.rows())
    assert stated["schema"] == "safeconduct/certificate/1"
    sources = stated["sources"]
    assert isinstance(sources, dict)
    for facts in sources.values():
        assert facts["licence"]
        assert len(facts["wheel_sha256"]) == len(facts["data_sha256"]) == 64


def test_together_the_tables_stay_small() -> None:
    assert sum(shipped(name).stat().st_size for name in ("variants", "rarity")) < 2_750_000
