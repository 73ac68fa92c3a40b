"""What a PDF's pages draw, instruction by instruction, without the marks that draw nothing.

Marked content carries spoken texts, replaced texts and properties that no page shows; remarks
between instructions vanish because each stream is written anew.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from safeconduct.vault.cleaning.pdf_names import is_plain_name
from safeconduct.vault.cleaning.results import Staying
from safeconduct.vault.cleaning.vocabulary import listed

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_LAYER = "/OC"
_INVISIBLE = 3
_INLINE = "INLINE IMAGE"
_RESOURCES = {
    "/Font",
    "/XObject",
    "/ColorSpace",
    "/ExtGState",
    "/Pattern",
    "/Shading",
    "/Properties",
    "/ProcSet",
}
_PICTURES = ("/DCT", "/DCTDecode", "/JPX", "/JPXDecode", "/CCF", "/CCITTFaxDecode")
_TEXTS = ("Tj", "TJ", "'", '"')
_FILLING = ("f", "F", "f*", "B", "B*", "b", "b*", "sh")
_OPERATORS = listed("pdf-operators")


def clean_contents(pdf: "Pdf", staying: set[Staying]) -> None:
    """Rewrites the contents of pages, forms, patterns and drawn letters. `staying` is added to.

    Pictures and forms that no content calls lose the way that leads to them.
    """
    from pikepdf import Dictionary, Stream

    # A form without resources of its own calls those of the page that it stands on.
    called_from_forms: set[str] = set()
    for found in list(pdf.objects):
        if isinstance(found, Stream) and _draws(found):
            called = _rewrite(found, found, staying)
            if "/Resources" in found:
                found.Resources = _called_only(found.Resources, called)
            else:
                called_from_forms |= called
        elif isinstance(found, Dictionary) and "/CharProcs" in found:
            for letter in found["/CharProcs"].values():
                _rewrite(letter, letter, staying)
    for page in pdf.pages:
        _clean_page(pdf, page, called_from_forms, staying)


def _clean_page(pdf: "Pdf", page: "Page", called: set[str], staying: set[Staying]) -> None:
    from pikepdf import parse_content_stream

    # `resources` finds those of the whole document too, which the page then has as its own.
    resources = page.resources
    if "/Contents" in page.obj:
        content = pdf.make_stream(b"")
        called = called | _rewrite(page.obj, content, staying)
        page.obj.Contents = content
    page.obj.Resources = _called_only(resources, called)
    for annotation in page.obj.get("/Annots", []):
        if any(str(one.operator) in _FILLING for one in parse_content_stream(annotation.AP.N)):
            staying.add(Staying.COVERED)


def _draws(stream: "Object") -> bool:
    is_form = str(stream.get("/Subtype")) == "/Form"
    return is_form or stream.get("/PatternType") == 1


def _called_only(resources: "Object", called: set[str]) -> "Object":
    """The same resources of the known kinds, of pictures and forms only those that are called."""
    from pikepdf import Dictionary

    kept = Dictionary({key: one for key, one in resources.items() if key in _RESOURCES})
    drawn = kept.get("/XObject")
    if isinstance(drawn, Dictionary):
        names = {key: value for key, value in drawn.items() if key in called}
        kept["/XObject"] = Dictionary(names)
    return kept


def _rewrite(drawn: "Object", into: "Object", staying: set[Staying]) -> set[str]:
    """Writes the instructions of a page or a stream anew; the names of what they call."""
    from pikepdf import parse_content_stream, unparse_content_stream

    kept = list(_kept(parse_content_stream(drawn), staying))
    if _covers(kept):
        staying.add(Staying.COVERED)
    into.write(unparse_content_stream(kept))
    return {str(one.operands[0]) for one in kept if str(one.operator) == "Do" and one.operands}


def _covers(instructions: Iterable[Any]) -> bool:
    """Is a surface filled after a text or a picture, over which it may lie as a bar?"""
    drawn = False
    for one in instructions:
        operator = str(one.operator)
        if drawn and operator in _FILLING:
            return True
        drawn |= operator in (*_TEXTS, "Do", _INLINE)
    return False


def _kept(instructions: Iterable[Any], staying: set[Staying]) -> Iterator[Any]:
    """All but marks; of marks only those that switch a layer, with their end."""
    open_marks: list[bool] = []
    for one in instructions:
        operator = str(one.operator)
        if operator in ("BMC", "BDC"):
            open_marks.append(operator == "BDC" and _is_layer(one.operands))
            if not open_marks[-1]:
                continue
        elif operator == "EMC":
            if not open_marks or not open_marks.pop():
                continue
        elif operator in ("MP", "DP") or not _is_known(operator):
            continue
        _note(operator, one, staying)
        yield one if operator in _TEXTS or operator == _INLINE else _without_texts(one)


def _is_known(operator: str) -> bool:
    """Another word among the instructions draws nothing, whoever wrote it."""
    return operator in _OPERATORS or operator == _INLINE


def _is_layer(operands: Any) -> bool:
    from pikepdf import Name

    return len(operands) == 2 and str(operands[0]) == _LAYER and isinstance(operands[1], Name)


def _without_texts(instruction: Any) -> Any:
    """The instruction without what none of its kind has: texts and lists of entries."""
    from pikepdf import ContentStreamInstruction, Dictionary, String

    plain = [one for one in instruction.operands if not isinstance(one, String | Dictionary)]
    if len(plain) == len(instruction.operands):
        return instruction
    return ContentStreamInstruction(plain, instruction.operator)


def _note(operator: str, instruction: Any, staying: set[Staying]) -> None:
    from pikepdf import Name

    if operator == _INLINE:
        picture = instruction.iimage
        if any(str(name) in _PICTURES for name in picture.filters):
            staying.add(Staying.PICTURE_NOT_READ)
        if any(key[1:] not in listed("pdf-inline") for key in dict(picture.obj)):
            staying.add(Staying.UNSEEN_TEXT)
        return
    if operator == "Tr" and int(instruction.operands[0]) == _INVISIBLE:
        staying.add(Staying.HIDDEN_TEXT)
    if any(isinstance(one, Name) and not is_plain_name(str(one)) for one in instruction.operands):
        staying.add(Staying.UNSEEN_TEXT)
