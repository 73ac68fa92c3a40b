"""Whatever an account holds: no two labels overlap, none leaves its panel, every claim is there."""

import json
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.drawing.conftest import (
    SVG,
    Told,
    Written,
    classes_of,
    laid_out,
    meeting,
    parsed,
    texts,
)

from safeconduct.drawing.map import map_pages, map_svg
from safeconduct.drawing.timeline import timeline_pages, timeline_svg
from safeconduct.wording.language import LANGUAGES, language

DAYS = st.dates(date(2015, 1, 1), date(2024, 12, 31)).map(date.isoformat)
MONTHS = st.tuples(st.integers(2000, 2024), st.integers(1, 12)).map(lambda m: f"{m[0]}-{m[1]:02d}")
WHENS = st.one_of(
    st.none(),
    DAYS,
    MONTHS,
    MONTHS.map(lambda month: month + "~"),
    MONTHS.map(lambda month: f"{month}/.."),
    MONTHS.map(lambda month: f"../{month}"),
    st.integers(1960, 2024).map(str),
    st.tuples(MONTHS, MONTHS).map(lambda pair: "/".join(sorted(pair))),
)
TEXTS = st.one_of(
    st.text(
        # Marks that reorder text are refused in a case file.
        st.characters(
            codec="utf-8",
            exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"],
            exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        ),
        min_size=1,
        max_size=90,
    ),
    st.sampled_from(["He left.", "Он уехал из части. " * 6, "ж" * 120, "مرحبا بالعالم", "Բարև"]),
).filter(lambda words: bool(words.strip()))
POINTS = st.fixed_dictionaries(
    {
        "name": TEXTS.map(lambda words: words[:40].strip() or "x"),
        "lat": st.floats(-60, 75).map(lambda x: round(x, 3)),
        "lon": st.floats(-180, 180).map(lambda x: round(x, 3)),
        "radius_km": st.sampled_from([0.5, 5, 60, 400]),
    }
)
NEAR = st.fixed_dictionaries(
    {
        "name": TEXTS.map(lambda words: words[:40].strip() or "x"),
        "lat": st.floats(46, 48).map(lambda x: round(x, 3)),
        "lon": st.floats(31, 35).map(lambda x: round(x, 3)),
        "radius_km": st.sampled_from([0.5, 5, 60]),
    }
)
COUNTRIES = st.sampled_from(["RU", "KZ", "UA", "FR", "GE", "FJ"]).map(lambda one: {"country": one})
PLACES = st.one_of(POINTS, NEAR, NEAR, COUNTRIES)


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["stay", "journey", "event", "statement"]))
    found: dict[str, Any] = {"kind": kind, "text": draw(TEXTS)}
    if when := draw(WHENS):
        found["when"] = when
    found["told_in"] = draw(st.sampled_from(["t1", "t2"]))
    if kind == "journey":
        found |= {"from": draw(PLACES), "to": draw(PLACES)}
        if means := draw(st.sampled_from([None, "car", "train", "aeroplane", "foot"])):
            found["by"] = means
    elif draw(st.booleans()):
        found["where"] = draw(PLACES)
    return found


@st.composite
def accounts(draw: st.DrawFn) -> Told:
    told = draw(st.lists(claims(), min_size=1, max_size=30))
    case = {
        "schema": "safeconduct/case/1",
        "id": "test",
        "conventions": {"approximate": {"day": "P3D", "month": "P1M", "year": "P6M"}},
        "applicant": {"id": "p1", "names": ["Nobody"]},
        "tellings": [{"id": "t1", "on": "2024-03-01"}, {"id": "t2", "on": "2024-05-01"}],
        "claims": [{"id": f"c{i}", **one} for i, one in enumerate(told, start=1)],
    }
    # A case file is YAML, of which JSON is a part.
    return laid_out(json.dumps(case, ensure_ascii=False).encode())


PATIENT = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def outside(drawing: str) -> list[Written]:
    """Lines of text that leave the drawing; a third of a pixel is rounding."""
    _, _, width, height = (float(x) for x in parsed(drawing).attrib["viewBox"].split())
    return [
        one
        for one in texts(drawing)
        if one.left < -0.34
        or one.top < -0.34
        or one.right > width + 0.34
        or one.bottom > height + 0.34
    ]


def off_the_map(drawing: str) -> list[str]:
    """Labels of places, journeys, countries and areas that lie in no frame."""
    frames = [
        tuple(float(one.attrib[side]) for side in ("x", "y", "width", "height"))
        for one in parsed(drawing).iter(f"{SVG}rect")
        if "frame" in classes_of(one)
    ]
    kinds = {"place-name", "place-claims", "way-claim", "country-name", "area-name"}
    return [
        one.words
        for one, element in zip(texts(drawing), parsed(drawing).iter(f"{SVG}text"), strict=True)
        if kinds & classes_of(element)
        and not any(
            x - 0.34 <= one.left
            and y - 0.34 <= one.top
            and one.right <= x + width + 0.34
            and one.bottom <= y + height + 0.34
            for x, y, width, height in frames
        )
    ]


@PATIENT
@given(accounts(), st.sampled_from(LANGUAGES), st.integers(280, 1100))
def test_labels_of_a_timeline_never_meet_and_stay_in_it(told: Told, code: str, width: int) -> None:
    drawing = timeline_svg(told.layout, told.vetting, language(code), width=width)
    assert meeting(list(texts(drawing))) == []
    assert outside(drawing) == []
    shown = [
        one.attrib["data-claim"] for one in parsed(drawing).iter() if "data-claim" in one.attrib
    ]
    assert sorted(shown) == sorted(told.layout.occurrences)


@PATIENT
@given(accounts(), st.sampled_from(LANGUAGES), st.integers(280, 1100))
def test_labels_of_a_map_never_meet_and_stay_in_their_panels(
    told: Told, code: str, width: int
) -> None:
    drawing = map_svg(told.layout, language(code), width=width)
    assert meeting(list(texts(drawing))) == []
    assert outside(drawing) == []
    assert off_the_map(drawing) == []


@PATIENT
@given(accounts(), st.sampled_from(LANGUAGES), st.integers(400, 1000))
def test_pages_hold_every_claim_once_and_are_no_taller_than_paper(
    told: Told, code: str, height: int
) -> None:
    words = language(code)
    pages = timeline_pages(told.layout, told.vetting, words, width=640, height=height)
    shown = []
    for page in pages:
        drawing = parsed(page)
        found = [one.attrib["data-claim"] for one in drawing.iter() if "data-claim" in one.attrib]
        shown += found
        assert len(found) == 1 or float(drawing.attrib["height"]) <= height + 1
        assert meeting(list(texts(page))) == []
    assert sorted(shown) == sorted(told.layout.occurrences)
    first, *more = map_pages(told.layout, words, width=640, height=height)
    assert all(float(parsed(page).attrib["height"]) <= height + 1 for page in more)
    assert meeting(list(texts(first))) == []
