"""An office file's copy reads the same and names nobody; what it cannot lose is said."""

from collections.abc import Callable
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.unit.vault.cleaning import canaries, documents
from tests.unit.vault.cleaning.canaries import WORD
from tests.unit.vault.cleaning.documents import A, R, W, zipped

from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.results import CannotClean, Cleaned, Limits, Staying, Why

MADE: dict[str, Callable[[], documents.Parts]] = {
    "docx": documents.docx,
    "xlsx": documents.xlsx,
    "pptx": documents.pptx,
    "odt": documents.odt,
}


def unpacked(copy: Cleaned) -> dict[str, bytes]:
    with ZipFile(BytesIO(copy.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def refused(parts: documents.Parts, limits: Limits | None = None) -> Why:
    with pytest.raises(CannotClean) as caught:
        clean(zipped(parts), limits=limits)
    return caught.value.why


@pytest.mark.parametrize("kind", MADE)
def test_no_word_beside_the_text_is_in_the_copy(kind: str) -> None:
    data = zipped(MADE[kind](), comment=WORD.encode()) + WORD.encode()
    assert canaries.holds(data)
    copy = clean(data)
    assert copy.kind == kind
    assert not canaries.holds(copy.data)
    assert copy.is_clean
    text = b"".join(unpacked(copy).values())
    assert b"that is seen" in text
    assert {"comments"} <= set(copy.removed)
    with ZipFile(BytesIO(copy.data)) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}
        assert archive.comment == b""


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_everything_that_a_copy_refers_to_is_in_it(kind: str) -> None:
    parts = unpacked(clean(zipped(MADE[kind]())))
    listed = etree.fromstring(parts["[Content_Types].xml"])
    named = {str(one.get("PartName"))[1:] for one in listed if one.get("PartName")}
    assert named == {name for name in parts if not name.endswith((".rels", "Types].xml"))}
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        base = dirname(dirname(name))
        known = {str(one.get("Id")) for one in etree.fromstring(data)}
        for one in etree.fromstring(data):
            target = str(one.get("Target"))
            if one.get("TargetMode") != "External":
                assert normpath(join("/", base, target))[1:] in parts
        owner = join(base, name.rpartition("/")[2].removesuffix(".rels"))
        if owner in parts:
            for element in etree.fromstring(parts[owner]).iter():
                used = {v for n, v in element.attrib.items() if str(n).startswith(f"{{{R}}}")}
                assert used <= known


def test_the_spreadsheet_is_read_by_others() -> None:
    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "seen"
    sheet["A1"].comment = Comment(WORD, WORD)
    sheet["B2"] = "=1+1"
    book.properties.creator = WORD
    out = BytesIO()
    book.save(out)
    assert canaries.holds(out.getvalue())
    copy = clean(out.getvalue())
    assert not canaries.holds(copy.data)
    again = openpyxl.load_workbook(BytesIO(copy.data)).active
    assert again is not None
    assert (again["A1"].value, again["B2"].value, again["A1"].comment) == ("seen", "=1+1", None)


def test_marked_changes_keep_their_text_lose_their_author_and_are_said() -> None:
    change = f"""<w:p><w:ins w:id="1" w:author="{WORD}" w:date="2024-01-01T00:00:00Z">
<w:r><w:t>put in</w:t></w:r></w:ins><w:del w:id="2" w:author="{WORD}" w:initials="{WORD}">
<w:r><w:delText>taken out</w:delText></w:r></w:del></w:p>"""
    copy = clean(zipped(documents.docx(change)))
    assert copy.staying == (Staying.TRACKED_TEXT,)
    document = unpacked(copy)["word/document.xml"]
    assert b"put in" in document
    assert b"taken out" in document
    assert WORD.encode() not in document
    assert b"2024" not in document
    odt = clean(
        zipped(
            documents.odt(
                f"""<text:tracked-changes><text:changed-region><text:deletion><office:change-info>
<dc:creator>{WORD}</dc:creator><dc:date>2024-01-01T00:00:00</dc:date><text:p>{WORD}</text:p>
</office:change-info><text:p>taken out</text:p></text:deletion></text:changed-region>
</text:tracked-changes>"""
            )
        )
    )
    assert odt.staying == (Staying.TRACKED_TEXT,)
    assert b"taken out" in unpacked(odt)["content.xml"]
    assert not canaries.holds(odt.data)
    assert b"2024" not in unpacked(odt)["content.xml"]


@pytest.mark.parametrize(
    ("body", "staying"),
    [
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", Staying.HIDDEN_TEXT),
        ("<w:r><w:instrText> AUTHOR </w:instrText></w:r>", Staying.AUTHOR_FIELD),
        ('<w:fldSimple w:instr=" FILENAME \\p "/>', Staying.AUTHOR_FIELD),
    ],
)
def test_what_stays_in_a_text_is_said(body: str, staying: Staying) -> None:
    assert clean(zipped(documents.docx(body))).staying == (staying,)
    near = body.replace("vanish", "b").replace("AUTHOR", "PAGE").replace("FILENAME", "PAGE")
    assert clean(zipped(documents.docx(near))).is_clean


def test_hidden_sheets_slides_and_notes_are_said() -> None:
    sheets = documents.xlsx()
    sheets["xl/workbook.xml"] = sheets["xl/workbook.xml"].replace(
        b'sheetId="1"', b'sheetId="1" state="veryHidden"'
    )
    assert clean(zipped(sheets)).staying == (Staying.HIDDEN_PART,)
    assert clean(zipped(documents.pptx(shown="0"))).staying == (Staying.HIDDEN_PART,)
    assert clean(zipped(documents.pptx(notes=True))).staying == (Staying.SPEAKER_NOTES,)


def test_a_link_stays_and_is_said_and_a_linked_picture_is_not_fetched_any_more() -> None:
    parts = documents.docx(
        '<w:p><w:hyperlink r:id="rId8"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>'
    )
    parts["word/_rels/document.xml.rels"] = documents.relations(
        ("rId1", "image", "media/image1.jpeg"),
        ("rId8", "hyperlink", "https://example.org/"),
        ("rId9", "image", "https://tracker.example/"),
    )
    copy = clean(zipped(parts))
    assert copy.staying == (Staying.LINK,)
    relations = unpacked(copy)["word/_rels/document.xml.rels"]
    assert b"https://example.org/" in relations
    assert b"tracker" not in relations
    odt = clean(zipped(documents.odt('<text:a xlink:href="https://example.org/">x</text:a>')))
    assert odt.staying == (Staying.LINK,)


def test_a_picture_that_is_not_looked_into_is_said() -> None:
    parts = documents.docx()
    parts["word/media/image2.emf"] = b"drawing"
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"<Override", b'<Default Extension="emf" ContentType="image/x-emf"/><Override', 1
    )
    parts["word/_rels/document.xml.rels"] = documents.relations(
        ("rId1", "image", "media/image2.emf")
    )
    assert clean(zipped(parts)).staying == (Staying.PICTURE_NOT_READ,)


def test_macros_embedded_objects_and_encryption_are_refused() -> None:
    macros = documents.docx()
    macros["word/vbaProject.bin"] = b""
    assert refused(macros) is Why.MACROS
    enabled = documents.docx()
    enabled["[Content_Types].xml"] = enabled["[Content_Types].xml"].replace(
        b"document.main+xml", b"document.macroEnabled.main+xml"
    )
    assert refused(enabled) is Why.MACROS
    embedded = documents.docx()
    embedded["word/embeddings/sheet.xlsx"] = WORD.encode()
    # Nothing leads to it: it is left out with all else to which nothing leads.
    assert not canaries.holds(clean(zipped(embedded)).data)
    leads = ("rId1", "package", "embeddings/sheet.xlsx")
    embedded["word/_rels/document.xml.rels"] = documents.relations(leads)
    assert refused(embedded) is Why.EMBEDDED
    for name, why in (("Basic/x.xml", Why.MACROS), ("Object 1/content.xml", Why.EMBEDDED)):
        assert refused({**documents.odt(), name: b""}) is why
    locked = documents.odt()
    locked["META-INF/manifest.xml"] = locked["META-INF/manifest.xml"].replace(
        b"/>", b"><m:encryption-data/></m:file-entry>"
    )
    assert refused(locked) is Why.ENCRYPTED
    with pytest.raises(CannotClean, match="old or an encrypted"):
        clean(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


def test_the_workbook_behind_a_chart_is_left_out_and_the_chart_stays() -> None:
    parts = documents.pptx()
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    chart = f'''<c:chartSpace xmlns:c="{space}" xmlns:r="{R}"><c:externalData r:id="rId1"/>
<c:chart><c:v>3</c:v></c:chart></c:chartSpace>'''
    parts["ppt/charts/chart1.xml"] = chart.encode()
    parts["ppt/embeddings/book.xlsx"] = WORD.encode()
    parts["ppt/charts/_rels/chart1.xml.rels"] = documents.relations(
        ("rId1", "package", "../embeddings/book.xlsx")
    )
    listed = f'<Override PartName="/ppt/charts/chart1.xml" ContentType="{documents.OOXML}'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>", f'{listed}.drawingml.chart+xml"/></Types>'.encode()
    )
    slide = parts["ppt/slides/slide1.xml"]
    called = f'<c:chart xmlns:c="{space}" r:id="rId5"/></p:spTree>'.encode()
    parts["ppt/slides/slide1.xml"] = slide.replace(b"</p:spTree>", called)
    parts["ppt/slides/_rels/slide1.xml.rels"] = documents.relations(
        ("rId1", "image", "../media/image1.png"), ("rId5", "chart", "../charts/chart1.xml")
    )
    copy = clean(zipped(parts))
    assert "chart-data" in copy.removed
    assert not canaries.holds(copy.data)
    assert b">3</c:v>" in unpacked(copy)["ppt/charts/chart1.xml"]
    assert b"externalData" not in unpacked(copy)["ppt/charts/chart1.xml"]


def test_an_archive_that_is_no_document_or_one_of_another_kind_is_refused() -> None:
    assert refused({"a.txt": b"x"}) is Why.UNKNOWN_FORMAT
    assert refused({"[Content_Types].xml": documents.types()}) is Why.UNKNOWN_FORMAT
    assert refused(documents.odt(kind="database")) is Why.UNKNOWN_FORMAT


def test_a_document_type_and_its_entities_are_refused() -> None:
    parts = documents.docx()
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts["word/document.xml"] = bomb + parts["word/document.xml"]
    assert refused(parts) is Why.DAMAGED
    parts["word/document.xml"] = b"no markup"
    assert refused(parts) is Why.DAMAGED


def test_an_archive_that_unpacks_too_far_or_has_too_many_parts_is_refused() -> None:
    parts = {**documents.docx(), "word/media/bomb.xml": bytes(20_000_000)}
    data = zipped(parts)
    assert len(data) < 100_000
    assert refused(parts, Limits(unpacked=1_000_000)) is Why.UNPACKS_TOO_FAR
    lying = bytearray(data)
    # The size that the archive says of the part is made small; the limit does not believe it.
    size = (20_000_000).to_bytes(4, "little")
    at = lying.find(size)
    while at >= 0:
        lying[at : at + 4] = (10).to_bytes(4, "little")
        at = lying.find(size)
    with pytest.raises(CannotClean) as caught:
        clean(bytes(lying), limits=Limits(unpacked=1_000_000))
    assert caught.value.why in (Why.UNPACKS_TOO_FAR, Why.DAMAGED)
    assert refused(documents.docx(), Limits(parts=3)) is Why.TOO_MANY_PARTS


def test_a_pixel_bomb_within_a_document_is_refused() -> None:
    assert refused(documents.docx(), Limits(pixels=100)) is Why.TOO_MANY_PIXELS


def test_two_parts_of_one_name_are_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", documents.types())
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("[Content_Types].xml", documents.types())
    with pytest.raises(CannotClean, match="two parts"):
        clean(out.getvalue())


def test_the_same_file_gives_the_same_copy_and_cleaning_twice_changes_nothing() -> None:
    for make in MADE.values():
        once = clean(zipped(make()))
        assert clean(zipped(make())).sha256 == once.sha256
        assert unpacked(clean(once.data)).keys() == unpacked(once).keys()


def test_a_picture_in_a_text_is_still_in_its_place() -> None:
    parts = unpacked(clean(zipped(documents.docx())))
    document = etree.fromstring(parts["word/document.xml"])
    blip = document.find(f".//{{{A}}}blip")
    assert blip is not None
    assert blip.get(f"{{{R}}}embed") == "rId1"
    assert document.find(f".//{{{W}}}commentReference") is None
    (picture,) = (name for name in parts if name.startswith("media/"))
    assert picture.startswith("media/item")
    assert parts[picture].startswith(b"\xff\xd8\xff")


@settings(deadline=None)
@given(at=st.integers(0, 20_000), change=st.integers(1, 255))
def test_a_damaged_file_is_refused_or_cleaned(at: int, change: int) -> None:
    data = bytearray(zipped(documents.odt()))
    data[at % len(data)] ^= change
    try:
        copy = clean(bytes(data))
    except CannotClean:
        return
    assert not canaries.holds(copy.data)


FIELD = """<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{instruction}
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>as it is seen</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""
HIDDEN_PLACES = {
    "a picture's title": '<w:p><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
    f'alt="{WORD}"><v:imagedata xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'o:title="{WORD}"/>'
    "</v:shape></w:pict></w:p>",
    "a path in a field": FIELD.format(
        instruction=f'<w:r><w:instrText> INCLUDEPICTURE "C:/{WORD}/a.png" </w:instrText></w:r>'
    ),
    "a field over several runs": FIELD.format(
        instruction="<w:r><w:instrText> DOCPRO</w:instrText></w:r>"
        f"<w:r><w:instrText>PERTY {WORD} </w:instrText></w:r>"
    ),
    "a simple field": f'<w:p><w:fldSimple w:instr=" REF {WORD} "><w:r><w:t>seen</w:t></w:r>'
    "</w:fldSimple></w:p>",
    "names of a control": f'<w:sdt><w:sdtPr><w:alias w:val="{WORD}"/><w:tag w:val="{WORD}"/>'
    "</w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
    "a custom element": f'<w:customXml><w:customXmlPr><w:attr w:name="a" w:val="{WORD}"/>'
    "</w:customXmlPr><w:p/></w:customXml>",
    "a table's caption": f'<w:tbl><w:tblPr><w:tblCaption w:val="{WORD}"/>'
    f'<w:tblDescription w:val="{WORD}"/></w:tblPr></w:tbl>',
    "a form field": f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{WORD}"/>'
    "</w:ffData></w:fldChar></w:r></w:p>",
}


@pytest.mark.parametrize("place", HIDDEN_PLACES)
def test_words_that_no_page_shows_go_and_what_it_shows_stays(place: str) -> None:
    data = zipped(documents.docx(HIDDEN_PLACES[place]))
    assert canaries.holds(data)
    copy = clean(data)
    assert not canaries.holds(copy.data)
    if "seen" in HIDDEN_PLACES[place]:
        assert b"seen</w:t>" in unpacked(copy)["word/document.xml"]


def test_a_field_that_is_spread_over_runs_still_names_an_author() -> None:
    runs = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (" AUT", "HOR "))
    copy = clean(zipped(documents.docx(FIELD.format(instruction=runs))))
    assert Staying.AUTHOR_FIELD in copy.staying


def test_numbers_of_pages_stay_fields() -> None:
    page = FIELD.format(instruction="<w:r><w:instrText> PAGE </w:instrText></w:r>")
    copy = unpacked(clean(zipped(documents.docx(page))))["word/document.xml"]
    assert copy.count(b"fldChar ") == 3
    assert b"PAGE" in copy


def test_names_of_pictures_go() -> None:
    parts = documents.docx()
    listed = {name.replace("image1", WORD): data for name, data in parts.items()}
    rels = "word/_rels/document.xml.rels"
    listed[rels] = listed[rels].replace(b"image1", WORD.encode())
    types = "[Content_Types].xml"
    listed[types] = listed[types].replace(b"image1", WORD.encode())
    copy = clean(zipped(listed))
    assert not canaries.holds(copy.data)
    assert any(name.startswith("media/item") for name in unpacked(copy))


SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.spreadsheetml.sharedStrings+xml"/>'
)
SHARED = (
    b'<Relationship Id="rIdS" Target="/xl/sharedStrings.xml" Type="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)


def test_texts_of_deleted_cells_go() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "that is seen"
    out = BytesIO()
    book.save(out)
    with ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    texts = f"<si><t>{WORD}</t></si><si><t>that is seen</t></si>"
    parts["xl/sharedStrings.xml"] = f"<sst {space}>{texts}</sst>".encode()
    cell = b'<c r="A1" t="inlineStr"><is><t>that is seen</t></is></c>'
    for name, old, new in (
        ("xl/worksheets/sheet1.xml", cell, b'<c r="A1" t="s"><v>1</v></c>'),
        ("[Content_Types].xml", b"</Types>", SHARED_TYPE + b"</Types>"),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", SHARED + b"</Relationships>"),
    ):
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)
    data = zipped(parts)
    assert canaries.holds(data)
    copy = clean(data)
    assert not canaries.holds(copy.data)
    again = openpyxl.load_workbook(BytesIO(copy.data)).active
    assert again is not None
    assert again["A1"].value == "that is seen"


@pytest.mark.parametrize(
    "body",
    [
        f'<text:p xmlns:xhtml="http://www.w3.org/1999/xhtml" xhtml:about="{WORD}" '
        f'xhtml:property="{WORD}">x</text:p>',
        f'<text:user-field-decls><text:user-field-decl office:string-value="{WORD}"/>'
        "</text:user-field-decls>",
        f'<office:forms><form:form xmlns:form="urn:f"><form:text form:current-value="{WORD}"/>'
        "</form:form></office:forms>",
        f'<text:script script:language="x" xmlns:script="urn:s">{WORD}</text:script>',
        f'<text:change loext:chg-author="{WORD}" xmlns:loext="urn:l"/>',
    ],
)
def test_words_beside_the_text_of_an_odt_go(body: str) -> None:
    data = zipped(documents.odt(body))
    assert canaries.holds(data)
    assert not canaries.holds(clean(data).data)


def test_pictures_that_nothing_shows_are_left_out_of_an_odt() -> None:
    parts = documents.odt()
    shown = next(name for name in parts if name.startswith("Pictures/"))
    parts["Pictures/not-shown.jpeg"] = parts[shown]
    names = [name for name in unpacked(clean(zipped(parts))) if name.startswith("Pictures/")]
    assert names == ["Pictures/1.jpg"]
