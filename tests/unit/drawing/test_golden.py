"""Drawings are as they were when somebody last looked at them: compared as structure, not bytes."""

import pytest
from tests.unit.drawing.structure import CASES, GOLDEN, LOOKS, differences, drawn, structure


@pytest.mark.parametrize(("code", "width"), LOOKS)
@pytest.mark.parametrize("case", CASES)
def test_an_example_is_drawn_as_it_was(case: str, code: str, width: int) -> None:
    for name, drawing in drawn(case, code, width):
        golden = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        assert differences(list(structure(drawing)), golden) == [], name


def test_what_moved_is_renamed_or_is_missing_is_another_drawing() -> None:
    line = "text | sc-f-ink claim-text | x=100 y=40 | c1 | He left."
    assert differences([line], [line.replace("100", "101")]) == []
    for other in (
        line.replace("100", "110"),
        line.replace("left", "stayed"),
        line.replace("c1", "c2"),
        line.replace("sc-f-ink", "sc-f-quiet"),
    ):
        assert differences([line], [other]) == [(line, other)]
    assert differences([line], [line, line])
