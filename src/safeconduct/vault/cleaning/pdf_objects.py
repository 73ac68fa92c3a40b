"""Every object of a PDF reduced: texts, private entries and what pictures say of themselves.

Entries, names and texts are kept where they are known to be needed. So a place for words that
nobody here thought of holds none in the copy.
"""

import re
from typing import TYPE_CHECKING

from safeconduct.vault.cleaning.inflating import inflated_length
from safeconduct.vault.cleaning.jpeg import bare_jpeg
from safeconduct.vault.cleaning.pdf_letters import rewrite_letters
from safeconduct.vault.cleaning.pdf_names import (
    is_known_key,
    is_plain_font,
    is_plain_letter,
    is_plain_name,
)
from safeconduct.vault.cleaning.pdf_pictures import cut_behind_picture
from safeconduct.vault.cleaning.plain import is_plain
from safeconduct.vault.cleaning.results import CannotClean, Limits, Staying, Why
from safeconduct.vault.cleaning.vocabulary import listed

if TYPE_CHECKING:
    from pikepdf import Object, Pdf, Stream

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
# What a font's numbers of letters are counted by; any other is written as the neutral one.
_ORDERINGS = {"/Registry": ("Adobe",), "/Ordering": ("UCS", "Japan1", "GB1", "CNS1", "Korea1")}
_NEUTRAL = {"/Registry": "Adobe", "/Ordering": "Identity"}
_CALCULATOR = 4
_CALCULATIONS = listed("pdf-calculations")
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


# Lists of names whose kind is known only from the entry that leads to them.
_NAMING = ("/Differences",)
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
        _reduce(found, staying, is_index=getattr(found, "objgen", None) in indexes)
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
    elif stream.get("/FunctionType") == _CALCULATOR:
        _clean_calculator(stream, staying)
    if kind != "/Image":
        return 0
    _only(stream, _IMAGE)
    filters = _filters(stream)
    if filters[-1:] == ["/DCTDecode"]:
        _clean_jpeg(stream, filters, limits, staying)
    elif {"/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"} & set(filters):
        staying.add(Staying.PICTURE_NOT_READ)
    else:
        cut_behind_picture(stream)
    if "/SMask" in stream or "/Mask" in stream:
        # Of points that the mask hides the colours are still there.
        staying.add(Staying.MASKED_PICTURE)
    return int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))


def _clean_calculator(stream: "Stream", staying: set[Staying]) -> None:
    """A function that is written as a little program: without remarks, and all its words known."""
    bare = re.sub(rb"%[^\r\n]*", b" ", stream.read_bytes())
    if all(is_plain(one, _CALCULATIONS) for one in re.split(r"[\s{}]+", bare.decode("latin-1"))):
        stream.write(bare)
    else:
        staying.add(Staying.UNSEEN_TEXT)


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


def _reduce(found: "Object", staying: set[Staying], *, is_index: bool) -> None:
    """One object and what stands directly in it; what it refers to has its own turn.

    An index's keys are what instructions call fonts, pictures or letters: any name may be one.
    """
    from pikepdf import Array, Dictionary, Stream

    if isinstance(found, Array):
        _reduce_array(found, staying, "")
    if not isinstance(found, Dictionary | Stream):
        return
    for key in list(found.keys()):
        value = found[key]
        if _is_unwanted(key, value, is_index=is_index):
            del found[key]
            continue
        if is_index and not (is_plain_name(key) or is_plain_letter(key)):
            staying.add(Staying.UNSEEN_TEXT)
        _reduce_value(found, key, staying)


def _reduce_value(found: "Object", key: str, staying: set[Staying]) -> None:
    from pikepdf import Array, Name, Stream, String

    value = found[key]
    if isinstance(value, String):
        told = str(value)
        known = told in _ORDERINGS.get(key, ())
        found[key] = String("layer" if key == "/Name" else told if known else _NEUTRAL[key])
    elif isinstance(value, Name):
        _note_name(key, str(value), staying)
    elif key == "/ToUnicode" and isinstance(value, Stream):
        rewrite_letters(value)
    elif key == "/Encoding" and isinstance(value, Stream):
        staying.add(Staying.UNSEEN_TEXT)
    elif not _stands_alone(value) or (isinstance(value, Array) and key in _NAMING):
        if isinstance(value, Array):
            _reduce_array(value, staying, key)
        else:
            _reduce(value, staying, is_index=_is_index(found, key))


def _note_name(key: str, name: str, staying: set[Staying]) -> None:
    if key in ("/BaseFont", "/FontName"):
        if not is_plain_font(name):
            staying.add(Staying.FONT_NAME)
    elif not is_plain_name(name):
        staying.add(Staying.UNSEEN_TEXT)


def _is_unwanted(key: str, value: object, *, is_index: bool) -> bool:
    from pikepdf import Name, String

    if isinstance(value, String):
        return is_index or (key not in _NEUTRAL and key != "/Name")
    if key == "/Name" and isinstance(value, Name):
        return not is_index
    return not is_index and not is_known_key(key)


def _reduce_array(found: "Object", staying: set[Staying], key: str) -> None:
    from pikepdf import Array, Name, String

    items = list(found)
    # The colours of a palette may be written as a text.
    is_palette = bool(items) and str(items[0]) in ("/Indexed", "/I")
    for at, value in enumerate(items):
        if isinstance(value, String) and not is_palette:
            found[at] = String("")
        elif isinstance(value, Name):
            known = is_plain_letter if key == "/Differences" else is_plain_name
            if not known(str(value)):
                staying.add(Staying.UNSEEN_TEXT)
        elif not _stands_alone(value):
            if isinstance(value, Array):
                _reduce_array(value, staying, key)
            else:
                _reduce(value, staying, is_index=False)


def _is_index(holder: "Object", key: str) -> bool:
    """Does an entry hold a list by names? A pattern's shading is the shading itself."""
    return key in _INDEXES and not (key == "/Shading" and "/PatternType" in holder)


def _indexes(pdf: "Pdf") -> set[tuple[int, int]]:
    """Which of the objects that stand alone are indexes."""
    from pikepdf import Dictionary, Stream

    found = set()
    waiting: list[Object] = [one for one in pdf.objects if isinstance(one, Dictionary | Stream)]
    while waiting:
        one = waiting.pop()
        for key, value in one.items():
            if not isinstance(value, Dictionary):
                continue
            if not value.is_indirect:
                waiting.append(value)
            elif _is_index(one, key):
                found.add(value.objgen)
    return found


def _stands_alone(value: object) -> bool:
    """Is it an object of its own in the file? Plain numbers and texts never are."""
    return bool(getattr(value, "is_indirect", False)) or not hasattr(value, "objgen")


def _only(found: "Object", wanted: set[str]) -> None:
    for key in set(found.keys()) - wanted:
        del found[key]
