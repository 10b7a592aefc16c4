"""Files as people have them, made by code: workbooks with all that is done to cells, and data of other tools."""

import io
from datetime import date

import openpyxl
from odf import style, table, text
from odf.opendocument import OpenDocumentSpreadsheet
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

STRUCK = Font(strike=True)


def rich(*parts):
    """A text of parts; a part in a tuple is struck out."""
    return CellRichText(
        *(TextBlock(InlineFont(strike=True), part[0]) if isinstance(part, tuple) else part for part in parts)
    )


def saved(book) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(rows, title="Data", **changes) -> bytes:
    """A workbook of one sheet. changes: what else is done to it, as `changed_sheet` takes it."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    changed_sheet(book.active, **changes)
    return saved(book)


def changed_sheet(sheet, formats=(), struck=(), hidden_rows=(), hidden_columns=(), merged=(), filtered=None, cells=()):
    """Do to a sheet what a person does. Cells by their names (B2), rows by number, columns by letter."""
    for name, value in dict(cells).items():
        sheet[name] = value
    for name, form in dict(formats).items():
        sheet[name].number_format = form
    for name in struck:
        sheet[name].font = STRUCK
    for number_ in hidden_rows:
        sheet.row_dimensions[number_].hidden = True
    for letter in hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    for span in merged:
        sheet.merge_cells(span)
    if filtered:
        sheet.auto_filter.ref = filtered
        sheet.auto_filter.add_filter_column(0, ["x"])


def ods(rows, title="Data", hidden_sheet=False, hidden_rows=(), hidden_columns=(), filtered=(), struck=(), spans=()):
    """A spreadsheet of one sheet. Rows and columns from 0; struck: places; spans: rows and columns by place.

    A float stands as LibreOffice shows it with two decimals; ("50%", 0.5) is a percentage; ("#N/A", None) an error.
    """
    document = OpenDocumentSpreadsheet()
    strike = style.Style(name="struck", family="table-cell")
    strike.addElement(style.TextProperties(textlinethroughstyle="solid"))
    hide = style.Style(name="hide", family="table")
    hide.addElement(style.TableProperties(display="false"))
    for each in (strike, hide):
        document.automaticstyles.addElement(each)
    sheet = table.Table(name=title, **({"stylename": hide} if hidden_sheet else {}))
    for index in range(max(map(len, rows))):
        column = table.TableColumn(**({"visibility": "collapse"} if index in hidden_columns else {}))
        sheet.addElement(column)
    for index, cells in enumerate(rows):
        hidden = {"visibility": "collapse"} if index in hidden_rows else {}
        line = table.TableRow(**({"visibility": "filter"} if index in filtered else hidden))
        for place, value in enumerate(cells):
            looks = {"stylename": strike} if (index, place) in struck else {}
            rows_, columns = dict(spans).get((index, place), (1, 1))
            looks |= {"numberrowsspanned": rows_, "numbercolumnsspanned": columns} if rows_ * columns > 1 else {}
            line.addElement(ods_cell(value, looks))
        sheet.addElement(line)
    sheet.addElement(table.TableRow(numberrowsrepeated=1_048_000))
    document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.write(stream)
    return stream.getvalue()


def ods_cell(value, looks):
    """A cell of a spreadsheet, by the type of its value."""
    match value:
        case None:
            return table.TableCell(**looks)
        case bool():
            cell, seen = (
                table.TableCell(valuetype="boolean", booleanvalue=str(value).lower(), **looks),
                str(value).upper(),
            )
        case int():
            cell, seen = table.TableCell(valuetype="float", value=value, **looks), str(value)
        case float():
            cell, seen = table.TableCell(valuetype="float", value=repr(value), **looks), f"{value:.2f}"
        case date():
            cell, seen = table.TableCell(valuetype="date", datevalue=value.isoformat(), **looks), f"{value:%d/%m/%y}"
        case ("=", formula, result):
            cell, seen = table.TableCell(valuetype="float", value=result, formula=formula, **looks), str(result)
        case (seen, None):
            cell = table.TableCell(valuetype="string", formula="of:=NA()", **looks)
        case (seen, float() as share):
            cell = table.TableCell(valuetype="percentage", value=share, **looks)
        case _:
            cell, seen = table.TableCell(valuetype="string", **looks), value
    cell.addElement(text.P(text=seen))
    return cell


def labelled(write, columns, tmp_path, **described) -> bytes:
    """The bytes that `pyreadstat.write_dta` or `write_sav` makes of columns by name."""
    import pandas as pd

    path = tmp_path / "file"
    write(pd.DataFrame(columns), path, **described)
    return path.read_bytes()
