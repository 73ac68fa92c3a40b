"""A conflict as a small drawing: every statement as told, what is lacking, no repair."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.drawing.conftest import SVG, Told, laid_out, meeting, parsed, texts

from safeconduct.casefile.findings import Finding, Outcome
from safeconduct.drawing.conflict import MOST_STATEMENTS, conflict_svg
from safeconduct.drawing.conflict_words import slack
from safeconduct.wording.language import LANGUAGES, language

EN = language("en")


def told(*claims: dict[str, Any]) -> Told:
    case = {
        "schema": "safeconduct/case/1",
        "id": "test",
        "applicant": {"id": "p1", "names": ["Nobody"]},
        "claims": [{"id": f"c{i}", **one} for i, one in enumerate(claims, start=1)],
    }
    return laid_out(json.dumps(case, ensure_ascii=False).encode())


CHAIN = (
    {
        "kind": "event",
        "text": "He left the unit.",
        "when": "2022-09-01",
        "relations": [{"is": "after", "claim": "c2", "least": "P2M", "words": "two months"}],
    },
    {
        "kind": "event",
        "text": "His brother was called up.",
        "relations": [{"is": "after", "claim": "c3", "least": "P1M"}],
    },
    {"kind": "event", "text": "It was on television.", "when": "2022-08-15"},
    {"kind": "stay", "text": "He lived in Omsk.", "when": "2020"},
)


def conflict_of(account: Told) -> Finding:
    (found,) = (one for one in account.vetting.findings if one.outcome is Outcome.CONFLICTS)
    return found


def drawn(account: Told, code: str = "en", width: int = 600) -> str:
    found = conflict_svg(
        conflict_of(account), account.layout, language(code), width=width, prefix="k"
    )
    assert found is not None
    return found


def said(drawing: str) -> str:
    return "\n".join(one.words for one in texts(drawing))


def test_each_statement_of_a_conflict_is_drawn_and_no_other() -> None:
    drawing = drawn(told(*CHAIN))
    shown = {
        one.attrib["data-claim"] for one in parsed(drawing).iter() if "data-claim" in one.attrib
    }
    assert shown == {"c1", "c3"}
    words = said(drawing)
    assert "c2 has no date of its own: His brother was called up." in words
    assert "c1 after c2, at least 2 months, “two months”" in words
    assert "c2 after c3, at least 1 month" in words
    assert "Omsk" not in drawing


def test_a_bar_shows_the_claims_own_date_not_what_others_say_of_it() -> None:
    one = told(
        {
            "kind": "stay",
            "text": "a",
            "when": "2022-03",
            "relations": [{"is": "before", "claim": "c2"}],
        },
        {"kind": "stay", "text": "b", "when": "2022-01"},
    )
    words = parsed(drawn(one)).find(f"{SVG}desc")
    assert words is not None
    assert "1 March 2022" in (words.text or "")


def test_what_is_lacking_stands_above_it_in_each_language() -> None:
    account = told(*CHAIN)
    assert "Missing: 67 days" in said(drawn(account))
    assert "Il manque\u00a0: 67\u00a0jours" in said(drawn(account, "fr"))
    assert "Не хватает: 67\u00a0дней" in said(drawn(account, "ru"))


@pytest.mark.parametrize("name", ["journeys", "overlap", "order", "tellings", "milestones"])
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("width", [280, 340, 600])
def test_labels_never_meet_and_stay_in_it(
    planted: Callable[[str], Told], name: str, code: str, width: int
) -> None:
    account = planted(name)
    conflicts = [one for one in account.vetting.findings if one.outcome is Outcome.CONFLICTS]
    assert conflicts
    for finding in conflicts:
        drawing = conflict_svg(finding, account.layout, language(code), width=width, prefix="k")
        assert drawing is not None
        lines = list(texts(drawing))
        assert meeting(lines) == []
        assert all(one.left >= 0 and one.right <= width + 0.34 for one in lines)


def test_a_public_event_is_drawn_beside_the_claim_that_it_contradicts(
    planted: Callable[[str], Told],
) -> None:
    drawing = drawn(planted("milestones"))
    assert "Decree No. 647" in said(drawing)


def test_no_repair_is_shown(planted: Callable[[str], Told]) -> None:
    account = planted("order")
    assert conflict_of(account).repairs
    assert "repair" not in drawn(account)
    assert "swapped" not in drawn(account)


def test_what_is_no_conflict_has_no_drawing(planted: Callable[[str], Told]) -> None:
    for account in (planted("nothing"), planted("gaps")):
        for finding in account.vetting.findings:
            if finding.outcome is not Outcome.CONFLICTS:
                assert conflict_svg(finding, account.layout, EN, prefix="k") is None


def test_a_single_claim_beside_nothing_has_no_drawing(planted: Callable[[str], Told]) -> None:
    account = planted("documents")
    zone = next(one for one in account.vetting.findings if one.outcome is Outcome.CONFLICTS)
    assert conflict_svg(zone, account.layout, EN, prefix="k") is None


def test_too_many_statements_are_left_to_the_timeline() -> None:
    first = {"kind": "event", "text": "a", "when": "2022-01-10"}
    chain = [
        {
            "kind": "event",
            "text": "b",
            "relations": [{"is": "after", "claim": f"c{i}", "least": "P1D"}],
        }
        for i in range(1, MOST_STATEMENTS + 2)
    ]
    chain[-1]["when"] = "2022-01-12"
    account = told(first, *chain)
    assert conflict_svg(conflict_of(account), account.layout, EN, prefix="k") is None


def test_slack_is_room_less_need_overlap_or_shortfall(planted: Callable[[str], Told]) -> None:
    conflicts = {
        (one.message.id): slack(one)
        for name in ("journeys", "overlap", "order", "tellings")
        for one in planted(name).vetting.findings
        if one.outcome is Outcome.CONFLICTS
    }
    assert conflicts["journey-impossible"] == 61 - 121
    assert conflicts["stays-overlap"] == -28920
    assert conflicts["relations-cannot-all-hold"] == -74760
    assert conflicts["told-differently-where"] is None


def test_hostile_words_stay_words() -> None:
    hostile = '</text><script>alert(1)</script>&"'
    claims = [{**one, "text": hostile} for one in CHAIN]
    drawing = drawn(told(*claims))
    assert "<script" not in drawing
    parsed(drawing)


def test_the_same_conflict_gives_the_same_bytes() -> None:
    assert drawn(told(*CHAIN)) == drawn(told(*CHAIN))
