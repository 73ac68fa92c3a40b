"""Word, Excel and PowerPoint files (ECMA-376): only the parts that the document leads to.

Properties, thumbnails, comments, people, printer settings, templates and parts of other makers are
left out together with what refers to them; macros and embedded objects are refused.
"""

from collections.abc import Mapping
from posixpath import dirname, join, normpath

import msgspec

from safeconduct.vault.cleaning.markup import Element, read_markup, written
from safeconduct.vault.cleaning.office_parts import clean_part
from safeconduct.vault.cleaning.results import Bare, CannotClean, Limits, Staying, Why
from safeconduct.vault.cleaning.sheets import without_unused
from safeconduct.vault.cleaning.zips import write_zip

TYPES = "[Content_Types].xml"
_KINDS = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
_MACROS = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "intlmacrosheet", "activex")
# What leads to another document or program within this one, or to what another one said.
_EMBEDDED = {"package", "oleObject", "control", "activeXControlBinary", "externalLink", "aFChunk"}
_CHART = "drawingml.chart+xml"
# Ends of the types of relations, whoever defined them. What they lead to is left out.
_UNWANTED = {
    "core-properties": "properties",
    "extended-properties": "properties",
    "custom-properties": "properties",
    "metadata/core-properties": "properties",
    "classificationlabels": "properties",
    "thumbnail": "thumbnail",
    "customXml": "custom-data",
    "customXmlProps": "custom-data",
    "comments": "comments",
    "commentsExtended": "comments",
    "commentsExtensible": "comments",
    "commentsIds": "comments",
    "commentAuthors": "comments",
    "threadedComment": "comments",
    "authors": "people",
    "person": "people",
    "people": "people",
    "printerSettings": "printer",
    "attachedTemplate": "template",
    "origin": "signature",
    "signature": "signature",
    "tags": "custom-data",
    "revisionHeaders": "revisions",
    "revisionLog": "revisions",
    "usernames": "people",
    "connections": "connections",
    "queryTable": "connections",
    "mailMergeSource": "connections",
    "vmlDrawing": "comments",
    "extensibility": "custom-data",
    "userCustomization": "custom-data",
    "recipientData": "connections",
    "changesInfo": "revisions",
    "revisionInfo": "revisions",
    "documenttasks": "people",
    "namedSheetView": "people",
    "glossaryDocument": "custom-data",
    "customProperty": "custom-data",
    "xmlMaps": "custom-data",
    "webextension": "custom-data",
    "webextensiontaskpanes": "custom-data",
}


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """A part's relation: its id, the end of its type, where it leads, whether outside."""

    id: str
    type: str
    full_type: str
    target: str
    outside: bool


class _Work:
    """One document while it is cleaned."""

    def __init__(self, parts: Mapping[str, bytes], limits: Limits) -> None:
        self.parts = parts
        self.limits = limits
        self.removed: set[str] = set()
        self.staying: set[Staying] = set()
        self.done: dict[str, bytes] = {}
        # Names of styles, sheets and bookmarks are words as well, and so is what other makers add.
        self.staying.add(Staying.UNSEEN_TEXT)
        self.names: dict[str, str] = {}

    def named(self, part: str, said: str) -> str:
        """The name that a part gets in the copy: a picture's own may tell what it is of."""
        if not said.startswith("image/") and "font" not in said:
            return part
        known = self.names.get(part)
        if known is None:
            folder, _, name = part.rpartition("/")
            end = name.rpartition(".")[2] if "." in name else "bin"
            known = f"{folder}/item{len(self.names) + 1}.{end.lower()}".lstrip("/")
            self.names[part] = known
        return known


def clean_ooxml(parts: Mapping[str, bytes], limits: Limits) -> Bare:
    """The parts of a docx, xlsx or pptx → the same document. Raises CannotClean."""
    types = _types(parts)
    kind = _kind(types)
    work = _Work(parts, limits)
    waiting = [""]
    seen = {""}
    while waiting:
        part = waiting.pop()
        relations = _relations(work, part, types)
        _write(work, part, relations, types)
        for one in relations:
            if not one.outside and one.target not in seen:
                seen.add(one.target)
                waiting.append(one.target)
    kept = {part for part in seen if part}
    if {name for name in parts if not name.endswith(".rels")} - kept - {TYPES}:
        work.removed.add("parts")
    named = {work.named(part, types[part]): types[part] for part in kept}
    listed = {TYPES: _listed(named, work.done)}
    return Bare(
        kind=kind,
        data=write_zip({**listed, **dict(sorted(work.done.items()))}),
        removed=frozenset(work.removed),
        staying=frozenset(work.staying),
    )


def _types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Each part's type, as the archive says. Raises CannotClean for macros."""
    root = read_markup(parts[TYPES])
    ends = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in root}
    named = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in root}
    types = {name: named.get(name) or ends.get(_end(name), "") for name in parts if name != TYPES}
    for name, said in types.items():
        low, kind = f"/{name}".lower(), said.lower()
        if any(word in kind or word in low for word in _MACROS):
            raise CannotClean(Why.MACROS)
    return types


def _kind(types: Mapping[str, str]) -> str:
    for said in types.values():
        for end, kind in _KINDS.items():
            if said.endswith(end):
                return kind
    raise CannotClean(Why.UNKNOWN_FORMAT, "an archive that is no document")


def _relations(work: _Work, part: str, types: Mapping[str, str]) -> list[Relation]:
    data = work.parts.get(_relations_of(part))
    if data is None:
        return []
    kept = []
    for one in read_markup(data):
        relation = _relation(one, part)
        unwanted = _unwanted(relation, types.get(part, ""))
        if unwanted:
            work.removed.add(unwanted)
        elif relation.outside:
            kept.append(_outside(work, relation))
        elif relation.target in types:
            kept.append(relation)
    return kept


def _unwanted(relation: Relation, owner: str) -> str:
    """The word for what a relation leads to, if it is left out. Raises CannotClean."""
    if relation.type == "package" and owner.endswith(_CHART):
        # The workbook behind a chart, of which the chart shows a part and keeps that itself.
        return "chart-data"
    if relation.type in _EMBEDDED:
        raise CannotClean(Why.EMBEDDED)
    return _UNWANTED.get(relation.type, "")


def _relation(one: Element, part: str) -> Relation:
    target = one.get("Target", "")
    outside = one.get("TargetMode") == "External"
    if not outside:
        target = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
        target = normpath(target)
    full = one.get("Type", "")
    end = full.rpartition("/relationships/")[2] or full.rpartition("/")[2]
    return Relation(id=one.get("Id", ""), type=end, full_type=full, target=target, outside=outside)


def _outside(work: _Work, relation: Relation) -> Relation:
    if relation.type == "hyperlink":
        work.staying.add(Staying.LINK)
        return relation
    # A picture fetched from elsewhere tells its owner who reads; a path tells whose machine it was.
    work.removed.add("outside-source")
    return msgspec.structs.replace(relation, target="about:blank")


def _write(work: _Work, part: str, relations: list[Relation], types: Mapping[str, str]) -> None:
    if part:
        gone = _ids(work.parts.get(_relations_of(part))) - {one.id for one in relations}
        data = work.parts[part]
        if types[part].endswith("sharedStrings+xml"):
            data = without_unused(data, _sheets(work.parts, types))
        bare = clean_part(data, types[part], gone=gone, limits=work.limits)
        work.done[work.named(part, types[part])] = bare.data
        work.removed |= bare.removed
        work.staying |= bare.staying
    if relations:
        renamed = [_renamed(work, one, types) for one in relations]
        work.done[_relations_of(part)] = _said(renamed)


def _renamed(work: _Work, one: Relation, types: Mapping[str, str]) -> Relation:
    if one.outside:
        return one
    return msgspec.structs.replace(one, target=work.named(one.target, types[one.target]))


def _sheets(parts: Mapping[str, bytes], types: Mapping[str, str]) -> list[bytes]:
    return [parts[name] for name, said in types.items() if said.endswith("sheet+xml")]


def _ids(data: bytes | None) -> set[str]:
    return {one.get("Id", "") for one in read_markup(data)} if data else set()


def _said(relations: list[Relation]) -> bytes:
    from lxml import etree

    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    root = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
    for one in relations:
        target = one.target if one.outside else f"/{one.target}"
        element = etree.SubElement(
            root, f"{{{space}}}Relationship", Id=one.id, Type=one.full_type, Target=target
        )
        if one.outside:
            element.set("TargetMode", "External")
    return written(root)


def _listed(types: Mapping[str, str], done: Mapping[str, bytes]) -> bytes:
    from lxml import etree

    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    root = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    etree.SubElement(root, f"{{{space}}}Default", Extension="rels", ContentType=relations)
    for name in sorted(done):
        if not name.endswith(".rels"):
            etree.SubElement(
                root, f"{{{space}}}Override", PartName=f"/{name}", ContentType=types[name]
            )
    return written(root)


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _end(name: str) -> str:
    return name.rpartition(".")[2].lower()


def is_ooxml(parts: Mapping[str, bytes]) -> bool:
    """Does the archive list its parts as such documents do?"""
    return TYPES in parts
