"""The dossier: composed and rendered, beside WeasyPrint, for 400 claims, a thousand with memory.

WeasyPrint is a peer of this measurement alone. It gets an environment of its own below `build/`,
made by uv where a package registry can be reached, and needs Debian's pango; where either is
missing, the row says so. It renders the same composed content and drawings, written as HTML.
"""

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from bench.calibrate import best, calibrated, loop
from bench.cases import synthetic
from bench.dossier_html import as_html
from bench.vetting import resident_mib
from safeconduct.casefile.case import Case
from safeconduct.casefile.findings import Vetting
from safeconduct.casefile.reading import read_case
from safeconduct.checks.kinds import load_references
from safeconduct.checks.material import References
from safeconduct.checks.vetting import laid_out, vet
from safeconduct.dossier.drawn import printed_conflicts, printed_drawings
from safeconduct.dossier.typeset.composing import compose
from safeconduct.dossier.typeset.rendering import dossier_pdf
from safeconduct.wording.language import Language, language

ON = date(2024, 11, 2)
ROOT = Path(__file__).parent.parent
FOUNDING = ROOT / "examples" / "alexander" / "case.yaml"
PEER = ROOT / "build" / "bench-weasyprint"
MANY = 1000
SHOWN_AT = (100, 250, 500, 1000)
UNKNOWN = "not measured"


def run() -> list[tuple[str, str, str]]:
    """(what, figure, bound) for each measurement."""
    return list(rows())


def rows() -> Iterator[tuple[str, str, str]]:
    """The same, each as soon as it is measured: the thousand dossiers take minutes."""
    references, words = load_references(None), language("en")
    case = read_case(FOUNDING.read_bytes()).case
    yield from _founding(case, references, words)
    yield from _large(references, words)
    yield from _thousand()


def drawn(case: Case, vetting: Vetting, references: References, words: Language) -> dict[str, str]:
    """The drawings as the command places them."""
    layout = laid_out(case, references)
    return printed_drawings(layout, vetting, words)


def whole(case: Case, vetting: Vetting, references: References, words: Language) -> bytes:
    """From a vetting to the bytes of the PDF, the drawings among it."""
    layout = laid_out(case, references)
    return dossier_pdf(
        case,
        vetting,
        words,
        drawings=printed_drawings(layout, vetting, words),
        conflicts=printed_conflicts(layout, vetting, words),
    )


def _founding(
    case: Case, references: References, words: Language
) -> Iterator[tuple[str, str, str]]:
    vetting = vet(case, references, on=ON)
    drawings = drawn(case, vetting, references, words)
    rendered = partial(dossier_pdf, case, vetting, words, drawings=drawings)
    size = len(rendered())
    unit = best(loop)
    ours = best(rendered)
    all_of_it = calibrated(best(partial(whole, case, vetting, references, words)), unit)
    figure = f"{calibrated(ours, unit) * 1000:.0f} ms"
    yield ("compose and render the founding case, warm", figure, "500 ms")
    yield ("the same with its drawings drawn anew", f"{all_of_it * 1000:.0f} ms", "500 ms")
    yield ("its size", f"{size / 1000:.0f} kB", "")
    document = compose(case, vetting, words, drawings)
    theirs = weasyprint_seconds(as_html(document))
    if isinstance(theirs, str):
        yield ("WeasyPrint, the same content", f"{UNKNOWN}: {theirs}", "")
        return
    spent = f"{calibrated(theirs, unit) * 1000:.0f} ms"
    yield ("WeasyPrint, the same content, tagged, warm", spent, "")
    yield ("ours to WeasyPrint", f"{ours / theirs:.2f}", "")


def _large(references: References, words: Language) -> Iterator[tuple[str, str, str]]:
    case = read_case(synthetic(400, 1)).case
    vetting = vet(case, references, on=ON)
    unit = best(loop)
    drawing = calibrated(best(partial(drawn, case, vetting, references, words), 3), unit)
    yield ("draw a case of 400 claims", f"{drawing:.2f} s", "2 s")
    size = len(whole(case, vetting, references, words))
    unit = best(loop)
    all_of_it = calibrated(best(partial(whole, case, vetting, references, words), 3), unit)
    figure = f"{all_of_it:.2f} s, {len(vetting.findings)} findings, {size / 1e6:.1f} MB"
    yield ("the whole dossier of 400 claims with its drawings", figure, "2 s")


def _thousand() -> Iterator[tuple[str, str, str]]:
    """In a process of its own: what came before would count as its memory."""
    program = "from bench.dossier import thousand; thousand()"
    command = [sys.executable, "-u", "-c", program]
    memory = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            number, spent, resident = json.loads(line)
            memory.append(resident)
            figure = f"{spent * 1000:.0f} ms each, {resident:.0f} MiB"
            yield (f"{number} dossiers of 30 claims, from the case file on", figure, "")
    if len(memory) == len(SHOWN_AT):
        grown = f"{memory[-1] - memory[0]:+.1f} MiB"
        yield (f"memory from {SHOWN_AT[0]} to {MANY} dossiers", grown, "flat")


def thousand() -> None:
    """Prints number, calibrated seconds a dossier and MiB as JSON at each mark."""
    references, words = load_references(None), language("en")
    unit = best(loop)
    start = time.perf_counter()
    for number in range(1, MANY + 1):
        case = read_case(synthetic(30, number)).case
        whole(case, vet(case, references, on=ON), references, words)
        if number in SHOWN_AT:
            gc.collect()
            spent = calibrated(time.perf_counter() - start, unit) / number
            print(json.dumps([number, spent, resident_mib()]))


def weasyprint_seconds(page: str) -> float | str:
    """Seconds of the fastest of three renderings behind one to warm up; or why there are none."""
    python = PEER / "bin" / "python"
    if not python.exists():
        uv = ROOT / ".venv" / "bin" / "uv"
        for command in (
            [str(uv), "venv", "--quiet", str(PEER)],
            [str(uv), "pip", "install", "--quiet", "--python", str(python), "weasyprint"],
        ):
            made = subprocess.run(command, capture_output=True, text=True, check=False)
            if made.returncode:
                return made.stderr.strip().splitlines()[-1]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        ran = subprocess.run(
            [str(python), "-c", PROGRAM, str(file)], capture_output=True, text=True, check=False
        )
    if ran.returncode:
        return (ran.stderr.strip().splitlines() or ["it failed"])[-1]
    return float(json.loads(ran.stdout.splitlines()[-1]))


PROGRAM = """
import json, sys, time
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
page = open(sys.argv[1], encoding="utf-8").read()
def render():
    start = time.perf_counter()
    HTML(string=page).write_pdf(font_config=FontConfiguration(), pdf_variant="pdf/ua-1")
    return time.perf_counter() - start
render()
print(json.dumps(min(render() for _ in range(3))))
"""


def main() -> None:
    """Prints what was measured; a bound that is missed is printed, not hidden and not an error."""
    for what, figure, bound in rows():
        print(f"{what} | {figure} | {bound}", flush=True)


if __name__ == "__main__":
    main()
