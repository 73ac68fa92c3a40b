"""One part of a Word, Excel or PowerPoint file: what is seen of it, and what cannot be parted.

Marked changes keep their text, since both readings are the document's; they lose author and day,
and the copy says that they are there.
"""

from collections.abc import Iterator

from safeconduct.vault.cleaning.fields import flatten_fields, names_an_author
from safeconduct.vault.cleaning.images import clean_image
from safeconduct.vault.cleaning.markup import (
    Element,
    change_attributes,
    local,
    read_markup,
    rebuilt,
    written,
)
from safeconduct.vault.cleaning.office_shape import shape
from safeconduct.vault.cleaning.office_words import RELATION, Part, attribute, text
from safeconduct.vault.cleaning.results import CannotClean, Limits, Staying, Why
from safeconduct.vault.cleaning.vocabulary import ooxml

_DRAWINGS = ("svg+xml", "x-emf", "x-wmf", "emf", "wmf")
_FONTS = ("obfuscatedFont", "x-fontdata", "x-font-ttf")
_CHANGES = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"}
_FORMATS = {"rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange"}
_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wpc": "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
}
_LATER = ("w14", "wp14")
_COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def clean_part(data: bytes, said: str, part: Part, limits: Limits) -> bytes:
    """A part of the type `said` → the part as it goes into the copy; `part.told` is added to.

    Raises CannotClean for a type that no document needs, and for one that is not the standard's.
    """
    if said.endswith(("+xml", "/xml")) and not said.endswith(_DRAWINGS):
        return _markup(data, said, part)
    if said.startswith("image/"):
        return _picture(data, said, part, limits)
    if said.endswith(_FONTS):
        part.told.staying.add(Staying.FONT_PROGRAM)
        return data
    raise CannotClean(Why.EMBEDDED, "a part of an unknown type")


def led_to(data: bytes) -> frozenset[str]:
    """The ids of the relations that a part of a copy uses."""
    return frozenset(
        value
        for one in read_markup(data).iter()
        for name, value in one.attrib.items()
        if str(name).startswith(RELATION)
    )


def _picture(data: bytes, said: str, part: Part, limits: Limits) -> bytes:
    if said.endswith(_DRAWINGS):
        part.told.staying.add(Staying.PICTURE_NOT_READ)
        return data
    bare = clean_image(data, limits)
    part.told.removed |= bare.removed
    part.told.staying |= bare.staying
    return bare.data


def _markup(data: bytes, said: str, part: Part) -> bytes:
    root = read_markup(data)
    if root.tag not in ooxml().elements:
        raise CannotClean(Why.UNKNOWN_FORMAT, "a part that is not of the standard")
    author = names_an_author(root)
    shape(root, part)
    if author:
        part.told.staying.add(Staying.AUTHOR_FIELD)
    if flatten_fields(root):
        part.told.removed.add("fields")
    part.told.staying |= set(_staying(root, said))
    change_attributes(root, lambda one, name, value: attribute(one, name, value, part))
    for one in root.iter():
        one.tail = None
        if one.text:
            one.text = text(one, part)
    return written(_plainly(root))


def _plainly(root: Element) -> Element:
    new = rebuilt(root, {**_SPACES, "mc": _COMPATIBLE})
    later = [one for one in _LATER if one in new.nsmap]
    if not later:
        return new
    new.set(f"{{{_COMPATIBLE}}}Ignorable", " ".join(later))
    return rebuilt(new, {**_SPACES, "mc": _COMPATIBLE})


def _staying(root: Element, said: str) -> Iterator[Staying]:
    if "notesSlide+xml" in said:
        yield Staying.SPEAKER_NOTES
    if "pivotCache" in said:
        yield Staying.CACHED_DATA
    for one in root.iter():
        yield from _staying_of(one, local(one.tag))


def _staying_of(one: Element, tag: str) -> Iterator[Staying]:
    if tag in _CHANGES | _FORMATS and any(local(name) == "author" for name in one.attrib):
        if tag in _CHANGES:
            yield Staying.TRACKED_TEXT
    elif tag in ("vanish", "webHidden", "specVanish"):
        yield Staying.HIDDEN_TEXT
    elif _is_hidden(one, tag):
        yield Staying.HIDDEN_PART


def _is_hidden(one: Element, tag: str) -> bool:
    """A sheet, row, column, slide, header or shape that is not shown."""
    if tag == "sheet":
        return bool(one.get("state", "visible") != "visible")
    if tag in ("row", "col", "cNvPr", "docPr"):
        return one.get("hidden") in ("1", "true", "on")
    if tag in ("headerReference", "footerReference"):
        return "default" not in one.attrib.values()
    if tag == "ext" or "visibility:hidden" in one.get("style", "").replace(" ", ""):
        return tag != "ext"
    return tag == "sld" and one.get("show") in ("0", "false")
