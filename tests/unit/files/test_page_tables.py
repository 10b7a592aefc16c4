"""Tables of pages (HTML) and of texts (Markdown) as grids, verified against how a browser lays the cells out."""

from collective_efficiency.files.sheets.html import read_html
from collective_efficiency.files.sheets.markdown import read_markdown
from collective_efficiency.files.sheets.reading import read_grids


def rows(grid):
    return [list(line) for line in zip(*grid.columns, strict=True)]


def test_cells_that_span_rows_and_columns():
    page = b"""<table><caption>Trade <b>of</b> 2003</caption>
    <tr><th rowspan=2>Region<th colspan="2">Exports</tr><tr><td>goods</td><td>services</td></tr>
    <tr><td>North<td>1&nbsp;204<sup>a</sup><td>&minus;3</table>"""
    [grid] = read_html(page)
    assert grid.name == "Trade of 2003"
    assert rows(grid) == [["Region", "Exports", ""], ["", "goods", "services"], ["North", "1 204a", "\u22123"]]
    assert grid.merged == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_a_table_in_a_cell_is_a_table_of_its_own_and_scripts_are_no_text():
    page = (
        b"<h1>A</h1><table><tr><td>x<script>y</script><table><tr><td>1</table><td>2</table><h2>B</h2><table><tr><td>3"
    )
    inner, outer, last = read_html(page)
    assert rows(inner) == [["1"]]
    assert rows(outer) == [["x", "2"]]
    assert (last.name, rows(last)) == ("B", [["3"]])


def test_encodings_of_pages():
    assert rows(read_html("<meta charset=latin-1><table><td>Médio".encode("latin-1"))[0]) == [["Médio"]]
    assert rows(read_html("<table><td>Médio".encode("cp1252"))[0]) == [["Médio"]]


def test_tables_of_a_markdown_text():
    text = (
        "# A\n\n| a | b |\n|:--|--:|\n| x \\| y | **1** |\n| z |\n\nwords | no table\n\nTable 2. B\n\nc|d\n-|-\n3|4\n"
    )
    first, second = read_markdown(text.encode())
    assert (first.name, rows(first)) == ("A", [["a", "b"], ["x | y", "1"], ["z", ""]])
    assert list(first.lines) == [3, 5, 6]
    assert (second.name, rows(second)) == ("Table 2. B", [["c", "d"], ["3", "4"]])


def test_a_page_is_known_by_its_content():
    problems = []
    [grid] = read_grids("export.xls", b"\n<HTML><table><tr><td>7</table>", problems)
    assert (rows(grid), problems) == ([["7"]], [])
    assert read_grids("a.html", b"<table><tr>" + b"<td colspan=1000 rowspan=1000>" * 30, problems) is None
    assert "at most 2,009,110 cells" in problems[0].message
