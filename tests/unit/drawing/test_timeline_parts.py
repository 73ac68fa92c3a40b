"""A long account on paper: every claim once, each page readable, conflicts under one number."""

import re

import pytest
from bench.cases import synthetic
from tests.unit.drawing.conftest import SVG, Told, laid_out, meeting, parsed, texts

from safeconduct.drawing.timeline import timeline_pages, timeline_svg
from safeconduct.wording.language import LANGUAGES, language

EN = language("en")


@pytest.fixture(scope="module")
def long_account() -> Told:
    return laid_out(synthetic(150, 1))


def drawn_claims(drawing: str) -> list[str]:
    return [
        one.attrib["data-claim"] for one in parsed(drawing).iter() if "data-claim" in one.attrib
    ]


def height(drawing: str) -> float:
    found = re.search(r'viewBox="0 0 \S+ (\S+)"', drawing)
    assert found
    return float(found[1])


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_short_account_is_one_page_like_the_drawing(alexander: Told, code: str) -> None:
    words = language(code)
    pages = timeline_pages(alexander.layout, alexander.vetting, words, height=2_000)
    assert pages == (timeline_svg(alexander.layout, alexander.vetting, words),)


def test_every_claim_stands_on_one_page_that_is_no_taller_than_wanted(long_account: Told) -> None:
    pages = timeline_pages(long_account.layout, long_account.vetting, EN, height=900)
    assert len(pages) > 1
    shown = [claim for page in pages for claim in drawn_claims(page)]
    assert sorted(shown) == sorted(long_account.layout.occurrences)
    assert all(height(page) <= 900 for page in pages)
    for page in pages:
        assert meeting(list(texts(page))) == []


def test_each_page_says_which_it_is_and_tells_its_claims_in_words(long_account: Told) -> None:
    pages = timeline_pages(long_account.layout, long_account.vetting, EN, height=900)
    for number, page in enumerate(pages, start=1):
        assert f"part {number} of {len(pages)}</title>" in page
        told = page[page.index("<desc") : page.index("</desc>")]
        assert all(f"{claim}, " in told for claim in drawn_claims(page))


def test_a_conflict_has_the_number_that_it_has_in_the_whole(long_account: Told) -> None:
    def numbered(drawing: str) -> set[str]:
        told = drawing[drawing.index("<desc") : drawing.index("</desc>")]
        return {
            line.partition("; on another page")[0]
            for line in re.findall(r"^\d+\. .*$", told, re.MULTILINE)
        }

    whole = numbered(timeline_svg(long_account.layout, long_account.vetting, EN))
    pages = timeline_pages(long_account.layout, long_account.vetting, EN, height=900)
    found = [numbered(page) for page in pages]
    assert whole
    assert set().union(*found) == whole


def test_a_conflict_across_pages_names_the_claims_of_the_other_pages(long_account: Told) -> None:
    pages = timeline_pages(long_account.layout, long_account.vetting, EN, height=900)
    across = 0
    for page in pages:
        here = set(drawn_claims(page))
        told = parsed(page).findtext(f"{SVG}desc") or ""
        for line in re.findall(r"^\d+\. .*$", told, re.MULTILINE):
            named, _, elsewhere = line.partition("; on another page: ")
            claims = re.findall(r"\bc[0-9]+\b", named)
            assert re.findall(r"\bc[0-9]+\b", elsewhere) == [
                one for one in claims if one not in here
            ]
            across += bool(elsewhere)
            seen = " ".join(one.words for one in texts(page))
            assert not elsewhere or "on another page" in seen
    assert across


def test_each_page_has_the_axis_again_and_the_signs_that_it_uses(long_account: Told) -> None:
    pages = timeline_pages(long_account.layout, long_account.vetting, EN, height=900)
    for page in pages:
        seen = [one.words for one in texts(page)]
        assert any(re.fullmatch(r"(\w+ )*20\d\d", words) for words in seen)
        assert EN.text("drawing-sign-within") in seen


def test_identifiers_of_the_pages_do_not_meet(long_account: Told) -> None:
    pages = timeline_pages(long_account.layout, long_account.vetting, EN, height=900)
    ids = [re.findall(r' id="([^"]+)"', page) for page in pages]
    every = [one for page in ids for one in page]
    assert len(every) == len(set(every))
