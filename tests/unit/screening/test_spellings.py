"""Names as they are written in accounts and on the street, against one listed person."""

import pytest

from safeconduct.screening.entities import Entity, ListedDay, ListedDocument, ListedName
from safeconduct.screening.explaining import explain
from safeconduct.screening.scoring import Band
from safeconduct.screening.screening import Screening, screen
from safeconduct.screening.sought import Sought, SoughtMistaken
from safeconduct.screening.watchlists import Watchlist

LISTED = Watchlist.of(
    (
        Entity(
            id="x1",
            schema="Person",
            caption="Zaliznyak Oleksandr Mykolayovych",
            names=(ListedName(text="Залізняк Олександр Миколайович", kind="name"),),
            birth_dates=(ListedDay(text="1986-12-17", value="1986-12-17"),),
            documents=(ListedDocument(kind="tax", number="501216164913"),),
            row=1,
        ),
        Entity(
            id="x2",
            schema="Person",
            caption="Misyurevich Kseniya Evgenevna",
            names=(ListedName(text="Мисюревич Ксения Евгеньевна", kind="name"),),
            row=2,
        ),
    ),
    id="made-up",
    as_of="2026-11-01",
)


def found(name: str, **more: object) -> Screening:
    return screen(Sought(names=(name,), **more), (LISTED,))  # type: ignore[arg-type]


def score(name: str) -> float:
    matches = found(name).matches
    return matches[0].score if matches else 0.0


@pytest.mark.parametrize(
    "name",
    [
        "Залізняк Олександр «Моторола»",
        "Залізняк Олександр, позывной Моторола",
        'Oleksandr "Motorola" Zalizniak',
        "Петренко (Залізняк) Олександр",
        "мл. сержант Залізняк Олександр",
        "ст. лейтенант Залізняк Олександр",
        "гр. Залізняк Олександр",
        "Dr. med. Залізняк Олександр",
        "卢卡申科 Залізняк Олександр",
    ],
)
def test_what_stands_beside_a_name_hides_nobody(name: str) -> None:
    assert found("Залізняк Олександр").band is Band.REVIEW
    assert found(name).band is Band.REVIEW


def test_a_nom_de_guerre_is_told_as_one() -> None:
    match = found("Залізняк Олександр «Моторола»").matches[0]
    how = {part.ours: part.how for part in explain(match).parts if part.ours}
    assert how["Моторола"] == "nickname"


def test_the_order_of_the_parts_changes_nothing() -> None:
    orders = (
        "Евгеньевна Ксения МИСЮРЕВИЧ",
        "Ксения Евгеньевна Мисюревич",
        "МИСЮРЕВИЧ Ксения Евгеньевна",
        "Мисюревич Евгеньевна Ксения",
    )
    assert len({found(one).matches[0].score for one in orders}) == 1


def test_an_initial_says_less_than_the_name() -> None:
    assert 0.5 < score("Залізняк О.") < score("Залізняк Олександр")


def test_a_single_part_with_a_date_is_for_review_and_never_strong() -> None:
    assert found("Залізняк", born="1986-12-17").matches[0].band is Band.REVIEW
    assert found("Залізняк").band is Band.NOTHING_FOUND


def test_a_name_that_is_listed_with_another_date_is_told_of() -> None:
    other = found("Залізняк Олександр", born="1961-03-02")
    assert other.band is Band.NOTHING_FOUND
    assert ("Залізняк Олександр", "contradicted") in [tuple(one) for one in other.not_compared]
    stranger = found("Кузубов Олександр", born="1961-03-02")
    assert "contradicted" not in [one.reason for one in stranger.not_compared]


@pytest.mark.parametrize("number", ["501216164913", "INN 501216164913", "РФ № 501216164913"])
def test_a_number_is_found_with_words_before_it(number: str) -> None:
    assert found("Somebody Else", documents=(number,)).matches[0].rule == "same-number"
    assert not found("Somebody Else", documents=(number + "9",)).matches


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": "Zalizniak Oleksandr"},
        {"names": (None,)},
        {"names": ("A B",), "citizenships": "RU"},
        {"names": ("A B",), "citizenships": ("Russia",)},
        {"names": ("A B",), "born": 1980},
        {"names": ("A B",), "documents": "123456"},
    ],
)
def test_what_would_be_read_wrongly_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SoughtMistaken, match="accepted"):
        Sought(**wrong)  # type: ignore[arg-type]


def test_a_date_that_cannot_be_read_is_told_as_that() -> None:
    reasons = [tuple(one) for one in found("A B", born="30.08.1954").not_compared]
    assert ("birth", "unreadable") in reasons
    assert ("birth", "missing") not in reasons
