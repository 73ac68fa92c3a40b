"""The JSON of a screening keeps its contract, and its facts depend on no language."""

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.screening.batch_rows import BatchRow
from safeconduct.screening.entities import Entity, ListedDay, ListedName
from safeconduct.screening.screening import Screening, screen
from safeconduct.screening.screening_json import row_line, row_object, screening_object
from safeconduct.screening.sought import Sought
from safeconduct.screening.watchlists import Watchlist
from safeconduct.wording.language import LANGUAGES, language

FOLDER = files("safeconduct.screening") / "schemas"
NAMES = st.sampled_from(
    ("Mykola Zaliznyak", "Микола Залізняк", "Somebody", "김", "Dr. I. Zaliznyak")
)
BORN = st.sampled_from((None, "1984-05-12", "1984", "1951"))
KEYS = [
    *("schema", "row", "id", "status", "error", "band"),
    *("lists", "not_compared", "matches"),
]


def schema(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    """A list with one entry, made up."""
    entry = Entity(
        id="x1",
        schema="Person",
        caption="Mykola Zaliznyak",
        names=(ListedName(text="Mykola Petrovych Zaliznyak"),),
        birth_dates=(ListedDay(text="12 May 1984", value="1984-05-12"),),
        sex="male",
    )
    return Watchlist.of([entry], id="made-up", as_of="2026-11-01")


def found(name: str, born: str | None, watchlist: Watchlist) -> Screening:
    return screen(Sought(id="r1", names=(name,), born=born), [watchlist])


@given(NAMES, BORN)
def test_a_line_has_the_keys_of_the_contract_in_their_order(
    watchlist: Watchlist, name: str, born: str | None
) -> None:
    screening = found(name, born, watchlist)
    line = row_line(BatchRow(number=3, line=4, id="r1"), screening)
    assert line.endswith(b"}\n")
    assert line.count(b"\n") == 1
    one = json.loads(line)
    assert list(one) == KEYS
    jsonschema.validate(one, schema("screening-row-1"))
    for match in one["matches"]:
        assert list(match) == ["list", "entity", "score", "band", "parts"]


def test_a_rejected_row_has_an_error_and_no_band() -> None:
    row = BatchRow(number=1, line=2, id=None, error="names: found nothing; accepted: …")
    one = row_object(row, None)
    jsonschema.validate(one, schema("screening-row-1"))
    assert (one["status"], one["band"], one["lists"]) == ("rejected", None, [])


def test_nothing_compared_is_not_checked_and_never_nothing_found() -> None:
    screening = screen(Sought(names=("Mykola Zaliznyak",)), [])
    one = row_object(BatchRow(number=1, line=1, id="r1"), screening)
    assert (one["status"], one["band"]) == ("not_checked", None)


@given(NAMES, BORN)
def test_only_statements_depend_on_the_language(
    watchlist: Watchlist, name: str, born: str | None
) -> None:
    screening = found(name, born, watchlist)
    made = [screening_object(screening, language(code)) for code in LANGUAGES]
    for one in made:
        jsonschema.validate(one, schema("screening-1"))
        for match in one["matches"]:
            assert match.pop("statements")
    assert made[0] == made[1] == made[2]
