"""An independent look at what PDF/A-3a and PDF/UA-1 demand, read from the file itself by pikepdf.

Each rule is named for its clause and answers what breaks it. Small on purpose: it shares nothing
with the program that wrote the file, nor with the validators that look at all rules.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pikepdf

Rule = Callable[[pikepdf.Pdf], Iterator[str]]

FORBIDDEN = ("/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/XFA", "/RichMedia")
ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide"}


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """The elements of the structure tree in the order of reading."""
    stack = [pdf.Root.StructTreeRoot.K] if "/StructTreeRoot" in pdf.Root else []
    while stack:
        one = stack.pop()
        if isinstance(one, pikepdf.Array):
            stack.extend(reversed(list(one)))
        elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            if "/K" in one:
                stack.append(one.K)


def claims_in_its_metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "no metadata"
        return
    with pdf.open_metadata() as metadata:
        wanted = {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
        yield from (
            f"{key} is {metadata.get(key)}" for key in wanted if metadata.get(key) != wanted[key]
        )
        if not metadata.get("dc:title"):
            yield "no title"


def colours_are_defined(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"{len(intents)} output intents"
    for one in intents:
        profile = one.get("/DestOutputProfile")
        if profile is None or profile.read_bytes()[36:40] != b"acsp":
            yield "no ICC profile"


def fonts_are_embedded_and_mean_characters(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in dictionaries(pdf):
        if one.get("/Type") == "/FontDescriptor" and not {"/FontFile2", "/FontFile3"} & set(
            one.keys()
        ):
            yield f"{one.FontName} is not embedded"
        if (
            one.get("/Type") == "/Font"
            and one.get("/Subtype") == "/Type0"
            and "/ToUnicode" not in one
        ):
            yield f"{one.BaseFont} has no meaning in Unicode"
        if one.get("/Type") == "/Font" and one.get("/Subtype") not in (
            "/Type0",
            "/CIDFontType0",
            "/CIDFontType2",
        ):
            yield f"a font of kind {one.get('/Subtype')}"


def nothing_acts(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "encrypted"
    for one in dictionaries(pdf):
        yield from (f"{key} in an object" for key in FORBIDDEN if key in one)
        if str(one.get("/S", "")) in ACTIONS:
            yield f"an action {one.S}"
        if isinstance(one, pikepdf.Stream) and "/F" in one:
            yield "a stream outside of the file"


def attachments_say_what_they_are(pdf: pikepdf.Pdf) -> Iterator[str]:
    files = [one for one in dictionaries(pdf) if one.get("/Type") == "/Filespec"]
    if not files:
        yield "nothing attached"
    associated = {one.objgen for one in pdf.Root.get("/AF", [])}
    for one in files:
        for key in ("/AFRelationship", "/F", "/UF", "/Desc"):
            if key not in one:
                yield f"an attachment without {key}"
        if one.objgen not in associated:
            yield "an attachment that is not associated with the document"
        if "/Subtype" not in one.EF.F:
            yield "an attachment without its kind"


def it_is_tagged(pdf: pikepdf.Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    if "/MarkInfo" not in root or not root.MarkInfo.get("/Marked"):
        yield "not marked"
    if "/StructTreeRoot" not in pdf.Root:
        yield "no structure"
    if not str(pdf.Root.get("/Lang", "")):
        yield "no language"
    if "/ViewerPreferences" not in root or not root.ViewerPreferences.get("/DisplayDocTitle"):
        yield "the title is not shown"
    for page in pdf.pages:
        if "/StructParents" not in page:
            yield "a page outside of the structure"
        if "/Annots" in page and page.get("/Tabs") != "/S":
            yield "links out of order"


def figures_have_alternatives(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in elements(pdf):
        if one.S == "/Figure" and not str(one.get("/Alt", "")):
            yield "a figure without an alternative"


def headings_are_nested(pdf: pikepdf.Pdf) -> Iterator[str]:
    last = 0
    for one in elements(pdf):
        name = str(one.S)
        if name[:2] == "/H" and name[2:].isdigit():
            if int(name[2:]) > last + 1:
                yield f"{name} behind a heading of level {last}"
            last = int(name[2:])


def tables_have_headers(pdf: pikepdf.Pdf) -> Iterator[str]:
    for table in (one for one in elements(pdf) if one.S == "/Table"):
        cells = [one for one in _within(table) if one.S in ("/TH", "/TD")]
        headers = [one for one in cells if one.S == "/TH"]
        if not headers:
            yield "a table without headers"
        for one in headers:
            attributes = one.get("/A", [])
            listed = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
            if not any("/Scope" in attribute for attribute in listed):
                yield "a header without a scope"


def _within(element: Any) -> Iterator[Any]:
    children = element.get("/K", [])
    for one in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(one, pikepdf.Dictionary) and "/S" in one:
            yield one
            yield from _within(one)


RULES: Mapping[str, Rule] = {
    "ISO 19005-3 6.6.4, ISO 14289-1 5": claims_in_its_metadata,
    "ISO 19005-3 6.2.3": colours_are_defined,
    "ISO 19005-3 6.2.11": fonts_are_embedded_and_mean_characters,
    "ISO 19005-3 6.5, 6.1.3": nothing_acts,
    "ISO 19005-3 6.8": attachments_say_what_they_are,
    "ISO 19005-3 6.7, ISO 14289-1 7.1": it_is_tagged,
    "ISO 14289-1 7.3": figures_have_alternatives,
    "ISO 14289-1 7.4": headings_are_nested,
    "ISO 14289-1 7.5": tables_have_headers,
}


def broken(pdf: pikepdf.Pdf) -> set[str]:
    """The rules that the file breaks, each with what breaks it."""
    return {f"{clause}: {what}" for clause, rule in RULES.items() for what in rule(pdf)}
