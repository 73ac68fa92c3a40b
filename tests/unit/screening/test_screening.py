import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.screening.comparing import compare
from safeconduct.screening.entities import Entity, ListedDay, ListedDocument, ListedName
from safeconduct.screening.index.building import build
from safeconduct.screening.scoring import Band
from safeconduct.screening.screening import screen
from safeconduct.screening.sought import Sought
from safeconduct.screening.watchlists import Watchlist

GIVEN = ("Ivan", "Іван", "Mykola", "Nikolai", "Arman", "Giorgi", "Yusuf", "Emre", "Олексій")
FAMILY = ("Kuzubov", "Кузубов", "Zaliznyak", "Hovhannisyan", "Beridze", "Al-Tamimi", "Yıldız")


def entity(number: int, *names: str, born: str | None = None) -> Entity:
    return Entity(
        id=f"x{number}",
        schema="Person",
        caption=names[0],
        names=tuple(ListedName(text=name, kind="name") for name in names),
        birth_dates=(ListedDay(text=born, value=born),) if born else (),
        row=number,
    )


EVERYBODY = [
    entity(n, f"{given} {family}", born=f"19{60 + n % 40}-05-12")
    for n, (given, family) in enumerate((g, f) for g in GIVEN for f in FAMILY)
]


def watchlist(*entities: Entity) -> Watchlist:
    return Watchlist.of(entities, id="made-up", as_of="2026-11-01")


LISTED = watchlist(*EVERYBODY)


@settings(max_examples=20, deadline=None)
@given(st.permutations(EVERYBODY))
def test_the_order_of_rows_changes_nothing(entities: list[Entity]) -> None:
    assert build(entities) == build(EVERYBODY)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(GIVEN), st.sampled_from(FAMILY), st.sampled_from((None, "1984-05-12")))
def test_what_is_retrieved_is_what_comparing_all_would_show(
    given_name: str, family: str, born: str | None
) -> None:
    sought = Sought(names=(f"{given_name} {family}",), born=born)
    every = [compare(sought, one, list="made-up") for one in EVERYBODY]
    shown = {m.entity.id: m.score for m in every if m and m.band is not Band.NOTHING_FOUND}
    found = screen(sought, [LISTED])
    assert {m.entity.id: m.score for m in found.matches} == shown


def test_a_person_is_found_across_scripts() -> None:
    found = screen(Sought(names=("Микола Залізняк",)), [watchlist(*EVERYBODY)])
    assert "Mykola Zaliznyak" in {m.entity.caption for m in found.matches}


def test_nothing_found_names_the_lists_and_their_dates() -> None:
    found = screen(Sought(names=("Somebody Else",)), [watchlist(*EVERYBODY)])
    assert found.band is Band.NOTHING_FOUND
    assert [(one.id, one.as_of) for one in found.lists] == [("made-up", "2026-11-01")]


def test_without_a_list_the_answer_is_unknown_not_nothing_found() -> None:
    found = screen(Sought(names=("Mykola Zaliznyak",)), [])
    assert found.band is None
    assert ("lists", "no-list") in found.not_compared


def test_a_name_in_a_script_that_is_not_read_is_said_not_to_be_compared() -> None:
    found = screen(Sought(names=("ប៉ុល ពត",)), [watchlist(*EVERYBODY)])
    assert any(reason == "script-not-compared" for _, reason in found.not_compared)


def test_an_empty_list_can_be_searched() -> None:
    found = screen(Sought(names=("Mykola Zaliznyak",)), [watchlist()])
    assert found.band is Band.NOTHING_FOUND


def test_organisations_are_counted_and_not_searched() -> None:
    firm = msgspec.structs.replace(EVERYBODY[0], schema="Company")
    made = watchlist(*EVERYBODY[1:], firm)
    assert made.index.about["others"] == 1
    assert len(made) == len(EVERYBODY) - 1


def test_a_common_name_alone_is_said_to_be_unsettled() -> None:
    ivanov = entity(1, "Ivan Ivanov")
    found = screen(Sought(names=("Ivan Ivanov",)), [watchlist(ivanov)])
    assert found.band is Band.NOTHING_FOUND
    assert ("Ivan Ivanov", "common-name") in found.not_compared


def test_a_paper_of_the_same_number_is_found_under_another_name() -> None:
    paper = ListedDocument(kind="passport", number="64 0123456")
    listed = msgspec.structs.replace(entity(1, "Petro Sliusar"), documents=(paper,))
    found = screen(
        Sought(names=("Nikolai Beridze",), documents=("640123456",)), [watchlist(listed)]
    )
    assert [match.entity.id for match in found.matches] == ["x1"]
    other = screen(
        Sought(names=("Nikolai Beridze",), documents=("640123457",)), [watchlist(listed)]
    )
    assert not other.matches
