import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screening.births import BirthAgreement, birth, births_agree

B = BirthAgreement


def agree(one: str, other: str) -> BirthAgreement:
    ours, theirs = birth(one), birth(other)
    assert ours is not None
    assert theirs is not None
    return births_agree((ours,), (theirs,))[0]


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("1984-05-12", "1984-05-12", B.SAME_DAY),
        ("1984-05-12", "1984-12-05", B.SWAPPED),
        ("1984-05-12", "1984-05-13", B.ONE_DIGIT),
        ("1984-05-12", "1984-05-22", B.ONE_DIGIT),
        ("1984-05-12", "1985-05-12", B.ONE_DIGIT),
        ("1984-05-12", "1934-05-12", B.ONE_DIGIT),
        ("1984-05-12", "1984-06-12", B.ONE_DIGIT),
        ("1984-05-12", "1984-05", B.SAME_MONTH),
        ("1984-05-12", "1984", B.SAME_YEAR),
        ("1984-05-12", "1984-01-01", B.SAME_YEAR),
        ("1984-01-01", "1984-01-01", B.SAME_YEAR),
        ("1984-05-12", "1985", B.NEAR_YEAR),
        ("1984-05-12", "1982/1985", B.NEAR_YEAR),
        ("1984~", "1986", B.NEAR_YEAR),
        ("1984-05-12", "1984-09-30", B.OTHER_DAY),
        ("1984-05", "1984-09", B.OTHER_DAY),
        ("1984-05-12", "1986-07-30", B.OTHER_YEAR),
        ("1984-05-12", "1962-07-30", B.DIFFERENT),
        ("1984", "1986", B.DIFFERENT),
    ],
)
def test_two_dates_of_birth_say(one: str, other: str, says: BirthAgreement) -> None:
    assert agree(one, other) is says
    assert agree(other, one) is says


@pytest.mark.parametrize(
    "text", ["", "unknown", "12.05.1984", "1984-13-01", "1984-02-30", "1990/1984"]
)
def test_a_text_that_is_no_date_is_not_guessed(text: str) -> None:
    assert birth(text) is None


def test_a_missing_birth_date_is_missing_not_a_mismatch() -> None:
    known = birth("1984")
    assert known is not None
    assert births_agree((), (known,))[0] is B.MISSING
    assert births_agree((known,), ())[0] is B.MISSING


def test_the_best_of_several_dates_counts() -> None:
    listed = tuple(b for b in (birth("1962"), birth("1984-05-12")) if b)
    ours = birth("1984-05-12")
    assert ours is not None
    assert births_agree((ours,), listed)[0] is B.SAME_DAY


DATES = st.dates().map(str) | st.integers(1900, 2010).map(str)


@given(DATES, DATES)
def test_sides_may_be_exchanged(one: str, other: str) -> None:
    assert agree(one, other) is agree(other, one)
