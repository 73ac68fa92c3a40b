"""A file that somebody wrote by hand → a value of its form, or where it is wrong and what goes.

It reads the plain part of YAML, and knows no form by itself: what each place takes is handed in.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

import msgspec

from safeconduct.casefile.errors import SafeconductError
from safeconduct.casefile.yamltree import (
    FileMistaken,
    Mapping,
    Mistake,
    Node,
    Scalar,
    decode,
    parse,
    shown,
)

Form = TypeVar("Form", bound=msgspec.Struct)
Place = tuple[str | int, ...]
"""Where a value stands: `("leaves_out", 0, "part")`."""
_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_AT = re.compile(r" - at (?:`key` in )?`\$([^`]*)`$")
_KEY = re.compile(r"unknown field `([^`]*)`")
_MOST_SHOWN = 20


class NotOfTheForm(SafeconductError):
    """A file that is not of its form; a line for each mistake, with its place."""


class Fault(NamedTuple):
    """What is wrong with a value, where, and what is accepted there."""

    place: Place
    found: str
    accepted: str


class Faults(ValueError):
    """What a form says of its own values when it is made."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{located(one.place)}{one.found}" for one in self.faults))


def located(place: Place) -> str:
    """A place as it is told, with a colon: `leaves_out[0].part: `; nothing for the whole."""
    steps = (f"[{one}]" if isinstance(one, int) else f".{one}" for one in place)
    told = "".join(steps).lstrip(".")
    return f"{told}: " if told else ""


def read_written(
    data: bytes, form: type[Form], accepted: Callable[[Place], str], whole: str
) -> Form:
    """YAML → a value of the form. Raises NotOfTheForm.

    `accepted`: what goes at a place; `whole`: what the file should hold, where it holds nothing.
    """
    lines = data.decode("utf-8-sig", "replace").splitlines()
    if all(not line.strip() or line.lstrip().startswith("#") for line in lines):
        raise NotOfTheForm(f"an empty file; accepted: {whole}")
    try:
        tree = parse(decode(data))
    except FileMistaken as error:
        raise NotOfTheForm("\n".join(_told(one) for one in error.mistakes[:_MOST_SHOWN])) from None
    if not isinstance(tree, Mapping):
        raise NotOfTheForm(f"1:1: a list or a text; accepted: {whole}")
    try:
        return msgspec.convert(_plain(tree), form, strict=False)
    except msgspec.ValidationError as error:
        faults = _faults(error, tree, accepted)
        raise NotOfTheForm("\n".join(_at(tree, one) for one in faults[:_MOST_SHOWN])) from None


def _plain(node: Node) -> Any:
    """Texts as they are written: YAML's own guesses (`no`, a date, `007`) change nothing."""
    if isinstance(node, Scalar):
        return None if node.plain and node.value in ("", "null", "~") else node.value
    if isinstance(node, Mapping):
        return {key.value: _plain(value) for key, value in node.entries}
    return [_plain(one) for one in node.items]


def _faults(
    error: msgspec.ValidationError, tree: Mapping, accepted: Callable[[Place], str]
) -> tuple[Fault, ...]:
    if isinstance(error.__cause__, Faults):
        return error.__cause__.faults
    message = str(error)
    path = _AT.search(message)
    place = _followed(tree, _place(path.group(1)) if path else ())
    takes = accepted(place)
    if key := _KEY.search(message):
        place = _followed(tree, (*place, key.group(1)))
    found = shown(_AT.sub("", message), most=120)
    return (Fault(place, found[:1].lower() + found[1:], takes),)


def _place(path: str) -> Place:
    """`.leaves_out[0].part` → its steps; a key of a mapping (`[...]`) is where the mapping is."""
    steps: list[str | int] = []
    for name, number in _STEP.findall(path):
        if number == "...":
            break
        steps.append(name or int(number))
    return tuple(steps)


def _followed(tree: Node, place: Place) -> Place:
    """The part of a place that is in the tree."""
    for length, _ in enumerate(place):
        if _node(tree, place[: length + 1]) is None:
            return place[:length]
    return place


def _node(tree: Node, place: Place) -> Node | None:
    node: Node | None = tree
    for step in place:
        if isinstance(step, str):
            node = node.get(step) if isinstance(node, Mapping) else None
        elif node is None or isinstance(node, Scalar | Mapping):
            return None
        else:
            node = node.items[step] if step < len(node.items) else None
    return node


def _at(tree: Mapping, fault: Fault) -> str:
    span = (_node(tree, _followed(tree, fault.place)) or tree).span
    found = f"{located(fault.place)}{fault.found}"
    return _told(Mistake(span.line + 1, span.column + 1, found, fault.accepted))


def _told(mistake: Mistake) -> str:
    return f"{mistake.line}:{mistake.column}: {mistake.found}; accepted: {mistake.accepted}"
