"""The PDF: its standards, what can be read out of it, and that nothing in a case is code."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.people import Name
from safeconduct.dossier.report_values import plain
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.disclosed import disclosed
from safeconduct.dossier.typeset.rendering import dossier_pdf, typeset
from safeconduct.dossier.typeset.values import Points
from safeconduct.wording.language import LANGUAGES, Language, language

HOSTILE = (
    '#eval("1")',
    "$x$",
    "]",
    "*bold*",
    "@ref",
    "<label>",
    "\\",
    "`code`",
    '#read("/etc/passwd")',
    '"); panic("',
    "// = - + /* _",
    "\u200f\u202eabc\u2067",
    "中🫠\ue000",
)
SCRIPTS = ("Éçñłőß", "Ёжик", "Қоңыр Әлия", "Հայաստան", "საქართველო")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">'
    '<title>Timeline</title><desc>The claims c1 and c2</desc><rect width="9" height="9"/></svg>'
)


@pytest.fixture(scope="module")
def pdf(case: Case, vetting: Vetting, english: Language) -> bytes:
    """The dossier of the filled case."""
    return dossier_pdf(case, vetting, english, drawings={"timeline": SVG})


def pages(pdf: bytes) -> list[str]:
    """The text of each page in the order of its content, spaces and line breaks as one space."""
    read = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in read]


def with_claim_text(case: Case, text: str) -> Case:
    first = msgspec.structs.replace(case.claims[0], text=text, words=text)
    return msgspec.structs.replace(case, claims=(first, *case.claims[1:]))


def test_it_claims_the_archive_and_the_accessibility_standard(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert str(opened.Root.Lang) == "en"
        assert bool(opened.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in opened.Root


def test_an_independent_checker_of_some_accessibility_rules_finds_nothing(
    pdf: bytes, tmp_path: Path
) -> None:
    """`pdfua` checks 16 of the 106 rules; that is what "in part" in the docs means."""
    pytest.importorskip("pdfua", reason="the checker of PDF/UA rules is not installed")
    file = tmp_path / "dossier.pdf"
    file.write_bytes(pdf)
    command = [sys.executable, "-m", "pdfua", "check", str(file)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_title_and_date_are_those_of_the_case_and_the_vetting(pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == "Dossier on the account of Ruslan (pseudonym)"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == "2024-11-02"


def test_the_attachment_is_the_disclosed_part_byte_for_byte(
    pdf: bytes, vetting: Vetting, english: Language
) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        specification = opened.attachments["vetting.json"]
        attached = specification.get_file().read_bytes()
        assert str(specification.obj.AFRelationship) == "/Data"
        assert specification.get_file().mime_type == "application/json"
    assert attached == disclosed(vetting, english)
    assert "repairs" not in json.loads(attached)["findings"][0]


def test_the_draft_mark_the_case_and_the_page_number_are_on_every_page(pdf: bytes) -> None:
    read = pages(pdf)
    for number, page in enumerate(read, start=1):
        assert "Draft, not sealed" in page
        assert f"full {number} / {len(read)}" in page


def test_claims_are_read_in_order_with_their_words(pdf: bytes, case: Case) -> None:
    whole = " ".join(pages(pdf)[1:])
    places = [whole.index(claim.text) for claim in case.claims]
    assert places == sorted(places)
    assert whole.index("c1") < places[0] < whole.index("я был в части с мая") < places[1]


def test_only_the_shipped_faces_are_in_it_and_all_are_embedded(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        described = [one for one in opened.objects if _is_descriptor(one)]
        names = {str(one.FontName).partition("+")[2] for one in described}
        assert names == {"DejaVuSans", "DejaVuSans-Bold"}
        assert all("/FontFile2" in one or "/FontFile3" in one for one in described)


def _is_descriptor(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/FontDescriptor"


def test_a_drawing_has_the_text_that_says_the_same(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        spoken = {str(one.Alt) for one in opened.objects if _has_alternative(one)}
    assert "The claims c1 and c2" in spoken


def test_a_drawing_taller_than_the_paper_is_made_smaller_and_not_cut(
    case: Case, vetting: Vetting, english: Language
) -> None:
    tall = SVG.replace('viewBox="0 0 60 20"', 'viewBox="0 0 60 900"').replace('t="20"', 't="900"')
    drawn = pypdf.PdfReader(
        io.BytesIO(dossier_pdf(case, vetting, english, drawings={"timeline": tall}))
    )
    texts = [page.extract_text() for page in drawn.pages]
    (page,) = (number for number, text in enumerate(texts) if "Timeline" in text)
    heights: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if "Timeline" in text:
            heights.append(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])

    drawn.pages[page].extract_text(visitor_text=note)
    assert heights
    assert min(heights) > 72


def test_a_very_long_name_and_description_do_not_fail_the_document(
    case: Case, vetting: Vetting, english: Language
) -> None:
    svg = SVG.replace("The claims c1 and c2", "c1 " * 20_000)
    named = msgspec.structs.replace(case.applicant, names=(Name(text="Имя" * 9_000),))
    long = msgspec.structs.replace(case, applicant=named)
    dossier_pdf(long, vetting, english, drawings={"timeline": svg})


def _has_alternative(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/Alt" in value


@pytest.mark.parametrize("text", HOSTILE)
def test_case_text_is_never_code(
    case: Case, vetting: Vetting, english: Language, text: str
) -> None:
    hostile = msgspec.structs.replace(
        with_claim_text(case, f"before {text} after"),
        organisation=text,
        title=text,
        applicant=msgspec.structs.replace(case.applicant, names=(Name(text=text),)),
    )
    whole = " ".join(pages(dossier_pdf(hostile, vetting, english)))
    if text.isprintable() and text.isascii():
        assert f"before {text} after" in whole
    else:
        assert "before" in whole
        assert "[U+" in whole


@pytest.mark.parametrize("text", SCRIPTS)
def test_names_of_each_script_can_be_read_out_again(
    case: Case, vetting: Vetting, english: Language, text: str
) -> None:
    assert text in " ".join(pages(dossier_pdf(with_claim_text(case, text), vetting, english)))


def test_arabic_is_set_without_a_stand_in(case: Case, vetting: Vetting, english: Language) -> None:
    whole = " ".join(pages(dossier_pdf(with_claim_text(case, "سامي الاختبار"), vetting, english)))
    assert "[U+" not in whole


def test_a_word_of_ten_thousand_characters_stays_on_the_paper(
    case: Case, vetting: Vetting, english: Language
) -> None:
    read = pages(dossier_pdf(with_claim_text(case, "x" * 10_000), vetting, english))
    assert sum(page.count("x") for page in read) >= 20_000
    assert len(read) > len(pages(dossier_pdf(case, vetting, english)))


def test_a_text_of_a_thousand_dates_is_set(case: Case, vetting: Vetting, english: Language) -> None:
    text = "2 May, сами 3 days, " * 1_000
    dossier_pdf(with_claim_text(case, text), vetting, english)


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_at_all_is_set(text: str) -> None:
    case, vetting = _small()
    dossier_pdf(with_claim_text(case, text or "-"), vetting, language("en"))


def _small() -> tuple[Case, Vetting]:
    from datetime import date

    from safeconduct.casefile.reading import read_case

    case = read_case(
        b"schema: safeconduct/case/1\nid: x\napplicant: {id: p1, names: [X]}\n"
        b"claims: [{id: c1, kind: statement, text: T}]\n"
    ).case
    vetting = Vetting(
        case="x",
        on=date(2024, 11, 2),
        software="safeconduct",
        findings=(),
        not_checked=(),
        references=(),
    )
    return case, vetting


def test_four_hundred_claims_are_all_in_it(
    large: Case, vetting: Vetting, english: Language
) -> None:
    whole = " ".join(pages(dossier_pdf(large, vetting, english)))
    assert all(f"{claim.id} " in whole for claim in large.claims)


@pytest.mark.parametrize("lines", [30, 60])
def test_a_summary_that_is_too_long_for_page_one_goes_on_overleaf(
    lines: int, case: Case, vetting: Vetting, english: Language
) -> None:
    composed = compose(case, vetting, english, {})
    point = plain("A point of the summary that takes nearly the whole width of the page. " * 2)
    summary = (*composed.summary, Points((point,) * lines))
    long = msgspec.structs.replace(composed, summary=summary)
    found = pages(typeset(long, b"{}"))
    warning = " ".join(long.confidential.split())
    assert warning not in found[0]
    assert [warning in page for page in found].count(True) == 1
    assert " ".join(found).count("nearly the whole width") == 2 * lines


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_founding_case_has_its_summary_on_one_page(code: str, founding: Case) -> None:
    from datetime import date

    from safeconduct.checks.kinds import load_references
    from safeconduct.checks.vetting import vet

    vetting = vet(founding, load_references(None), on=date(2024, 11, 2))
    words = language(code)
    read = pages(dossier_pdf(founding, vetting, words))
    assert words.text("dossier-is-not-3") in read[0]
    assert words.text("dossier-section-account") not in read[0]
    assert words.text("dossier-section-account") in read[1]
    assert "[U+" not in " ".join(read)


@pytest.fixture(scope="module")
def founding() -> Case:
    """The case that the project began with."""
    from safeconduct.casefile.reading import read_case

    root = Path(__file__).resolve().parents[4]
    return read_case((root / "examples" / "alexander" / "case.yaml").read_bytes()).case


def test_the_same_dossier_has_the_same_bytes_wherever_and_whenever_it_is_made(
    tmp_path: Path, pdf: bytes
) -> None:
    made = set()
    places = (("UTC", "C.UTF-8", "0"), ("Asia/Almaty", "ru_RU.UTF-8", "7"))
    for number, (zone, locale, seed) in enumerate(places):
        folder = tmp_path / str(number)
        folder.mkdir()
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        ran = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=True,
        )
        made.add(ran.stdout)
    assert len(made) == 1


_PROGRAM = """
import hashlib
from datetime import date
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.dossier.typeset.rendering import dossier_pdf
from safeconduct.wording.language import language
case = read_case(b"schema: safeconduct/case/1\\nid: x\\napplicant: {id: p1, names: [X]}\\n").case
vetting = Vetting(case="x", on=date(2024, 11, 2), software="s", findings=(), not_checked=(),
                  references=())
print(hashlib.sha256(dossier_pdf(case, vetting, language("ru"))).hexdigest())
"""


def test_two_runs_in_one_process_give_the_same_bytes(
    case: Case, vetting: Vetting, english: Language
) -> None:
    document = compose(case, vetting, english, {})
    attached = disclosed(vetting, english)
    assert typeset(document, attached) == typeset(document, attached)
