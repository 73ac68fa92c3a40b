"""Circles among names that come after each other."""

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.casefile.circles import circles

ARROWS = st.dictionaries(
    st.sampled_from("abcdefg"), st.frozensets(st.sampled_from("abcdefg"), max_size=4)
)


def reached(arrows: dict[str, frozenset[str]], start: str) -> set[str]:
    """Every name that comes after another, by following arrows until nothing is new."""
    found: set[str] = set()
    more = set(arrows.get(start, ()))
    while more - found:
        found |= more
        more = {after for name in found for after in arrows.get(name, ())}
    return found


@given(ARROWS)
def test_there_is_a_circle_exactly_for_each_group_that_is_before_itself(
    arrows: dict[str, frozenset[str]],
) -> None:
    after = {name: reached(arrows, name) for name in "abcdefg"}
    groups = {
        frozenset(o for o in "abcdefg" if o == name or (o in after[name] and name in after[o]))
        for name in "abcdefg"
    }
    found = list(circles(arrows))
    assert len(found) == sum(len(group) > 1 for group in groups)
    for circle in found:
        assert frozenset(circle) <= next(g for g in groups if circle[0] in g)


@given(ARROWS)
def test_every_step_of_a_circle_is_an_arrow(arrows: dict[str, frozenset[str]]) -> None:
    for circle in circles(arrows):
        assert len(set(circle)) == len(circle) > 1
        for name, after in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert after in arrows[name]


def test_the_shortest_circle_is_given() -> None:
    arrows = {"a": {"b", "c"}, "b": {"c"}, "c": {"a"}}
    assert list(circles(arrows)) == [("a", "c")]


def test_a_line_of_any_length_is_no_circle_and_a_long_circle_is_found() -> None:
    line = {str(i): {str(i + 1)} for i in range(20_000)}
    assert not list(circles(line))
    (found,) = circles({**line, "20000": {"0"}})
    assert len(found) == 20_001
