"""The writer holds nothing but drawings, and holds every text as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.drawing.conftest import parsed

from safeconduct.drawing.svg import NotADrawing, local_id, node, number, points, written
from safeconduct.drawing.text import plain


@pytest.mark.parametrize("name", ["script", "image", "a", "foreignObject", "use", "iframe"])
def test_an_element_that_could_act_is_refused(name: str) -> None:
    with pytest.raises(NotADrawing):
        node(name, {})


@pytest.mark.parametrize("name", ["onclick", "href", "xlink:href", "style", "onload"])
def test_an_attribute_that_could_act_is_refused(name: str) -> None:
    with pytest.raises(NotADrawing):
        node("g", {name: "x"})


@pytest.mark.parametrize("value", ["url(https://a.example/x)", "url(#x) url(#y)", "URL url(a)"])
def test_nothing_leads_out_of_the_drawing(value: str) -> None:
    with pytest.raises(NotADrawing):
        node("rect", {"fill": value})


@pytest.mark.parametrize("prefix", ["", "1", "a b", 'x"', "<"])
def test_an_identifier_that_is_none_is_refused(prefix: str) -> None:
    with pytest.raises(NotADrawing):
        local_id(prefix, "title")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    shown = plain(text)
    drawn = node("text", {}, shown)
    read = parsed(written(drawn))
    assert (read.text or "") == shown
    assert len(read) == 0


def test_attributes_have_one_order_and_numbers_two_decimals() -> None:
    one = node("rect", {"y": 1.005, "fill": "none", "x": -0.001, "id": "a"})
    other = node("rect", {"id": "a", "x": -0.001, "y": 1.005, "fill": "none"})
    assert written(one) == written(other) == '<rect id="a" x="0" y="1" fill="none"/>'


def test_numbers_are_short() -> None:
    assert [number(one) for one in (1.0, 1.239, 100, 0.5, "a")] == ["1", "1.24", "100", "0.5", "a"]
    assert points([(1.0, 2.5), (-0.001, 3)]) == "1,2.5 0,3"
