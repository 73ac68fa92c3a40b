"""The annex "what we did": every search in the order of time, in the report and in the dossier."""

from datetime import date

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import vet
from safeconduct.dossier.report_case import sections
from safeconduct.dossier.report_shown import Shown, shown
from safeconduct.dossier.report_values import ItemView
from safeconduct.dossier.typeset.annex import what_we_did
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.disclosed import disclosable_case
from safeconduct.dossier.typeset.values import Item, Paragraph
from safeconduct.wording.language import language

ON = date(2024, 11, 2)
CASE = """
schema: safeconduct/case/1
id: small
conventions: {approximate: {month: P1M}}
applicant: {id: p1, names: [Test]}
persons: [{id: p9, names: [THIRD-NAME]}]
claims: [{id: c1, kind: statement, text: He served.}]
searches:
  - {id: h10, tool: a court register, query: Q-TEN, on: 2024-01-15, by: RC, about: [c1],
     result: no entry, found: false}
  - {id: h2, tool: a social network, query: Q-TWO, on: 2024-01-15, by: RC, note: STAFF,
     result: a profile, found: true}
  - {id: h3, tool: an archive, query: THIRD-NAME, on: 2023-12, by: RC, about: [p9],
     result: THIRD-NAME found, found: true}
  - {id: h4, tool: a library, query: Q-FOUR, on: ../2024-10-01, by: RC,
     result: nothing, found: false}
"""


def case() -> Case:
    return read_case(CASE.encode()).case


def of(read: Case, code: str = "en") -> Shown:
    return shown(read, vet(read, load_references(None), on=ON), language(code))


def words(view: ItemView | Item) -> str:
    parts = (*view.title, *(part for row in view.rows for part in row.parts))
    return " ".join(part.text for part in parts)


def annex(read: Case, code: str = "en") -> list[ItemView]:
    (found,) = (one for one in sections(of(read, code)) if one.name == "searches")
    return list(found.items)


def test_searches_stand_in_the_order_of_time_and_undated_ones_last() -> None:
    assert [one.id for one in annex(case())] == ["h3", "h2", "h10", "h4"]


def test_the_order_of_the_file_changes_nothing() -> None:
    read = case()
    turned = msgspec.structs.replace(read, searches=tuple(reversed(read.searches)))
    assert annex(turned) == annex(read)


def test_an_empty_search_is_there_like_any_other() -> None:
    *_, empty, _ = annex(case())
    assert "Nothing found: " in words(empty)
    assert "no entry" in words(empty)
    assert "a court register" in words(empty)


@pytest.mark.parametrize("code", ["en", "fr", "ru"])
def test_the_dossier_has_the_same_searches(code: str) -> None:
    read = case()
    dossier = compose(read, vet(read, load_references(None), on=ON), language(code), {})
    heading = language(code).text("dossier-section-what-we-did")
    (section,) = (one for one in dossier.sections if one.heading == heading)
    items = [one for one in section.blocks if isinstance(one, Item)]
    assert [one.id for one in items] == ["h3", "h2", "h10", "h4"]
    assert "Q-TEN" in words(items[2])


def test_of_a_search_about_a_third_person_the_words_stay_in_the_house() -> None:
    blocks = what_we_did(of(disclosable_case(case())))
    items = {one.id: words(one) for one in blocks if isinstance(one, Item)}
    assert "THIRD-NAME" not in "".join(items.values())
    assert "STAFF" not in "".join(items.values())
    assert "held back" in items["h3"]
    assert "an archive" in items["h3"]
    assert "THIRD-NAME" in words(annex(case())[0])


def test_that_no_search_was_logged_is_said() -> None:
    read = read_case(CASE[: CASE.index("searches:")].encode()).case
    said = what_we_did(of(read))[-1]
    assert isinstance(said, Paragraph)
    assert said.parts[0].text == "None recorded."
