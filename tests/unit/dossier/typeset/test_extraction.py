"""What programs read out of the PDF: in the order of reading, and letter by letter what was put in.

Two extractors that share no code: pypdf reads in the order of the content, pdftotext (poppler) by
where things stand on the page.
"""

import io
import re
import shutil
import subprocess
from pathlib import Path

import msgspec
import pypdf
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.people import Name
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.rendering import dossier_pdf
from safeconduct.dossier.typeset.values import Heading
from safeconduct.wording.language import LANGUAGES, Language, language

NAMES = {
    "Cyrillic": "Ёлкина-Щёголева Наталья Юрьевна",
    "Kazakh": "Әлімжан Қоңырбайұлы Өтегенов",
    "Ukrainian": "Ґалаґан Їжакевич Євгенія",
    "Armenian": "Հովհաննես Այվազովսկի",
    "Georgian": "ნინო ჭავჭავაძე",
    "Latin with accents": "Željko Őrsi-Łączyński Çağrı Ðặng Þór",
    "Yakut": "Күннэй Ҕолоноова Ҥыырба",
}
RIGHT_TO_LEFT = {"Arabic": "سامي حمود", "Persian": "مریم حسینی", "Hebrew": "שלום עולם"}
LONG = {
    "hash": "ecfe46879ca86c761e783d64685b43c2bb2ea71d368a30915b76afe03e337fa0",
    "address": "https://register.example/some/folder/with-a-very-long-name?and=parameters&more=1",
    "word": "Donaudampfschifffahrtsgesellschaftskapitaenswitwe",
}
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def with_claim_text(case: Case, text: str) -> Case:
    first = msgspec.structs.replace(case.claims[0], text=text, words=text)
    return msgspec.structs.replace(case, claims=(first, *case.claims[1:]))


def named(case: Case, *names: str) -> Case:
    applicant = msgspec.structs.replace(
        case.applicant, names=tuple(Name(text=name) for name in names)
    )
    return msgspec.structs.replace(case, applicant=applicant)


def by_content(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def by_place(pdf: bytes, folder: Path, *options: str) -> list[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler) is not installed")
    file = folder / "dossier.pdf"
    file.write_bytes(pdf)
    command = ["pdftotext", "-enc", "UTF-8", *options, str(file), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return told.split("\f")


def joined(pages: list[str]) -> str:
    """Without line breaks, so that a word that goes on overleaf is whole."""
    return "".join(pages).replace("\n", "")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_parts_of_page_one_are_read_in_their_order(
    case: Case, vetting: Vetting, tmp_path: Path, code: str
) -> None:
    words = language(code)
    document = compose(case, vetting, words, {})
    headings = [one.text for one in document.summary if isinstance(one, Heading)]
    parts = [words.text("dossier-draft"), words.text("dossier-summary"), "Руслан", *headings]
    parts.append(words.text("dossier-is-not-3").split()[-1])
    pdf = dossier_pdf(case, vetting, words)
    for page in (by_content(pdf)[0], by_place(pdf, tmp_path)[0]):
        at = 0
        for part in parts:
            found = page.find(part, at)
            assert found >= at, part
            at = found + len(part)


def test_each_label_of_page_one_is_followed_by_what_belongs_to_it(
    case: Case, vetting: Vetting, english: Language, tmp_path: Path
) -> None:
    pdf = dossier_pdf(case, vetting, english)
    for page in (by_content(pdf)[0], by_place(pdf, tmp_path, "-layout")[0]):
        assert re.search(r"Citizenships\s+Russia\s", page)
        assert re.search(r"Organisation\s+Office of Trials\s+Responsible\s+R\. Caseworker", page)


def test_sections_and_claims_are_read_in_their_order(
    case: Case, vetting: Vetting, english: Language, tmp_path: Path
) -> None:
    document = compose(case, vetting, english, {})
    parts = [f"{n}. {one.heading}" for n, one in enumerate(document.sections, start=1)]
    parts[1:1] = [claim.text for claim in case.claims]
    pdf = dossier_pdf(case, vetting, english)
    for pages in (by_content(pdf), by_place(pdf, tmp_path)):
        whole = " ".join(" ".join(pages).split())
        places = [whole.index(part) for part in parts]
        assert places == sorted(places)


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_names_come_out_as_they_were_put_in(
    case: Case, vetting: Vetting, english: Language, tmp_path: Path, text: str
) -> None:
    pdf = dossier_pdf(named(with_claim_text(case, text), text), vetting, english)
    for pages in (by_content(pdf), by_place(pdf, tmp_path)):
        assert text in pages[0]
        assert text in " ".join(pages[1:])


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_words_that_may_be_broken_come_out_whole(
    case: Case, vetting: Vetting, english: Language, tmp_path: Path, text: str
) -> None:
    pdf = dossier_pdf(with_claim_text(case, f"It says {text} there."), vetting, english)
    for pages in (by_content(pdf), by_place(pdf, tmp_path)):
        assert f"{text} there." in joined(pages).replace("  ", " ")


def test_hashes_of_data_sets_stand_on_one_line_each(
    case: Case, vetting: Vetting, english: Language, tmp_path: Path
) -> None:
    pdf = dossier_pdf(case, vetting, english)
    for pages in (by_content(pdf), by_place(pdf, tmp_path)):
        for used in vetting.references:
            assert used.sha256 in "".join(pages)


def test_no_invisible_character_of_ours_is_in_the_text(
    case: Case, vetting: Vetting, tmp_path: Path
) -> None:
    named_both = named(case, *RIGHT_TO_LEFT.values(), *LONG.values(), *NAMES.values())
    for code in LANGUAGES:
        pdf = dossier_pdf(named_both, vetting, language(code))
        assert not INVISIBLE.search("".join(by_content(pdf)))


@pytest.mark.parametrize("text", RIGHT_TO_LEFT.values(), ids=RIGHT_TO_LEFT)
def test_names_from_right_to_left_come_out_in_the_order_of_speaking(
    case: Case, vetting: Vetting, english: Language, tmp_path: Path, text: str
) -> None:
    """pypdf turns the words of a line around, and each word is whole; poppler has them in order."""
    pdf = dossier_pdf(named(case, "Ann", text, "Zoe"), vetting, english)
    page = by_content(pdf)[0]
    assert all(word in page for word in text.split())
    # poppler itself puts marks of direction around what runs from right to left.
    shown = INVISIBLE.sub("", by_place(pdf, tmp_path)[0])
    assert text in shown


def test_a_name_from_right_to_left_leaves_the_order_of_its_sentence(
    case: Case, vetting: Vetting, english: Language
) -> None:
    """Where the pieces stand on the page, not only how they are read."""
    pdf = dossier_pdf(named(case, "Ann", "سامي حمود", "Zoe"), vetting, english)
    at: dict[str, float] = {}

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        for word in ("Ann", "سامي", "Zoe"):
            if word in text:
                at.setdefault(word, tm[4] * cm[0] + cm[4])

    pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text(visitor_text=note)
    assert at["Ann"] < at["سامي"] < at["Zoe"]
