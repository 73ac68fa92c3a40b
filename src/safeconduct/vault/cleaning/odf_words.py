"""Attributes and texts of an OpenDocument part: kept, renamed, left out or told.

Names of styles, marks and sections are exchanged for ours, in all places alike. What consists of
numbers, colours and the standard's own words is kept; what is neither is told.
"""

import re
from collections.abc import Collection

import msgspec

from safeconduct.vault.cleaning.formulas import says_nothing
from safeconduct.vault.cleaning.markup import Element, local
from safeconduct.vault.cleaning.plain import is_common_font, is_plain
from safeconduct.vault.cleaning.results import Staying
from safeconduct.vault.cleaning.told import Names, Told
from safeconduct.vault.cleaning.vocabulary import listed, names, odf

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HREF = "{http://www.w3.org/1999/xlink}href"
_DROPPED = listed("odf-dropped")
_STYLE_NAMES = listed("odf-style-names")
_FONTS = re.compile(r"font-(?:family|name)(?:-asian|-complex)?")
_FONT_NAMES = ("font-name", "font-name-asian", "font-name-complex")
_OF_PROGRAMS = re.compile(r"[A-Za-z]{1,3}[0-9]{1,5}")
_DAY = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]{8,18})?|PT[0-9]{1,4}H[0-9]{2}M[0-9.]{2,12}S"
)
# Prefixes, suffixes and signs of lists and notes, as a page shows them.
_SHOWN = {"num-prefix", "num-suffix", "bullet-char", "currency", "style-char"}
_CELLS = listed("odf-cells")


class Part(msgspec.Struct, kw_only=True):
    """What is known while one part is read: `seen` is what a reader of a workbook sees."""

    names: Names
    told: Told
    seen: Collection[str] = ()
    sheet: bool = False
    pictures: dict[str, str]

    def picture(self, name: str) -> str:
        """The name that a picture gets; those that nothing shows get none."""
        end = name.rpartition(".")[2].lower()
        known = end if end in listed("kinds-ends") or end == "svm" else "bin"
        return self.pictures.setdefault(name, f"Pictures/{len(self.pictures) + 1}.{known}")


def attribute(one: Element, name: str, value: str, part: Part) -> str | None:
    """An attribute's value in the copy, or None where the copy has none."""
    plain = local(name)
    if name == _XML_ID:
        return part.names.given("id", value)
    if name == HREF:
        return _led(one, value, part)
    if not odf().has_attribute(name) or not name.startswith("{") or plain in _DROPPED:
        return None
    if name == f"{_DRAW}name" and local(one.tag) not in listed("odf-drawn") | {"page"}:
        return None
    if plain == "display-name":
        return value if value.lower() in names("styles") else None
    renamed = _renamed(one, name, value, part)
    if renamed is not None:
        return renamed
    if not _is_known(one, plain, value, part):
        formula = plain in _CELLS
        kind = Staying.FORMULA if formula else Staying.UNSEEN_TEXT
        kind = Staying.FONT_NAME if _FONTS.fullmatch(plain) else kind
        part.told.word(f"{local(one.tag)}@{plain}", kind)
    return value


def _led(one: Element, value: str, part: Part) -> str | None:
    if value.removeprefix("./").startswith("Pictures/"):
        return part.picture(value.removeprefix("./"))
    if value.startswith("#"):
        # A mark within the text, some of which say of what kind they are.
        mark, _, kind = value[1:].partition("|")
        end = f"|{kind}" if kind in ("outline", "table", "frame", "region", "graphic") else ""
        return f"#{part.names.given('name', mark)}{end}"
    if local(one.tag) == "a":
        part.told.staying.add(Staying.LINK)
        return value
    part.told.removed.add("outside-source")
    return ""


def _renamed(one: Element, name: str, value: str, part: Part) -> str | None:
    """The name of ours that stands for one of theirs; None where it is no name."""
    tag, plain = local(one.tag), local(name)
    is_definition = name == f"{_STYLE}name" and tag != "font-face"
    if is_definition or plain in _STYLE_NAMES or plain.endswith(("style-name", "page-name")):
        return style_name(value, part)
    if plain in _FONT_NAMES or (tag, plain) == ("font-face", "name"):
        return value if is_common_font(value) else part.names.given("Font", value)
    if tag in listed("odf-drawn") and plain == "name":
        return style_name(value, part)
    if plain == "name" and name.startswith((TEXT, TABLE)) and not _is_seen_name(one, part):
        return part.names.given("name", value)
    if plain in ("ref-name", "continue-list", "continue-numbering-of"):
        return part.names.given("id" if plain == "continue-list" else "name", value)
    if plain == "name" and tag == "page":
        return part.names.given("name", value)
    if plain in ("shape-id", "id", "start-shape", "end-shape", "control", "targetElement"):
        return part.names.given("id", value)
    return None


def style_name(value: str, part: Part) -> str:
    """A style's name, unless it is one that programs bring along or count up."""
    plain = value.replace("_20_", " ").lower()
    if not value or plain in names("styles") or _OF_PROGRAMS.fullmatch(value):
        return value
    return part.names.given("Style", value)


def _is_seen_name(one: Element, part: Part) -> bool:
    """Sheets are called by names that a reader sees, and formulas call what has a name."""
    return part.sheet and local(one.tag) in ("table", "named-range", "named-expression")


def _is_known(one: Element, plain: str, value: str, part: Part) -> bool:
    if _FONTS.fullmatch(plain):
        return all(is_common_font(piece) for piece in value.split(","))
    if plain in _CELLS:
        return says_nothing(value, part.seen)
    if plain in _SHOWN:
        return len(value) <= 3
    if plain == "name" and local(one.tag) == "table":
        return True
    if plain in ("date-value", "time-value"):
        return _DAY.fullmatch(value) is not None
    return is_plain(value, odf().words, plain)


def text_stands(one: Element) -> bool:
    """May text stand in an element: is it, or is it within, a paragraph?"""
    while one is not None:
        if one.tag in (f"{TEXT}p", f"{TEXT}h"):
            return True
        one = one.getparent()
    return False
