"""Packed fields and padding read back exactly, and nothing that was touched reads at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vault.formats.errors import Malformed, NotUsable
from safeconduct.vault.formats.fields import (
    as_number,
    as_text,
    labelled,
    pack,
    unlabelled,
    unpack,
)
from safeconduct.vault.formats.padding import LEAST, pad, padded_length, unpad

FIELDS = st.lists(st.binary(max_size=40), max_size=6)


@given(FIELDS, FIELDS)
def test_two_lists_of_fields_never_read_alike(one: list[bytes], other: list[bytes]) -> None:
    assert (pack(*one) == pack(*other)) == (one == other)
    assert list(unpack(pack(*one), len(one))) == one


@given(FIELDS.filter(bool), st.data())
def test_cut_fields_are_refused(fields: list[bytes], data: st.DataObject) -> None:
    whole = pack(*fields)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(Malformed):
        unpack(whole[:cut], len(fields))
    with pytest.raises(Malformed):
        unpack(whole + b"\0", len(fields))


def test_facts_behind_another_label_are_refused() -> None:
    with pytest.raises(Malformed, match="not a card"):
        unlabelled(labelled("grant", "a", 1), "card", 2)


def test_numbers_and_texts_are_written_in_one_way() -> None:
    label, text, number = unpack(labelled("x", "ж", 258), 3)
    assert label == b"safeconduct/x/1"
    assert as_text(text) == "ж"
    assert number.hex() == "0000000000000102"
    assert as_number(number) == 258


@pytest.mark.parametrize("fact", [-1, 1 << 64, "\udcff"])
def test_what_cannot_be_written_is_refused(fact: int | str) -> None:
    with pytest.raises(NotUsable):
        labelled("x", fact)


def test_what_is_no_number_and_no_text_is_malformed() -> None:
    with pytest.raises(Malformed):
        as_number(b"\0" * 7)
    with pytest.raises(Malformed):
        as_text(b"\xff")


@given(st.binary(max_size=3000))
def test_padding_reads_back_and_every_change_of_its_form_is_refused(data: bytes) -> None:
    padded = pad(data)
    assert unpad(padded) == data
    for wrong in (padded[:-1], padded + b"\0", padded[:-1] + b"\1", b""):
        if wrong != padded[:-1] + b"\1" or len(data) + 8 < len(padded):
            with pytest.raises(Malformed):
                unpad(wrong)


@given(st.integers(1, 1 << 40))
def test_a_size_tells_at_most_sixteen_steps_a_doubling(length: int) -> None:
    padded = padded_length(length)
    assert length <= padded <= max(LEAST, length + length // 16)
    assert padded_length(padded) == padded
    doubling = {padded_length(length + length * part // 256) for part in range(257)}
    assert len(doubling) <= 18
