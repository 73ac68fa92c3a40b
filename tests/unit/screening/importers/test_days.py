import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screening.births import birth
from safeconduct.screening.importers.days import (
    AMBIGUOUS,
    UNREADABLE,
    Order,
    listed_day,
    listed_days,
)


@pytest.mark.parametrize(
    ("text", "order", "value"),
    [
        ("1964", None, "1964"),
        ("1964-05-12", None, "1964-05-12"),
        ("12 May 1964", None, "1964-05-12"),
        ("12 Dec. 1964", None, "1964-12-12"),
        ("8 Oct.1970", None, "1970-10-08"),
        ("Nov. 1973", None, "1973-11"),
        ("May 12, 1964", None, "1964-05-12"),
        ("16 September 1969", None, "1969-09-16"),
        ("12.5.1964", "dmy", "1964-05-12"),
        ("5/12/1964", "mdy", "1964-05-12"),
        ("1964/05/12", "ymd", "1964-05-12"),
        ("7.8. 1978", "dmy", "1978-08-07"),
        ("6.5.1974.", "dmy", "1974-05-06"),
        ("1960 to 1962", None, "1960/1962"),
        ("Between 1977 and 1982", None, "1977/1982"),
        ("between 1.1.1961 and 31.12.1963", "dmy", "1961-01-01/1963-12-31"),
        ("1955-1958", None, "1955/1958"),
        # One reading only, whatever the order is.
        ("13/02/1964", None, "1964-02-13"),
        ("02/13/1964", None, "1964-02-13"),
        ("05/05/1964", None, "1964-05-05"),
    ],
)
def test_a_date_that_can_be_read_in_one_way_is_read(
    text: str, order: Order | None, value: str
) -> None:
    day = listed_day(text, order)
    assert (day.text, day.value, day.circa) == (text, value, False)


def test_digits_in_an_order_that_nobody_stated_are_not_read() -> None:
    assert listed_day("01/02/1964").value is None
    assert listed_day("01/02/1964").remark == AMBIGUOUS
    assert listed_day("01/02/1964").text == "01/02/1964"


@pytest.mark.parametrize(
    "text",
    ["", "spring 1964", "31 February 1964", "31.2.1964", "1962 to 1960", "24/06/1402 (Hijri)",
     "12 Foo 1964", "10 October", "1.2.64", "99", "Leningrad, USSR"],
)  # fmt: skip
def test_what_is_no_date_stays_as_written_with_a_remark(text: str) -> None:
    day = listed_day(text, "dmy")
    assert (day.text, day.value, day.remark) == (text, None, UNREADABLE)


@pytest.mark.parametrize(
    "text", ["circa 1957", "Approximately 1957", "c. 1957", "1957 (presumed)", "(probably) 1957"]
)
def test_a_date_that_the_list_is_not_sure_of_says_so(text: str) -> None:
    day = listed_day(text)
    assert (day.value, day.circa) == ("1957", True)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("(a) 17.8.1957, (b) 17.8.1958", ["1957-08-17", "1958-08-17"]),
        ("a) 1 Jun. 1976; b) 1976", ["1976-06-01", "1976"]),
        ("(i) 11.4.1963, (ii) 11.4.1960", ["1963-04-11", "1960-04-11"]),
        ("6.3.1955 or 15.3.1955", ["1955-03-06", "1955-03-15"]),
        ("10.2.1983 (or 10.3.1983)", ["1983-02-10", "1983-03-10"]),
        ("15.4.1957, 22.2.1958", ["1957-04-15", "1958-02-22"]),
        ("(a) 1972 (b) somewhere", ["1972", None]),
        ("1964", ["1964"]),
        ("spring or summer", [None]),
    ],
)
def test_several_dates_in_one_cell_come_apart(text: str, values: list[str | None]) -> None:
    assert [day.value for day in listed_days(text, "dmy")] == values


@given(st.text(max_size=40), st.sampled_from((None, "dmy", "mdy", "ymd")))
def test_every_value_is_one_that_the_comparison_can_read(text: str, order: Order | None) -> None:
    for day in listed_days(text, order):
        assert day.value is None or birth(day.value) is not None


@given(st.dates(), st.sampled_from(("{0.day}.{0.month}.{0.year:04}", "{0:%d %b} {0.year:04}")))
def test_every_day_is_read_in_the_forms_of_the_lists(day: object, form: str) -> None:
    assert listed_day(form.format(day), "dmy").value == str(day)
