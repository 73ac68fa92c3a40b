"""The map shows where the account places people and no more, and says all in words."""

import json
import re
from collections.abc import Callable

import pytest
from bench.cases import synthetic
from tests.unit.drawing.conftest import (
    SVG,
    Told,
    Written,
    classes,
    classes_of,
    example_named,
    laid_out,
    meeting,
    parsed,
    texts,
)

from safeconduct.drawing.ground import Ground, outlined
from safeconduct.drawing.map import map_pages, map_svg
from safeconduct.drawing.map_words import area_name, country_name, map_title
from safeconduct.geo.countries import shipped_countries
from safeconduct.geo.disputed import DISPUTED_AREAS
from safeconduct.wording.language import LANGUAGES, language

EN = language("en")
Case = Callable[[str], Told]


def _drawn(told: Told, width: int = 720, code: str = "en") -> str:
    return map_svg(told.layout, language(code), width=width)


def _words(told: Told) -> str:
    return parsed(_drawn(told)).findtext(f"{SVG}desc") or ""


@pytest.mark.parametrize("width", [280, 360, 720])
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_label_meets_another(example: Told, width: int, code: str) -> None:
    found = list(texts(_drawn(example, width, code)))
    assert meeting(found) == []
    assert all(one.left >= 0 and one.right <= width + 0.5 for one in found)


def test_the_description_holds_every_claim(example: Told) -> None:
    words = _words(example)
    assert set(example.layout.occurrences) <= set(re.findall(r"\bc[0-9]+\b", words))


def test_every_claim_of_four_hundred_is_also_in_plain_sight() -> None:
    case = laid_out(synthetic(400, 1))
    for width in (360, 720):
        text = _drawn(case, width)
        seen = set(re.findall(r"\bc[0-9]+\b", " ".join(one.words for one in texts(text))))
        assert set(case.layout.occurrences) <= seen
        assert meeting(list(texts(text))) == []


def test_the_founding_case_is_drawn_as_it_was(alexander: Told) -> None:
    shown = classes(_drawn(alexander))
    kinds = (
        "frame",
        "place",
        "radius",
        "way",
        "way-road",
        "way-unknown",
        "arrowhead",
        "place-name",
    )
    assert {kind: shown.get(kind, 0) for kind in kinds} == {
        "frame": 1,
        "place": 5,
        "radius": 1,
        "way": 4,
        "way-road": 1,
        "way-unknown": 3,
        "arrowhead": 4,
        "place-name": 5,
    }


def test_a_whole_country_is_shaded_and_has_no_circle(told: Case) -> None:
    case = told("  - {id: c1, kind: stay, text: a, where: {country: KZ}, told_in: t1}\n")
    shown = classes(_drawn(case))
    assert shown["whole"] == 1
    assert "radius" not in shown
    assert "Kazakhstan" in [one.words for one in texts(_drawn(case))]


def test_journeys_are_numbered_only_where_their_order_is_certain(planted: Case) -> None:
    lines = _words(planted("journeys")).splitlines()
    assert any(line.startswith("1. c3:") for line in lines)
    assert any(line.startswith("2. c4:") for line in lines)
    assert any(line.startswith("c5:") and "order is not certain" in line for line in lines)


def test_a_place_that_several_towns_may_be_is_named_below_and_not_drawn(planted: Case) -> None:
    case = planted("overlap")
    assert classes(_drawn(case))["place"] == 3
    seen = [one.words for one in texts(_drawn(case))]
    assert "Not on the map: c4, “Kirov” (several places may be meant)" in seen


def test_between_two_sightings_stands_a_prism_and_never_a_line(told: Case) -> None:
    case = told(
        '  - {id: c1, kind: stay, text: a, when: "2022-05-01T08:00+03:00/2022-05-01T10:00+03:00",'
        " where: {gazetteer: 501175}, told_in: t1}\n"
        '  - {id: c2, kind: stay, text: b, when: "2022-05-01T17:00+04:00/2022-05-01T18:00+04:00",'
        " where: {gazetteer: 499099}, told_in: t1}\n"
    )
    shown = classes(_drawn(case))
    assert shown["prism"] == 1
    assert "way" not in shown
    assert "Between c1 and c2 no journey was told" in _words(case)


def test_a_stretch_too_wide_to_draw_is_said(told: Case) -> None:
    case = told(
        "  - {id: c1, kind: stay, text: a, when: 2022-05-01,"
        " where: {gazetteer: 501175}, told_in: t1}\n"
        "  - {id: c2, kind: stay, text: b, when: 2022-07-01,"
        " where: {gazetteer: 499099}, told_in: t1}\n"
    )
    assert "prism" not in classes(_drawn(case))
    assert "more room than the map could show" in _words(case)


def test_several_stretches_too_wide_to_draw_are_all_named_in_the_drawing(told: Case) -> None:
    case = told(
        "".join(
            f"  - {{id: c{i}, kind: stay, text: a, when: 2022-0{i}-01, told_in: t1,"
            f" where: {{gazetteer: {(501175, 499099)[i % 2]}}}}}\n"
            for i in (1, 3, 5)
        )
    )
    seen = " ".join(one.words for one in texts(_drawn(case)))
    assert "c1–c3 and c3–c5" in seen
    assert "c1–c3 and c3–c5" in _words(case)


@pytest.fixture(scope="module")
def many_places() -> Told:
    lines = "".join(
        f"  - {{id: c{i}, kind: stay, text: a, told_in: t1, when: 2022-0{1 + i % 9},"
        f" where: {{name: Village {i}, lat: {50 + i % 7 / 50}, lon: {40 + i / 300},"
        " radius_km: 1}}\n"
        for i in range(1, 90)
    )
    head = "schema: safeconduct/case/1\nid: test\napplicant: {id: p1, names: [Nobody]}\n"
    return laid_out((head + "tellings: [{id: t1, on: 2024-03-01}]\nclaims:\n" + lines).encode())


@pytest.mark.parametrize("code", LANGUAGES)
def test_on_paper_words_that_have_no_room_go_on_overleaf(many_places: Told, code: str) -> None:
    words = language(code)
    pages = map_pages(many_places.layout, words, width=640, height=850)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        drawing = parsed(page)
        assert float(drawing.attrib["height"]) <= 850
        title = drawing.findtext(f"{SVG}title") or ""
        assert title == map_title(many_places.layout, words, number, len(pages))
        assert meeting(list(texts(page))) == []
        assert drawing.findtext(f"{SVG}desc")
    whole = map_svg(many_places.layout, words, width=640)
    said = [one.words for page in pages for one in texts(page)]
    assert said == [one.words for one in texts(whole)]
    ids = [one.attrib["id"] for page in pages for one in parsed(page).iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))


def test_on_paper_a_map_that_has_room_is_one_page(alexander: Told) -> None:
    pages = map_pages(alexander.layout, EN, width=720, height=2_000)
    assert pages == (map_svg(alexander.layout, EN),)


def test_places_that_crowd_get_an_inset(told: Case) -> None:
    near = (("Kherson", 46.64, 32.61), ("Oleshky", 46.62, 32.72), ("Hola", 46.52, 32.53))
    lines = "".join(
        f"  - {{id: c{i}, kind: stay, text: a, told_in: t1,"
        f" where: {{name: {name}, lat: {lat}, lon: {lon}, radius_km: 2}}}}\n"
        for i, (name, lat, lon) in enumerate(near, start=1)
    )
    case = told(
        lines + "  - {id: c9, kind: stay, text: b, where: {gazetteer: 1526384}, told_in: t1}\n"
    )
    text = _drawn(case)
    shown = classes(text)
    assert shown["crowd"] == 1
    assert shown["frame"] == 2
    seen = [one.words for one in texts(text)]
    assert seen.count("A") == 2
    assert {"Kherson", "Oleshky", "Hola"} <= set(seen)


def test_disputed_areas_are_dashed_and_named(told: Case) -> None:
    case = told(
        "  - {id: c1, kind: stay, text: a, told_in: t1,"
        " where: {name: Sukhumi, lat: 43.0, lon: 41.02, radius_km: 5}}\n"
    )
    text = _drawn(case)
    assert classes(text)["disputed"] >= 1
    seen = " ".join(one.words for one in texts(text))
    assert "Disputed:" in seen
    assert "Abkhazia" in seen


def test_a_map_across_the_antimeridian_holds_both_sides(told: Case) -> None:
    case = told(
        "  - {id: c1, kind: stay, text: a, told_in: t1,"
        " where: {name: Anadyr, lat: 64.73, lon: 177.5, radius_km: 5}}\n"
        "  - {id: c2, kind: journey, text: b, told_in: t1, by: aeroplane,"
        " from: {name: Anadyr, lat: 64.73, lon: 177.5, radius_km: 5},"
        " to: {name: Nome, lat: 64.5, lon: -165.4, radius_km: 5}}\n"
    )
    text = _drawn(case)
    names = {one.words: one for one in texts(text)}
    assert names["Anadyr"].left < names["Nome"].left
    assert names["Nome"].left - names["Anadyr"].left > 200
    assert classes(text)["way-air"] == 1


@pytest.mark.parametrize("name", ["</text><script>", "ж" * 300, "مرحبا بالعالم", "\u202egnp"])
def test_a_hostile_place_name_stays_a_name(told: Case, name: str) -> None:
    quoted = name.replace("\u202e", "\\u202e")
    case = told(
        "  - {id: c1, kind: stay, text: a, told_in: t1,"
        f' where: {{name: "{quoted}", lat: 43.0, lon: 41.0, radius_km: 5}}}}\n'
        f'  - {{id: c2, kind: stay, text: a, told_in: t1, where: {{words: "{quoted}"}}}}\n'
    )
    for width in (280, 720):
        text = _drawn(case, width)
        assert "\u202e" not in text
        assert not list(parsed(text).iter(f"{SVG}script"))
        assert meeting(list(texts(text))) == []


def test_a_case_without_places_says_so(planted: Case) -> None:
    for name, message in (("nothing", "drawing-no-claims"), ("milestones", "drawing-no-places")):
        text = _drawn(planted(name))
        assert EN.text(message) in [one.words for one in texts(text)]
        assert "frame" not in classes(text)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_country_and_disputed_area_has_a_name(code: str) -> None:
    words = language(code)
    names = {one: country_name(one, words) for one in shipped_countries().codes()}
    assert not [code for code, name in names.items() if not name or name.upper() == code]
    assert all(area_name(area.name, words) for area in DISPUTED_AREAS)


def test_two_names_written_from_right_to_left_do_not_change_places() -> None:
    """Without a mark between them both names and the arrow would be one run, turned round."""
    case = {
        "schema": "safeconduct/case/1",
        "id": "rtl",
        "applicant": {"id": "p1", "names": ["Nobody"]},
        "claims": [
            {
                "id": "c1",
                "kind": "journey",
                "text": "a",
                "when": "2014-02-03",
                "from": {"name": "حمص", "lat": 34.73, "lon": 36.72, "radius_km": 8},
                "to": {"name": "طرابلس", "lat": 34.43, "lon": 35.84, "radius_km": 8},
            }
        ],
    }
    drawing = map_svg(laid_out(json.dumps(case).encode()).layout, EN)
    assert "\u200eحمص\u200e → \u200eطرابلس\u200e" in drawing


JOURNEY_THERE = """
  - id: c1
    kind: journey
    text: Away
    when: 2023-05-01
    from: {{name: Alpha, lat: 50.0, lon: 40.0, radius_km: 5}}
    to: {{name: Omega, lat: {lat}, lon: {lon}, radius_km: 5}}
"""


@pytest.mark.parametrize("place", [(50.0, 44.0), (52.0, 40.0), (48.0, 37.0), (49.0, 45.0)])
def test_no_label_lies_on_the_head_of_an_arrow(told: Case, place: tuple[float, float]) -> None:
    drawing = _drawn(told(JOURNEY_THERE.format(lat=place[0], lon=place[1])))
    heads = [one for one in parsed(drawing).iter(f"{SVG}polygon") if "arrowhead" in classes_of(one)]
    assert len(heads) == 1
    corners = [tuple(map(float, pair.split(","))) for pair in heads[0].attrib["points"].split()]
    box = Written(
        "arrowhead",
        min(x for x, _ in corners),
        min(y for _, y in corners),
        max(x for x, _ in corners),
        max(y for _, y in corners),
    )
    assert not [pair for pair in meeting([box, *texts(drawing)]) if "arrowhead" in pair]


def test_a_scale_bar_leaves_a_place_in_its_corner_to_be_seen(told: Case) -> None:
    claims = "".join(
        f"  - {{id: c{i}, kind: stay, text: x, where: {{lat: {lat}, lon: {lon}, radius_km: 2}}}}\n"
        for i, (lat, lon) in enumerate([(44.0, 20.0), (44.1, 21.5), (52.0, 42.0)], start=1)
    )
    drawing = _drawn(told(claims))
    bar = next(one for one in texts(drawing) if one.words.endswith(" km"))
    for spot in parsed(drawing).iter(f"{SVG}circle"):
        if "place" in classes_of(spot):
            x, y = float(spot.attrib["cx"]), float(spot.attrib["cy"])
            assert not (bar.left < x < bar.right and bar.top < y < bar.bottom + 10)


def test_a_journey_whose_number_has_no_room_is_named(told: Case) -> None:
    """Eight journeys between two places so near each other that few numbers fit."""
    there = "{name: A, lat: 50.0, lon: 30.0, radius_km: 5}"
    back = "{name: B, lat: 50.0, lon: 30.9, radius_km: 5}"
    far = "  - {id: c9, kind: stay, text: x, where: {lat: 50, lon: 60, radius_km: 5}}\n"
    claims = "".join(
        f"  - {{id: c{i}, kind: journey, text: x, when: 2023-05-0{i}, "
        f"from: {there if i % 2 else back}, to: {back if i % 2 else there}}}\n"
        for i in range(1, 9)
    )
    drawing = _drawn(told(claims + far), 320)
    seen = {one.words for one in texts(drawing)}
    noted = [one for one in seen if one.startswith("No room on the map for the number of")]
    numbered = re.findall(r"\bway-number\b", drawing)
    assert bool(noted) == (len(numbered) < 8 * 2)
    assert noted


def test_the_name_of_a_country_stands_in_that_country() -> None:
    for name in ("alexander/case.yaml", "planted/journeys.yaml"):
        text = _drawn(example_named(name))
        assert "country-name" in text
    square = outlined(((0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 40.0)))
    land = Ground((), (), (), {"AA": (square,)})
    assert land.country_of(20.0, 20.0) == "AA"
    assert land.country_of(60.0, 20.0) is None


def test_the_letter_of_a_crowd_stands_at_its_own_frame_and_in_no_other(told: Case) -> None:
    lines = "".join(
        f"  - {{id: c{i}, kind: stay, text: a, told_in: t1, where: {{name: P{i},"
        f" lat: {62 - (i // 3) * 0.8}, lon: {34 + (i % 3) * 13 + (i // 3) * 0.9},"
        f" radius_km: 3}}}}\n"
        for i in range(1, 61)
    )
    text = _drawn(told(lines))
    frames = [
        tuple(float(one.attrib[name]) for name in ("x", "y", "width", "height"))
        for one in parsed(text).iter(f"{SVG}rect")
        if "crowd" in classes_of(one)
    ]
    letters = [one for one in texts(text) if one.words in "ABC" and one.words]
    assert len(frames) > 1
    for place, (left, _, width, _) in enumerate(frames):
        letter = next(one for one in letters if one.words == "ABC"[place])
        beside = min(abs(letter.left - left), abs(letter.left - left - width))
        assert min(beside, abs(letter.right - left)) < 25
        middle = ((letter.left + letter.right) / 2, (letter.top + letter.bottom) / 2)
        for other, (x, y, across, down) in enumerate(frames):
            if other != place:
                assert not (x < middle[0] < x + across and y < middle[1] < y + down)
