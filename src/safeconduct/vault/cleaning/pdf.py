"""PDF: the pages as they are seen, written anew; what they do not show has no way into the copy.

Whatever is not known to be needed is left out: information, XMP, attachments, scripts, forms behind
their picture, comments, links, bookmarks, structure, earlier versions, texts in any dictionary.
What lies under a bar or beyond a page's cut is not looked for, nor what a font program or a colour
profile says of itself; that it may be there is said. Not looked for and not said: what a picture
covers.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from safeconduct.vault.cleaning.inflating import within_limit
from safeconduct.vault.cleaning.pdf_content import clean_contents
from safeconduct.vault.cleaning.pdf_objects import clean_objects
from safeconduct.vault.cleaning.results import Bare, CannotClean, Limits, Staying, Why

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Page, Pdf

_CATALOGUE = {"/Type", "/Pages", "/OCProperties", "/PageLayout"}
_PAGE = {
    "/Type",
    "/Parent",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/BleedBox",
    "/TrimBox",
    "/ArtBox",
    "/Rotate",
    "/UserUnit",
    "/Contents",
    "/Group",
    "/Annots",
}
_TREE = {"/Type", "/Parent", "/Kids", "/Count", "/MediaBox", "/CropBox", "/Rotate"}
# Those whose picture on the page is the point; what is written on a note is not on the page.
_SHOWN = {
    "/Widget",
    "/Stamp",
    "/FreeText",
    "/Ink",
    "/Highlight",
    "/Underline",
    "/StrikeOut",
    "/Squiggly",
    "/Line",
    "/Square",
    "/Circle",
    "/Polygon",
    "/PolyLine",
}
_HIDDEN_FLAGS = 0b100010  # hidden, no view


def clean_pdf(data: bytes, limits: Limits) -> Bare:
    """A PDF → a PDF of the same pages.

    1. Bound what unpacks, before anything else reads it.  2. Open; refuse what is encrypted or
    is a dynamic form.  3. Reduce catalogue and pages.  4. Rewrite what the pages draw.  5. Reduce
    every object.  6. Write only what the pages still lead to; 4 to 6 once more, to tell of that.
    Raises CannotClean.
    """
    import pikepdf

    within_limit(data, limits)  # 1
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:  # 2
            return _cleaned(pdf, limits)
    except pikepdf.PasswordError:
        raise CannotClean(Why.ENCRYPTED) from None
    except CannotClean:
        raise
    except Exception as error:  # a hostile file makes qpdf and its binding raise nearly anything
        raise CannotClean(Why.DAMAGED, type(error).__name__) from None


def _cleaned(pdf: "Pdf", limits: Limits) -> Bare:
    import pikepdf

    if pdf.is_encrypted:
        raise CannotClean(Why.ENCRYPTED)
    if len(pdf.objects) > 50 * limits.parts:
        raise CannotClean(Why.TOO_MANY_PARTS, f"limit {50 * limits.parts} objects")
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise CannotClean(Why.DYNAMIC_FORM)
    staying: set[Staying] = set()
    removed = set(_removed(pdf))
    _reduce_catalogue(pdf, staying)  # 3
    for page in pdf.pages:
        if list(page.cropbox) != list(page.mediabox):
            staying.add(Staying.BEYOND_EDGE)
        _reduce_page(pdf, page)
    _reduce_content(pdf, limits, set())
    # What nothing leads to any more is not written; what is told is told of the rest.
    with pikepdf.open(BytesIO(_written(pdf)), suppress_warnings=True) as again:
        _reduce_content(again, limits, staying)
        data = _written(again)
    return Bare(kind="pdf", data=data, removed=frozenset(removed), staying=frozenset(staying))


def _reduce_content(pdf: "Pdf", limits: Limits, staying: set[Staying]) -> None:
    from pikepdf import Dictionary

    clean_contents(pdf, staying)  # 4
    for found in list(pdf.objects):
        if isinstance(found, Dictionary) and str(found.get("/Type")) == "/Pages":
            _only(found, _TREE)
    clean_objects(pdf, limits, staying)  # 5


def _written(pdf: "Pdf") -> bytes:  # 6
    import pikepdf

    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        recompress_flate=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    # What was repaired while it was read may still be no document: such a copy is none.
    with pikepdf.open(out, suppress_warnings=True) as again:
        if not len(again.pages) == len(pdf.pages) > 0:
            raise CannotClean(Why.DAMAGED, "no pages")
    return out.getvalue()


def _removed(pdf: "Pdf") -> Iterator[str]:
    """Words for what is there and will not be."""
    from pikepdf import Dictionary

    named = {
        "/Metadata": "xmp",
        "/Names": "names",
        "/OpenAction": "actions",
        "/AA": "actions",
        "/AcroForm": "form",
        "/Outlines": "bookmarks",
        "/StructTreeRoot": "structure",
        "/PieceInfo": "private-data",
        "/Collection": "portfolio",
    }
    yield from (word for key, word in named.items() if key in pdf.Root)
    names = pdf.Root.get("/Names", Dictionary())
    yield from (
        word
        for key, word in (("/EmbeddedFiles", "attachments"), ("/JavaScript", "scripts"))
        if key in names
    )
    if "/Info" in pdf.trailer:
        yield "information"
    if any("/Annots" in page for page in pdf.pages):
        yield "annotations"


def _reduce_catalogue(pdf: "Pdf", staying: set[Staying]) -> None:
    from pikepdf import Dictionary

    for key in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
        del pdf.trailer[key]
    for key in set(pdf.Root.keys()) - _CATALOGUE:
        del pdf.Root[key]
    layers = pdf.Root.get("/OCProperties")
    if layers is None:
        return
    seen = layers.get("/D", Dictionary())
    if len(seen.get("/OFF", [])) or str(seen.get("/BaseState", "/ON")) != "/ON":
        staying.add(Staying.HIDDEN_PART)
    _only(layers, {"/OCGs", "/D"})
    if "/D" in layers:
        _only(layers.D, {"/BaseState", "/ON", "/OFF"})
    for group in layers.get("/OCGs", []):
        _only(group, {"/Type", "/Intent"})
        group.Name = "layer"


def _reduce_page(pdf: "Pdf", page: "Page") -> None:
    from pikepdf import Array

    _only(page.obj, _PAGE)
    if "/Annots" in page:
        kept = [_stamp(pdf, one) for one in page.obj.Annots if _is_shown(one)]
        if kept:
            page.obj.Annots = Array(kept)
        else:
            del page.obj["/Annots"]


def _is_shown(annotation: "Object") -> bool:
    hidden = int(annotation.get("/F", 0)) & _HIDDEN_FLAGS
    return (
        not hidden and str(annotation.get("/Subtype")) in _SHOWN and _look(annotation) is not None
    )


def _look(annotation: "Object") -> "Object | None":
    """The stream that draws the annotation as it stands on the page."""
    from pikepdf import Dictionary, Stream

    look = annotation.get("/AP", Dictionary()).get("/N")
    if isinstance(look, Dictionary):
        look = look.get(str(annotation.get("/AS", "/Off")))
    return look if isinstance(look, Stream) else None


def _stamp(pdf: "Pdf", annotation: "Object") -> "Dictionary":
    """The annotation's picture and place, and nothing of what it was."""
    from pikepdf import Dictionary, Name

    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Stamp,
            Rect=annotation.Rect,
            F=4,
            AP=Dictionary(N=_look(annotation)),
        )
    )


def _only(found: "Object", wanted: set[str]) -> None:
    for key in set(found.keys()) - wanted:
        del found[key]
