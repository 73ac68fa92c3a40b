"""A value → the lines or the bracketed text with which YAML writes it, in the habits of a file."""

from collections.abc import Mapping, Sequence
from typing import Any

from safeconduct.casefile.edit_lines import Habits
from safeconduct.casefile.edit_scalars import block, inline

Value = Any
"""A text, number, truth value or None; a list of values; a mapping from texts to values."""

# A list of short words stands on one line: citizenships: [RU, KZ].
_SHORT = 60


def is_mapping(value: Value) -> bool:
    """Is it written with keys?"""
    return isinstance(value, Mapping)


def is_list(value: Value) -> bool:
    """Is it written as a list?"""
    return isinstance(value, Sequence) and not isinstance(value, str)


def in_flow(value: Value) -> str:
    """The value within brackets and braces, on one line. Raises ValueError as `inline` does."""
    if is_mapping(value):
        return "{" + ", ".join(in_flow_entry(key, one) for key, one in value.items()) + "}"
    if is_list(value):
        return "[" + ", ".join(in_flow(one) for one in value) + "]"
    return inline(value, flow=True)


def in_flow_entry(key: str, value: Value) -> str:
    """A key with its value, as it stands between braces."""
    return f"{inline(key, flow=True)}: {in_flow(value)}"


def on_one_line(value: Value) -> str:
    """The value on one line, outside of brackets."""
    return in_flow(value) if is_mapping(value) or is_list(value) else inline(value)


def prefers_lines(value: Value) -> bool:
    """Is it a mapping or list that reads better with a line for each part?"""
    if is_mapping(value):
        return bool(value)
    if not is_list(value) or not value:
        return False
    short = all(not is_mapping(one) and not is_list(one) for one in value)
    return not (short and len(in_flow(value)) <= _SHORT)


def lines_of(value: Value, column: int, habits: Habits) -> list[str]:
    """The lines of a mapping or list with one part or more, indented to `column`."""
    if is_mapping(value):
        return [
            line for key, one in value.items() for line in entry_lines(key, one, column, habits)
        ]
    return [line for one in value for line in item_lines(one, column, habits)]


def entry_lines(key: str, value: Value, column: int, habits: Habits) -> list[str]:
    """The lines of one key with its value; the key stands in `column`."""
    head = " " * column + inline(key) + ":"
    if prefers_lines(value):
        by = habits.step if is_mapping(value) else habits.dash
        return [head, *lines_of(value, column + by, habits)]
    header, *rest = text_lines(value, column + habits.step)
    return [f"{head} {header}", *rest]


def item_lines(value: Value, column: int, habits: Habits) -> list[str]:
    """The lines of one item of a list; its dash stands in `column`."""
    inner = column + habits.gap
    dash = " " * column + "-" + " " * (habits.gap - 1)
    if prefers_lines(value):
        first, *rest = lines_of(value, inner, habits)
        return [dash + first[inner:], *rest]
    header, *rest = text_lines(value, inner)
    return [dash + header, *rest]


def text_lines(value: Value, column: int) -> list[str]:
    """One line; or, for a text of several, the header of a block scalar and its indented lines."""
    several = block(value) if isinstance(value, str) else None
    if several is None:
        return [on_one_line(value)]
    pad = " " * column
    return [several.header, *(pad + line if line else "" for line in several.lines)]
