"""Elements of a Word, Excel or PowerPoint part: those of the standard stay, less what nobody sees.

Extensions of makers go. Where a part offers an extension with another way to show the same, the
other way is taken.
"""

from collections.abc import Callable, Collection

from safeconduct.vault.cleaning.markup import Element, local, remove_elements, unwrap
from safeconduct.vault.cleaning.office_words import RELATION, Part
from safeconduct.vault.cleaning.vocabulary import listed, ooxml

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

REMOVED = {
    "commentRangeStart": "comments",
    "commentRangeEnd": "comments",
    "commentReference": "comments",
    "annotationRef": "comments",
    "legacyDrawing": "comments",
    "legacyDrawingHF": "comments",
    "cmLst": "comments",
    "rsids": "edit-marks",
    "rsid": "edit-marks",
    "nsid": "edit-marks",
    "tmpl": "edit-marks",
    "docId": "edit-marks",
    "creationId": "edit-marks",
    "modId": "edit-marks",
    "revisionPtr": "edit-marks",
    "proofErr": "edit-marks",
    "proofState": "edit-marks",
    "fileVersion": "edit-marks",
    "fileRecoveryPr": "edit-marks",
    "latentStyles": "settings",
    "aliases": "settings",
    "panose1": "settings",
    "sig": "settings",
    "attachedTemplate": "template",
    "mailMerge": "connections",
    "docVars": "custom-data",
    "dataBinding": "custom-data",
    "custDataLst": "custom-data",
    "smartTags": "custom-data",
    "smartTagPr": "custom-data",
    "customXmlPr": "custom-data",
    "sdtPr": "form",
    "sdtEndPr": "form",
    "ffData": "form",
    "scenarios": "custom-data",
    "absPath": "path",
    "webPublishItems": "path",
    "webPublishing": "path",
    "subDoc": "path",
    "fileSharing": "people",
    "customWorkbookViews": "people",
    "customSheetViews": "people",
    "protectedRanges": "people",
    "permStart": "people",
    "permEnd": "people",
    "externalReferences": "connections",
    "externalData": "chart-data",
    "dataConsolidate": "connections",
    "tblCaption": "picture-names",
    "tblDescription": "picture-names",
    "custShowLst": "custom-data",
    "outlineViewPr": "settings",
    "htmlPubPr": "path",
    "webPr": "path",
    "photoAlbum": "settings",
    "documentProtection": "protection",
    "writeProtection": "protection",
    "workbookProtection": "protection",
    "sheetProtection": "protection",
    "modifyVerifier": "protection",
    "extLst": "extensions",
    "rPh": "reading-aids",
    "phoneticPr": "reading-aids",
    "cellWatches": "settings",
    "ignoredErrors": "settings",
}
_UNWRAPPED = {"sdt", "sdtContent", "smartTag", "customXml"}
# Of a text's settings, those by which its pages look as they do.
_SETTINGS = listed("shape-settings")
# Those that are nothing without the part to which they lead.
_LEADING = listed("shape-leading")
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def shape(root: Element, part: Part) -> None:
    """Takes out of a part's elements whatever has no way into the copy."""
    _choose(root)
    for one in list(root.iter()):
        if local(one.tag) in _UNWRAPPED and one.getparent() is not None:
            _note_form(one, part)
            remove_elements(one, ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr"))
            unwrap(one)
    part.told.removed |= {REMOVED[one] for one in remove_elements(root, REMOVED)}
    if _take_out(root, lambda one: one.tag not in ooxml().elements):
        part.told.removed.add("extensions")
    if local(root.tag) == "settings" and _take_out(
        root, lambda one: one.getparent() is root and local(one.tag) not in _SETTINGS
    ):
        part.told.removed.add("settings")
    if _take_out(root, lambda one: _leads_nowhere(one, part.ids)):
        part.told.removed.add("parts")
    if local(root.tag) in _NOTES and _take_out(root, lambda one: _is_lost(one, part.notes)):
        part.told.removed.add("notes")
    if local(root.tag) in ("sldLayout", "sldMaster", "notesMaster"):
        _empty_places(root, part)


def _note_form(one: Element, part: Part) -> None:
    if local(one.tag) in ("sdt", "customXml", "smartTag"):
        part.told.removed.add("form" if local(one.tag) == "sdt" else "custom-data")


def _choose(root: Element) -> None:
    """Of several ways to show the same, the first that uses the standard alone, or the last."""
    for one in list(root.iter(f"{_COMPATIBLE}AlternateContent")):
        if one.getparent() is None:
            continue
        ways = [way for way in one if local(way.tag) in ("Choice", "Fallback")]
        known = [
            way for way in ways if all(e.tag in ooxml().elements for e in way.iterdescendants())
        ]
        for way in ways:
            if not known or way is not known[0]:
                one.remove(way)
        for way in list(one):
            unwrap(way)
        unwrap(one)


def _take_out(root: Element, unwanted: Callable[[Element], bool]) -> bool:
    found = [one for one in root.iterdescendants() if unwanted(one)]
    for one in found:
        if one.getparent() is not None:
            one.getparent().remove(one)
    return bool(found)


def _leads_nowhere(one: Element, ids: Collection[str]) -> bool:
    leads = [value for name, value in one.attrib.items() if name.startswith(RELATION)]
    return local(one.tag) in _LEADING and any(lead and lead not in ids for lead in leads)


def _is_lost(one: Element, notes: Collection[str]) -> bool:
    """A note's text to which no text leads any more. Separators have a type."""
    if local(one.tag) not in _NOTES.values():
        return False
    said = {local(name): value for name, value in one.attrib.items()}
    return said.get("type", "normal") == "normal" and said.get("id") not in notes


def _empty_places(root: Element, part: Part) -> None:
    """A pattern's places for text show their own text on no slide."""
    for one in root.iter():
        if local(one.tag) != "sp" or not any(local(inner.tag) == "ph" for inner in one.iter()):
            continue
        for inner in one.iter():
            if local(inner.tag) == "t" and inner.text:
                inner.text = None
                part.told.removed.add("texts-of-patterns")
