"""One part of a Word, Excel or PowerPoint file: its marks of who, when and where taken out.

Marked changes keep their text, since both readings are the document's; they lose author and day,
and the copy says that they are there.
"""

from collections.abc import Collection

from safeconduct.vault.cleaning.fields import flatten_fields, names_an_author
from safeconduct.vault.cleaning.images import clean_image
from safeconduct.vault.cleaning.markup import (
    Element,
    change_attributes,
    local,
    read_markup,
    remove_elements,
    written,
)
from safeconduct.vault.cleaning.results import Bare, CannotClean, Limits, Staying, Why

_RELATION = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_DRAWINGS = ("svg+xml", "x-emf", "x-wmf", "emf", "wmf")
_FONTS = ("obfuscatedFont", "x-fontdata", "x-font-ttf")

_ELEMENTS = {
    "commentRangeStart": "comments",
    "commentRangeEnd": "comments",
    "commentReference": "comments",
    "annotationRef": "comments",
    "legacyDrawing": "comments",
    "legacyDrawingHF": "comments",
    "cmLst": "comments",
    "rsids": "edit-marks",
    "rsid": "edit-marks",
    "docId": "edit-marks",
    "creationId": "edit-marks",
    "modId": "edit-marks",
    "revisionPtr": "edit-marks",
    "attachedTemplate": "template",
    "mailMerge": "connections",
    "docVars": "custom-data",
    "dataBinding": "custom-data",
    "custDataLst": "custom-data",
    "smartTags": "custom-data",
    "smartTagPr": "custom-data",
    "absPath": "path",
    "fileSharing": "people",
    "customWorkbookViews": "people",
    "customSheetViews": "people",
    "webPublishItems": "path",
    "externalReferences": "connections",
    "externalData": "chart-data",
    "alias": "names-of-fields",
    "tag": "names-of-fields",
    "customXmlPr": "custom-data",
    "tblCaption": "picture-names",
    "tblDescription": "picture-names",
    "ffData": "form",
    "scenarios": "custom-data",
    "dataConsolidate": "connections",
    "protectedRanges": "people",
    "documentProtection": "protection",
    "writeProtection": "protection",
}
_CHANGES = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"}
_NAMED = {"docPr", "cNvPr", "nvPr"}
_SHAPES = ("title", "alt", "href", "gfxdata")
# Attributes that hold words which no page shows, by the element that has them.
_WORDS: dict[str, tuple[str, ...]] = {
    "imagedata": ("title", "href", "althref"),
    "definedName": ("comment", "description", "help", "statusBar", "customMenu"),
    "hyperlink": ("tooltip",),
    **dict.fromkeys(("shape", "rect", "oval", "line", "group", "roundrect", "shapetype"), _SHAPES),
}
_BLANKED = {"author", "initials", "userName", "refreshedBy"}
_DROPPED = {"paraId", "textId", "durableId", "uid", "userId", "documentId", "refreshedDate"}


def clean_part(data: bytes, said: str, *, gone: Collection[str], limits: Limits) -> Bare:
    """A part of the type `said` → the part as it goes into the copy.

    `gone` are the ids of relations that were left out. Raises CannotClean for a type that no
    document needs.
    """
    if said.endswith(("+xml", "/xml")) and not said.endswith(_DRAWINGS):
        return _markup(data, said, gone)
    if said.startswith("image/"):
        return _picture(data, said, limits)
    if said.endswith(_FONTS):
        return Bare(kind="font", data=data)
    raise CannotClean(Why.EMBEDDED, f"a part of the type {said or 'unknown'}")


def _picture(data: bytes, said: str, limits: Limits) -> Bare:
    if said.endswith(_DRAWINGS):
        return Bare(kind="drawing", data=data, staying=frozenset({Staying.PICTURE_NOT_READ}))
    return clean_image(data, limits)


def _markup(data: bytes, said: str, gone: Collection[str]) -> Bare:
    root = read_markup(data)
    staying = set(_staying(root, said))
    found = remove_elements(root, _ELEMENTS)
    removed = {_ELEMENTS[one] for one in found}
    if flatten_fields(root):
        removed.add("fields")
    change_attributes(root, lambda one, name, value: _attribute(one, name, value, gone))
    return Bare(
        kind="markup",
        data=written(root),
        removed=frozenset(removed),
        staying=frozenset(staying),
    )


def _attribute(one: Element, name: str, value: str, gone: Collection[str]) -> str | None:
    plain = local(name)
    if name.startswith(_RELATION) and value in gone:
        return None
    if plain.startswith("rsid") or plain in _DROPPED:
        return None
    if plain in _BLANKED:
        return ""
    if plain == "date" and any(local(other) == "author" for other in one.attrib):
        return None
    if plain in _WORDS.get(local(one.tag), ()):
        return None
    if local(one.tag) in _NAMED:
        if plain in ("descr", "title"):
            return None
        if plain == "name":
            return "picture"
    return value


def _staying(root: Element, said: str) -> set[Staying]:
    staying = set()
    if "notesSlide+xml" in said:
        staying.add(Staying.SPEAKER_NOTES)
    if "pivotCache" in said:
        staying.add(Staying.CACHED_DATA)
    if names_an_author(root):
        staying.add(Staying.AUTHOR_FIELD)
    for one in root.iter():
        staying |= _staying_of(one, local(one.tag))
    return staying


def _staying_of(one: Element, tag: str) -> set[Staying]:
    if tag in _CHANGES and any(local(name) == "author" for name in one.attrib):
        return {Staying.TRACKED_TEXT}
    if tag in ("vanish", "webHidden", "specVanish"):
        return {Staying.HIDDEN_TEXT}
    if _is_hidden(one, tag):
        return {Staying.HIDDEN_PART}
    return set()


def _is_hidden(one: Element, tag: str) -> bool:
    """A sheet, row, column or slide that is not shown."""
    if tag == "sheet":
        return bool(one.get("state", "visible") != "visible")
    if tag in ("row", "col"):
        return one.get("hidden") in ("1", "true")
    return tag == "sld" and one.get("show") in ("0", "false")
