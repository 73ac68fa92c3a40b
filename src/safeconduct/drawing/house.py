"""The house style of drawings: colours by role, type sizes, and the small parts that all share.

Colours are those of the HTML report; no colour means anything by itself, so grey says the same.
Roles are written as presentation attributes (paper white) and as classes, which the drawing's own
style element turns for screens, light and dark. docs/explanation/house-style.md has the figures.
"""

from collections.abc import Iterable

from safeconduct.drawing.svg import Node, Value, local_id, node
from safeconduct.drawing.text import ascent, descent, directed, width_of

FAMILY = "DejaVu Sans, Bitstream Vera Sans, Verdana, sans-serif"
"""Where the shipped face is missing, faces of the same or smaller widths stand in."""

BODY, SMALL = 11.5, 10.5
"""Type sizes in pixels at the drawing's own width."""

HALO = 2.6
"""Pixels around a letter on a map. What renders a PDF strokes letter by letter: a wider halo would
eat into the letter before."""

PRINT = {
    "paper": "#ffffff",
    "panel": "#f3f1eb",
    "ink": "#1e2427",
    "quiet": "#535d63",
    "accent": "#1d5164",
    "line": "#c9c7bf",
    "edge": "#757b7e",
}
LIGHT = {**PRINT, "paper": "#fcfbf8"}
DARK = {
    "paper": "#15191b",
    "panel": "#1e2427",
    "ink": "#e5e6e2",
    "quiet": "#a8b1b5",
    "accent": "#93c9dc",
    "line": "#3a4246",
    "edge": "#7f898e",
}

Attributes = dict[str, Value]


def paint(fill: str | None = None, stroke: str | None = None, width: float = 1.0) -> Attributes:
    """Attributes that fill and stroke with colours of these roles; None paints nothing."""
    classes = [f"sc-f-{fill}"] if fill else []
    found: Attributes = {"fill": PRINT[fill] if fill else "none"}
    if stroke:
        classes.append(f"sc-s-{stroke}")
        found |= {"stroke": PRINT[stroke], "stroke-width": width}
    return {"class": " ".join(classes), **found} if classes else found


def also(attributes: Attributes, name: str) -> Attributes:
    """The same with one class more, by which tests and pages find the element."""
    classes = f"{attributes.get('class', '')} {name}".strip()
    return {**attributes, "class": classes}


def style() -> Node:
    """The colours of screens; print and whatever ignores styles keeps the attributes."""
    return node("style", {}, _rules("screen", LIGHT), _rules(_DARK_SCREEN, DARK))


_DARK_SCREEN = "screen and (prefers-color-scheme: dark)"


def _rules(media: str, palette: dict[str, str]) -> str:
    rules = "".join(
        f".sc-f-{role}{{fill:{colour}}}.sc-s-{role}{{stroke:{colour}}}"
        for role, colour in palette.items()
    )
    return f"@media {media}{{{rules}}}"


def text(
    x: float,
    baseline: float,
    words: str,
    *,
    size: float = BODY,
    bold: bool = False,
    role: str = "ink",
    anchor: str = "start",
    halo: bool = False,
    name: str = "",
) -> Node:
    """One line of text. With `halo` it stands out from what is behind it."""
    painted = paint(role, "paper", HALO) if halo else paint(role)
    attributes: Attributes = {**painted, "x": x, "y": baseline, "font-size": size}
    if halo:
        attributes |= {"paint-order": "stroke", "stroke-linejoin": "round"}
    if bold:
        attributes["font-weight"] = "700"
    if anchor != "start":
        attributes["text-anchor"] = anchor
    return node("text", also(attributes, name) if name else attributes, directed(words))


def cleared(
    x: float,
    baseline: float,
    words: str,
    *,
    size: float = BODY,
    bold: bool = False,
    role: str = "ink",
    name: str = "",
) -> tuple[Node, Node]:
    """One line of text on a ground of its own, so that no line behind it runs between words."""
    top, bottom = baseline - 0.8 * ascent(size), baseline + descent(size)
    box: Attributes = {"x": x - 1.5, "y": top, "height": bottom - top}
    ground = {**paint("paper"), **box, "width": width_of(words, size, bold) + 3}
    line = text(x, baseline, words, size=size, bold=bold, role=role, name=name)
    return node("rect", ground), line


def badge(x: float, y: float, mark: str, name: str = "badge") -> tuple[Node, Node]:
    """A filled disc around (x, y) with a short mark in it."""
    disc = node(
        "circle", also({**paint("accent"), "cx": x, "cy": y, "r": badge_radius(mark)}, name)
    )
    size = 8.5
    line = text(x, y + 3.1, mark, size=size, bold=True, role="paper", anchor="middle")
    return disc, line


def badge_radius(mark: str) -> float:
    """How large a badge is for its mark; so large at most that rows of claims keep them apart."""
    half = width_of(mark, 8.5, True) / 2
    return max(6.5, min(half + 2.5, 8.4), half + 1)


def hatch(prefix: str, name: str, role: str, *, falling: bool = False) -> Node:
    """A pattern of slanted lines; `falling` slants the other way, so that grey tells them apart."""
    d = "M-1,1 l2,-2 M0,5 l5,-5 M4,6 l2,-2" if not falling else "M-1,4 l2,2 M0,0 l5,5 M4,-1 l2,2"
    lines = node("path", {**paint(None, role, 0.8 if falling else 1.1), "d": d})
    box: Attributes = {"id": local_id(prefix, name), "width": 5, "height": 5}
    return node("pattern", {**box, "patternUnits": "userSpaceOnUse"}, lines)


def dots(prefix: str, name: str, role: str) -> Node:
    """A pattern of dots on a light ground."""
    box: Attributes = {"width": 6, "height": 6}
    ground = node("rect", {**paint("line"), **box, "fill-opacity": 0.5})
    dot = node("circle", {**paint(role), "cx": 3, "cy": 3, "r": 0.7})
    named: Attributes = {"id": local_id(prefix, name), **box, "patternUnits": "userSpaceOnUse"}
    return node("pattern", named, ground, dot)


def drawing(
    prefix: str,
    size: tuple[float, float],
    words: tuple[str, str, str],
    patterns: Iterable[Node],
    parts: Iterable[Node],
) -> Node:
    """The outermost element. `words`: language, title, and a description of all that is drawn."""
    width, height = size
    lang, title, description = words
    names = {part: local_id(prefix, part) for part in ("title", "desc")}
    attributes: Attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "role": "img",
        "lang": lang,
        "aria-labelledby": f"{names['title']} {names['desc']}",
        "viewBox": f"0 0 {_whole(width)} {_whole(height)}",
        "width": _whole(width),
        "height": _whole(height),
        "font-family": FAMILY,
    }
    return node(
        "svg",
        attributes,
        node("title", {"id": names["title"]}, title),
        node("desc", {"id": names["desc"]}, description),
        style(),
        node("defs", {}, *patterns),
        node("rect", {**paint("paper"), "width": _whole(width), "height": _whole(height)}),
        *parts,
    )


def line_height(size: float) -> float:
    """From one line's foot to the next."""
    return ascent(size) + descent(size) + 1.0


def _whole(length: float) -> int:
    return int(length + 0.999)
