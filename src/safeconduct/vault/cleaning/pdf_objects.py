"""Every object of a PDF reduced: texts, private entries and what pictures say of themselves.

A text in a dictionary is kept only under the few names where a page needs it. So a place for
words that nobody here thought of holds none in the copy.
"""

from typing import TYPE_CHECKING

from safeconduct.vault.cleaning.inflating import inflated_length
from safeconduct.vault.cleaning.jpeg import bare_jpeg
from safeconduct.vault.cleaning.results import CannotClean, Limits, Staying, Why

if TYPE_CHECKING:
    from pikepdf import Object, Pdf, Stream

_NEVER = {
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AF",
    "/AA",
    "/A",
    "/JS",
    "/OPI",
    "/Thumb",
    "/StructParent",
    "/StructParents",
    "/Alternates",
    "/Measure",
    "/PtData",
    "/Alt",
    "/ActualText",
    "/Lang",
    "/Usage",
}
_FORM = {
    "/Type",
    "/Subtype",
    "/FormType",
    "/BBox",
    "/Matrix",
    "/Resources",
    "/Group",
    "/Filter",
    "/DecodeParms",
    "/Length",
    "/OC",
}
_IMAGE = {
    "/Type",
    "/Subtype",
    "/Width",
    "/Height",
    "/ColorSpace",
    "/BitsPerComponent",
    "/Intent",
    "/ImageMask",
    "/Mask",
    "/Decode",
    "/Interpolate",
    "/SMask",
    "/SMaskInData",
    "/Matte",
    "/Filter",
    "/DecodeParms",
    "/Length",
    "/OC",
}
# What fonts are found and drawn by; the names of layers are ours.
_TEXTS = {"/Registry", "/Ordering", "/CharSet"}
_INDEXES = {
    "/Font",
    "/XObject",
    "/ColorSpace",
    "/ExtGState",
    "/Pattern",
    "/Shading",
    "/Properties",
    "/CharProcs",
    "/Colorants",
    "/Solidities",
}


_FONTS = ("/FontFile", "/FontFile2", "/FontFile3")


def clean_objects(pdf: "Pdf", limits: Limits, staying: set[Staying]) -> None:
    """Reduces each object in place. `staying` is added to. Raises CannotClean."""
    from pikepdf import Stream

    indexes = _indexes(pdf)
    pixels = limits.pixels
    for found in list(pdf.objects):
        if isinstance(found, Stream):
            pixels -= _clean_stream(found, limits, staying)
            if pixels < 0:
                raise CannotClean(Why.TOO_MANY_PIXELS, f"limit {limits.pixels}")
        _reduce(found, is_index=getattr(found, "objgen", None) in indexes)
        staying |= _unread(found)


def _unread(found: "Object") -> set[Staying]:
    """What stands in an object as a format of its own, which nobody here reads."""
    from pikepdf import Array, Dictionary, Stream

    if isinstance(found, Dictionary) and any(key in found for key in _FONTS):
        return {Staying.FONT_PROGRAM}
    told: set[Staying] = set()
    inside = found.values() if isinstance(found, Dictionary | Stream) else found
    for one in (found, *inside) if isinstance(found, Array | Dictionary | Stream) else ():
        if isinstance(one, Array) and len(one) > 1 and str(one[0]) == "/ICCBased":
            told.add(Staying.COLOUR_PROFILE)
        elif isinstance(one, Dictionary | Array) and one is not found and not one.is_indirect:
            told |= _unread(one)
    return told


def _clean_stream(stream: "Stream", limits: Limits, staying: set[Staying]) -> int:
    """Reduces a stream; how many pixels it has."""
    kind = str(stream.get("/Subtype"))
    if kind == "/Form":
        _only(stream, _FORM)
    if kind != "/Image":
        return 0
    _only(stream, _IMAGE)
    filters = _filters(stream)
    if filters[-1:] == ["/DCTDecode"]:
        _clean_jpeg(stream, filters, limits, staying)
    elif {"/JPXDecode", "/JBIG2Decode"} & set(filters):
        staying.add(Staying.PICTURE_NOT_READ)
    return int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))


def _clean_jpeg(
    stream: "Stream", filters: list[str], limits: Limits, staying: set[Staying]
) -> None:
    import zlib

    from pikepdf import Dictionary, Name

    raw = stream.read_raw_bytes()
    if filters == ["/FlateDecode", "/DCTDecode"]:
        if inflated_length(raw, 0, limits.unpacked) > limits.unpacked:
            raise CannotClean(Why.UNPACKS_TOO_FAR, f"limit {limits.unpacked} bytes")
        raw = zlib.decompressobj().decompress(raw)
    elif filters != ["/DCTDecode"]:
        staying.add(Staying.PICTURE_NOT_READ)
        return
    parameters = stream.get("/DecodeParms") if len(filters) == 1 else None
    known = parameters if isinstance(parameters, Dictionary) else None
    stream.write(bare_jpeg(raw), filter=Name.DCTDecode, decode_parms=known)


def _filters(stream: "Stream") -> list[str]:
    from pikepdf import Array

    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, Array) else [str(found)]


def _reduce(found: "Object", *, is_index: bool) -> None:
    """One object and what stands directly in it; what it refers to has its own turn.

    An index's keys are what instructions call fonts, pictures or letters: any name may be one.
    """
    from pikepdf import Array, Dictionary, Stream, String

    if isinstance(found, Array):
        _reduce_array(found)
    if not isinstance(found, Dictionary | Stream):
        return
    for key in list(found.keys()):
        value = found[key]
        if isinstance(value, String) and key == "/Name":
            found[key] = String("layer")
        elif _is_unwanted(key, value, is_index=is_index):
            del found[key]
        elif not _stands_alone(value):
            _reduce(value, is_index=key in _INDEXES)


def _is_unwanted(key: str, value: object, *, is_index: bool) -> bool:
    from pikepdf import String

    if isinstance(value, String):
        return is_index or key not in _TEXTS
    return not is_index and (key in _NEVER or "." in key or "_" in key)


def _reduce_array(found: "Object") -> None:
    from pikepdf import String

    items = list(found)
    # The colours of a palette may be written as a text.
    is_palette = bool(items) and str(items[0]) in ("/Indexed", "/I")
    for at, value in enumerate(items):
        if isinstance(value, String) and not is_palette:
            found[at] = String("")
        elif not _stands_alone(value):
            _reduce(value, is_index=False)


def _indexes(pdf: "Pdf") -> set[tuple[int, int]]:
    """Which of the objects that stand alone are indexes."""
    from pikepdf import Dictionary, Stream

    found = set()
    waiting: list[Object] = [one for one in pdf.objects if isinstance(one, Dictionary | Stream)]
    while waiting:
        for key, value in waiting.pop().items():
            if not isinstance(value, Dictionary):
                continue
            if not value.is_indirect:
                waiting.append(value)
            elif key in _INDEXES:
                found.add(value.objgen)
    return found


def _stands_alone(value: object) -> bool:
    """Is it an object of its own in the file? Plain numbers and texts never are."""
    return bool(getattr(value, "is_indirect", False)) or not hasattr(value, "objgen")


def _only(found: "Object", wanted: set[str]) -> None:
    for key in set(found.keys()) - wanted:
        del found[key]
