"""Common names come out as common in every spelling, and an unknown name as unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.names.data.tables import Table, certificate, shipped_file
from safeconduct.names.rarity import (
    UNKNOWN_CEILING,
    folding_proof,
    only_role,
    share,
    share_of,
)

COMMON = [
    ("иванов", "Cyrl", 1e-3),
    ("ivanova", "Latn", 1e-3),
    ("петров", "Cyrl", 1e-3),
    ("aleksandr", "Latn", 1e-2),
    ("олександр", "Cyrl", 1e-2),
    ("muhammad", "Latn", 1e-2),
    ("محمد", "Arab", 1e-2),
    ("ali", "Latn", 1e-2),
    ("khan", "Latn", 1e-3),
    ("kim", "Latn", 1e-2),
    ("мамедов", "Cyrl", 1e-5),
    ("mammadov", "Latn", 1e-5),
    ("шевченко", "Cyrl", 1e-4),
    ("smith", "Latn", 1e-3),
    ("nguyen", "Latn", 1e-3),
]


@pytest.mark.parametrize(("form", "script", "least"), COMMON)
def test_a_common_name_is_known_as_common(form: str, script: str, least: float) -> None:
    found = share_of(form, script)
    assert found is not None
    assert least <= found <= 0.5


def test_a_rarer_surname_is_rarer() -> None:
    ivanov, tsymbaliuk = share_of("иванов", "Cyrl"), share_of("цимбалюк", "Cyrl")
    assert ivanov is not None
    assert tsymbaliuk is not None
    assert tsymbaliuk < ivanov / 10


def test_both_forms_of_a_surname_are_equally_common() -> None:
    assert share_of("иванов", "Cyrl") == share_of("иванова", "Cyrl")


def test_an_unknown_name_has_no_share() -> None:
    assert share_of("xqzvwkra", "Latn") is None
    assert share("") is None
    assert UNKNOWN_CEILING == 1e-5


def test_a_name_that_lists_know_as_one_thing_only_is_hinted() -> None:
    assert only_role("дмитрий", "Cyrl") == "given"
    assert only_role("шевченко", "Cyrl") == "family"
    assert only_role("ali", "Latn") is None
    assert only_role("xqzvwkra", "Latn") is None


@given(st.text(max_size=12))
def test_a_share_is_a_share(fold: str) -> None:
    found = share(fold)
    assert found is None or 0 < found <= 1


def test_the_table_was_built_with_the_folding_of_today() -> None:
    assert certificate("rarity")["folding_proof"] == folding_proof(
        Table.open(shipped_file("variants"))
    )
