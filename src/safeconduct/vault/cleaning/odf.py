"""Text, tables and slides of LibreOffice and others (OpenDocument 1.x): content, styles, pictures.

Only these parts have a way into the copy. Macros, embedded objects and encrypted parts are refused.
"""

from collections.abc import Mapping

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
from safeconduct.vault.cleaning.zips import write_zip

_TYPE = "application/vnd.oasis.opendocument."
_KINDS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_MANIFEST = "META-INF/manifest.xml"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_SCRIPTS = ("Basic/", "Scripts/", "Dialogs/")
_OBJECTS = ("Object ", "ObjectReplacements/", "Media/", "Videos/")

_ELEMENTS = {
    "annotation": "comments",
    "annotation-end": "comments",
    "meta": "properties",
    "event-listeners": "scripts",
    "scripts": "scripts",
    "title": "picture-names",
    "desc": "picture-names",
    "dde-connection-decls": "connections",
    "database-ranges": "connections",
    "forms": "form",
    "user-field-decls": "custom-data",
    "variable-decls": "custom-data",
    "script": "scripts",
    "bibliography-configuration": "custom-data",
}
# What a document says of its own sentences (RDFa), and of who changed them.
_DROPPED = {"about", "property", "datatype", "content"}
_PEOPLE = ("author", "creator", "initials")
_WHO = {"creator", "date", "initials", "creator-initials"}
_CHANGES = {"insertion", "deletion", "cell-content-change", "movement"}
_AUTHOR_FIELDS = {
    "author-name",
    "author-initials",
    "initial-creator",
    "creator",
    "printed-by",
    "file-name",
    "template-name",
    "sender-lastname",
    "sender-firstname",
    "user-defined",
    "title",
    "subject",
    "keywords",
    "description",
}
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_HREF = "{http://www.w3.org/1999/xlink}href"


class _Work:
    def __init__(self) -> None:
        self.removed: set[str] = set()
        self.staying: set[Staying] = set()
        self.pictures: dict[str, str] = {}

    def picture(self, name: str) -> str:
        """The name that a picture gets; those that nothing shows get none."""
        end = name.rpartition(".")[2] if "." in name else "bin"
        return self.pictures.setdefault(name, f"Pictures/{len(self.pictures) + 1}.{end.lower()}")


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
    work = _Work()
    done: dict[str, bytes] = {"mimetype": said.encode()}
    for name in ("content.xml", "styles.xml"):
        if name in parts:
            done[name] = _markup(parts[name], work)
    for name, renamed in sorted(work.pictures.items()):
        if name in parts:
            done[renamed] = _picture(name, parts[name], limits, work)
    # Names of styles, sections and bookmarks, and settings of fields, are words as well.
    work.staying.add(Staying.UNSEEN_TEXT)
    if set(parts) - set(done) - {_MANIFEST}:
        work.removed |= {"properties", "parts"}
    done[_MANIFEST] = _manifest(said, done)
    return Bare(
        kind=kind,
        data=write_zip(done, stored="mimetype"),
        removed=frozenset(work.removed),
        staying=frozenset(work.staying),
    )


def _refuse(parts: Mapping[str, bytes]) -> None:
    if "content.xml" not in parts:
        raise CannotClean(Why.DAMAGED, "no content")
    listed = read_markup(parts[_MANIFEST]) if _MANIFEST in parts else ()
    for one in listed:
        if any(local(inner.tag) == "encryption-data" for inner in one):
            raise CannotClean(Why.ENCRYPTED)
    for name in parts:
        if name.startswith(_SCRIPTS):
            raise CannotClean(Why.MACROS)
        if name.startswith(_OBJECTS):
            raise CannotClean(Why.EMBEDDED)


def _markup(data: bytes, work: _Work) -> bytes:
    root = read_markup(data)
    # A field that shows a title is content; the title of a picture is not.
    fields = {f"{{{_TEXT}}}{name}" for name in _AUTHOR_FIELDS}
    if any(one.tag in fields for one in root.iter()):
        work.staying.add(Staying.AUTHOR_FIELD)
    for one in list(root.iter(f"{{{_TEXT}}}title")):
        one.tag = f"{{{_TEXT}}}span"
        one.attrib.clear()
    found = remove_elements(root, _ELEMENTS)
    work.removed |= {_ELEMENTS[one] for one in found}
    for one in root.iter():
        _change(one, work)
    change_attributes(root, lambda one, name, value: _attribute(one, name, value, work))
    return written(root)


def _change(one: Element, work: _Work) -> None:
    tag = local(one.tag)
    if tag == "change-info":
        for inner in list(one):
            if local(inner.tag) in _WHO:
                inner.text = "1970-01-01T00:00:00" if local(inner.tag) == "date" else ""
            else:
                one.remove(inner)
        work.removed.add("edit-marks")
    elif tag in _CHANGES:
        work.staying.add(Staying.TRACKED_TEXT)
    elif tag in ("hidden-text", "hidden-paragraph"):
        work.staying.add(Staying.HIDDEN_TEXT)


def _attribute(one: Element, name: str, value: str, work: _Work) -> str | None:
    plain = local(name)
    if plain in ("rsid", "paragraph-rsid") or (plain in _DROPPED and "xhtml" in name):
        return None
    if any(word in plain for word in _PEOPLE):
        return None
    if name == _HREF and value.removeprefix("./").startswith("Pictures/"):
        return work.picture(value.removeprefix("./"))
    if local(one.tag) in ("frame", "image", "custom-shape") and plain == "name":
        return None
    if name == _HREF and not value.startswith(("#", "Pictures/")):
        if local(one.tag) == "a":
            work.staying.add(Staying.LINK)
            return value
        work.removed.add("outside-source")
        return ""
    if (plain, value) in (("display", "none"), ("display", "false"), ("visibility", "collapse")):
        work.staying.add(Staying.HIDDEN_PART)
    return value


def _picture(name: str, data: bytes, limits: Limits, work: _Work) -> bytes:
    if name.lower().endswith((".svg", ".svm", ".emf", ".wmf")):
        work.staying.add(Staying.PICTURE_NOT_READ)
        return data
    bare = clean_image(data, limits)
    work.staying |= bare.staying
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
