"""`safeconduct questions` and `answer`: a sheet leaves, an answer comes back into the file."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.casefile.reading import read_case
from safeconduct.cli.commands import safeconduct

ON = ("--on", "2024-11-02")


@pytest.fixture
def case(root: Path, tmp_path: Path) -> Path:
    """A plain case with one conflict."""
    file = tmp_path / "case.yaml"
    file.write_bytes((root / "examples/planted/order.yaml").read_bytes())
    return file


def _run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(safeconduct, [str(one) for one in arguments], input=stdin)


def _open(case: Path, *more: str) -> list[str]:
    done = _run("questions", case, "--plain", *ON, *more)
    assert done.exit_code == 0, done.output
    return re.findall(r"\[(q[0-9a-f]{10})\]", done.stdout)


def test_an_answer_is_recorded_and_the_question_is_no_longer_open(case: Path) -> None:
    before = case.read_bytes()
    first, *rest = _open(case)
    done = _run(
        *("answer", case, first, "--file", "-", "--language", "ru", "--interpreter", "Olga"),
        *("--by", "M. K.", "--asked-in", "ru", "--on", "2024-11-05", "--plain"),
        stdin="Сначала присяга,\nпотом отъезд.\n",
    )
    assert done.exit_code == 0, done.output
    (answer,) = read_case(case.read_bytes()).case.answers
    assert (answer.id, answer.question, answer.on.edtf) == ("a1", first, "2024-11-05")
    assert answer.text == "Сначала присяга,\nпотом отъезд."
    assert (answer.language, answer.interpreter, answer.by) == ("ru", "Olga", "M. K.")
    assert re.search("[а-я]", answer.asked)
    assert set(before.splitlines()) <= set(case.read_bytes().splitlines())
    assert _open(case) == rest
    assert _open(case, "--all") == [first, *rest]


def test_a_refusal_is_recorded_as_one(case: Path) -> None:
    first, *rest = _open(case)
    assert _run("answer", case, first, "--refused", *ON, "--plain").exit_code == 0
    (answer,) = read_case(case.read_bytes()).case.answers
    assert answer.refused
    assert answer.text is None
    assert _open(case) == rest
    assert "no answer was wished" in _run("vet", case, *ON, "--plain").stdout


def test_a_conflict_says_whether_it_was_put_until_it_is_answered(case: Path) -> None:
    first = _open(case)[0]
    asked = "\n".join(
        line.strip() for line in _run("vet", case, *ON, "--plain").stdout.splitlines()
    )
    assert f"the question is open ({first})" in asked.replace("\n", " ")
    _run("answer", case, first, *ON, "--plain", stdin="So it was.\n")
    said = " ".join(_run("vet", case, *ON, "--plain").stdout.split())
    assert f"Put to the applicant: 2 November 2024 ({first}): “So it was.”" in said
    assert "CANNOT ALL HOLD" in said.upper()
    assert f"the question is open ({first})" not in said


def test_the_report_and_the_document_say_it_too(case: Path, tmp_path: Path) -> None:
    first = _open(case)[0]
    _run("answer", case, first, *ON, "--plain", "--interpreter", "Olga", stdin="So it was.\n")
    html, pdf = tmp_path / "r.html", tmp_path / "r.pdf"
    done = _run("vet", case, *ON, "--plain", "--html", html, "--pdf", pdf)
    assert done.exit_code == 0
    assert "So it was." in html.read_text("utf-8")
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "So it was." in text
    assert "Olga" not in text


def test_a_sealed_case_stays_sealed_and_so_does_its_sheet(case: Path, tmp_path: Path) -> None:
    passphrase = tmp_path / "pass"
    passphrase.write_text("correct horse battery staple nine\n")
    assert _run("case", "seal", case, "--passphrase-file", passphrase).exit_code == 0
    sealed = case.with_name("case.yaml.age")
    how = ("--passphrase-file", passphrase)
    done = _run("questions", sealed, *ON, *how, "--html", tmp_path / "sheet.html")
    assert done.exit_code == 0
    assert not (tmp_path / "sheet.html").exists()
    assert (tmp_path / "sheet.html.age").read_bytes().startswith(b"age-encryption.org/")
    first = re.findall(r"\[(q[0-9a-f]{10})\]", done.stdout)[0]
    assert _run("answer", sealed, first, *ON, *how, stdin="Canary.\n").exit_code == 0
    assert sealed.read_bytes().startswith(b"age-encryption.org/")
    assert b"Canary" not in sealed.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("q0000000000", "--refused"), "nothing in this case asks `q0000000000`; accepted: q"),
        (("FIRST", "--refused", "--file", "-"), "--refused and an answer"),
        (("FIRST", "--file", "-"), "an answer without words"),
        (("FIRST", "--file", "no.txt"), "no.txt"),
        (("FIRST", "--refused", "--asked-in", "de"), "en, fr, ru, uk"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_nothing_is_written(
    case: Path, arguments: tuple[str, ...], said: str
) -> None:
    before, first = case.read_bytes(), _open(case)[0]
    told = [first if one == "FIRST" else one for one in arguments]
    done = _run("answer", case, *told, *ON, "--plain", stdin=" \n")
    assert done.exit_code == 2
    assert said in done.output
    assert case.read_bytes() == before


def test_a_language_without_a_sheet_is_refused_with_those_that_there_are(case: Path) -> None:
    done = _run("questions", case, "--plain", "--language", "de")
    assert done.exit_code == 2
    assert "en, fr, ru, uk" in done.output


def test_nobody_answers_before_it_was_told(case: Path) -> None:
    before, first = case.read_bytes(), _open(case)[0]
    early = ("--refused", "--on", "2024-02-28", "--plain")
    done = _run("answer", case, first, *early)
    assert done.exit_code == 2
    assert "was told in t1 of 2024-03-01" in done.output
    assert case.read_bytes() == before
    same_day = ("--refused", "--on", "2024-03-01", "--plain")
    assert _run("answer", case, first, *same_day).exit_code == 0
