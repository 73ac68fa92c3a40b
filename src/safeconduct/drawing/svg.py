"""A small writer of SVG that can hold nothing but drawings.

Text is escaped, elements and attributes come from a list, numbers have at most two decimals and
attributes one order. There is no way to write a script, a link, a picture from elsewhere or a
`style` attribute. It knows nothing of what is drawn.
"""

import re
from collections.abc import Iterable, Mapping

import msgspec

from safeconduct.casefile.errors import SafeconductError

ELEMENTS = frozenset(
    [
        "svg",
        "title",
        "desc",
        "g",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "path",
        "text",
        "tspan",
        "defs",
        "pattern",
        "clipPath",
        "style",
    ]
)
ATTRIBUTES = (
    *("xmlns", "id", "class", "role", "lang", "aria-labelledby", "viewBox", "width", "height"),
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "points", "d", "transform"),
    *("patternUnits", "clip-path", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width"),
    *("stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-opacity", "paint-order"),
    *("font-family", "font-size", "font-weight", "text-anchor", "direction", "data-claim"),
    *("data-box",),
)
"""In the order in which they are written. `data-claim` names the claim that an element shows."""

_ORDER = {name: place for place, name in enumerate(ATTRIBUTES)}
_ID = re.compile(r"[a-z][a-z0-9-]*")
_LOCAL = re.compile(r"url\(#[a-z][a-z0-9-]*\)")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})

Value = str | int | float


class NotADrawing(SafeconductError):
    """An element, attribute or identifier that no drawing of ours has: a mistake of ours."""

    exit_code = 1


class Node(msgspec.Struct, frozen=True):
    """One element: its name, its attributes as text, and the elements and texts in it."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Node | str", ...]


def node(name: str, attributes: Mapping[str, Value], *children: "Node | str") -> Node:
    """An element. Raises NotADrawing for what is not on the lists above."""
    if name not in ELEMENTS:
        raise NotADrawing(f"no element {name!r} in a drawing")
    for key, value in attributes.items():
        _refuse(key, value)
    ordered = sorted(attributes.items(), key=lambda pair: _ORDER[pair[0]])
    written = tuple((key, number(value)) for key, value in ordered)
    return Node(name, written, children)


def group(attributes: Mapping[str, Value], children: Iterable[Node]) -> Node:
    """A `g` with its children."""
    return node("g", attributes, *children)


def number(value: Value) -> str:
    """A number with at most two decimals and no "-0"; text as it is."""
    if isinstance(value, str):
        return value
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def points(pairs: Iterable[tuple[float, float]]) -> str:
    """The `points` of a polygon or polyline."""
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def written(drawing: Node) -> str:
    """The text of an element and all that is in it."""
    out: list[str] = []
    _write(drawing, out)
    return "".join(out)


def local_id(prefix: str, name: str) -> str:
    """An identifier that is its drawing's own, so that two drawings can stand in one page."""
    identifier = f"{prefix}-{name}"
    if not _ID.fullmatch(identifier):
        raise NotADrawing(f"{identifier!r} is no identifier of a drawing")
    return identifier


def _refuse(key: str, value: Value) -> None:
    if key not in _ORDER:
        raise NotADrawing(f"no attribute {key!r} in a drawing")
    if not isinstance(value, str):
        return
    if key == "id" and not _ID.fullmatch(value):
        raise NotADrawing(f"{value!r} is no identifier of a drawing")
    if "url(" in value and not _LOCAL.fullmatch(value):
        raise NotADrawing(f"{value!r} leads out of the drawing")


def _write(one: Node, out: list[str]) -> None:
    out.append(f"<{one.name}")
    out.extend(f' {key}="{value.translate(_ESCAPES)}"' for key, value in one.attributes)
    if not one.children:
        out.append("/>")
        return
    out.append(">")
    for child in one.children:
        if isinstance(child, str):
            out.append(child.translate(_ESCAPES))
        else:
            _write(child, out)
    out.append(f"</{one.name}>")
    if one.name in ("g", "text", "desc", "defs"):
        out.append("\n")
