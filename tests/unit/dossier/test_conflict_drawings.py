"""Each conflict with its small drawing, and what would settle most, in the report and the PDF."""

import io
from pathlib import Path

import pikepdf
import pytest
from tests.unit.dossier.conftest import ON

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Outcome, Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import laid_out, vet
from safeconduct.dossier.drawn import conflict_drawings, printed_conflicts
from safeconduct.dossier.report import html_report
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.rendering import dossier_pdf
from safeconduct.dossier.typeset.values import Found
from safeconduct.wording.language import Language

PLANTED = Path(__file__).resolve().parents[3] / "examples" / "planted"


@pytest.fixture(scope="module")
def order() -> tuple[Case, Vetting]:
    """A case with one conflict of two claims."""
    case = read_case((PLANTED / "order.yaml").read_bytes()).case
    return case, vet(case, load_references(None), on=ON)


def test_the_report_draws_each_conflict_beside_its_finding(
    order: tuple[Case, Vetting], english: Language
) -> None:
    case, vetting = order
    drawn = conflict_drawings(laid_out(case, load_references(None)), vetting, english)
    (conflict,) = (one.id for one in vetting.findings if one.outcome is Outcome.CONFLICTS)
    assert set(drawn) == {conflict}
    html = html_report(case, vetting, english, conflicts=drawn)
    article = html.split(f'<article class="finding short" id="{conflict}"')[1].split("</article>")[
        0
    ]
    assert article.count("<svg") == 2
    assert "Missing: " in article


def test_the_report_and_the_document_say_what_would_settle_most(
    order: tuple[Case, Vetting], english: Language
) -> None:
    case, vetting = order
    (conflict,) = (one.id for one in vetting.findings if one.outcome is Outcome.CONFLICTS)
    html = html_report(case, vetting, english)
    part = html.split('aria-labelledby="settling"')[1].split("</section>")[0]
    assert english.text("report-about-settling") in part
    assert f'href="#{conflict}"' in part
    headings = [
        getattr(block, "text", None)
        for section in compose(case, vetting, english, {}).sections
        for block in section.blocks
    ]
    assert english.text("report-heading-settling") in headings


def test_where_nothing_conflicts_nothing_would_settle_it(english: Language) -> None:
    case = read_case((PLANTED / "nothing.yaml").read_bytes()).case
    vetting = vet(case, load_references(None), on=ON)
    assert 'id="settling"' not in html_report(case, vetting, english)


def test_the_document_draws_each_conflict_with_a_text_that_says_the_same(
    order: tuple[Case, Vetting], english: Language
) -> None:
    case, vetting = order
    drawn = printed_conflicts(laid_out(case, load_references(None)), vetting, english)
    composed = compose(case, vetting, english, {}, drawn)
    found = [
        block
        for section in composed.sections
        for block in section.blocks
        if isinstance(block, Found) and block.drawing
    ]
    assert [one.id for one in found] == list(drawn)
    drawing = found[0].drawing
    assert drawing is not None
    assert all(claim in drawing.alternative for claim in ("c1", "c2"))
    pdf = dossier_pdf(case, vetting, english, conflicts=drawn)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        alternatives = [str(one.Alt) for one in opened.objects if _is_figure(one)]
    assert any("Missing" in one for one in alternatives)


def _is_figure(one: pikepdf.Object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "/Alt" in one
