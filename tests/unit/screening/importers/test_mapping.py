from collections.abc import Callable

import pytest

from safeconduct.casefile.yamltree import FileMistaken
from safeconduct.screening.importers.mapping import read_mapping

Example = Callable[[str], bytes]
LEAST = b"schema: safeconduct/watchlist-mapping/1\ncolumns:\n  A: name\n"


def test_a_mapping_is_read(example: Example) -> None:
    mapping = read_mapping(example("brigade.yaml"))
    assert mapping.confirmed
    assert (mapping.header, mapping.dates, mapping.separator) == (2, "dmy", ";")
    assert mapping.as_of == "2024-05-31"
    assert mapping.columns["Дата народження"] == "birthDate"


def test_what_is_left_out_is_not_confirmed_and_not_guessed() -> None:
    mapping = read_mapping(LEAST + b"title:\ndates:\n")
    assert not mapping.confirmed
    assert (mapping.title, mapping.dates, mapping.separator) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (LEAST + b"confirmed: maybe\n", 4),
        (LEAST + b"dates: european\n", 4),
        (LEAST + b"as_of: May 2024\n", 4),
        (LEAST + b"header: -1\n", 4),
        (LEAST + b"colour: red\n", 4),
        (LEAST + b"title: [a]\n", 4),
        (LEAST + b"  B: nickname\n", 4),
        (b"columns:\n  A: name\n", 1),
        (b"schema: safeconduct/watchlist-mapping/1\ncolumns:\n  A: notes\n", 1),
        (b"schema: safeconduct/watchlist-mapping/1\ncolumns: A\n", 2),
        (b"- a\n", 1),
        (b"a: &x [*x]\n", 1),
        (b"\xff", 1),
    ],
)
def test_a_mistake_is_told_with_its_line(text: bytes, line: int) -> None:
    with pytest.raises(FileMistaken) as caught:
        read_mapping(text)
    assert line in {one.line for one in caught.value.mistakes}
