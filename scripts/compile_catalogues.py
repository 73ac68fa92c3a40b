"""Compiles each catalogue (.po) to the form that is read at run time (.mo).

    python scripts/compile_catalogues.py

Both are kept; a test holds that they say the same.
"""

from pathlib import Path

import polib

CATALOGUES = Path(__file__).parent.parent / "src/safeconduct/wording/catalogues"


def compiled(source: Path) -> bytes:
    """The .mo form of a .po file; the same bytes for the same text."""
    catalogue = polib.pofile(str(source), encoding="utf-8", check_for_duplicates=True)
    return bytes(catalogue.to_binary())


def main() -> None:
    for source in sorted(CATALOGUES.glob("*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))
        print(f"{source.name} → {source.with_suffix('.mo').name}")


if __name__ == "__main__":
    main()
