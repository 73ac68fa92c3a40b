"""What a PDF's pages draw, instruction by instruction, without the marks that draw nothing.

Marked content carries spoken texts, replaced texts and properties that no page shows; remarks
between instructions vanish because each stream is written anew.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from safeconduct.vault.cleaning.results import Staying

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

_LAYER = "/OC"
_INVISIBLE = 3
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
# Names as programs give them; any other may say something.
_PLAIN_NAME = re.compile(r"/[A-Za-z]{1,4}[.]?[0-9]{0,6}([._][0-9]{1,4})*|/[A-Za-z]{1,7}[0-9]{1,4}")
_PICTURES = ("/DCT", "/DCTDecode", "/JPX", "/JPXDecode")


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
                found.Resources = _called_only(found.Resources, called, staying)
            else:
                called_from_forms |= called
        elif isinstance(found, Dictionary) and "/CharProcs" in found:
            for letter in found["/CharProcs"].values():
                _rewrite(letter, letter, staying)
    for page in pdf.pages:
        _clean_page(pdf, page, called_from_forms, staying)


def _clean_page(pdf: "Pdf", page: "Page", called: set[str], staying: set[Staying]) -> None:
    # `resources` finds those of the whole document too, which the page then has as its own.
    resources = page.resources
    if "/Contents" in page.obj:
        content = pdf.make_stream(b"")
        called = called | _rewrite(page.obj, content, staying)
        page.obj.Contents = content
    page.obj.Resources = _called_only(resources, called, staying)


def _draws(stream: "Object") -> bool:
    is_form = str(stream.get("/Subtype")) == "/Form"
    return is_form or stream.get("/PatternType") == 1


def _called_only(resources: "Object", called: set[str], staying: set[Staying]) -> "Object":
    """The same resources of the known kinds, of pictures and forms only those that are called."""
    from pikepdf import Dictionary

    kept = Dictionary({key: one for key, one in resources.items() if key in _RESOURCES})
    for key, one in kept.items():
        if isinstance(one, Dictionary) and not all(map(_PLAIN_NAME.fullmatch, _named(key, one))):
            staying.add(Staying.UNSEEN_TEXT)
    drawn = kept.get("/XObject")
    if isinstance(drawn, Dictionary):
        names = {key: value for key, value in drawn.items() if key in called}
        kept["/XObject"] = Dictionary(names)
    return kept


def _named(key: str, index: "Object") -> list[str]:
    """The names that stand in a list of resources, and those that they stand for in turn."""
    names = [str(name) for name in dict(index)]
    if key == "/ExtGState":
        names += [str(name) for state in index.values() for name in dict(state)]
    return names


def _rewrite(drawn: "Object", into: "Object", staying: set[Staying]) -> set[str]:
    """Writes the instructions of a page or a stream anew; the names of what they call."""
    from pikepdf import parse_content_stream, unparse_content_stream

    kept = list(_kept(parse_content_stream(drawn), staying))
    into.write(unparse_content_stream(kept))
    return {str(one.operands[0]) for one in kept if str(one.operator) == "Do" and one.operands}


def _kept(instructions: Iterable[Any], staying: set[Staying]) -> Iterator[Any]:
    """All but marks; of marks only those that switch a layer, with their end."""
    open_marks: list[bool] = []
    for one in instructions:
        operator = str(one.operator)
        if operator in ("BMC", "BDC"):
            open_marks.append(operator == "BDC" and str(one.operands[0]) == _LAYER)
            if not open_marks[-1]:
                continue
        elif operator == "EMC":
            if not open_marks or not open_marks.pop():
                continue
        elif operator in ("MP", "DP"):
            continue
        _note(operator, one, staying)
        yield one


def _note(operator: str, instruction: Any, staying: set[Staying]) -> None:
    if operator == "Tr" and int(instruction.operands[0]) == _INVISIBLE:
        staying.add(Staying.HIDDEN_TEXT)
    elif operator == "INLINE IMAGE" and any(
        str(name) in _PICTURES for name in instruction.iimage.filters
    ):
        staying.add(Staying.PICTURE_NOT_READ)
