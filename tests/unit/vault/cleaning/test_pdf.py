"""A PDF's copy shows its pages and says nothing else, also after its streams are unpacked."""

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String
from tests.unit.vault.cleaning import canaries
from tests.unit.vault.cleaning.canaries import WORD

from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.results import CannotClean, Limits, Staying, Why

SHOWN = b"BT /F1 12 Tf 20 50 Td (A page that is seen) Tj ET"


def saved(pdf: Pdf, **how: object) -> bytes:
    out = BytesIO()
    pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def new_pdf(content: bytes = SHOWN) -> Pdf:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 100))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
    page.obj.Contents = pdf.make_stream(content)
    return pdf


def information(pdf: Pdf) -> None:
    pdf.docinfo["/Author"] = WORD
    pdf.docinfo["/Own"] = WORD


def xmp(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(WORD.encode())
    pdf.pages[0].obj.Metadata = pdf.make_stream(WORD.encode())


def attachment(pdf: Pdf) -> None:
    pdf.attachments[f"{WORD}.txt"] = WORD.encode()


def scripts(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String(WORD))
    pdf.Root.OpenAction = action
    names = pdf.Root.get("/Names", Dictionary())
    names["/JavaScript"] = Dictionary(Names=Array([String(WORD), action]))
    pdf.Root.Names = names
    pdf.pages[0].obj.AA = Dictionary(O=action)


def bookmarks(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(WORD, 0))


def structure(pdf: Pdf) -> None:
    part = Dictionary(S=Name.Figure, Alt=String(WORD), ActualText=String(WORD))
    pdf.Root.StructTreeRoot = Dictionary(K=pdf.make_indirect(part))
    pdf.Root.Lang = String(WORD)


def comment(pdf: Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=[0, 0, 9, 9],
        T=String(WORD),
        Contents=String(WORD),
        NM=String(WORD),
    )
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[0, 0, 9, 9],
        A=Dictionary(S=Name.URI, URI=String(f"https://{WORD}.example")),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note), link])


def form(pdf: Pdf) -> None:
    look = pdf.make_stream(b"/Tx BMC q Q EMC", {"/Subtype": Name.Form, "/BBox": [0, 0, 9, 9]})
    look.PieceInfo = Dictionary(Own=String(WORD))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            Rect=[0, 0, 9, 9],
            FT=Name.Tx,
            T=String(WORD),
            V=String(WORD),
            DV=String(WORD),
            AP=Dictionary(N=look),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DA=String(WORD))


def marks(pdf: Pdf) -> None:
    content = f"""% {WORD}
/Span <</ActualText ({WORD})>> BDC
BT /F1 12 Tf 20 50 Td (A page that is seen) Tj ET
EMC
/{WORD} /MC0 BDC EMC
/{WORD} MP""".encode()
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=Dictionary(Own=String(WORD)))


def private_entries(pdf: Pdf) -> None:
    page = pdf.pages[0].obj
    page.PieceInfo = Dictionary(App=Dictionary(Private=String(WORD)))
    page.Own = String(WORD)
    page.OwnList = Array([String(WORD)])
    font = page.Resources.Font.F1
    font.Own = Dictionary(Deep=Array([Dictionary(Deeper=String(WORD))]))
    inner = pdf.make_stream(b"q Q", {"/Subtype": Name.Form, "/BBox": [0, 0, 9, 9]})
    inner["/PTEX.FileName"] = String(f"./{WORD}.pdf")
    inner["/PTEX.InfoDict"] = pdf.make_indirect(Dictionary(Author=String(WORD)))
    page.Resources.XObject = Dictionary({"/Fm.0_1": inner})
    page.Contents = pdf.make_stream(SHOWN + b" /Fm.0_1 Do")


def photograph(pdf: Pdf) -> None:
    image = pdf.make_stream(canaries.jpeg())
    image.Subtype, image.Width, image.Height = Name.Image, 64, 32
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    image.Filter = Name.DCTDecode
    image.Metadata = pdf.make_stream(WORD.encode())
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
    pdf.pages[0].obj.Contents = pdf.make_stream(SHOWN + b" q 50 0 0 50 0 0 cm /Im0 Do Q")


def unused(pdf: Pdf) -> None:
    left = pdf.make_stream(WORD.encode(), {"/Subtype": Name.Form, "/BBox": [0, 0, 9, 9]})
    left.write(f"BT ({WORD}) Tj ET".encode())
    pdf.pages[0].obj.Resources.XObject = Dictionary(Old=left)


def layers(pdf: Pdf) -> None:
    group = pdf.make_indirect(
        Dictionary(Type=Name.OCG, Name=String(WORD), Usage=Dictionary(Own=String(WORD)))
    )
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]),
        D=Dictionary(Name=String(WORD), Creator=String(WORD), ON=Array([group])),
    )


def thumbnail(pdf: Pdf) -> None:
    pdf.pages[0].obj.Thumb = pdf.make_stream(WORD.encode())


PLACES: list[Callable[[Pdf], None]] = [
    information,
    xmp,
    attachment,
    scripts,
    bookmarks,
    structure,
    comment,
    form,
    marks,
    private_entries,
    photograph,
    unused,
    layers,
    thumbnail,
]


def content(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        return pdf.pages[0].obj.Contents.read_bytes()


@pytest.mark.parametrize("place", PLACES)
def test_no_word_beside_the_page_is_in_the_copy(place: Callable[[Pdf], None]) -> None:
    pdf = new_pdf()
    place(pdf)
    data = saved(pdf)
    assert canaries.holds(data)
    copy = clean(data)
    assert copy.kind == "pdf"
    assert not canaries.holds(copy.data)
    assert copy.is_clean
    assert b"A page that is seen" in content(copy.data)


def test_all_of_it_together_leaves_none() -> None:
    pdf = new_pdf()
    for place in PLACES:
        place(pdf)
    copy = clean(saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate))
    assert not canaries.holds(copy.data)
    assert {"information", "xmp", "attachments", "scripts", "bookmarks"} <= set(copy.removed)


def test_an_earlier_version_within_the_file_is_left_out() -> None:
    old = saved(new_pdf(f"BT ({WORD}) Tj ET".encode()), static_id=True)
    with pikepdf.open(BytesIO(old)) as pdf:
        number = pdf.pages[0].obj.Contents.objgen[0]
    new = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(SHOWN),
        SHOWN,
    )
    start = len(old)
    before = int(old.rpartition(b"startxref")[2].split()[0])
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start)
    with pikepdf.open(BytesIO(old)) as pdf:
        root = pdf.trailer.Root.objgen[0]
        size = len(pdf.objects) + 1
    trailer = b"trailer\n<</Root %d 0 R /Size %d /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        root,
        size,
        before,
        start + len(new),
    )
    data = old + new + table + trailer + b"% " + WORD.encode()
    assert content(data) == SHOWN
    assert canaries.holds(data)
    copy = clean(data)
    assert not canaries.holds(copy.data)
    assert b"A page that is seen" in content(copy.data)


def test_bytes_behind_a_deflated_stream_are_left_out() -> None:
    pdf = new_pdf()
    packed = zlib.compress(SHOWN) + WORD.encode()
    pdf.pages[0].obj.Contents = pdf.make_stream(b"")
    pdf.pages[0].obj.Contents.write(packed, filter=Name.FlateDecode)
    image = pdf.make_stream(b"")
    image.write(zlib.compress(bytes(12)) + WORD.encode(), filter=Name.FlateDecode)
    image.Subtype, image.Width, image.Height = Name.Image, 2, 2
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
    pdf.pages[0].obj.Contents = pdf.make_stream(SHOWN + b" /Im0 Do")
    data = saved(pdf)
    assert canaries.holds(data)
    assert not canaries.holds(clean(data).data)


def test_the_picture_of_a_filled_form_and_of_a_stamp_is_still_on_the_page() -> None:
    pdf = new_pdf()
    form(pdf)
    with pikepdf.open(BytesIO(clean(saved(pdf)).data)) as copy:
        annotation = copy.pages[0].obj.Annots[0]
        assert annotation.Subtype == Name.Stamp
        assert annotation.AP.N.read_bytes().split() == [b"q", b"Q"]
        assert set(annotation.keys()) == {"/Type", "/Subtype", "/Rect", "/F", "/AP"}


def test_a_layer_that_is_off_and_text_that_is_not_drawn_are_said() -> None:
    pdf = new_pdf(SHOWN + b" BT 3 Tr (under a scan) Tj ET")
    layers(pdf)
    pdf.Root.OCProperties.D.OFF = pdf.Root.OCProperties.OCGs
    copy = clean(saved(pdf))
    assert copy.staying == (Staying.HIDDEN_PART, Staying.HIDDEN_TEXT)
    assert not copy.is_clean


def test_a_layers_marks_stay_where_they_switch_it() -> None:
    pdf = new_pdf(b"/OC /L0 BDC /P <</Lang (x)>> BDC " + SHOWN + b" EMC EMC EMC")
    layers(pdf)
    pdf.pages[0].obj.Resources.Properties = Dictionary(L0=pdf.Root.OCProperties.OCGs[0])
    words = content(clean(saved(pdf)).data).split()
    assert (words.count(b"BDC"), words.count(b"EMC")) == (1, 1)
    assert words[:2] == [b"/OC", b"/L0"]


@pytest.mark.parametrize("how", [Name.JPXDecode, Name.JBIG2Decode])
def test_a_picture_that_is_not_looked_into_is_said(how: Name) -> None:
    pdf = new_pdf(SHOWN + b" /Im0 Do")
    image = pdf.make_stream(b"")
    image.write(b"a picture", filter=how)
    image.Subtype, image.Width, image.Height = Name.Image, 2, 2
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
    assert clean(saved(pdf)).staying == (Staying.PICTURE_NOT_READ,)


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_file_is_refused(user: str) -> None:
    data = saved(new_pdf(), encryption=pikepdf.Encryption(owner="owner", user=user))
    with pytest.raises(CannotClean) as caught:
        clean(data)
    assert caught.value.why is Why.ENCRYPTED


def test_a_dynamic_form_is_refused() -> None:
    pdf = new_pdf()
    pdf.Root.AcroForm = Dictionary(XFA=pdf.make_stream(b"<xdp/>"))
    with pytest.raises(CannotClean) as caught:
        clean(saved(pdf))
    assert caught.value.why is Why.DYNAMIC_FORM


def test_a_stream_that_unpacks_too_far_is_refused() -> None:
    pdf = new_pdf(b" " * 3_000_000)
    data = saved(pdf, compress_streams=True)
    assert len(data) < 30_000
    with pytest.raises(CannotClean, match="limit 1000000") as caught:
        clean(data, limits=Limits(unpacked=1_000_000))
    assert caught.value.why is Why.UNPACKS_TOO_FAR
    assert clean(data).kind == "pdf"


def test_too_many_pixels_or_objects_are_refused() -> None:
    pdf = new_pdf()
    photograph(pdf)
    with pytest.raises(CannotClean) as caught:
        clean(saved(pdf), limits=Limits(pixels=64 * 32 - 1))
    assert caught.value.why is Why.TOO_MANY_PIXELS
    for _ in range(60):
        pdf.make_indirect(Dictionary())
        pdf.pages[0].obj.Own = Array([pdf.make_indirect(Dictionary()) for _ in range(60)])
    with pytest.raises(CannotClean) as caught:
        clean(saved(pdf), limits=Limits(parts=1))
    assert caught.value.why is Why.TOO_MANY_PARTS


@settings(deadline=None)
@given(st.integers(0, 4_000), st.integers(1, 255))
def test_a_damaged_file_is_refused_or_cleaned(at: int, change: int) -> None:
    pdf = new_pdf()
    information(pdf)
    data = bytearray(saved(pdf, static_id=True))
    data[at % len(data)] ^= change
    try:
        copy = clean(bytes(data))
    except CannotClean:
        return
    assert not canaries.holds(copy.data)


def test_the_same_file_gives_the_same_copy() -> None:
    pdf = new_pdf()
    information(pdf)
    data = saved(pdf)
    assert clean(data).sha256 == clean(data).sha256


def test_our_own_dossiers_are_cleaned_and_still_show_their_words(root: Path) -> None:
    import typst

    source = b'#set document(title: "kanarienvogel", author: "kanarienvogel")\nA page that is seen'
    data = typst.compile(source, pdf_standards=["a-2a"])
    assert canaries.holds(data)
    copy = clean(data)
    assert not canaries.holds(copy.data)
    with pikepdf.open(BytesIO(copy.data)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.pages[0].obj.Resources.Font


def test_names_that_may_say_something_profiles_and_fonts_are_said() -> None:
    pdf = new_pdf()
    page = pdf.pages[0].obj
    page.Resources[f"/{WORD}"] = Dictionary()
    assert not canaries.holds(clean(saved(pdf)).data)
    page.Resources.ExtGState = Dictionary({f"/{WORD}": Dictionary(CA=1)})
    assert clean(saved(pdf)).staying == (Staying.UNSEEN_TEXT,)
    page.Resources.ExtGState = Dictionary({"/GS0": Dictionary(CA=1)})
    profile = pdf.make_stream(WORD.encode(), {"/N": 3})
    page.Resources.ColorSpace = Dictionary({"/CS0": Array([Name.ICCBased, profile])})
    assert clean(saved(pdf)).staying == (Staying.COLOUR_PROFILE,)
    page.Resources.ColorSpace = Dictionary(
        {"/CS0": Array([Name.Indexed, Array([Name.ICCBased, profile]), 0, String("abc")])}
    )
    assert clean(saved(pdf)).staying == (Staying.COLOUR_PROFILE,)
    del page.Resources["/ColorSpace"]
    program = pdf.make_stream(WORD.encode(), {})
    page.Resources.Font.F1.FontDescriptor = pdf.make_indirect(Dictionary(FontFile2=program))
    assert clean(saved(pdf)).staying == (Staying.FONT_PROGRAM,)


def test_a_bar_over_a_text_is_told_and_a_ground_under_it_is_not() -> None:
    bar = b" 0 g 10 40 100 20 re f "
    assert clean(saved(new_pdf(SHOWN + bar))).staying == (Staying.COVERED,)
    assert clean(saved(new_pdf(bar + SHOWN))).is_clean
    assert clean(saved(new_pdf(SHOWN + b" 10 40 m 20 40 l S"))).is_clean
    pdf = new_pdf()
    look = pdf.make_stream(bar, {"/Subtype": Name.Form, "/BBox": [0, 0, 200, 100]})
    square = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=[0, 0, 200, 100], AP=Dictionary(N=look)
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(square)])
    assert clean(saved(pdf)).staying == (Staying.COVERED,)
