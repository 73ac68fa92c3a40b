"""Text, tables and slides of LibreOffice and others (OpenDocument 1.x): content, styles, pictures.

Only these parts have a way into the copy, of them only what the standard names, and of that what
is seen. Macros, embedded objects and encrypted parts are refused.
"""

from collections.abc import Iterator, Mapping

from safeconduct.vault.cleaning.images import clean_image
from safeconduct.vault.cleaning.markup import (
    Element,
    change_attributes,
    local,
    read_markup,
    rebuilt,
    remove_elements,
    written,
)
from safeconduct.vault.cleaning.odf_words import TABLE, TEXT, Part, attribute, text_stands
from safeconduct.vault.cleaning.results import Bare, CannotClean, Limits, Staying, Why
from safeconduct.vault.cleaning.told import Names, Told
from safeconduct.vault.cleaning.vocabulary import listed, odf
from safeconduct.vault.cleaning.zips import write_zip

_TYPE = "application/vnd.oasis.opendocument."
_KINDS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_MANIFEST = "META-INF/manifest.xml"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_SCRIPTS = ("Basic/", "Scripts/", "Dialogs/")
_OBJECTS = ("Object ", "ObjectReplacements/", "Media/", "Videos/")
_DC = "{http://purl.org/dc/elements/1.1/}"
_FORMAT_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}text"
_ROOTS = {"content.xml": "document-content", "styles.xml": "document-styles"}

_ELEMENTS = {
    "annotation": "comments",
    "annotation-end": "comments",
    "event-listeners": "scripts",
    "scripts": "scripts",
    "script": "scripts",
    "desc": "picture-names",
    "dde-connection-decls": "connections",
    "dde-source": "connections",
    "database-ranges": "connections",
    "content-validations": "form",
    "forms": "form",
    "control": "form",
    "user-field-decls": "custom-data",
    "variable-decls": "custom-data",
    "bibliography-configuration": "custom-data",
    "label-ranges": "custom-data",
    "consolidation": "connections",
    "scenario": "custom-data",
    "alphabetical-index-auto-mark-file": "path",
    "settings": "settings",
}
_WHO = {"creator", "date"}
_CHANGES = {"insertion", "deletion", "cell-content-change", "movement", "format-change"}
_AUTHOR_FIELDS = frozenset(f"{TEXT}{name}" for name in listed("odf-author-fields"))
_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": TEXT[1:-1],
    "table": TABLE[1:-1],
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": _DC[1:-1],
}


def is_odf(parts: Mapping[str, bytes]) -> bool:
    """Does the archive say that it is such a document?"""
    return parts.get("mimetype", b"").startswith(_TYPE.encode())


def clean_odf(parts: Mapping[str, bytes], limits: Limits) -> Bare:
    """The parts of an odt, ods or odp → the same document. Raises CannotClean."""
    said = parts["mimetype"].decode("ascii", "replace").strip()
    kind = _KINDS.get(said.removeprefix(_TYPE))
    if kind is None:
        raise CannotClean(Why.UNKNOWN_FORMAT, "an OpenDocument of another kind")
    _refuse(parts)
    sheet = kind == "ods"
    roots = {name: read_markup(parts[name]) for name in _ROOTS if name in parts}
    seen = frozenset(_seen(roots["content.xml"])) if sheet else frozenset()
    part = Part(names=Names(), told=Told(), seen=seen, sheet=sheet, pictures={})
    done: dict[str, bytes] = {"mimetype": said.encode()}
    for name, root in roots.items():
        if local(root.tag) != _ROOTS[name] or root.tag not in odf().elements:
            raise CannotClean(Why.UNKNOWN_FORMAT, "a part that is not of the standard")
        done[name] = _markup(root, part)
    for name, renamed in sorted(part.pictures.items()):
        if name in parts:
            done[renamed] = _picture(name, parts[name], limits, part.told)
    if set(parts) - set(done) - {_MANIFEST}:
        part.told.removed |= {"properties", "parts"}
    done[_MANIFEST] = _manifest(said, done)
    return Bare(
        kind=kind,
        data=write_zip(done, stored="mimetype"),
        removed=frozenset(part.told.removed),
        staying=frozenset(part.told.staying),
        where=frozenset(part.told.where),
    )


def _refuse(parts: Mapping[str, bytes]) -> None:
    if "content.xml" not in parts:
        raise CannotClean(Why.DAMAGED, "no content")
    listed_parts = read_markup(parts[_MANIFEST]) if _MANIFEST in parts else ()
    for one in listed_parts:
        if any(local(inner.tag) == "encryption-data" for inner in one):
            raise CannotClean(Why.ENCRYPTED)
    for name in parts:
        if name.startswith(_SCRIPTS):
            raise CannotClean(Why.MACROS)
        if name.startswith(_OBJECTS):
            raise CannotClean(Why.EMBEDDED)


def _seen(root: Element) -> Iterator[str]:
    """What a reader of a workbook sees: names of sheets and texts of cells."""
    yield from (one.get(f"{TABLE}name", "") for one in root.iter(f"{TABLE}table"))
    for cell in root.iter(f"{TABLE}table-cell"):
        yield from ("".join(one.itertext()) for one in cell.iter(f"{TEXT}p"))


def _markup(root: Element, part: Part) -> bytes:
    """1. What stays although it is hidden.  2. Elements.  3. Attributes.  4. Texts."""
    told = part.told
    for one in root.iter():  # 1
        _note(one, told)
    told.removed |= {_ELEMENTS[one] for one in remove_elements(root, _ELEMENTS)}  # 2
    for one in list(root.iter()):
        _change(one, told)
    change_attributes(root, lambda one, name, value: attribute(one, name, value, part))  # 3
    for one in root.iter():  # 4
        if one.tag == _FORMAT_TEXT:
            _note_format(one, told)
        elif not text_stands(one) and one.tag != f"{_DC}date":
            one.text = None
        if one.getparent() is None or not text_stands(one.getparent()):
            one.tail = None
    return written(rebuilt(root, _SPACES))


def _note(one: Element, told: Told) -> None:
    tag = local(one.tag)
    if one.tag in _AUTHOR_FIELDS:
        told.staying.add(Staying.AUTHOR_FIELD)
    elif tag in _CHANGES:
        told.staying.add(Staying.TRACKED_TEXT)
    elif tag in ("hidden-text", "hidden-paragraph"):
        told.staying.add(Staying.HIDDEN_TEXT)
    elif tag == "notes" and any(inner.text for inner in one.iter(f"{TEXT}p", f"{TEXT}span")):
        told.staying.add(Staying.SPEAKER_NOTES)
    for name, value in one.attrib.items():
        plain = local(name)
        if (plain, value) in (("display", "none"), ("display", "false")) or (
            plain == "visibility" and value != "visible"
        ):
            told.staying.add(Staying.HIDDEN_PART)


def _note_format(one: Element, told: Told) -> None:
    """Words within a format for numbers and days."""
    said = one.text or ""
    if len(said) > 2 and any(sign.isalpha() for sign in said):
        told.word("number:text")


def _change(one: Element, told: Told) -> None:
    """Keeps an element, makes a plain span of a field, or takes it out with what is in it."""
    tag, parent = local(one.tag), one.getparent()
    if parent is None:
        return
    if local(parent.tag) == "change-info":
        _change_who(one, told)
    elif one.tag.startswith(TEXT) and tag not in listed("odf-inline"):
        if text_stands(parent) and "".join(one.itertext()):
            # A field shows its text; what it was made of is not shown.
            one.tag = f"{TEXT}span"
            one.attrib.clear()
        else:
            _take_out(one)
        told.removed.add("fields")
    elif tag == "title" or not (one.tag in odf().elements or one.tag.startswith(_DC)):
        _take_out(one)
        told.removed.add("picture-names" if tag == "title" else "extensions")


def _change_who(one: Element, told: Told) -> None:
    if one.tag.startswith(_DC) and local(one.tag) in _WHO:
        one.text = "1970-01-01T00:00:00" if local(one.tag) == "date" else ""
        for inner in list(one):
            one.remove(inner)
    else:
        _take_out(one)
    told.removed.add("edit-marks")


def _take_out(one: Element) -> None:
    parent = one.getparent()
    if parent is not None:
        one.tag = "taken-out"
        remove_elements(parent, ("taken-out",))


def _picture(name: str, data: bytes, limits: Limits, told: Told) -> bytes:
    if name.lower().endswith((".svg", ".svm", ".emf", ".wmf")):
        told.staying.add(Staying.PICTURE_NOT_READ)
        return data
    bare = clean_image(data, limits)
    told.staying |= bare.staying
    return bare.data


def _manifest(said: str, done: Mapping[str, bytes]) -> bytes:
    from lxml import etree

    root = etree.Element(f"{{{_SPACE}}}manifest", nsmap={"manifest": _SPACE})
    root.set(f"{{{_SPACE}}}version", "1.2")
    for name in ("/", *(one for one in done if one != "mimetype")):
        entry = etree.SubElement(root, f"{{{_SPACE}}}file-entry")
        entry.set(f"{{{_SPACE}}}full-path", name)
        kind = said if name == "/" else "text/xml" if name.endswith(".xml") else ""
        entry.set(f"{{{_SPACE}}}media-type", kind)
    return written(root)
