"""A word planted anywhere in a PDF is gone, or is on its page, or is told."""

from functools import cache
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from tests.unit.vault.cleaning import canaries
from tests.unit.vault.cleaning.canaries import WORD

from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.results import CannotClean, Staying

SOURCE = b"""#set page(header: [a header])
= A page that is seen
#table(columns: 2, [a], [b])
#circle(fill: gradient.linear(red, blue))
#text(fill: rgb(10, 20, 30, 40))[shines through]
"""


@cache
def page() -> bytes:
    """A page with fonts, a gradient, a form, a picture, a spot colour and a letter table."""
    typst = pytest.importorskip("typst")
    with pikepdf.open(BytesIO(typst.compile(SOURCE))) as pdf:
        first = pdf.pages[0].obj
        image = pdf.make_stream(bytes(12))
        image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 2, 2
        image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
        first.Resources.XObject = Dictionary(Im0=image)
        tint = pdf.make_stream(b"{ dup 0.5 mul exch 0 exch 1 }")
        tint.FunctionType, tint.Domain, tint.Range = 4, [0, 1], [0, 1] * 4
        spot = Array([Name.Separation, Name.Spot1, Name.DeviceCMYK, tint])
        spaces = first.Resources.get("/ColorSpace", Dictionary())
        spaces["/Cs9"] = pdf.make_indirect(spot)
        first.Resources.ColorSpace = spaces
        first.Contents = Array([*_all(first.Contents), pdf.make_stream(b"\nq /Im0 Do Q\n")])
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def _all(contents: pikepdf.Object) -> list[pikepdf.Object]:
    return list(contents) if isinstance(contents, Array) else [contents]


def plant(pdf: Pdf, where: int, what: str) -> None:
    holders = [one for one in pdf.objects if isinstance(one, Dictionary | Stream)]
    streams = [one for one in holders if isinstance(one, Stream)]
    one = holders[where % len(holders)]
    # Names of fonts are told of this page anyhow, and lengths are never written as they stand.
    keys = sorted({*one.keys(), "/Own"} - {"/BaseFont", "/FontName", "/Length"})
    if what == "entry":
        one[f"/{WORD}"] = Name.Own
    elif what == "text":
        one["/Own"] = String(WORD)
    elif what == "stream":
        one["/Own"] = pdf.make_stream(WORD.encode())
    elif what == "within":
        one[keys[where % len(keys)]] = Dictionary({f"/{WORD}": 1})
    elif what == "name":
        one[keys[where % len(keys)]] = Name(f"/{WORD}")
    elif what == "text of an entry":
        one[keys[where % len(keys)]] = String(WORD)
    elif what == "list":
        one[keys[where % len(keys)]] = Array([String(WORD), Name(f"/{WORD}")])
    else:
        chosen = streams[where % len(streams)]
        chosen.write(chosen.read_bytes() + b"\n%" + WORD.encode())


WHAT = ("entry", "text", "stream", "within", "name", "text of an entry", "list", "behind a stream")


@settings(deadline=None, max_examples=200)
@given(where=st.integers(0, 10**6), what=st.sampled_from(WHAT))
def test_a_word_anywhere_is_gone_or_told(where: int, what: str) -> None:
    usual = set(clean(page()).staying)
    with pikepdf.open(BytesIO(page())) as pdf:
        plant(pdf, where, what)
        out = BytesIO()
        pdf.save(out)
    try:
        copy = clean(out.getvalue())
    except CannotClean:
        return
    if canaries.holds(copy.data):
        told = set(copy.staying)
        # Font programs are told of this page anyhow, and so is what stands behind one.
        behind_font = what == "behind a stream" and Staying.FONT_PROGRAM in told
        behind_profile = what == "behind a stream" and Staying.COLOUR_PROFILE in told
        assert told - usual or behind_font or behind_profile, (where, what)


@pytest.mark.parametrize(
    "instruction",
    [
        b"(kanarienvogel) q Q",
        b"BX kanarienvogel EX",
        b"/kanarienvogel ri",
        b"/OC <</Own (kanarienvogel)>> BDC EMC",
        b"% kanarienvogel",
        b"BI /W 1 /H 1 /BPC 8 /CS /G /Own (kanarienvogel) ID x EI",
    ],
)
def test_a_word_among_the_instructions_is_gone_or_told(instruction: bytes) -> None:
    pdf = Pdf.new()
    pdf.add_blank_page().obj.Contents = pdf.make_stream(b"q Q " + instruction + b"\nq Q")
    out = BytesIO()
    pdf.save(out)
    assert canaries.holds(out.getvalue())
    copy = clean(out.getvalue())
    assert not canaries.holds(copy.data) or not copy.is_clean


def test_the_page_reads_the_same() -> None:
    pypdf = pytest.importorskip("pypdf")

    def words(data: bytes) -> str:
        return str(pypdf.PdfReader(BytesIO(data)).pages[0].extract_text())

    copy = clean(page())
    assert Staying.UNSEEN_TEXT not in copy.staying
    assert "A page that is seen" in words(page())
    assert words(copy.data) == words(page())
    with pikepdf.open(BytesIO(copy.data)) as pdf:
        assert {"/Im0"} <= set(pdf.pages[0].obj.Resources.XObject.keys())
        assert pdf.check_pdf_syntax() == []


def test_a_letter_that_stands_for_a_word_is_left_out_of_the_table() -> None:
    from safeconduct.vault.cleaning.pdf_letters import plain_letters

    word = WORD.encode("utf-16-be").hex().encode()
    good = b"/CMapName /kanarienvogel def 1 beginbfchar\n<01> <0041>\nendbfchar"
    assert b"<01> <0041>" in plain_letters(good)
    assert not canaries.holds(plain_letters(good))
    assert b"<02>" not in plain_letters(b"1 beginbfchar <02> <" + word + b"> endbfchar")
    ranges = b"1 beginbfrange <01> <02> [<0041> <0042>] endbfrange"
    assert b"1 beginbfrange" in plain_letters(ranges)


def test_bytes_behind_the_points_of_a_picture_go_and_a_mask_and_a_cut_are_told() -> None:
    pdf = Pdf.new()
    first = pdf.add_blank_page(page_size=(200, 100)).obj
    image = pdf.make_stream(bytes(12) + WORD.encode())
    image.Subtype, image.Width, image.Height = Name.Image, 2, 2
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    first.Resources = Dictionary(XObject=Dictionary(Im0=image))
    first.Contents = pdf.make_stream(b"/Im0 Do")
    out = BytesIO()
    pdf.save(out)
    copy = clean(out.getvalue())
    assert canaries.holds(out.getvalue())
    assert not canaries.holds(copy.data)
    assert copy.is_clean
    image.Mask = Array([0, 0, 0, 0, 0, 0])
    first.CropBox = Array([0, 0, 100, 100])
    out = BytesIO()
    pdf.save(out)
    assert clean(out.getvalue()).staying == (Staying.BEYOND_EDGE, Staying.MASKED_PICTURE)
