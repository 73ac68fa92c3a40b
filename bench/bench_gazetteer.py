"""Measures the gazetteer: size, opening, first and later lookups, import; run it by itself.

    python bench/bench_gazetteer.py

Each cold figure comes from fresh interpreters, the later ones from one; times in milliseconds.
"""

import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
RUNS = 9
NAMES = ("Армянск", "Kirov", "Уральск", "Bagrationovsk", "Октябрьский", "Ալմաթի", "no such town")

_COLD = """
import sys, time
sys.path.insert(0, {src!r})
import msgspec, mmap, pathlib
start = time.perf_counter()
from safeconduct.geo.gazetteer import shipped_gazetteer
imported = time.perf_counter()
gazetteer = shipped_gazetteer()
opened = time.perf_counter()
gazetteer.lookup("Армянск")
print(imported - start, opened - imported, time.perf_counter() - opened)
"""


def _cold() -> tuple[float, float, float]:
    code = _COLD.format(src=str(ROOT / "src"))
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    imported, opened, first = (float(part) * 1000 for part in done.stdout.split())
    return imported, opened, first


def run() -> dict[str, float]:
    """Figures by name: bytes, and milliseconds (medians of several runs; `_worst` the greatest)."""
    from safeconduct.geo.countries import shipped_countries
    from safeconduct.geo.gazetteer import shipped_gazetteer
    from safeconduct.geo.shipped import shipped_file

    cold = [_cold() for _ in range(RUNS)]
    gazetteer, countries = shipped_gazetteer(), shipped_countries()
    names = [*NAMES, *(place.name for place in list(gazetteer.places())[:: len(gazetteer) // 2000])]
    later = []
    for name in names:
        start = perf_counter()
        gazetteer.lookup(name)
        later.append((perf_counter() - start) * 1000)
    points = [(46.1, 33.7), (51.2, 51.4), (55.75, 37.6), (43.0, 34.0), (54.39, 20.64)] * 20
    start = perf_counter()
    for lat, lon in points:
        countries.at(lat, lon)
    return {
        "gazetteer_bytes": float(shipped_file("gazetteer").stat().st_size),
        "countries_bytes": float(shipped_file("countries").stat().st_size),
        "import_ms": round(median(one[0] for one in cold), 3),
        "open_ms": round(median(one[1] for one in cold), 3),
        "first_lookup_ms": round(median(one[2] for one in cold), 3),
        "later_lookup_ms": round(median(later), 4),
        "later_lookup_worst_ms": round(max(later), 3),
        "country_at_ms": round((perf_counter() - start) * 1000 / len(points), 3),
    }


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    print(json.dumps(run(), indent=2))
