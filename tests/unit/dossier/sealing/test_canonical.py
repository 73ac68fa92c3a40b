"""JSON that has one reading and one form."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.dossier.sealing.canonical import (
    MOST_DEPTH,
    canonical,
    read_canonical,
    read_strictly,
)
from safeconduct.dossier.sealing.errors import NotCanonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_canonical_form_is_read_back_as_it_was_and_is_its_own_form(value: Any) -> None:
    data = canonical(value)
    assert read_canonical(data) == value
    assert canonical(read_strictly(data)) == data


@given(st.dictionaries(TEXTS, VALUES, min_size=2, max_size=5))
def test_the_order_of_keys_changes_nothing(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_keys_are_ordered_by_utf_16_as_the_standard_has_it() -> None:
    # The example of RFC 8785, 3.2.3: the smiley stands before U+FB33.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical(dict.fromkeys(keys, 0)).decode()
    ordered = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert list(json.loads(written)) == ordered


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        '{"a":{"b":1,"b":1}}',
        '{"\\u0061":1,"a":2}',
        "[9007199254740993]",
        "[1e999]",
        "[-1e999]",
        f"[1{'0' * 5000}]",
        f"[0.{'1' * 5000}]",
        "[NaN]",
        "[Infinity]",
        '{"a":1',
        "",
        "[1]x",
    ],
)
def test_json_that_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(NotCanonical):
        read_strictly(text.encode())


def test_nesting_is_followed_to_its_limit_and_no_further() -> None:
    assert read_strictly(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH)
    with pytest.raises(NotCanonical, match="nested"):
        read_strictly(b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1))
    assert read_strictly(b'["' + b"[" * 1000 + b'\\"["]')


def test_a_million_brackets_are_refused_at_once() -> None:
    began = time.process_time()
    with pytest.raises(NotCanonical, match="nested"):
        read_strictly(b"[" * 1_000_000)
    assert time.process_time() - began < 1


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    with pytest.raises(NotCanonical, match="UTF-8"):
        read_strictly(b'"\xff"')


@pytest.mark.parametrize("data", [b'{"a": 1}', b'{"b":1,"a":2}', b"[1.0]", b'"\\u0061"', b"[1]\n"])
def test_another_form_of_the_same_values_is_read_but_is_not_canonical(data: bytes) -> None:
    read_strictly(data)
    with pytest.raises(NotCanonical, match="canonical form"):
        read_canonical(data)


def test_a_lone_surrogate_has_no_canonical_form() -> None:
    with pytest.raises(NotCanonical):
        canonical("\ud800")
    with pytest.raises(NotCanonical):
        read_canonical(b'"\\ud800"')
