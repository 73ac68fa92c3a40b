"""Which parts of a Word, Excel or PowerPoint file have a way into the copy, and under which names.

A relation or a type that is not listed leads to something that nobody here knows: it is left out.
"""

import re

from safeconduct.vault.cleaning.results import CannotClean, Why
from safeconduct.vault.cleaning.vocabulary import listed

_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS = {
    f"{_OFFICE}wordprocessingml.document.main+xml": "docx",
    f"{_OFFICE}spreadsheetml.sheet.main+xml": "xlsx",
    f"{_OFFICE}presentationml.presentation.main+xml": "pptx",
}
_PICTURES = "image/"
# What a part may be, by the end of the relation that leads to it.
_TYPES: dict[str, tuple[str, ...]] = {
    "officeDocument": tuple(kind.removeprefix(_OFFICE) for kind in KINDS),
    "styles": ("wordprocessingml.styles+xml", "spreadsheetml.styles+xml"),
    "settings": ("wordprocessingml.settings+xml",),
    "fontTable": ("wordprocessingml.fontTable+xml",),
    "numbering": ("wordprocessingml.numbering+xml",),
    "footnotes": ("wordprocessingml.footnotes+xml",),
    "endnotes": ("wordprocessingml.endnotes+xml",),
    "header": ("wordprocessingml.header+xml",),
    "footer": ("wordprocessingml.footer+xml",),
    "theme": ("theme+xml",),
    "themeOverride": ("themeOverride+xml",),
    "image": (_PICTURES,),
    "font": ("obfuscatedFont", "x-fontdata", "x-font-ttf"),
    "chart": ("drawingml.chart+xml",),
    "chartUserShapes": ("drawingml.chartshapes+xml",),
    "diagramData": ("drawingml.diagramData+xml",),
    "diagramLayout": ("drawingml.diagramLayout+xml",),
    "diagramQuickStyle": ("drawingml.diagramStyle+xml",),
    "diagramColors": ("drawingml.diagramColors+xml",),
    "worksheet": ("spreadsheetml.worksheet+xml",),
    "chartsheet": ("spreadsheetml.chartsheet+xml",),
    "sharedStrings": ("spreadsheetml.sharedStrings+xml",),
    "drawing": ("drawing+xml",),
    "table": ("spreadsheetml.table+xml",),
    "pivotTable": ("spreadsheetml.pivotTable+xml",),
    "pivotCacheDefinition": ("spreadsheetml.pivotCacheDefinition+xml",),
    "pivotCacheRecords": ("spreadsheetml.pivotCacheRecords+xml",),
    "slide": ("presentationml.slide+xml",),
    "slideLayout": ("presentationml.slideLayout+xml",),
    "slideMaster": ("presentationml.slideMaster+xml",),
    "notesSlide": ("presentationml.notesSlide+xml",),
    "notesMaster": ("presentationml.notesMaster+xml",),
    "tableStyles": ("presentationml.tableStyles+xml",),
    # PowerPoint calls a file without these two damaged.
    "presProps": ("presentationml.presProps+xml",),
    "viewProps": ("presentationml.viewProps+xml",),
}
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
)
# Only those that stand in the part itself; others hold for the whole part that has them.
CALLED = listed("kinds-called")
_USUAL = re.compile(
    r"(?:word|xl|ppt)(?:/(?:theme|worksheets|chartsheets|slides|slideLayouts|slideMasters|charts"
    r"|drawings|diagrams|tables|pivotTables|pivotCache|notesSlides|notesMasters))?/(?:document"
    r"|styles|settings|numbering|fontTable|footnotes|endnotes|header|footer|theme|themeOverride"
    r"|workbook|sharedStrings|sheet|slide|slideLayout|slideMaster|presentation|chart|drawing|data"
    r"|layout|quickStyle|colors|table|tableStyles|pivotTable|pivotCacheDefinition"
    r"|pivotCacheRecords|notesSlide|notesMaster|presProps|viewProps)[0-9]{0,4}\.xml"
)
_ENDS = listed("kinds-ends")
_PICTURE = re.compile(
    r"image/(?:jpeg|jpg|pjpeg|png|gif|bmp|tiff?|webp|svg\+xml|(?:x-)?(?:emf|wmf))"
)
_FONTS = ("application/x-fontdata", "application/x-font-ttf", f"{_OFFICE}obfuscatedFont")


def is_kept(relation: str, full: str, said: str) -> bool:
    """Has a part of the type `said` a way into the copy by a relation? Raises CannotClean.

    `relation` is the end of the relation's type, `full` all of it.
    """
    known = _TYPES.get(relation)
    if known is None or full not in [f"{start}{relation}" for start in _RELATIONS]:
        return False
    if known == (_PICTURES,):
        is_right = _PICTURE.fullmatch(said) is not None
    elif relation == "font":
        is_right = said in _FONTS
    else:
        is_right = said in [f"{_OFFICE}{end}" for end in known]
    if not is_right:
        raise CannotClean(Why.EMBEDDED, "a part of an unknown type")
    return True


def is_usual(part: str) -> bool:
    """Is a part called as programs call such parts?"""
    return _USUAL.fullmatch(part) is not None


def end_of(part: str) -> str:
    """What the name of a picture or font ends with in the copy."""
    end = part.rpartition(".")[2].lower()
    return end if end in _ENDS else "bin"


def is_outside_kept(relation: str, full: str) -> bool:
    """May a relation of this type lead outside the file?"""
    return relation in ("hyperlink", "image") and full in [
        f"{start}{relation}" for start in _RELATIONS
    ]
