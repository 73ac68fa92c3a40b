"""The dossier as data: what stands in it, in which order, and what never does."""

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Outcome, Vetting
from safeconduct.dossier.lettering import sentence
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.values import (
    Dossier,
    Drawing,
    Found,
    Heading,
    Paragraph,
    Points,
    Table,
    Told,
)
from safeconduct.wording.check_names import CHECKS
from safeconduct.wording.language import LANGUAGES, Language, language

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>T &amp; t</title><desc>c1, c2</desc></svg>'


@pytest.fixture(scope="module")
def dossier(case: Case, vetting: Vetting, english: Language) -> Dossier:
    """The filled case in English."""
    return compose(case, vetting, english, {})


def text_of(value: object) -> str:
    return msgspec.json.encode(value).decode()


def test_the_account_has_each_claim_in_order_with_its_words_and_translation(
    dossier: Dossier,
) -> None:
    told = [block for block in dossier.sections[0].blocks if isinstance(block, Told)]
    assert [block.id for block in told] == ["c1", "c2", "c3", "c4"]
    assert told[0].words[0].text == "я был в части с мая"
    assert told[0].words[0].lang == "ru"
    assert told[0].translation[0].text == "I was with the unit from May on"


def test_each_finding_stands_once_under_its_outcome_with_its_question(
    dossier: Dossier, vetting: Vetting
) -> None:
    found = [block for block in dossier.sections[1].blocks if isinstance(block, Found)]
    assert sorted(block.id for block in found) == sorted(one.id for one in vetting.findings)
    asked = {one.id for one in vetting.findings if one.question}
    assert {block.id for block in found if block.question} == asked


def test_no_repair_and_no_note_of_the_staff_is_in_it(dossier: Dossier, vetting: Vetting) -> None:
    whole = text_of(dossier)
    assert any(finding.repairs for finding in vetting.findings)
    for words in ("off by one", "homonym", "RESTRICTED-CANARY", "asked about the road"):
        assert words not in whole


def test_every_check_is_named_also_one_that_reported_nothing(
    dossier: Dossier, vetting: Vetting, english: Language
) -> None:
    checks = next(block for block in dossier.sections[3].blocks if isinstance(block, Table))
    labels = [row.label.lower() for row in checks.rows]
    assert labels[: len(CHECKS)] == [english.text(f"check-{name}") for name in CHECKS]
    said = {one.check for one in vetting.findings} | {one.check for one in vetting.not_checked}
    silent = set(CHECKS) - said
    nothing = english.text("dossier-check-said-nothing")
    assert sum(row.parts[0].text == nothing for row in checks.rows) == len(silent)


def test_a_check_that_the_list_does_not_know_is_listed_all_the_same(
    case: Case, vetting: Vetting, english: Language
) -> None:
    one = msgspec.structs.replace(vetting.not_checked[0], check="all")
    more = msgspec.structs.replace(vetting, not_checked=(one,))
    checks = compose(case, more, english, {}).sections[3].blocks[1]
    assert isinstance(checks, Table)
    assert checks.rows[-1].label.lower() == english.text("check-all")


def test_page_one_says_who_answers_and_says_so_where_nobody_is_stated(
    dossier: Dossier, empty: tuple[Case, Vetting], english: Language
) -> None:
    assert "Office of Trials" in text_of(dossier.summary)
    assert "R. Caseworker" in text_of(dossier.summary)
    bare = compose(*empty, english, {})
    assert text_of(bare.summary).count(english.text("dossier-not-stated")) == 3


def test_page_one_names_what_cannot_all_hold_before_what_is_to_be_asked(
    dossier: Dossier, vetting: Vetting, english: Language
) -> None:
    assert any(finding.outcome is Outcome.CONFLICTS for finding in vetting.findings)
    place = dossier.summary.index(Heading(english.text("dossier-open")))
    points = dossier.summary[place + 1]
    assert isinstance(points, Points)
    conflicts = english.text("report-heading-conflicts")
    assert points.items[0][0].text.startswith(conflicts)


def test_a_case_without_claims_says_so_and_nothing_was_compared(
    empty: tuple[Case, Vetting], english: Language
) -> None:
    whole = text_of(compose(*empty, english, {}))
    assert english.text("report-no-claims") in whole
    assert english.text("report-nothing-compared") in whole


def test_links_lead_only_to_what_stands_in_the_document(dossier: Dossier) -> None:
    whole = text_of(dossier)
    anchors = set()
    for section in dossier.sections:
        for block in section.blocks:
            anchors.add(getattr(block, "anchor", None) or getattr(block, "id", None))
    linked = {part.split('"')[0] for part in whole.split('"to":"')[1:]}
    assert linked
    assert linked <= anchors


def test_a_drawing_carries_its_own_title_and_description(
    case: Case, vetting: Vetting, english: Language
) -> None:
    drawing = compose(case, vetting, english, {"timeline": SVG}).sections[0].blocks[-1]
    told = msgspec.to_builtins(drawing)
    assert told == {"is": "drawing", "svg": SVG, "alternative": "c1, c2", "caption": "T & t"}


def test_a_description_too_long_for_an_alternative_stands_in_full_below_the_drawing(
    case: Case, vetting: Vetting, english: Language
) -> None:
    words = "claim " * 6_000
    svg = SVG.replace("c1, c2", words)
    *_, drawing, below = compose(case, vetting, english, {"timeline": svg}).sections[0].blocks
    assert isinstance(drawing, Drawing)
    assert isinstance(below, Paragraph)
    cut, goes_on = drawing.alternative.split("…")
    assert len(cut) <= 7_500
    assert goes_on.strip() == english.text("drawing-cut")
    assert below.parts[0].text == words.strip()


def test_page_one_says_why_what_was_not_checked_was_not(
    dossier: Dossier, vetting: Vetting, english: Language
) -> None:
    place = dossier.summary.index(Heading(english.text("dossier-not-checked")))
    points = dossier.summary[place + 1]
    assert isinstance(points, Points)
    first = vetting.not_checked[0]
    assert "".join(part.text for part in points.items[0]).startswith(
        f"{english.text(f'check-{first.check}').capitalize()}: {sentence(first.reason, english)}"
    )


def test_further_checks_that_could_not_look_are_named_on_page_one(
    case: Case, vetting: Vetting, english: Language
) -> None:
    one = vetting.not_checked[0]
    more = tuple(msgspec.structs.replace(one, check=check) for check in CHECKS[:6])
    said = text_of(
        compose(case, msgspec.structs.replace(vetting, not_checked=more), english, {}).summary
    )
    for check in CHECKS[:6]:
        assert english.text(f"check-{check}")[1:] in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_code_and_no_name_of_a_field_is_printed(case: Case, vetting: Vetting, code: str) -> None:
    whole = text_of(compose(case, vetting, language(code), {}))
    for word in (
        "`",
        "gazetteer “",
        "milestones “",
        "gazetteer «",
        "--on",
        "_longer_",
        "@20",
        '"RU"',
        ", RU",
    ):
        assert word not in whole


@pytest.mark.parametrize("code", ["fr", "ru"])
def test_it_is_worded_in_each_language(case: Case, vetting: Vetting, code: str) -> None:
    dossier = compose(case, vetting, language(code), {})
    assert dossier.lang == code
    assert dossier.draft == language(code).text("dossier-draft")
