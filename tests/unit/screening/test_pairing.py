import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.casefile.people import NameParts
from safeconduct.screening.alike import Way
from safeconduct.screening.pairing import Paired, pair
from safeconduct.screening.prepared import prepare

PARTS = (
    *("Aleksandr", "Oleksandr", "Александр", "Олександр", "Ivanovich", "Іванович", "Petrovna"),
    *("Гагкуєв", "Gagkuev", "Abdul", "Rahman", "Abdulrahman", "al", "bin", "Muhammad", "محمد"),
    *("A.", "Li", "Лі", "გიორგი", "Giorgi", "Hovhannisyan", "Հովհաննիսյան", "von", "Dr"),
)
NAMES = st.lists(st.sampled_from(PARTS), min_size=1, max_size=6).map(" ".join)


def paired(one: str, other: str) -> Paired:
    return pair(prepare(one), prepare(other))


def agreeing(found: Paired) -> set[tuple[str, str]]:
    return {
        (" ".join(p.text for p in one.ours), " ".join(p.text for p in one.theirs))
        for one in found.pairs
    }


@settings(deadline=None)
@given(NAMES, NAMES)
def test_every_part_of_both_names_stands_in_one_place(one: str, other: str) -> None:
    found = paired(one, other)
    ours = [piece.at for p in found.pairs for piece in p.ours] + [p.at for p in found.ours_left]
    theirs = [piece.at for p in found.pairs for piece in p.theirs] + [
        p.at for p in found.theirs_left
    ]
    assert sorted(ours) == [piece.at for piece in prepare(one).pieces]
    assert sorted(theirs) == [piece.at for piece in prepare(other).pieces]


@settings(deadline=None)
@given(NAMES, NAMES)
def test_exchanging_the_names_leaves_as_much_unpaired(one: str, other: str) -> None:
    there, back = paired(one, other), paired(other, one)
    assert len(there.ours_left) == len(back.theirs_left)
    assert len(there.theirs_left) == len(back.ours_left)


def test_order_does_not_matter() -> None:
    assert agreeing(paired("Petrenko Ivan", "Ivan Petrenko")) == {
        ("Petrenko", "Petrenko"),
        ("Ivan", "Ivan"),
    }


def test_glued_parts_answer_to_one() -> None:
    found = paired("Abdul Rahman Sadiq", "Abdulrahman Sadiq")
    assert ("Abdul Rahman", "Abdulrahman") in agreeing(found)
    assert not found.ours_left
    assert not found.theirs_left


def test_an_initial_answers_to_a_name_that_begins_so() -> None:
    found = paired("V. Petrenko", "Volodymyr Petrenko")
    assert {p.alike.way for p in found.pairs} == {Way.INITIAL, Way.SAME}


def test_an_initial_does_not_answer_to_another_name() -> None:
    found = paired("A. Petrenko", "Volodymyr Petrenko")
    assert len(found.ours_left) == len(found.theirs_left) == 1


def test_declared_roles_are_respected() -> None:
    ours = prepare("Ivan Martin", NameParts(given="Ivan", family="Martin"))
    theirs = prepare("Martin Kowal", NameParts(given="Martin", family="Kowal"))
    assert not pair(ours, theirs).pairs


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("Олексійович", "Alekseevich", Way.FATHER),
        ("Олександр", "Aleksandr", Way.VARIANT),
        ("Petrenko", "Петренко", Way.SOUND),
    ],
)
def test_parts_agree_in_the_way_that_they_do(one: str, other: str, way: Way) -> None:
    found = paired(f"Ivan {one} Kuzubov", f"Ivan {other} Kuzubov")
    assert way in {p.alike.way for p in found.pairs}
