"""Likeness: a measure of sound, symmetric, strict with short names and generous with vowels."""

import gzip
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.names.folding import keys
from safeconduct.names.likeness import LEAST, likeness, likenesses
from safeconduct.names.scripts import script_of

DATA = Path(__file__).resolve().parents[4] / "shared/data/screening/translit"
FOLDS = st.text(alphabet="abcdefghijklmnopqrstuvxz", min_size=1, max_size=10)
KEYS = st.lists(FOLDS, min_size=1, max_size=4).map(tuple)


def alike(one: str, other: str) -> float:
    return likeness(keys(one, script_of(one[0])), keys(other, script_of(other[0])))


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("олексійович", "alekseevich", 0.85),
        ("aliaksandr", "aleksandr", 0.9),
        ("محمد", "mohammed", 0.9),
        ("محمد", "muhammad", 0.9),
        ("عبدالرحمن", "abdurrahman", 0.9),
        ("حسین", "hossein", 0.9),
        ("قاسم", "ghasem", 0.9),
        ("משה", "moshe", 0.9),
        ("דוד", "david", 0.85),
        ("יצחק", "yitzhak", 0.85),
        ("kadyrov", "qodirov", 0.9),
        ("petrov", "petrovv", 1.0),
        ("kovalchuk", "kovalhcuk", 0.85),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str, least: float) -> None:
    assert alike(one, other) >= least


@pytest.mark.parametrize(
    ("one", "other", "most"),
    [
        ("li", "le", 0.9),
        ("ali", "ala", 0.85),
        ("ali", "alia", 0.85),
        ("kim", "kin", 0.85),
        ("oleg", "olga", 0.8),
        ("anna", "inna", 0.8),
        ("ivan", "ivo", 0.7),
        ("karim", "kasim", 0.85),
        ("jamal", "kamal", 0.8),
        ("aleksandr", "aleksey", 0.75),
        ("محمد", "ahmad", 0.8),
        ("محسن", "hasan", 0.8),
        ("علی", "ala", 0.85),
    ],
)
def test_different_names_are_not(one: str, other: str, most: float) -> None:
    assert alike(one, other) < most


def test_a_first_letter_weighs_more_than_a_later_one() -> None:
    assert likeness(("karimov",), ("larimov",)) < likeness(("karimov",), ("kalimov",))


def test_two_letters_turned_round_are_one_error() -> None:
    assert likeness(("petrovik",), ("pertovik",)) > likeness(("petrovik",), ("pelmovik",))


def test_nothing_is_like_a_token_without_keys() -> None:
    assert likeness((), ()) == 0.0
    assert likeness((), ("ivan",)) == 0.0
    assert likenesses((), ["ivan"]) == [0.0]


def test_a_written_long_vowel_counts_more_than_an_unwritten_short_one() -> None:
    assert alike("سليم", "salim") > alike("سالم", "salim")


@given(KEYS, KEYS)
def test_likeness_is_symmetric_and_between_least_and_one_or_nothing(
    a: tuple[str, ...], b: tuple[str, ...]
) -> None:
    found = likeness(a, b)
    assert found == likeness(b, a)
    assert found == 0.0 or LEAST < found <= 1.0
    assert (found == 1.0) or set(a).isdisjoint(b)


@given(KEYS, KEYS, FOLDS)
def test_a_further_key_never_makes_two_tokens_less_alike(
    a: tuple[str, ...], b: tuple[str, ...], more: str
) -> None:
    assert likeness((*a, more), b) >= likeness(a, b)


@settings(deadline=None)  # the first call loads numpy
@given(KEYS, st.lists(FOLDS, max_size=8))
def test_many_at_once_are_as_alike_as_one_by_one(a: tuple[str, ...], folds: list[str]) -> None:
    assert likenesses(a, folds) == [likeness(a, (one,)) for one in folds]


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("russian", 0.92),
        ("armenian", 0.94),
        ("greek", 0.93),
        ("arabic", 0.93),
        ("persian", 0.93),
        ("hebrew", 0.92),
    ],
)
def test_real_pairs_of_spellings_are_alike_and_shuffled_ones_are_not(
    name: str, floor: float
) -> None:
    path = DATA / f"wd_{name}_dev16.tsv.gz"
    if not path.exists():
        pytest.skip(f"the transliteration pairs are not beside the repository: {path.name}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.split("\t")[:2] for _, line in zip(range(1500), lines, strict=False)]
    pairs = [(a, b.replace(" ", "")) for a, b in rows if a and b.strip()]
    true = [alike(a, b) for a, b in pairs]
    false = [alike(a, d) for (a, _), (_, d) in pairwise(pairs)]
    assert sum(one >= 0.85 for one in true) / len(true) >= floor
    assert sum(one >= 0.85 for one in false) / len(false) <= 0.004
