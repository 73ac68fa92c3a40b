"""Word, Excel and PowerPoint files (ECMA-376): only the parts that the document leads to.

Properties, thumbnails, comments, people, printer settings, templates and parts of other makers are
left out together with what refers to them; macros and embedded objects are refused.
"""

from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

import msgspec

from safeconduct.vault.cleaning.markup import Element, local, read_markup, written
from safeconduct.vault.cleaning.office_kinds import (
    CALLED,
    KINDS,
    end_of,
    is_kept,
    is_outside_kept,
    is_usual,
)
from safeconduct.vault.cleaning.office_parts import clean_part, led_to
from safeconduct.vault.cleaning.office_words import Part
from safeconduct.vault.cleaning.results import Bare, CannotClean, Limits, Staying, Why
from safeconduct.vault.cleaning.sheets import seen_texts, sheets, without_unused
from safeconduct.vault.cleaning.told import Names, Told
from safeconduct.vault.cleaning.zips import write_zip

TYPES = "[Content_Types].xml"
_MACROS = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "intlmacrosheet", "activex")
# What leads to another document or program within this one, or to what another one said.
_EMBEDDED = {
    "video",
    "audio",
    "media",
    "package",
    "oleObject",
    "control",
    "activeXControlBinary",
    "externalLink",
    "aFChunk",
}
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

    def __init__(self, parts: Mapping[str, bytes], types: Mapping[str, str], kind: str) -> None:
        self.parts = parts
        self.types = types
        self.is_sheet = kind == "xlsx"
        self.told = Told()
        self.names = Names()
        self.done: dict[str, bytes] = {}
        self.seen = seen_texts(parts, types) if self.is_sheet else frozenset()
        self.notes = frozenset(_notes(parts, types))
        self.patterns = frozenset(_patterns(parts, types))

    def named(self, part: str) -> str:
        """The name that a part gets in the copy: its own may tell what it is of."""
        if is_usual(part):
            return part
        markup = self.types[part].endswith("+xml") and "image/" not in self.types[part]
        end = "xml" if markup else end_of(part)
        folder = "part" if markup else "media"
        return f"{folder}/{self.names.given('item', part)}.{end}"


def clean_ooxml(parts: Mapping[str, bytes], limits: Limits) -> Bare:
    """The parts of a docx, xlsx or pptx → the same document.

    1. Read what each part is; refuse macros.  2. From the package on, write each part that a kept
    part calls.  3. List what was written.  Raises CannotClean.
    """
    types = _types(parts)  # 1
    kind = _kind(types)
    work = _Work(parts, types, kind)
    waiting = [""]
    seen = {""}
    while waiting:  # 2
        for one in _write(work, waiting.pop(), limits):
            if not one.outside and one.target not in seen:
                seen.add(one.target)
                waiting.append(one.target)
    kept = {part for part in seen if part}
    if {name for name in parts if not name.endswith(".rels")} - kept - {TYPES}:
        work.told.removed.add("parts")
    named = {work.named(part): types[part] for part in kept}
    listed = {TYPES: _listed(named, work.done)}  # 3
    return Bare(
        kind=kind,
        data=write_zip({**listed, **dict(sorted(work.done.items()))}),
        removed=frozenset(work.told.removed),
        staying=frozenset(work.told.staying),
        where=frozenset(work.told.where),
    )


def _notes(parts: Mapping[str, bytes], types: Mapping[str, str]) -> Iterator[str]:
    """The numbers of notes to which the text leads."""
    for name, said in types.items():
        if said.endswith("wordprocessingml.document.main+xml"):
            for one in read_markup(parts[name]).iter():
                if local(one.tag) in ("footnoteReference", "endnoteReference"):
                    yield from (value for key, value in one.attrib.items() if local(key) == "id")


def _patterns(parts: Mapping[str, bytes], types: Mapping[str, str]) -> Iterator[str]:
    """The layouts after which slides are made; those of no slide are shown nowhere."""
    for name, said in types.items():
        data = parts.get(_relations_of(name))
        if said.endswith("presentationml.slide+xml") and data is not None:
            for found in read_markup(data):
                relation = _relation(found, name)
                if relation.type == "slideLayout":
                    yield relation.target


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
        if said in KINDS:
            return KINDS[said]
    raise CannotClean(Why.UNKNOWN_FORMAT, "an archive that is no document")


def _relations(work: _Work, part: str) -> list[Relation]:
    data = work.parts.get(_relations_of(part))
    if data is None:
        return []
    kept = []
    for one in read_markup(data):
        relation = _relation(one, part)
        unwanted = _unwanted(work, relation, work.types.get(part, ""))
        if unwanted:
            work.told.removed.add(unwanted)
        elif relation.outside or relation.target in work.types:
            kept.append(relation)
    return kept


def _unwanted(work: _Work, relation: Relation, owner: str) -> str:
    """The word for what a relation leads to, if it is left out. Raises CannotClean."""
    if relation.type == "package" and owner.endswith(_CHART):
        # The workbook behind a chart, of which the chart shows a part and keeps that itself.
        return "chart-data"
    if relation.type in _EMBEDDED:
        raise CannotClean(Why.EMBEDDED)
    if relation.type in _UNWANTED:
        return _UNWANTED[relation.type]
    if relation.outside:
        return "" if is_outside_kept(relation.type, relation.full_type) else "outside-source"
    is_pattern = relation.type == "slideLayout" and owner.endswith("slideMaster+xml")
    if is_pattern and work.patterns and relation.target not in work.patterns:
        return "patterns"
    said = work.types.get(relation.target, "")
    return "" if is_kept(relation.type, relation.full_type, said) or not said else "custom-data"


def _relation(one: Element, part: str) -> Relation:
    target = one.get("Target", "")
    outside = one.get("TargetMode") == "External"
    if not outside:
        target = target.lstrip("/") if target.startswith("/") else join(dirname(part), target)
        target = normpath(target)
    full = one.get("Type", "")
    end = full.rpartition("/relationships/")[2] or full.rpartition("/")[2]
    return Relation(id=one.get("Id", ""), type=end, full_type=full, target=target, outside=outside)


def _write(work: _Work, part: str, limits: Limits) -> list[Relation]:
    """Writes a part with its relations; those that are left once it is clean."""
    relations = _relations(work, part)
    ids = {one.id: f"rId{number}" for number, one in enumerate(relations, 1)}
    if part:
        data = work.parts[part]
        if work.types[part].endswith("sharedStrings+xml"):
            data = without_unused(data, sheets(work.parts, work.types))
        known = Part(
            ids=ids,
            names=work.names,
            told=work.told,
            seen=work.seen,
            notes=work.notes,
            sheet=work.is_sheet,
        )
        written_part = clean_part(data, work.types[part], known, limits)
        work.done[work.named(part)] = written_part
        if relations:
            called = led_to(written_part)
            relations = [
                one for one in relations if one.type not in CALLED or ids[one.id] in called
            ]
    told = [_outside(work, one) for one in relations]
    if told:
        work.done[_relations_of(work.named(part) if part else "")] = _said(
            [
                msgspec.structs.replace(
                    one,
                    id=ids[one.id],
                    target=one.target if one.outside else work.named(one.target),
                )
                for one in told
            ]
        )
    return relations


def _outside(work: _Work, relation: Relation) -> Relation:
    if not relation.outside:
        return relation
    if relation.type == "hyperlink":
        work.told.staying.add(Staying.LINK)
        return relation
    # A picture fetched from elsewhere tells its owner who reads; a path tells whose machine it was.
    work.told.removed.add("outside-source")
    return msgspec.structs.replace(relation, target="about:blank")


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
