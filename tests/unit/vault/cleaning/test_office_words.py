"""Words that an office file has beside its text: renamed, left out, or told by kind and place."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from tests.unit.vault.cleaning import canaries, documents
from tests.unit.vault.cleaning.canaries import WORD
from tests.unit.vault.cleaning.documents import MC, OOXML, A, R, S, W, zipped

from safeconduct.vault.cleaning.cleaner import clean
from safeconduct.vault.cleaning.formulas import says_nothing
from safeconduct.vault.cleaning.plain import is_common_font, is_plain
from safeconduct.vault.cleaning.results import Cleaned, Staying

LATER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def part(copy: Cleaned, name: str) -> bytes:
    with ZipFile(BytesIO(copy.data)) as archive:
        return archive.read(name)


def with_sheet(more: str, old: str = "<pageSetup") -> documents.Parts:
    parts = documents.xlsx()
    sheet = parts["xl/sheet1.xml"].decode()
    assert old in sheet
    parts["xl/sheet1.xml"] = sheet.replace(old, more + old, 1).encode()
    return parts


def with_book(more: str) -> documents.Parts:
    parts = documents.xlsx()
    book = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = book.replace("</workbook>", f"{more}</workbook>").encode()
    return parts


@pytest.mark.parametrize(
    "more",
    [
        f'<scenarios><scenario name="{WORD}" user="{WORD}" comment="{WORD}"/></scenarios>',
        f'<dataConsolidate><dataRefs><dataRef name="{WORD}" sheet="{WORD}"/></dataRefs>'
        "</dataConsolidate>",
        f'<protectedRanges><protectedRange name="{WORD}" sqref="A1" securityDescriptor="{WORD}"/>'
        "</protectedRanges>",
        f'<extLst><ext uri="{WORD}"><x14:id xmlns:x14="{LATER}">{WORD}</x14:id></ext></extLst>',
        f'<dataValidations><dataValidation prompt="{WORD}" error="{WORD}" sqref="A1"/>'
        "</dataValidations>",
        f'<hyperlinks><hyperlink ref="A1" tooltip="{WORD}" display="{WORD}"/></hyperlinks>',
        f'<customSheetViews><customSheetView guid="{WORD}"/></customSheetViews>',
        f'<own:thing xmlns:own="urn:own">{WORD}</own:thing>',
    ],
)
def test_what_a_sheet_says_beside_its_cells_goes(more: str) -> None:
    data = zipped(with_sheet(more))
    assert canaries.holds(data)
    copy = clean(data)
    assert not canaries.holds(copy.data)
    assert copy.is_clean
    assert b"A page that is seen" in part(copy, "xl/sheet1.xml")


def test_the_remark_of_a_name_goes_and_the_name_is_told() -> None:
    named = f'<definedNames><definedName name="_xlnm.Print_Area" comment="{WORD}">Seen!$A$1'
    copy = clean(zipped(with_book(f"{named}</definedName></definedNames>")))
    assert copy.is_clean
    assert not canaries.holds(copy.data)
    own = f'<definedNames><definedName name="{WORD}">Seen!$A$1</definedName></definedNames>'
    copy = clean(zipped(with_book(own)))
    assert (copy.staying, copy.where) == ((Staying.UNSEEN_TEXT,), ("definedName@name",))


def test_a_formula_with_a_word_is_told_and_one_without_is_not() -> None:
    row = '<row r="2"><c r="A2"><f>{}</f><v>1</v></c></row></sheetData>'
    for formula, staying in (
        ("SUM(A1:A9)*2", ()),
        ("Seen!$A$1", ()),
        ("IF(A1=&quot;A page that is seen&quot;,1,2)", ()),
        (f"IF(A1=&quot;{WORD}&quot;,1,2)", (Staying.FORMULA,)),
        (f"{WORD}+1", (Staying.FORMULA,)),
        (f"{WORD}!A1", (Staying.FORMULA,)),
    ):
        parts = documents.xlsx()
        sheet = parts["xl/sheet1.xml"].replace(b"</sheetData>", row.format(formula).encode())
        parts["xl/sheet1.xml"] = sheet
        copy = clean(zipped(parts))
        assert copy.staying == staying, formula
        assert b"<f>" in part(copy, "xl/sheet1.xml").replace(b"n0:", b"")


def test_formulas_of_cells_and_common_functions_say_nothing() -> None:
    assert says_nothing("of:=SUM([.A1:.B2])+1.5", ())
    assert says_nothing("VLOOKUP($A$1,'My sheet'!A:C,2,FALSE)", {"My sheet"})
    assert not says_nothing("VLOOKUP($A$1,'My sheet'!A:C,2,FALSE)", ())
    assert not says_nothing('A1&"x"', ())
    assert not says_nothing("OWN(A1)", ())


def test_names_of_styles_and_marks_become_ours_in_all_places_alike() -> None:
    body = f"""<w:p><w:pPr><w:pStyle w:val="{WORD}"/></w:pPr>
<w:bookmarkStart w:id="1" w:name="{WORD}"/><w:r><w:t>styled</w:t></w:r><w:bookmarkEnd w:id="1"/>
<w:hyperlink w:anchor="{WORD}"><w:r><w:t>to the mark</w:t></w:r></w:hyperlink></w:p>"""
    parts = documents.docx(body)
    parts["word/styles.xml"] = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph"
 w:styleId="{WORD}"><w:name w:val="{WORD}"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
</w:styles>""".encode()
    listed = f'<Override PartName="/word/styles.xml" ContentType="{OOXML}'
    types = parts["[Content_Types].xml"].decode()
    types = types.replace("</Types>", f'{listed}.wordprocessingml.styles+xml"/></Types>')
    parts["[Content_Types].xml"] = types.encode()
    parts["word/_rels/document.xml.rels"] = documents.relations(
        ("rId1", "image", "media/image1.jpeg"), ("rId2", "styles", "styles.xml")
    )
    copy = clean(zipped(parts))
    assert copy.is_clean
    assert not canaries.holds(copy.data)
    text = etree.fromstring(part(copy, "word/document.xml"))
    styles = etree.fromstring(part(copy, "word/styles.xml"))
    used = text.find(f".//{{{W}}}pStyle")
    mark, link = text.find(f".//{{{W}}}bookmarkStart"), text.find(f".//{{{W}}}hyperlink")
    assert used is not None
    assert mark is not None
    assert link is not None
    ids = [one.get(f"{{{W}}}styleId") for one in styles]
    assert ids == [used.get(f"{{{W}}}val"), "Heading1"]
    assert mark.get(f"{{{W}}}name") == link.get(f"{{{W}}}anchor")


def test_a_control_gives_way_to_what_it_holds() -> None:
    body = f"""<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{WORD}" w:value="{WORD}"/>
</w:dropDownList></w:sdtPr><w:sdtContent><w:p><w:r><w:t>chosen</w:t></w:r></w:p></w:sdtContent>
</w:sdt>"""
    copy = clean(zipped(documents.docx(body)))
    assert copy.is_clean
    assert not canaries.holds(copy.data)
    assert b"chosen" in part(copy, "word/document.xml")
    assert b"sdt" not in part(copy, "word/document.xml")


def test_of_two_ways_to_show_the_same_one_is_kept() -> None:
    ways = """<w:r><mc:AlternateContent xmlns:mc="{}"><mc:Choice Requires="own">{}</mc:Choice>
<mc:Fallback><w:t>the plain way</w:t></mc:Fallback></mc:AlternateContent></w:r>"""
    own = f'<own:shape xmlns:own="urn:own" name="{WORD}"/>'
    copy = clean(zipped(documents.docx(f"<w:p>{ways.format(MC, own)}</w:p>")))
    assert b"the plain way" in part(copy, "word/document.xml")
    copy = clean(
        zipped(documents.docx(f"<w:p>{ways.format(MC, '<w:t>the known way</w:t>')}</w:p>"))
    )
    assert b"the known way" in part(copy, "word/document.xml")
    assert b"the plain way" not in part(copy, "word/document.xml")
    assert not canaries.holds(copy.data)


def test_a_font_of_few_machines_is_told_and_a_common_one_is_not() -> None:
    run = '<w:p><w:r><w:rPr><w:rFonts w:ascii="{}"/></w:rPr><w:t>x</w:t></w:r></w:p>'
    copy = clean(zipped(documents.docx(run.format("Times New Roman"))))
    assert copy.is_clean
    copy = clean(zipped(documents.docx(run.format(WORD))))
    assert (copy.staying, copy.where) == ((Staying.FONT_NAME,), ("rFonts@ascii",))
    assert is_common_font("Liberation Serif1")
    assert not is_common_font("Liberation House")


@pytest.mark.parametrize("value", ["12", "-1.5cm", "FF0000", "0 0 10 20", "center", "50%", "A1:C9"])
def test_numbers_colours_and_words_of_the_format_are_plain(value: str) -> None:
    assert is_plain(value, {"center"})


@pytest.mark.parametrize("value", [WORD, "Ali", "12 Ali", "Иван", "C:/own", "{a-b}", "a" * 5000])
def test_other_words_are_not(value: str) -> None:
    assert not is_plain(value, {"center"})


def test_a_pattern_after_which_no_slide_is_made_and_its_words_go() -> None:
    pptx = pytest.importorskip("pptx")
    shown = pptx.Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[1])
    slide.shapes.title.text = "seen"
    for layout in shown.slide_layouts:
        layout.name = WORD
        layout.placeholders[0].text = WORD
    out = BytesIO()
    shown.save(out)
    copy = clean(out.getvalue())
    assert copy.is_clean
    assert not canaries.holds(copy.data)
    again = pptx.Presentation(BytesIO(copy.data))
    assert [one.shapes.title.text for one in again.slides] == ["seen"]
    assert len(again.slide_layouts) == 1


def test_pictures_and_links_that_no_text_calls_go() -> None:
    parts = documents.docx()
    body = parts["word/document.xml"].decode()
    blip = f'<a:blip xmlns:a="{A}" r:embed="rId1"/>'
    assert blip in body
    parts["word/document.xml"] = body.replace(blip, "").encode()
    parts["word/_rels/document.xml.rels"] = documents.relations(
        ("rId1", "image", "media/image1.jpeg"),
        ("rId8", "hyperlink", f"https://{WORD}.example/"),
    )
    copy = clean(zipped(parts))
    assert copy.is_clean
    assert not canaries.holds(copy.data)
    with ZipFile(BytesIO(copy.data)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("media/")]


def test_the_namespaces_of_a_part_get_prefixes_of_ours() -> None:
    parts = documents.xlsx()
    sheet = parts["xl/sheet1.xml"].decode()
    sheet = sheet.replace(f'xmlns="{S}"', f'xmlns="{S}" xmlns:{WORD}="{R}" xmlns:x="urn:{WORD}"')
    parts["xl/sheet1.xml"] = sheet.replace("r:id", f"{WORD}:id").encode()
    copy = clean(zipped(parts))
    assert copy.is_clean
    assert not canaries.holds(copy.data)


def test_what_word_itself_writes_in_drawings_and_formats_is_clean() -> None:
    vml, office = "urn:schemas-microsoft-com:vml", "urn:schemas-microsoft-com:office:office"
    wps = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    body = f"""<w:p><w:r><w:rPr><w:lang w:val="de-CH"/><w:color w:val="2F5496"
 w:themeColor="accent1" w:themeShade="BF"/></w:rPr><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>
<w:r><w:pict><v:shapetype xmlns:v="{vml}" xmlns:o="{office}" id="_x0000_t75"
 coordsize="21600,21600" o:spt="75" path="m@4@5l@4@11@9@11@9@5xe"><v:formulas>
<v:f eqn="if lineDrawn pixelLineWidth 0"/><v:f eqn="sum @0 1 0"/></v:formulas></v:shapetype>
<v:shape xmlns:v="{vml}" id="_x0000_i1025" type="#_x0000_t75"
 style="width:100pt;height:50pt;visibility:visible;mso-wrap-style:square"/></w:pict></w:r>
<w:r><w:drawing><a:graphicData xmlns:a="{A}" uri="{wps}"><wps:wsp xmlns:wps="{wps}"><wps:spPr>
<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 16667"/></a:avLst></a:prstGeom>
</wps:spPr></wps:wsp></a:graphicData></w:drawing></w:r></w:p>"""
    copy = clean(zipped(documents.docx(body)))
    assert (copy.staying, copy.where) == ((), ())
    text = part(copy, "word/document.xml")
    assert b'id="shape1"' in text
    assert b'type="#shape1"' in text
    assert clean(zipped(documents.docx(body.replace("lineDrawn", WORD)))).where == ("f@eqn",)
