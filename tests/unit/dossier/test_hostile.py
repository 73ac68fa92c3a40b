"""Text of a case that would be code, or would hide or turn what stands around it, in PDF and HTML.

It goes through the reader, as a case file does, into every text that the case model has.
"""

import html
import io
import re
from datetime import date
from typing import Any

import msgspec
import pypdf
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.people import Name
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import laid_out, vet
from safeconduct.dossier.drawn import report_drawings
from safeconduct.dossier.report import html_report
from safeconduct.dossier.typeset.rendering import dossier_pdf
from safeconduct.drawing.map import map_svg
from safeconduct.drawing.timeline import timeline_svg
from safeconduct.wording.language import Language

TYPST = (
    '#eval("1 + 1")',
    '#read("/etc/passwd")',
    "#panic()",
    "$ x^2 $",
    "`raw` ```raw```",
    "] [ } {",
    "*bold* _emph_ ~ -- --- ...",
    "= Heading",
    "- item + item / term: x",
    "@reference <label>",
    r"\u{41} \# \\",
    "// comment /* comment */",
    "\"quoted\" 'quoted'",
    "https://example.org/#include",
)
MARKUP = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</svg><style>*{display:none}</style>",
    "]]><!-- --><![CDATA[",
    "{{ 7 * 7 }} {% include 'x' %}",
    "{case} {0} %s %(x)s",
    "&lt;b&gt; &amp; &#60;",
    "<a href='javascript:alert(1)'>x</a>",
)
HIDDEN = {
    "override": "abc\u202edef\u202c",
    "embedding": "abc\u202bdef",
    "isolate left open": "abc\u2067def",
    "isolate closed too often": "abc\u2069\u2069def",
    "zero-width space": "abc\u200bdef",
    "byte order mark": "abc\ufeffdef",
    "escape": "abc\x1b[31mdef",
    "no character": "abc\uffffdef",
    "private": "abc\ue000def",
    "tag letters": "abc\U000e0041def",
    "line separator": "abc\u2028def",
}


def with_everywhere(text: str) -> Case:
    """A case in which every free text is that text, read as any case file is read."""
    person = {"names": [text], "relation": text, "note": text}
    place = {"name": text, "words": text, "lat": 50.0, "lon": 30.0, "radius_km": 5, "note": text}
    raw: dict[str, Any] = {
        "schema": "safeconduct/case/1",
        "id": "x",
        "title": text,
        "organisation": text,
        "responsible": text,
        "applicant": {"id": "p1", "names": [text, {"text": text, "note": text}], "note": text},
        "household": [{"id": "p2", **person}],
        "persons": [{"id": "p3", **person}],
        "tellings": [
            {"id": "t1", "on": "2024-01-10", "interpreter": text, "interviewer_role": text},
            {"id": "t2", "on": {"edtf": "2024-02-10", "words": text, "note": text}, "place": text},
        ],
        "claims": [
            {
                "id": "c1",
                "kind": "stay",
                "text": text,
                "words": text,
                "translation": text,
                "when": {"edtf": "2022-05", "words": text, "note": text},
                "where": place,
                "told_in": "t1",
                "lasts": {"iso": "P1M", "words": text},
                "details": [
                    {"what": text, "value": text},
                    {"what": text, "one_of": [text, f"{text} b"], "because": text},
                ],
                "evidence": [{"item": "e1", "bears": "supports", "note": text}],
                "note": text,
            },
            {"id": "c2", "kind": "journey", "text": text, "from": place, "to": text, "by": "car"},
        ],
        "sources": [
            {
                "id": "s1",
                "name": text,
                "kind": "organisation",
                "title": text,
                "publisher": text,
                "address": text,
                "reliability_reason": text,
                "note": text,
            }
        ],
        "evidence": [{"id": "e1", "what": text, "source": "s1", "credibility_reason": text}],
    }
    return read_case(msgspec.json.encode(raw)).case


def vetted(case: Case) -> Vetting:
    return vet(case, load_references(None), on=date(2024, 11, 2))


def pdf_text(case: Case, english: Language) -> str:
    vetting = vetted(case)
    layout = laid_out(case, load_references(None))
    drawn = {"timeline": timeline_svg(layout, vetting, english), "map": map_svg(layout, english)}
    pdf = dossier_pdf(case, vetting, english, drawings=drawn)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("text", [*TYPST, *MARKUP])
def test_in_the_dossier_it_stands_letter_by_letter(text: str, english: Language) -> None:
    read = " ".join(pdf_text(with_everywhere(text), english).split())
    # Its lines end where the page does; without spaces they are compared as one.
    assert read.replace(" ", "").count("".join(text.split())) > 12


ELEMENTS = re.compile(r"<(script|img|iframe|object|embed|form|link|style|a|base|meta)\b")


def report(case: Case, english: Language) -> str:
    vetting = vetted(case)
    drawings = report_drawings(laid_out(case, load_references(None)), vetting, english)
    return html_report(case, vetting, english, drawings=drawings)


@pytest.fixture(scope="module")
def harmless(english: Language) -> list[str]:
    """The elements of a report in which every text is harmless."""
    return ELEMENTS.findall(report(with_everywhere("plain words"), english))


@pytest.mark.parametrize("text", [*TYPST, *MARKUP])
def test_in_the_report_it_stands_letter_by_letter_and_adds_no_element(
    text: str, english: Language, harmless: list[str]
) -> None:
    page = report(with_everywhere(text), english)
    assert " ".join(text.split()) in " ".join(html.unescape(page).split())
    assert set(ELEMENTS.findall(page)) <= set(harmless)
    assert page.count("<script") == 0


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_the_reader_refuses_what_hides_or_turns(text: str) -> None:
    with pytest.raises(SafeconductError):
        with_everywhere(text)


@pytest.mark.parametrize("text", [*HIDDEN.values(), "abc\x00def"], ids=[*HIDDEN, "NUL"])
def test_what_came_past_the_reader_is_shown_by_its_code_point(text: str, english: Language) -> None:
    case = with_everywhere("plain")
    claims = (msgspec.structs.replace(case.claims[0], text=text, words=text), case.claims[1])
    named = msgspec.structs.replace(case.applicant, names=(Name(text=text),))
    whole = msgspec.structs.replace(case, claims=claims, applicant=named)
    read = "".join(pdf_text(whole, english).split())
    for hidden in sorted({one for one in text if not one.isprintable()}):
        assert hidden not in read
        assert f"[U+{ord(hidden):04X}]" in read


@pytest.mark.parametrize("text", ["中文", "हिन्दी", "தமிழ்", "🫠", "ﷲ"])
def test_a_script_that_the_shipped_face_lacks_is_shown_by_code_points_and_fails_nothing(
    text: str, english: Language
) -> None:
    assert f"[U+{ord(text[0]):04X}]" in pdf_text(with_everywhere(f"{text} end"), english)


def test_a_name_from_right_to_left_does_not_turn_the_line_around(english: Language) -> None:
    read = pdf_text(with_everywhere("سامي"), english)
    assert "Vetted on" in read
    assert "2 November 2024" in read
