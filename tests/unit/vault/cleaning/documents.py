"""Small office files with a marked word wherever their formats have room for one."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from tests.unit.vault.cleaning.canaries import WORD, jpeg, png

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OOXML = "application/vnd.openxmlformats-officedocument"
Parts = dict[str, bytes]


def zipped(parts: Mapping[str, bytes], *, comment: bytes = b"") -> bytes:
    """Parts as an archive."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        archive.comment = comment
    return out.getvalue()


def relations(*listed: tuple[str, str, str]) -> bytes:
    """Relations as (id, end of type, target); a target with `:` is outside."""
    lines = "".join(
        f'<Relationship Id="{name}" Type="{kind if ":" in kind else f"{R}/{kind}"}" '
        f'Target="{target}"' + (' TargetMode="External"/>' if ":" in target else "/>")
        for name, kind, target in listed
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()


def types(**named: str) -> bytes:
    """The list of parts; `__` in a name is `/`, `_` is `.`."""
    lines = "".join(
        f'<Override PartName="/{name.replace("__", "/").replace("_", ".")}" ContentType="{kind}"/>'
        for name, kind in named.items()
    )
    ends = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "bin": f"{OOXML}.spreadsheetml.printerSettings",
    }
    known = "".join(
        f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in ends.items()
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{known}{lines}</Types>'.encode()


def properties() -> Parts:
    """What all three have in common: properties and a thumbnail."""
    core = f"{PACKAGE}/metadata/core-properties"
    return {
        "docProps/core.xml": f'<c:coreProperties xmlns:c="{core}"><c:category>{WORD}</c:category>'
        "</c:coreProperties>".encode(),
        "docProps/app.xml": f"<Properties><Company>{WORD}</Company></Properties>".encode(),
        "docProps/custom.xml": f"<Properties><property name='{WORD}'/></Properties>".encode(),
        "docProps/thumbnail.jpeg": jpeg(),
        "customXml/item1.xml": f"<own>{WORD}</own>".encode(),
    }


def root_relations(main: str) -> bytes:
    """The relations of the whole package."""
    return relations(
        ("rId1", "officeDocument", main),
        ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rId3", "extended-properties", "docProps/app.xml"),
        ("rId4", "custom-properties", "docProps/custom.xml"),
        ("rId5", f"{PACKAGE}/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
    )


def docx(body: str = "") -> Parts:
    """A text with a picture, a comment, properties, edit marks and a template's path."""
    paragraph = f"""<w:p w:rsidR="00{WORD}" w:rsidRDefault="00{WORD}">
<!-- {WORD} --><?own {WORD}?>
<w:commentRangeStart w:id="0"/><w:r><w:t>A page that is seen</w:t></w:r>
<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>
<w:r><w:rPr><w:b/><w:rPrChange w:id="2" w:author="{WORD}" w:date="2024-01-01T00:00:00Z">
<w:rPr/></w:rPrChange></w:rPr><w:t>bold</w:t></w:r>
<w:sdt><w:sdtPr><w:dataBinding w:xpath="{WORD}" w:storeItemID="{WORD}"/></w:sdtPr>
<w:sdtContent><w:r><w:t>bound</w:t></w:r></w:sdtContent></w:sdt>
<w:r><w:drawing><wp:docPr xmlns:wp="{WP}" id="1" name="C:\\{WORD}.jpg" descr="{WORD}"
 title="{WORD}"/><a:blip xmlns:a="{A}" r:embed="rId1"/></w:drawing></w:r></w:p>"""
    document = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{paragraph}{body}</w:body></w:document>'
    )
    settings = f"""<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="rId1"/>
<w:rsids><w:rsidRoot w:val="{WORD}"/></w:rsids>
<w:docVars><w:docVar w:name="{WORD}" w:val="{WORD}"/></w:docVars></w:settings>"""
    comments = f"""<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="{WORD}"
 w:initials="{WORD}"><w:p><w:r><w:t>{WORD}</w:t></w:r></w:p></w:comment></w:comments>"""
    people = f'<w15:people xmlns:w15="urn:w15"><w15:person w15:author="{WORD}"/></w15:people>'
    return {
        "[Content_Types].xml": types(
            word__document_xml=f"{OOXML}.wordprocessingml.document.main+xml",
            word__settings_xml=f"{OOXML}.wordprocessingml.settings+xml",
            word__comments_xml=f"{OOXML}.wordprocessingml.comments+xml",
            word__people_xml=f"{OOXML}.wordprocessingml.people+xml",
            docProps__core_xml="application/vnd.openxmlformats-package.core-properties+xml",
            docProps__app_xml=f"{OOXML}.extended-properties+xml",
            docProps__custom_xml=f"{OOXML}.custom-properties+xml",
        ),
        "_rels/.rels": root_relations("word/document.xml"),
        "word/document.xml": document.encode(),
        "word/_rels/document.xml.rels": relations(
            ("rId1", "image", "media/image1.jpeg"),
            ("rId2", "settings", "settings.xml"),
            ("rId3", "comments", "comments.xml"),
            ("rId4", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"),
            ("rId5", "customXml", "../customXml/item1.xml"),
            ("rId6", "image", f"file:///C:/{WORD}/linked.jpg"),
        ),
        "word/settings.xml": settings.encode(),
        "word/_rels/settings.xml.rels": relations(
            ("rId1", "attachedTemplate", f"file:///C:/{WORD}/Normal.dotm")
        ),
        "word/comments.xml": comments.encode(),
        "word/people.xml": people.encode(),
        "word/media/image1.jpeg": jpeg(),
        "left/behind.xml": f"<own>{WORD}</own>".encode(),
        **properties(),
    }


def xlsx() -> Parts:
    """A sheet with a comment, a printer, the path where it lay and who shared it."""
    workbook = f"""<workbook xmlns="{S}" xmlns:r="{R}"><fileSharing userName="{WORD}"/>
<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15">
<x15ac:absPath xmlns:x15ac="urn:x15ac" url="C:\\{WORD}\\"/></mc:Choice></mc:AlternateContent>
<sheets><sheet name="Seen" sheetId="1" r:id="rId1"/></sheets></workbook>"""
    sheet = f"""<worksheet xmlns="{S}" xmlns:r="{R}" xmlns:xr="urn:xr" xr:uid="{WORD}">
<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>A page that is seen</t></is></c></row>
</sheetData><pageSetup r:id="rId1"/><legacyDrawing r:id="rId3"/></worksheet>"""
    comments = f"""<comments xmlns="{S}"><authors><author>{WORD}</author></authors>
<commentList><comment ref="A1" authorId="0"><text><t>{WORD}</t></text></comment></commentList>
</comments>"""
    return {
        "[Content_Types].xml": types(
            xl__workbook_xml=f"{OOXML}.spreadsheetml.sheet.main+xml",
            xl__sheet1_xml=f"{OOXML}.spreadsheetml.worksheet+xml",
            xl__comments1_xml=f"{OOXML}.spreadsheetml.comments+xml",
            xl__shapes_vml=f"{OOXML}.vmlDrawing",
            docProps__core_xml="application/vnd.openxmlformats-package.core-properties+xml",
        ),
        "_rels/.rels": root_relations("xl/workbook.xml"),
        "xl/workbook.xml": workbook.encode(),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "/xl/sheet1.xml")),
        "xl/sheet1.xml": sheet.encode(),
        "xl/_rels/sheet1.xml.rels": relations(
            ("rId1", "printerSettings", "printerSettings1.bin"),
            ("rId2", "comments", "comments1.xml"),
            ("rId3", "vmlDrawing", "shapes.vml"),
        ),
        "xl/comments1.xml": comments.encode(),
        "xl/shapes.vml": f"<xml><own>{WORD}</own></xml>".encode(),
        "xl/printerSettings1.bin": WORD.encode("utf-16-le"),
        **properties(),
    }


def pptx(*, notes: bool = False, shown: str = "1") -> Parts:
    """A slide with a picture, a comment and its author, and tags."""
    slide = f"""<p:sld xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" show="{shown}"><p:cSld><p:spTree>
<p:pic><p:nvPicPr><p:cNvPr id="2" name="{WORD}" descr="{WORD}"/></p:nvPicPr>
<a:blip r:embed="rId1"/></p:pic><p:sp><a:t>A page that is seen</a:t></p:sp></p:spTree>
<p:custDataLst><p:tags r:id="rId3"/></p:custDataLst></p:cSld>
<p:extLst><p:ext uri="x"><p14:creationId xmlns:p14="urn:p14" val="{WORD}"/></p:ext></p:extLst>
</p:sld>"""
    listed = [
        ("rId1", "image", "../media/image1.png"),
        ("rId2", "comments", "../comments/comment1.xml"),
        ("rId3", "tags", "../tags/tag1.xml"),
    ]
    more: Parts = {}
    if notes:
        listed.append(("rId4", "notesSlide", "../notesSlides/notesSlide1.xml"))
        more["ppt/notesSlides/notesSlide1.xml"] = f'<p:notes xmlns:p="{P}"/>'.encode()
    base = f"{OOXML}.presentationml"
    return {
        "[Content_Types].xml": types(
            ppt__presentation_xml=f"{base}.presentation.main+xml",
            ppt__slides__slide1_xml=f"{base}.slide+xml",
            ppt__comments__comment1_xml=f"{base}.comments+xml",
            ppt__commentAuthors_xml=f"{base}.commentAuthors+xml",
            ppt__tags__tag1_xml=f"{base}.tags+xml",
            ppt__notesSlides__notesSlide1_xml=f"{base}.notesSlide+xml",
        ),
        "_rels/.rels": root_relations("ppt/presentation.xml"),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}">'
        '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst></p:presentation>'.encode(),
        "ppt/_rels/presentation.xml.rels": relations(
            ("rId1", "slide", "slides/slide1.xml"),
            ("rId2", "commentAuthors", "commentAuthors.xml"),
        ),
        "ppt/slides/slide1.xml": slide.encode(),
        "ppt/slides/_rels/slide1.xml.rels": relations(*listed),
        "ppt/comments/comment1.xml": f"<cmLst>{WORD}</cmLst>".encode(),
        "ppt/commentAuthors.xml": f'<cmAuthorLst name="{WORD}"/>'.encode(),
        "ppt/tags/tag1.xml": f"<tagLst>{WORD}</tagLst>".encode(),
        "ppt/media/image1.png": png(),
        **more,
        **properties(),
    }


def odt(body: str = "", *, kind: str = "text") -> Parts:
    """A text with a picture, a remark, properties and settings."""
    o = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(
        f'xmlns:{name}="{o}:{space}:1.0"'
        for name, space in {
            "office": "office",
            "text": "text",
            "draw": "drawing",
            "table": "table",
            "svg": "svg-compatible",
            "meta": "meta",
            "script": "script",
        }.items()
    )
    more = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = f"""<office:document-content {spaces} {more} xmlns:ooo="urn:ooo">
<office:scripts><office:event-listeners><script:event-listener xlink:href="{WORD}"/>
</office:event-listeners></office:scripts><office:body><office:text><!-- {WORD} -->
<text:p ooo:rsid="{WORD}">A page <office:annotation office:name="1"><dc:creator>{WORD}</dc:creator>
<text:p>{WORD}</text:p></office:annotation>that is seen<office:annotation-end/></text:p>
<draw:frame draw:name="{WORD}"><draw:image xlink:href="Pictures/1.jpg"/>
<svg:title>{WORD}</svg:title><svg:desc>{WORD}</svg:desc></draw:frame>
<draw:image xlink:href="file:///home/{WORD}/linked.png"/>
{body}</office:text></office:body></office:document-content>"""
    meta = f"<office:document-meta {spaces}><office:meta><meta:generator>{WORD}</meta:generator>"
    said = f"application/vnd.oasis.opendocument.{kind}"
    settings = f"<office:document-settings {spaces}>{WORD}</office:document-settings>"
    manifest = f'<m:manifest xmlns:m="{o}:manifest:1.0"><m:file-entry m:full-path="{WORD}"/>'
    return {
        "mimetype": said.encode(),
        "content.xml": content.encode(),
        "styles.xml": f"<office:document-styles {spaces}/>".encode(),
        "meta.xml": f"{meta}</office:meta></office:document-meta>".encode(),
        "settings.xml": settings.encode(),
        "Pictures/1.jpg": jpeg(),
        "Thumbnails/thumbnail.png": png(),
        "layout-cache": WORD.encode(),
        "META-INF/manifest.xml": f"{manifest}</m:manifest>".encode(),
    }
