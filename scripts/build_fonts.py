"""Copies the shipped faces and measures them, so that text is laid out without opening a font.

    npm pack dejavu-fonts-ttf@2.37.3 && tar xzf dejavu-fonts-ttf-2.37.3.tgz
    python -m scripts.build_fonts --package package

Source: the npm package `dejavu-fonts-ttf` 2.37.3 (Bitstream Vera and Arev licences). Needs
`fonttools`. The same input gives the same bytes.
"""

import argparse
import json
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from fontTools.ttLib import TTFont

OUT = Path(__file__).resolve().parent.parent / "src/safeconduct/drawing/fonts"
FACES = {"regular": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}

# Latin with all accents, Greek, Cyrillic (also Kazakh), Armenian, Hebrew, Arabic, Georgian,
# punctuation, currency, arrows and the geometric signs that drawings use.
RANGES = (
    (0x20, 0x24F),
    (0x250, 0x36F),
    (0x370, 0x52F),
    (0x531, 0x58F),
    (0x590, 0x5F4),
    (0x600, 0x6FF),
    (0x750, 0x77F),
    (0x10A0, 0x10FF),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
)
PRESENTATION_FORMS = range(0xFB50, 0xFEFD)


def widest_forms(widths: Mapping[int, int]) -> dict[int, int]:
    """For each Arabic letter the widest of its shapes: a bound, since joining needs an engine."""
    widest: dict[int, int] = {}
    for form in PRESENTATION_FORMS:
        decomposed = unicodedata.decomposition(chr(form)).split()
        if form in widths and len(decomposed) == 2 and decomposed[0].startswith("<"):
            letter = int(decomposed[1], 16)
            widest[letter] = max(widest.get(letter, 0), widths[form])
    return widest


def advances(font: TTFont) -> dict[int, int]:
    """Code point → advance width in font units, of the ranges above."""
    cmap, metrics = font.getBestCmap(), font["hmtx"].metrics
    widths = {code: int(metrics[glyph][0]) for code, glyph in cmap.items()}
    forms = widest_forms(widths)
    wanted = (code for first, last in RANGES for code in range(first, last + 1))
    return {
        # A mark that combines is set over its letter whatever advance the table states.
        code: 0 if unicodedata.combining(chr(code)) else max(widths[code], forms.get(code, 0))
        for code in wanted
        if code in widths
    }


def runs(widths: Mapping[int, int]) -> list[list[object]]:
    """Neighbouring code points as one run: [first code point, [advance, …]]."""
    found: list[tuple[int, list[int]]] = []
    for code, width in sorted(widths.items()):
        if found and found[-1][0] + len(found[-1][1]) == code:
            found[-1][1].append(width)
        else:
            found.append((code, [width]))
    return [[first, row] for first, row in found]


def measured(file: Path) -> dict[str, object]:
    """The metrics of one face."""
    font = TTFont(file)
    head, hhea = font["head"], font["hhea"]
    return {
        "units": int(head.unitsPerEm),
        "ascender": int(hhea.ascent),
        "descender": int(hhea.descent),
        "missing": int(font["hmtx"].metrics[".notdef"][0]),
        "runs": runs(advances(font)),
        "sha256": sha256(file.read_bytes()).hexdigest(),
    }


def build(package: Path, faces: Iterable[tuple[str, str]]) -> bytes:
    """The metrics file of the faces of an unpacked package."""
    metrics = {name: measured(package / "ttf" / file) for name, file in faces}
    return json.dumps(metrics, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", type=Path, required=True)
    package = parser.parse_args().package
    OUT.mkdir(parents=True, exist_ok=True)
    for file in FACES.values():
        shutil.copyfile(package / "ttf" / file, OUT / file)
    shutil.copyfile(package / "LICENSE", OUT / "LICENSE.txt")
    (OUT / "metrics.json").write_bytes(build(package, FACES.items()))
    print(f"{OUT}: {', '.join(FACES.values())}, metrics.json")


if __name__ == "__main__":
    main()
