"""Attributes and texts of a Word, Excel or PowerPoint part: kept, renamed, left out or told.

What consists of numbers, colours and the standard's own words is kept. Names that nobody sees are
exchanged for ours. What is neither, and cannot be left out without changing what is seen, is told.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache

import msgspec

from safeconduct.vault.cleaning.formulas import says_nothing
from safeconduct.vault.cleaning.markup import Element, local
from safeconduct.vault.cleaning.plain import is_common_font, is_plain
from safeconduct.vault.cleaning.results import Staying
from safeconduct.vault.cleaning.told import Names, Told
from safeconduct.vault.cleaning.vocabulary import listed, names, ooxml

RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Attributes without which a part is as valid and looks the same.
_DROPPED = listed("words-dropped")
# Those that a part must have, although nothing shows them.
_BLANKED = {"author": "", "initials": "", "userName": "", "macro": ""}
_NEEDS_AUTHOR = listed("words-needs_author")
_STYLES = listed("words-styles")
_MARKS = {
    ("bookmarkStart", "name"),
    ("moveFromRangeStart", "name"),
    ("moveToRangeStart", "name"),
    ("hyperlink", "anchor"),
}
_NAMED = {"docPr", "cNvPr", "nvPr"}
_FONT_PLACES = {
    "rFonts": ("ascii", "hAnsi", "cs", "eastAsia"),
    "font": ("name", "typeface", "val"),
    "altName": ("val",),
    "mathFont": ("val",),
    "name": ("val",),
    "rFont": ("val",),
    "sym": ("font", "typeface"),
    **dict.fromkeys(("latin", "ea", "cs", "buFont"), ("typeface",)),
}
_THEMES = {"theme", "clrScheme", "fontScheme", "fmtScheme", "tblStyle", "extraClrScheme", "custClr"}
_SHOWN_NAMES = {("sheet", "name"), ("textpath", "string"), ("pt", "modelId")}
_LEVEL = re.compile(r"(?:%[1-9]|[\W_]|o|[a-zA-Z](?![a-zA-Z]))*")
_GUID = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
_USUAL_TABLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
_JUMP = re.compile(
    r"ppaction://(?:hlinkshowjump\?jump=[a-z]{4,11}slide(?:viewed)?|hlinksldjump|noaction)"
)
_GUIDE = re.compile(
    r"(?:val|\*/|\+-|\+/|\?:|abs|at2|cat2|cos|max|min|mod|pin|sat2|sin|sqrt|tan|adj|connsite[XY]"
    r"|[lrtbhwxy]|[hvx]c|ss|ls|wd|hd|ssd|cd|[-0-9.\s])*"
)
_EQUATION = re.compile(
    r"(?:if|sum|product|prod|mid|abs|min|max|val|sqrt|atan2|sin|cos|cosatan2|sinatan2|mod|ellipse"
    r"|sumangle|lineDrawn|pixelLineWidth|pixelWidth|pixelHeight|emuWidth|emuHeight|width|height"
    r"|[-0-9@#.\s])*"
)
_GRAPHIC = re.compile(
    r"http://schemas\.openxmlformats\.org/drawingml/2006/(?:chart|picture|table|diagram)"
    r"|http://purl\.oclc\.org/ooxml/drawingml/(?:chart|picture|table|diagram)"
    r"|http://schemas\.microsoft\.com/office/word/2010/wordprocessing(?:Shape|Group|Canvas)"
)
_SHOWN_FIELD = re.compile(r"slidenum|datetime(?:[0-9]{1,2}|FigureOut)|TxLink")
_SCRIPT = re.compile(r"[A-Z][a-z]{3}")
_VML = "{urn:schemas-microsoft-com:"
_NUMBER_FORMAT = re.compile(
    r"""(?:General|AM/PM|A/P|\[(?:Red|Black|Blue|Green|White|Cyan|Magenta|Yellow|h+|m+|s+|Color\d+
    |\$[^\w\]]?[A-Z]{0,3}(?:-[0-9A-Fa-f]{1,8})?|[<>=]+[-0-9.]+)\]|"[^\w"]*"|\\[^\w]|_.|\*[^\w]
    |[-0#?.,%/ :;()@$€£¥+ymdhsEe])*""",
    re.VERBOSE,
)
# Values of a form of their own, by element and attribute, or by attribute alone.
_SHAPES = {
    ("font", "script"): _SCRIPT,
    ("fld", "type"): _SHOWN_FIELD,
    ("gd", "name"): _GUIDE,
    ("gd", "fmla"): _GUIDE,
    ("f", "eqn"): _EQUATION,
    ("graphicData", "uri"): _GRAPHIC,
    ("lvlText", "val"): _LEVEL,
    ("buChar", "char"): _LEVEL,
    ("", "formatCode"): _NUMBER_FORMAT,
    ("", "action"): _JUMP,
}
_FORMULAS = listed("words-formulas")
_SHOWN_TEXTS = frozenset({"t", "delText", "v"})
_HEADERS = re.compile(r"(?:odd|even|first)(?:Header|Footer)")
_PRINTED_PATH = re.compile(r"&[FZ]")


class Part(msgspec.Struct, kw_only=True):
    """What is known while one part is read.

    `ids` are the new ids of the relations that stay, by the old; `seen` the texts that a reader of
    a workbook sees; `notes` the numbers of notes that the text has; `sheet`: is it a workbook's?
    """

    ids: Mapping[str, str]
    names: Names
    told: Told
    seen: Collection[str] = ()
    notes: Collection[str] = ()
    sheet: bool = False


def attribute(one: Element, name: str, value: str, part: Part) -> str | None:
    """An attribute's value in the copy, or None where the copy has none."""
    if name == _XML_SPACE:
        return "preserve"
    if name.startswith(RELATION):
        return part.ids.get(value) if value else value
    tag, plain = local(one.tag), local(name)
    if not ooxml().has_attribute(name) or plain.startswith("rsid"):
        return None
    if plain in _BLANKED and (plain == "macro" or tag in _NEEDS_AUTHOR):
        return _BLANKED[plain]
    if plain in _DROPPED:
        return None
    renamed = _renamed(tag, plain, value, part)
    if renamed is None:
        renamed = _renamed_id(one, plain, value, part)
    if renamed is not None:
        return renamed
    return value if _is_known(tag, plain, value, part) else _told(tag, plain, value, part)


def _renamed(tag: str, plain: str, value: str, part: Part) -> str | None:
    """The name of ours that stands for one of theirs; None where it is no name."""
    if plain == "instr":
        return _first_word(value)
    if tag in _NAMED and plain == "name":
        return "picture"
    if (tag in _STYLES and plain == "val") or (tag, plain) == ("style", "styleId"):
        return value if value.lower() in _style_ids() else part.names.given("s", value)
    if (tag, plain) in _MARKS:
        return part.names.given("b", value)
    if tag in _THEMES and plain in ("name", "styleName"):
        return "theme"
    if tag in ("cSld", "custShow") and plain == "name":
        return ""
    if tag == "cellStyle" and plain == "name":
        return "Normal" if value == "Normal" else part.names.given("Style ", value)
    return None


@cache
def _style_ids() -> frozenset[str]:
    return frozenset(one.replace(" ", "") for one in names("styles"))


def _renamed_id(one: Element, plain: str, value: str, part: Part) -> str | None:
    is_drawn = str(one.tag).startswith(_VML)
    if is_drawn and plain in ("id", "type") and not is_plain(value, ooxml().words):
        # Shapes of VML are called by ids, and call the kind that they are of.
        bare = value.removeprefix("#")
        return value[: len(value) - len(bare)] + part.names.given("shape", bare)
    if _GUID.fullmatch(value):
        return _renamed_guid(value, part)
    return None


def _renamed_guid(value: str, part: Part) -> str:
    if value.upper() == _USUAL_TABLE:
        return _USUAL_TABLE
    number = part.names.given("guid", value.upper()).removeprefix("guid")
    return f"{{00000000-0000-0000-0000-{int(number):012d}}}"


def _is_known(tag: str, plain: str, value: str, part: Part) -> bool:
    """Does a value say nothing, or only what everybody sees?"""
    if plain in _FONT_PLACES.get(tag, ()):
        return is_common_font(value) or (tag == "name" and value.lower() in names("styles"))
    shapes = _SHAPES.get((tag, plain)) or _SHAPES.get(("", plain))
    if shapes is not None:
        return bool(shapes.fullmatch(value))
    if part.sheet and plain in ("location", "ref", "sqref", "activeCell", "topLeftCell"):
        return all(says_nothing(one, part.seen) for one in value.split())
    if (tag, plain) == ("compatSetting", "uri"):
        return value == "http://schemas.microsoft.com/office/word"
    return (
        (tag, plain) in _SHOWN_NAMES
        or (bool(part.seen) and value in part.seen)
        or (tag == "definedName" and value.startswith("_xlnm."))
        or is_plain(value, ooxml().words, plain)
    )


def _told(tag: str, plain: str, value: str, part: Part) -> str:
    if tag == "name" and plain == "val" and not part.sheet:
        # Of a style, or of a font of a workbook; what programs bring along was known.
        return part.names.given("Style ", value)
    kind = Staying.FONT_NAME if plain in _FONT_PLACES.get(tag, ()) else Staying.UNSEEN_TEXT
    part.told.word(f"{tag}@{plain}", kind)
    return value


def text(one: Element, part: Part) -> str | None:
    """The text that stands in an element of the copy, or None where none may stand."""
    tag, said = local(one.tag), one.text or ""
    if tag in _SHOWN_TEXTS:
        return said
    if tag in ("instrText", "delInstrText"):
        return _first_word(said)
    if tag in _FORMULAS:
        return _formula(tag, said, part)
    if _HEADERS.fullmatch(tag):
        if _PRINTED_PATH.search(said):
            part.told.staying.add(Staying.AUTHOR_FIELD)
        return said
    if tag == "tableStyleId" and _GUID.fullmatch(said):
        return _renamed_guid(said, part)
    if tag == "formatCode":
        if not _NUMBER_FORMAT.fullmatch(said):
            part.told.word(tag)
        return said
    return said if not said.isspace() and is_plain(said, ooxml().words) else None


def _first_word(instruction: str) -> str:
    """Of a field that counts pages only its kind: what follows may be anybody's word."""
    words = instruction.split()
    return f" {words[0].upper()} " if words else ""


def _formula(tag: str, said: str, part: Part) -> str:
    if not part.sheet:
        # Of a chart whose workbook was left out: nothing stands there any more.
        return "Sheet1!$A$1"
    if not says_nothing(said, part.seen):
        part.told.word(tag, Staying.FORMULA)
    return said
