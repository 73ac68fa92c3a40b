from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.screening.comparing import Match, compare
from safeconduct.screening.entities import Entity, ListedDay, ListedName
from safeconduct.screening.scoring import Band
from safeconduct.screening.sought import Sought

GIVEN = ("Ivan", "Іван", "Mykola", "Nikolai", "Arman", "Giorgi", "Yusuf", "Emre")
FATHER = ("Ivanovich", "Petrovych", "Сергійович", "Olegovich")
FAMILY = ("Kuzubov", "Кузубов", "Zaliznyak", "Hovhannisyan", "Beridze", "Al-Tamimi", "Yıldız")
NAMES = st.tuples(
    st.sampled_from(GIVEN), st.sampled_from(("", *FATHER)), st.sampled_from(FAMILY)
).map(lambda parts: " ".join(part for part in parts if part))
BORN = st.sampled_from((None, "1984-05-12", "1984", "1971-11-30", "1984-12-05"))


def entity(*names: str, born: str | None = None, **more: object) -> Entity:
    return Entity(
        id="x1",
        schema="Person",
        caption=names[0],
        names=tuple(ListedName(text=name, kind="name") for name in names),
        birth_dates=(ListedDay(text=born, value=born),) if born else (),
        **more,  # type: ignore[arg-type]
    )


def match(
    name: str, *listed: str, born: str | None = None, listed_born: str | None = None
) -> Match:
    found = compare(Sought(names=(name,), born=born), entity(*listed, born=listed_born))
    assert found is not None
    return found


@settings(deadline=None)
@given(NAMES, NAMES, BORN, BORN)
def test_exchanging_the_sides_changes_no_score(
    one: str, other: str, born: str | None, listed: str | None
) -> None:
    there = match(one, other, born=born, listed_born=listed)
    back = match(other, one, born=listed, listed_born=born)
    assert (there.score, there.band) == (back.score, back.band)


@settings(deadline=None)
@given(NAMES, st.lists(NAMES, min_size=1, max_size=4), NAMES)
def test_adding_an_alias_never_lowers_a_score(name: str, listed: list[str], more: str) -> None:
    assert match(name, *listed, more).score >= match(name, *listed).score


def test_a_missing_birth_date_is_unknown_not_a_mismatch() -> None:
    without = match("Taras Zaliznyak", "Taras Zaliznyak", born="1984-05-12")
    other = match("Taras Zaliznyak", "Taras Zaliznyak", born="1984-05-12", listed_born="1951-02-03")
    same = match("Taras Zaliznyak", "Taras Zaliznyak", born="1984-05-12", listed_born="1984-05-12")
    assert other.score < without.score < same.score
    assert without.band is Band.REVIEW
    assert same.band is Band.STRONG


def test_a_single_part_never_matches_alone() -> None:
    assert match("Zaliznyak", "Zaliznyak").band is Band.NOTHING_FOUND
    assert match("Zaliznyak", "Zaliznyak").rule == "single-part"


def test_a_common_name_never_matches_alone() -> None:
    found = match("Ivan Ivanov", "Ivan Ivanov")
    assert found.band is Band.NOTHING_FOUND
    assert found.rule == "common-name"


def test_a_common_name_with_its_birth_date_is_shown() -> None:
    found = match("Ivan Ivanov", "Ivan Ivanov", born="1984-05-12", listed_born="1984-05-12")
    assert found.band is not Band.NOTHING_FOUND


def test_a_patronymic_left_out_is_neutral_and_another_one_is_not() -> None:
    without = match("Taras Zaliznyak", "Taras Petrovych Zaliznyak")
    same = match("Taras Petrovich Zaliznyak", "Taras Petrovych Zaliznyak")
    other = match("Taras Olegovich Zaliznyak", "Taras Petrovych Zaliznyak")
    assert other.band is Band.NOTHING_FOUND
    assert without.band is Band.REVIEW
    assert same.score > without.score


def test_another_sex_speaks_against_a_match() -> None:
    listed = entity("Taras Zaliznyak", sex="female")
    found = compare(Sought(names=("Taras Zaliznyak",), sex="male"), listed)
    unknown = compare(Sought(names=("Taras Zaliznyak",)), listed)
    assert found is not None
    assert unknown is not None
    assert found.score < unknown.score


def test_a_person_without_names_is_not_compared() -> None:
    assert compare(Sought(names=()), entity("Taras Zaliznyak")) is None
    assert compare(Sought(names=("Taras",)), entity("?!")) is None
