"""The report in real Chromium: nothing is fetched, nothing runs, nothing sticks out at 360 px.

The report is put unchanged into a frame of a given width, and a script of the page around it
measures; the report's own policy would let none run inside.
"""

import json
import re
import shutil
import subprocess
from datetime import date
from html import escape, unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from safeconduct.casefile.case import Case
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.vetting import laid_out, vet
from safeconduct.dossier.drawn import conflict_drawings, report_drawings
from safeconduct.dossier.report import html_report
from safeconduct.wording.language import language

ON = date(2024, 11, 2)
LONG = "Donaudampfschifffahrtsgesellschaft" * 12
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-logging=stderr",
    "--v=0",
    "--virtual-time-budget=5000",
)
MEASURE = """<!doctype html><title>measure</title>
<body style="margin:0"><iframe style="border:0;width:{width}px;height:900px" srcdoc="{report}">
</iframe><pre id="measured"></pre><script>
addEventListener("load", () => {{
  const frame = document.querySelector("iframe");
  const page = frame.contentDocument;
  const root = page.documentElement;
  const out = [...page.body.querySelectorAll("*")].filter((one) => {{
    const box = one.getBoundingClientRect();
    if (one.ownerSVGElement) return false;  // a drawing clips what lies outside its view
    return !one.closest(".skip") && box.width > 0 && box.right > root.clientWidth + 0.5;
  }});
  document.getElementById("measured").textContent = JSON.stringify({{
    width: root.clientWidth, scroll: root.scrollWidth,
    out: out.map((one) => one.tagName + "." + one.className),
    fetched: frame.contentWindow.performance.getEntriesByType("resource").map((one) => one.name),
    foreign: [...page.querySelectorAll("script, img, link, iframe, object, form")].length,
    title: page.title, ran: page.title === "ran" || "ran" in frame.contentWindow,
    small: [...page.querySelectorAll("nav a")].filter((one) => one.offsetHeight < 24).length,
  }});
}});</script>"""


@pytest.fixture(scope="module")
def chromium() -> str:
    """Where Chromium is."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("needs Chromium, which is not installed here (Debian: apt install chromium)")
    return found


@pytest.fixture(scope="module")
def founding(root: Path) -> Case:
    """The founding case."""
    return read_case((root / "examples/alexander/case.yaml").read_bytes()).case


def _report(case: Case) -> str:
    references, words = load_references(None), language("en")
    vetting = vet(case, references, on=ON)
    drawings = report_drawings(laid_out(case, references), vetting, words)
    conflicts = conflict_drawings(laid_out(case, references), vetting, words)
    return html_report(case, vetting, words, drawings=drawings, conflicts=conflicts)


def _run(chromium: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    profile = folder / "profile"
    command = [chromium, *FLAGS, f"--user-data-dir={profile}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def _measured(chromium: str, folder: Path, report: str, width: int) -> dict[str, Any]:
    page = folder / f"measure-{width}.html"
    text = MEASURE.format(width=width, report=escape(report))
    page.write_text(text, encoding="utf-8")
    run = _run(chromium, folder, "--dump-dom", page.as_uri())
    assert "CONSOLE" not in run.stderr, run.stderr
    found = re.search(r'<pre id="measured">(.+?)</pre>', run.stdout, re.DOTALL)
    assert found, run.stderr[-2000:]
    measured: dict[str, Any] = json.loads(unescape(found.group(1)))
    return measured


@pytest.mark.parametrize("width", [360, 800, 1400])
def test_the_founding_case_fits_and_fetches_nothing(
    chromium: str, founding: Case, tmp_path: Path, width: int
) -> None:
    measured = _measured(chromium, tmp_path, _report(founding), width)
    assert measured["title"] == "Vetting of the case alexander"
    assert measured["scroll"] <= measured["width"] <= width
    assert measured["out"] == []
    assert measured["fetched"] == []
    assert measured["foreign"] == 0
    assert measured["small"] == 0


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "<script>window.ran=1;document.title='ran'</script>",
        '"><img src=https://example.org/x onerror="document.title=\'ran\'">',
        "</style></bdi></details><style>*{background:url(https://example.org/y)}</style>",
        "سامي \u202e \u2066 " * 20,
    ],
    ids=["very-long-word", "script", "image", "closing-tags", "right-to-left"],
)
def test_hostile_case_text_neither_runs_nor_fetches_nor_sticks_out(
    chromium: str, founding: Case, tmp_path: Path, text: str
) -> None:
    claims = tuple(
        msgspec.structs.replace(claim, text=text, words=text, note=text)
        for claim in founding.claims
    )
    case = msgspec.structs.replace(founding, title=text, claims=claims)
    measured = _measured(chromium, tmp_path, _report(case), 360)
    assert measured["scroll"] <= measured["width"]
    assert measured["out"] == []
    assert measured["fetched"] == []
    assert measured["foreign"] == 0
    assert measured["ran"] is False


def test_it_prints_with_the_innocent_explanations_even_if_they_were_folded(
    chromium: str, root: Path, tmp_path: Path
) -> None:
    to_text = shutil.which("pdftotext")
    if to_text is None:
        pytest.skip("needs pdftotext (Debian: apt install poppler-utils)")
    case = read_case((root / "examples/planted/overlap.yaml").read_bytes()).case
    folded = _report(case).replace('<details class="repairs" open>', '<details class="repairs">')
    page, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
    page.write_text(folded, encoding="utf-8")
    _run(chromium, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    printed = subprocess.run([to_text, str(pdf), "-"], capture_output=True, text=True, check=True)
    assert "The month in c2 is off by one" in printed.stdout
    assert "Not checked, and why" in printed.stdout
