"""Figures of both sides, beside each other, as text."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bench.screening.figures import Figure


class Table(NamedTuple):
    """A table of text: a heading, the names of its columns, and rows of as many cells."""

    heading: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    note: str = ""


def beside(heading: str, sides: dict[str, list[Figure]], note: str = "") -> Table:
    """One row a figure, one column a side, and the ratio of the second side to the first."""
    kinds = {one.what: one for found in sides.values() for one in found}
    values = {name: {one.what: one.value for one in found} for name, found in sides.items()}
    columns = ("", *sides, "ratio") if len(sides) == 2 else ("", *sides)
    rows = [
        (what, *_cells(one, [values[name].get(what) for name in sides]))
        for what, one in kinds.items()
    ]
    return Table(heading, columns, rows, note)


def _cells(figure: Figure, values: Sequence[float | None]) -> Iterable[str]:
    yield from (written(value, figure.form) for value in values)
    if len(values) == 2:
        first, second = values
        yield f"{second / first:.3g} ×" if first and second is not None else ""


def written(value: float | None, form: str) -> str:
    """A figure as it is read."""
    if value is None:
        return "-"
    forms = {
        "share": f"{value:.3f}",
        "count": f"{value:.3f}",
        "whole": f"{value:,.0f}",
        "ms": f"{value:.3g} ms",
        "seconds": f"{value:.3g} s",
        "rate": f"{value:,.0f} /s" if value >= 10 else f"{value:.2f} /s",
        "mib": f"{value:,.0f} MiB",
    }
    return forms[form]


def text(table: Table) -> str:
    """The table for a terminal and for a page of Markdown."""
    rows = [table.columns, *table.rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.columns))]
    lines = [
        "| "
        + " | ".join(
            _padded(cell, width, first=not i)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    rule = (
        "|" + "|".join("-" * (w + 1) + ("-" if not i else ":") for i, w in enumerate(widths)) + "|"
    )
    note = f"\n{table.note}\n" if table.note else ""
    return "\n".join([f"## {table.heading}", note, lines[0], rule, *lines[1:], ""])


def _padded(cell: str, width: int, *, first: bool) -> str:
    return cell.ljust(width) if first else cell.rjust(width)
