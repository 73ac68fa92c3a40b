"""Office files as other programs write them: with styles, tables, charts and pictures."""

from io import BytesIO

import pytest
from tests.unit.vault.cleaning import canaries


def text() -> bytes:
    """A text with headings, a list, a table, a picture, a header and a footnote-free body."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_heading("A heading that is seen", 1)
    document.add_paragraph("a point", style="List Bullet")
    document.add_paragraph("a quotation", style="Intense Quote")
    table = document.add_table(2, 2, style="Light Grid Accent 1")
    table.cell(0, 0).text = "a cell"
    document.add_picture(BytesIO(canaries.png()))
    document.sections[0].header.paragraphs[0].text = "a header"
    return _saved(document)


def workbook() -> bytes:
    """Two sheets with a formula, a format, a rule, a chart and a picture."""
    openpyxl = pytest.importorskip("openpyxl")
    charts = pytest.importorskip("openpyxl.chart")
    drawings = pytest.importorskip("openpyxl.drawing.image")
    rules = pytest.importorskip("openpyxl.formatting.rule")

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Seen"
    for row in (["Year", "Births"], [2020, 3], [2021, 4], [None, "=SUM(B2:B3)"]):
        sheet.append(row)
    sheet["B2"].number_format = "0.00"
    sheet["B2"].font = openpyxl.styles.Font(bold=True, color="FF0000")
    sheet.merge_cells("D1:E1")
    sheet.column_dimensions["A"].width = 20
    sheet.conditional_formatting.add(
        "B2:B3", rules.CellIsRule(operator="greaterThan", formula=["3"])
    )
    chart = charts.BarChart()
    chart.add_data(charts.Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "E5")
    sheet.add_image(drawings.Image(BytesIO(canaries.png())), "H1")
    book.create_sheet("Other")["A1"] = "=Seen!A1"
    return _saved(book)


def slides() -> bytes:
    """A slide with a title, points, a table, a chart and a picture."""
    pptx = pytest.importorskip("pptx")
    charts = pytest.importorskip("pptx.chart.data")
    kinds = pytest.importorskip("pptx.enum.chart").XL_CHART_TYPE

    shown = pptx.Presentation()
    slide = shown.slides.add_slide(shown.slide_layouts[1])
    slide.shapes.title.text = "A title that is seen"
    slide.placeholders[1].text = "a point"
    slide.shapes.add_table(2, 2, 0, 0, 10**6, 10**6).table.cell(0, 0).text = "a cell"
    data = charts.CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("births", (1, 2))
    slide.shapes.add_chart(kinds.COLUMN_CLUSTERED, 0, 0, 10**6, 10**6, data)
    slide.shapes.add_picture(BytesIO(canaries.png()), 0, 0)
    return _saved(shown)


def open_text() -> bytes:
    """A text with a heading, a list, a table, a mark and a link to it."""
    style = pytest.importorskip("odf.style")
    table = pytest.importorskip("odf.table")
    text = pytest.importorskip("odf.text")
    made = pytest.importorskip("odf.opendocument").OpenDocumentText()
    bold = style.Style(name="P1", family="paragraph")
    bold.addElement(style.TextProperties(fontweight="bold", color="#ff0000"))
    made.automaticstyles.addElement(bold)
    own = style.Style(name="Own", displayname="Own", family="paragraph")
    made.styles.addElement(own)
    made.text.addElement(text.H(outlinelevel=1, text="A heading that is seen"))
    paragraph = text.P(stylename=bold, text="bold ")
    paragraph.addElement(text.BookmarkStart(name="mark"))
    paragraph.addElement(text.BookmarkEnd(name="mark"))
    paragraph.addElement(text.PageNumber(text="1"))
    made.text.addElement(paragraph)
    made.text.addElement(text.P(stylename=own, text="in a style of its own"))
    items = text.List()
    item = text.ListItem()
    item.addElement(text.P(text="a point"))
    items.addElement(item)
    made.text.addElement(items)
    grid = table.Table(name="Grid")
    row = table.TableRow()
    cell = table.TableCell(valuetype="string")
    cell.addElement(text.P(text="a cell"))
    row.addElement(cell)
    grid.addElement(table.TableColumn())
    grid.addElement(row)
    made.text.addElement(grid)
    return _saved(made)


def open_workbook() -> bytes:
    """A sheet with a number, a formula and a day."""
    table = pytest.importorskip("odf.table")
    text = pytest.importorskip("odf.text")
    made = pytest.importorskip("odf.opendocument").OpenDocumentSpreadsheet()
    sheet = table.Table(name="Seen")
    row = table.TableRow()
    for values, shown in (
        ({"valuetype": "float", "value": "3"}, "3"),
        ({"valuetype": "float", "value": "4", "formula": "of:=SUM([.A1:.A1])+1"}, "4"),
        ({"valuetype": "date", "datevalue": "2024-05-01"}, "1 May"),
        ({"valuetype": "string"}, "seen"),
    ):
        cell = table.TableCell(**values)
        cell.addElement(text.P(text=shown))
        row.addElement(cell)
    sheet.addElement(row)
    made.spreadsheet.addElement(sheet)
    return _saved(made)


def _saved(document: object) -> bytes:
    out = BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()
