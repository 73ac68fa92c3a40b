"""`make bench`: every measurement, with its bound where one is set."""

from bench import bench_gazetteer, startup, vetting

GAZETTEER = (
    ("open_ms", "opening the gazetteer", ""),
    ("first_lookup_ms", "the first lookup of a name", ""),
    ("later_lookup_ms", "a later lookup, median", "1 ms"),
    ("later_lookup_worst_ms", "a later lookup, the worst of 2,000", "1 ms"),
    ("country_at_ms", "the country of a point", ""),
)


def main() -> None:
    """Prints what was measured; a bound that is missed is printed, not hidden and not an error."""
    rows = [*startup.run(), *vetting.run()]
    measured = bench_gazetteer.run()
    rows += [
        (what, f"{measured[name]:.3f} ms (not calibrated)", bound)
        for name, what, bound in GAZETTEER
    ]
    size = (measured["gazetteer_bytes"] + measured["countries_bytes"]) / 2**20
    rows.append(("gazetteer and countries on disk", f"{size:.1f} MiB", ""))
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    for row in rows:
        print(" | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)))


if __name__ == "__main__":
    main()
