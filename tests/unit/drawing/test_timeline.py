"""The timeline shows every claim, lets no label meet another, and says all in words."""

import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest
from bench.cases import synthetic
from tests.unit.drawing.conftest import (
    EXAMPLES,
    SVG,
    Told,
    classes,
    classes_of,
    laid_out,
    meeting,
    of_case,
    parsed,
    texts,
)

from safeconduct.casefile.account import ClaimKind
from safeconduct.casefile.reading import read_case
from safeconduct.drawing.bar_shapes import bar_shapes
from safeconduct.drawing.bars import Bar
from safeconduct.drawing.conflicts import ties
from safeconduct.drawing.map import map_svg
from safeconduct.drawing.svg import written
from safeconduct.drawing.text import width_of
from safeconduct.drawing.timeline import timeline_svg
from safeconduct.drawing.timeline_words import timeline_words
from safeconduct.wording.language import LANGUAGES, language

EN = language("en")
Case = Callable[[str], Told]
HOSTILE = (
    "</text><script>alert(1)</script>",
    "]]>&amp;<!--",
    "\u202egnp.exe",
    "مرحبا بالعالم هذا اسم طويل",
    "ж" * 300,
    "x" * 300,
    "url(https://a.example)",
)


def _drawn(told: Told, width: int = 720, code: str = "en") -> str:
    return timeline_svg(told.layout, told.vetting, language(code), width=width)


@pytest.mark.parametrize("width", [280, 360, 720, 1100])
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_label_meets_another(example: Told, width: int, code: str) -> None:
    found = list(texts(_drawn(example, width, code)))
    assert meeting(found) == []
    assert all(one.left >= 0 and one.right <= width + 0.5 for one in found)


def test_description_and_picture_hold_every_claim(example: Told) -> None:
    drawing = parsed(_drawn(example))
    description = drawing.findtext(f"{SVG}desc") or ""
    shown = {one.attrib["data-claim"] for one in drawing.iter() if "data-claim" in one.attrib}
    claims = set(example.layout.occurrences)
    assert shown == claims
    assert all(f"{claim}, " in description for claim in claims)
    assert description == timeline_words(example.layout, example.vetting, EN)


def test_a_drawing_is_an_image_with_a_title_that_names_its_parts_by_its_prefix(
    alexander: Told,
) -> None:
    text = timeline_svg(alexander.layout, alexander.vetting, EN, prefix="second")
    drawing = parsed(text)
    assert drawing.attrib["role"] == "img"
    assert drawing.attrib["aria-labelledby"] == "second-title second-desc"
    ids = [one.attrib["id"] for one in drawing.iter() if "id" in one.attrib]
    assert ids
    assert all(one.startswith("second-") for one in ids)
    assert "alexander" in (drawing.findtext(f"{SVG}title") or "")


def test_nothing_in_a_drawing_acts_or_leads_elsewhere(example: Told) -> None:
    for element in parsed(_drawn(example)).iter():
        assert element.tag.removeprefix(SVG) not in ("script", "image", "a", "use")
        assert not any(
            name.startswith(("on", "style")) or "href" in name for name in element.attrib
        )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(told: Case, words: str) -> None:
    quoted = words.replace("\\", "\\\\").replace('"', '\\"').replace("\u202e", "\\u202e")
    case = told(
        f'  - {{id: c1, kind: stay, text: "{quoted}", when: 2022-05, told_in: t1}}\n'
        f'  - {{id: c2, kind: event, text: "{quoted}", told_in: t2}}\n'
    )
    for width in (280, 720):
        text = _drawn(case, width)
        drawing = parsed(text)
        assert "\u202e" not in text
        assert not list(drawing.iter(f"{SVG}script"))
        found = list(texts(text))
        assert meeting(found) == []
        assert all(one.right <= width + 0.5 for one in found)


def test_a_case_without_claims_says_so(planted: Case) -> None:
    text = _drawn(planted("nothing"))
    assert EN.text("drawing-no-claims") in [one.words for one in texts(text)]
    assert EN.text("drawing-no-claims") in text.split("<desc")[1]


def test_vague_ends_are_hatched_and_the_certain_core_is_solid(told: Case) -> None:
    vague = told("  - {id: c1, kind: stay, text: a, when: 2022-03/2022-09, told_in: t1}\n")
    some_time = told("  - {id: c1, kind: stay, text: a, when: 2022-03, told_in: t1}\n")
    assert classes(_drawn(vague))["certain"] == 1 + 1  # the bar and its sign
    assert classes(_drawn(vague))["hatched"] == 1 + 1
    assert "certain" not in classes(_drawn(some_time))


def test_an_open_end_is_an_arrow_and_a_claim_without_any_bound_is_in_the_tray(told: Case) -> None:
    case = told(
        "  - {id: c1, kind: stay, text: a, when: 2022-03-05/.., told_in: t1}\n"
        "  - {id: c2, kind: stay, text: b, told_in: t1}\n"
    )
    shown = classes(_drawn(case))
    assert shown["open"] == 1 + 1
    assert shown["undated"] == shown["tray"] == 1


def test_a_conflict_is_tied_and_numbered_and_named_below(planted: Case) -> None:
    case = planted("overlap")
    text = _drawn(case)
    assert classes(text)["tie"] == 1
    assert classes(text)["badge"] == 2
    assert "c1 and c2 cannot all hold (places at the same time)" in [
        one.words for one in texts(text)
    ]


def test_a_conflict_with_a_public_event_is_tied_to_the_event(planted: Case) -> None:
    shown = classes(_drawn(planted("milestones")))
    assert shown["event-label"] == 1
    assert shown["event"] >= 1
    assert shown["tie"] == 1


def test_a_gap_that_a_finding_cites_is_a_bracket_and_one_that_none_cites_is_not(
    planted: Case,
) -> None:
    assert classes(_drawn(planted("gaps")))["gap"] == 1
    assert "gap" not in classes(_drawn(planted("overlap")))


def crowded() -> Told:
    """Conflicts that all lie across one another."""
    claims = "".join(
        f"  - {{id: c{i}, kind: stay, text: a, when: 2022-03-01/2022-05-01, told_in: t{1 + i % 2},"
        f" where: {{name: P{i}, lat: {40 + i}, lon: {30 + 2 * i}, radius_km: 1}}}}\n"
        for i in range(1, 8)
    )
    head = (
        "schema: safeconduct/case/1\nid: test\napplicant: {id: p1, names: [Nobody]}\n"
        "tellings: [{id: t1, on: 2024-03-01}, {id: t2, on: 2024-05-01}]\nclaims:\n"
    )
    return laid_out((head + claims).encode())


@pytest.mark.parametrize("width", [360, 720])
def test_a_conflict_without_room_for_a_line_is_named_as_one(width: int) -> None:
    case = crowded()
    text = _drawn(case, width)
    count = len(ties(case.vetting, frozenset(case.layout.occurrences)))
    lines = classes(text)["tie"]
    assert 0 < lines < count
    seen = " ".join(one.words for one in texts(text))
    said = re.search(r"No room for a line at the side: ([^.]*)\.", seen)
    assert said
    assert len(re.findall(r"\d+", said[1])) == count - lines


def test_conflicts_that_all_have_lines_are_not_said_to_lack_room(planted: Case) -> None:
    assert "No room" not in _drawn(planted("tellings"))


def test_a_public_event_whose_title_is_cut_stands_in_full_below(alexander: Told) -> None:
    def seen(width: int) -> str:
        return " ".join(one.words for one in texts(_drawn(alexander, width)))

    assert "Public event that findings cite: Russian ground forces" in seen(340)
    assert "Public event that findings cite" not in seen(720)


def test_a_tall_drawing_has_its_axis_again_at_its_foot(alexander: Told) -> None:
    def years(text: str) -> int:
        return [one.words for one in texts(text)].count("2023")

    assert years(_drawn(alexander, 720)) == 1
    assert years(_drawn(alexander, 340)) == 2


def test_lines_do_not_run_through_words(alexander: Told) -> None:
    for group in parsed(_drawn(alexander)).iter(f"{SVG}g"):
        if "undated" in group.attrib.get("class", ""):
            continue
        for before, line in pairwise(group):
            if line.attrib.get("class", "").endswith("claim-text"):
                assert before.tag == f"{SVG}rect"
                width = width_of(line.text or "", float(line.attrib["font-size"]))
                assert float(before.attrib["width"]) >= width


def test_kinds_and_certainty_are_told_apart_without_colour() -> None:
    """The outlines of any two signs differ, fills and strokes left out."""

    def outline(kind: ClaimKind, core: tuple[float, float] | None, x1: float) -> str:
        bar = Bar(
            claim="", kind=kind, x0=0.0, x1=x1, core=core, opens_left=False, opens_right=False
        )
        return "".join(
            re.sub(r' (fill|stroke|class)="[^"]*"', "", written(one))
            for one in bar_shapes(bar, 0.0, 9.0, "url(#a-hatch)")
        )

    for x1 in (40.0, 6.0):
        assert len({outline(kind, None, x1) for kind in ClaimKind}) == len(ClaimKind)
    for kind in ClaimKind:
        assert outline(kind, None, 40.0) != outline(kind, (10.0, 30.0), 40.0)


@pytest.mark.parametrize(("code", "month"), [("en", "2 November 2024"), ("fr", "2 novembre 2024")])
def test_dates_are_in_the_readers_language(alexander: Told, code: str, month: str) -> None:
    assert month in " ".join(one.words for one in texts(_drawn(alexander, 720, code)))
    assert "2024-11" not in _drawn(alexander, 720, code)


def test_each_telling_has_a_lane_of_its_own(planted: Case) -> None:
    assert classes(_drawn(planted("tellings")))["lane"] == 2
    assert classes(_drawn(planted("overlap")))["lane"] == 1


def test_empty_years_break_the_axis(told: Case) -> None:
    case = told(
        "  - {id: c1, kind: event, text: a, when: 1999-03-05, told_in: t1}\n"
        "  - {id: c2, kind: event, text: b, when: 2022-03-05, told_in: t1}\n"
    )
    assert classes(_drawn(case))["break"] == 1


def test_the_founding_case_is_drawn_as_it_was(alexander: Told) -> None:
    shown = classes(_drawn(alexander))
    kinds = ("claim", "undated", "lane", "event-label", "open", "mark", "certain")
    assert {kind: shown.get(kind, 0) for kind in kinds} == {
        "claim": 12,
        "undated": 1,
        "lane": 1,
        "event-label": 3,
        "open": 2,
        "mark": 2,
        "certain": 3,
    }


def test_the_order_of_the_file_changes_nothing() -> None:
    data = (EXAMPLES / "planted/tellings.yaml").read_bytes()
    case = read_case(data).case
    turned = msgspec.structs.replace(
        case, claims=tuple(reversed(case.claims)), tellings=tuple(reversed(case.tellings))
    )
    one, other = (of_case(each) for each in (case, turned))
    assert _drawn(one) == _drawn(other)
    assert map_svg(one.layout, EN) == map_svg(other.layout, EN)


@pytest.mark.parametrize("width", [360, 720])
def test_four_hundred_claims_are_drawn_readable(width: int) -> None:
    case = laid_out(synthetic(400, 1))
    text = _drawn(case, width)
    assert meeting(list(texts(text))) == []
    drawing = parsed(text)
    shown = [one.attrib["data-claim"] for one in drawing.iter() if "data-claim" in one.attrib]
    assert sorted(shown) == sorted(case.layout.occurrences)


def test_two_processes_write_the_same_bytes() -> None:
    program = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.unit.drawing.conftest import example_named\n"
        "from safeconduct.drawing.timeline import timeline_svg\n"
        "from safeconduct.drawing.map import map_svg\n"
        "from safeconduct.wording.language import language\n"
        "told = example_named('planted/tellings.yaml')\n"
        "print(timeline_svg(told.layout, told.vetting, language('ru')))\n"
        "print(map_svg(told.layout, language('ru')))\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Almaty"))
    }
    assert len(runs) == 1
    assert len(runs.pop()) > 10_000


def test_a_text_from_right_to_left_runs_so_in_each_of_its_lines(told: Case) -> None:
    words = "قلت في مارس إنني كنت في Омск (12.05.2022)، ثم رحلت إلى مكان آخر بعد ثلاثة أيام طويلة."
    found = told(f"  - {{id: c1, kind: stay, text: '{words}', when: 2022-05-12}}\n")
    drawing = parsed(_drawn(found, 320))
    lines = [
        one.text or ""
        for one in drawing.iter(f"{SVG}text")
        if "claim-text" in one.attrib.get("class", "")
    ]
    assert len(lines) > 1
    assert all(line.startswith("\u2067") and line.endswith("\u2069") for line in lines)


def test_a_text_from_left_to_right_is_left_as_it_is(told: Case) -> None:
    drawing = _drawn(told("  - {id: c1, kind: stay, text: 'He said حمص.', when: 2022-05-12}\n"))
    assert "\u2067" not in drawing


DECREE = "    milestones: [{milestone: partial-mobilisation-2022, as: before}]\n"


def test_a_public_event_of_a_day_is_one_line(told: Case) -> None:
    claims = "  - id: c1\n    kind: event\n    text: x\n    when: 2022-09-25\n" + DECREE
    drawing = parsed(_drawn(told(claims)))
    lines = [one for one in drawing.iter(f"{SVG}line") if "event" in classes_of(one)]
    assert len(lines) == 1


@pytest.mark.parametrize(
    "where", ["", "    where: {name: Omsk, country: RU}\n", "    where: {country: US}\n"]
)
def test_a_claim_dated_to_a_day_is_said_to_be_of_that_day(told: Case, where: str) -> None:
    found = told(f"  - id: c1\n    kind: event\n    text: x\n    when: 2022-05-12\n{where}")
    words = timeline_words(found.layout, found.vetting, EN)
    assert "12 May 2022" in words
    assert "11 May" not in words
    assert "13 May" not in words
