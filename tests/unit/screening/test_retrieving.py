"""Whoever would be shown is compared: the comparison of all with all is the referee."""

from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.screening.comparing import compare
from safeconduct.screening.entities import Entity, ListedDay, ListedName
from safeconduct.screening.scoring import Band
from safeconduct.screening.screening import retrieve, screen
from safeconduct.screening.sought import Sought
from safeconduct.screening.watchlists import Watchlist

GIVEN = (
    "Олександр",
    "Oleksandr",
    "Aleksandr",
    "Ivan",
    "Іван",
    "Muhammad",
    "محمد",
    "Abdul",
    "Sasha",
)
MIDDLE = ("Петрович", "Petrovych", "Olegovich", "Rahman", "Ahmad", "")
FAMILY = ("Залізняк", "Zalizniak", "Zheleznyak", "Kovalenko", "Коваленко", "Husayn", "de la Cruz")
DAYS = ("1984-05-12", "1984-12-05", "1984", "1985-05-12", "1964-05-12", "1994-05-12", None)

names = st.builds(
    lambda parts: " ".join(part for part in parts if part),
    st.tuples(st.sampled_from(GIVEN), st.sampled_from(MIDDLE), st.sampled_from(FAMILY)),
)
days = st.sampled_from(DAYS)


def entity(number: int, name: str, born: str | None) -> Entity:
    dates = (ListedDay(text=born, value=born),) if born else ()
    return Entity(
        id=f"e{number}",
        schema="Person",
        caption=name,
        names=(ListedName(text=name),),
        birth_dates=dates,
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(names, days), min_size=1, max_size=12), names, days)
def test_whoever_would_be_shown_and_has_nothing_against_it_is_retrieved(
    listed: list[tuple[str, str | None]], name: str, born: str | None
) -> None:
    entities = [entity(n, *one) for n, one in enumerate(listed)]
    watchlist = Watchlist.of(entities, id="l", as_of="2026-01-01")
    person = Sought(names=(name,), born=born)
    retrieved = {watchlist.index.entity(n).id for n in retrieve(person, watchlist)}
    for one in entities:
        found = compare(person, one)
        assert found is not None
        # Names of which a part contradicts may be missed: how many, `make bench-screening` tells.
        if found.band is not Band.NOTHING_FOUND and not found.names.compared.agreement.opposed:
            assert one.id in retrieved, (name, born, one)


def shown(person: Sought, *listed: Entity) -> set[str]:
    watchlist = Watchlist.of(listed, id="l", as_of="2026-01-01")
    return {match.entity.id for match in screen(person, [watchlist]).matches}


def test_a_pet_name_leads_to_the_full_name_and_back() -> None:
    assert shown(Sought(names=("Sasha Zalizniak",)), entity(1, "Олександр Залізняк", None)) == {
        "e1"
    }
    assert shown(Sought(names=("Олександр Залізняк",)), entity(1, "Sasha Zalizniak", None)) == {
        "e1"
    }


def test_one_part_in_common_is_not_compared_at_all() -> None:
    watchlist = Watchlist.of([entity(1, "Ivan Kovalenko", None)], id="l", as_of="2026-01-01")
    assert retrieve(Sought(names=("Ivan Zalizniak",)), watchlist) == []


def test_a_birth_that_contradicts_keeps_a_doubtful_name_out_and_a_missing_one_does_not() -> None:
    person = Sought(names=("Mykola Zalizniak",), born="1984-05-12")
    assert shown(person, entity(1, "Микола Залізняк", None)) == {"e1"}
    assert shown(person, entity(1, "Микола Залізняк", "1951-11-30")) == set()


def test_a_name_that_is_too_common_alone_is_compared_and_told() -> None:
    watchlist = Watchlist.of([entity(1, "Ivan Ivanov", None)], id="l", as_of="2026-01-01")
    told = screen(Sought(names=("Иван Иванов",)), [watchlist])
    assert told.matches == ()
    assert ("Иван Иванов", "common-name") in told.not_compared


def test_a_single_part_is_compared_and_told() -> None:
    watchlist = Watchlist.of([entity(1, "Zalizniak", None)], id="l", as_of="2026-01-01")
    told = screen(Sought(names=("Zalizniak",)), [watchlist])
    assert told.matches == ()
    assert ("Zalizniak", "single-part") in told.not_compared
