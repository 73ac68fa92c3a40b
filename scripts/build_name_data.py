"""Builds the shipped name tables and their certificates from openly licensed packages.

    python -m scripts.build_name_data           fetch, build, write
    python -m scripts.build_name_data --check   build again and compare with what is shipped

Two tables in `src/safeconduct/names/data`: `variants` (spelling → groups) and `rarity` (folded
name → share of persons and roles). The same packages give the same bytes. `rarity` is keyed by
`folded`, so it must be built again when folding changes; its certificate holds the proof.
"""

import argparse
import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from scripts.name_rarity import rarity_rows
from scripts.name_sources import SOURCES, Source, data_sha256, fetched
from scripts.name_variants import DIMINUTIVES, gathered

from safeconduct.names.data.tables import Table, packed
from safeconduct.names.rarity import folding_proof

OUT = Path(__file__).resolve().parent.parent / "src/safeconduct/names/data"
AS_OF = "2026-11"  # when the packages were fetched; their files bear various dates

TITLES = {
    "variants": "Spellings and diminutives of personal names",
    "rarity": "How common name tokens are",
}
COMPLETENESS = {
    "variants": (
        "Spellings in Latin, Cyrillic, Arabic, Hebrew, Armenian, Georgian and Greek letters, where "
        "a group holds more than folding makes equal. Wikidata's name items are made by hand and "
        "uneven; a form that is not found may well be a name."
    ),
    "rarity": (
        "Estimates, not a census. Russian shares from some four million names (russiannames), "
        "Ukrainian ones taken from their Russian counterparts; Arabic, Persian and Urdu ones from "
        "persons in Wikidata; others from published lists, the short ones without weights. Names "
        "that are not found are rare or of a population that no source covers."
    ),
}


def certificate(
    name: str, data: bytes, rows: int, unpacked: Path, variants: bytes
) -> dict[str, object]:
    """The birth certificate of a built table, in the form that reference data have."""
    used = [source for source in SOURCES if name in USED[source.package]]
    extra: dict[str, object] = {}
    if name == "variants":
        extra["east_slavic_diminutives_sha256"] = sha256(DIMINUTIVES.read_bytes()).hexdigest()
    else:
        extra["folding_proof"] = folding_proof(Table(variants))
    return {
        "schema": "safeconduct/certificate/1",
        "id": f"name-{name}",
        "kind": "names",
        "title": TITLES[name],
        "origin": "; ".join(f"{source.package} {source.version}" for source in used),
        "licence": "; ".join(sorted({source.licence for source in used})),
        "as_of": AS_OF,
        "rows": rows,
        "completeness": COMPLETENESS[name],
        "sha256": sha256(data).hexdigest(),
        **extra,
        "sources": {source.package: _stated(source, unpacked) for source in used},
    }


USED = {
    "rigour": ("variants", "rarity"),
    "russiannames": ("rarity",),
    "names-translator": ("variants", "rarity"),
    "arabic-name-romanizer": ("variants", "rarity"),
    "nicknames": ("variants",),
    "faker": ("rarity",),
    "mimesis": ("rarity",),
}


def _stated(source: Source, unpacked: Path) -> dict[str, str]:
    return {
        "version": source.version,
        "licence": source.licence,
        "wheel_sha256": source.wheel_sha256,
        "data": source.data,
        "data_sha256": data_sha256(unpacked, source),
    }


def built(unpacked: Path) -> dict[str, bytes]:
    """File name → bytes, of both tables and both certificates."""
    files: dict[str, bytes] = {}
    tables: dict[str, list[tuple[str, Sequence[int]]]] = {
        "variants": list(gathered(unpacked).rows()),
        "rarity": list(rarity_rows(unpacked)),
    }
    for name, rows in tables.items():
        data = packed(rows)
        files[f"{name}.bin"] = data
        stated = certificate(name, data, len(rows), unpacked, files["variants.bin"])
        text = json.dumps(stated, ensure_ascii=False, indent=2) + "\n"
        files[f"{name}.certificate.json"] = text.encode()
    return files


def main() -> None:
    """Writes the four files, or says which of them differ from a fresh build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if bytes differ")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    files = built(fetched())
    if args.check:
        differing = [name for name, data in files.items() if _shipped(args.out / name) != data]
        print("different: " + ", ".join(differing) if differing else "the same bytes")
        raise SystemExit(bool(differing))
    for name, data in files.items():
        (args.out / name).write_bytes(data)
        print(f"{name}: {len(data)} bytes")


def _shipped(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


if __name__ == "__main__":
    main()
