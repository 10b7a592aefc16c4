"""Drafts of files of every format, verified against the tables from which the files are made."""

import pytest
from sheets_data import ods, xlsx

from collective_efficiency.__main__ import main
from collective_efficiency.audit.drafts.draft import draft
from collective_efficiency.audit.drafts.regions import regions
from collective_efficiency.audit.folder import audit_folder
from collective_efficiency.files.sheets.grid import Grid
from collective_efficiency.problems import BadInputError

ROWS = [
    ["Region", "Goods", "Services", "Both", "Share %"],
    ["Spain", "1,204", "312", "1,516", "35.8"],
    ["France", "880", "203", "1,083", "25.6"],
    ["Japan", "640", "95", "735", "17.4"],
    ["Korea", "512", "390", "902", "21.3"],
    ["Total", "3,236", "1,000", "4,326", "100.0"],  # 4,236, misprinted
]
CSV = """\
row,label,goods,services,both,share
spain,Spain,"1,204",312,"1,516",35.8
france,France,880,203,"1,083",25.6
japan,Japan,640,95,735,17.4
korea,Korea,512,390,902,21.3
total,Total,"3,236","1,000","4,326",100.0
"""


def comma_separated(rows):
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def page(rows):
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<html><h2>Trade</h2><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>".encode()


def markdown(rows):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(["# Trade", "", lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]).encode()


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("trade.csv", comma_separated(ROWS)),
        ("trade.html", page(ROWS)),
        ("trade.xls", page(ROWS)),  # as many programs name a page that Excel opens
        ("trade.md", markdown(ROWS)),
        ("trade.xlsx", xlsx(ROWS)),
        ("trade.ods", ods(ROWS)),
    ],
)
def test_the_same_table_in_any_format_is_the_same_draft(file, content):
    files = draft(file, content).files()
    assert files["T1.csv"] == CSV
    assert files["checks.yaml"].split("checks:\n")[1] == CHECKS


CHECKS = """\
# holds in 4 of 5 cells; against it: both/total 4,326
- id: t1_both_sum
  kind: sum
  layouts: [t1]
  target: both
  of: [goods, services]
  guessed: true
# holds in 4 of 4 cells
- id: t1_share_formula
  kind: formula
  layouts: [t1]
  only: [spain, france, japan, korea]
  target: share
  formula: 100 * both / sum(both)
  guessed: true
# holds in 3 of 4 cells; against it: total/both 4,326
- id: t1_total_sum
  kind: sum
  layouts: [t1]
  over: rows
  target: total
  of: [spain, france, japan, korea]
  guessed: true
"""


def test_from_a_file_to_a_finding_and_never_over_a_folder(tmp_path, capsys):
    (tmp_path / "trade.csv").write_bytes(comma_separated(ROWS))
    command = ["draft", str(tmp_path / "trade.csv"), "--output", str(tmp_path / "trade")]
    assert main(command) == 0
    assert "3 relations guessed, 2 of them with cells against" in capsys.readouterr().out
    assert main(["audit", str(tmp_path / "trade")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Guessed, not confirmed: how to read 1 of 1 table; 3 of 3 checks."
    assert said[1].startswith("numeric  t1_both_sum.T1.total.both: '4,326', expected '4236'")
    before = {path: path.read_bytes() for path in (tmp_path / "trade").iterdir()}
    assert main(command) == 2
    assert "never writes over anything" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in (tmp_path / "trade").iterdir()} == before


def test_what_a_person_confirmed_is_no_guess(tmp_path, capsys):
    (tmp_path / "trade.csv").write_bytes(comma_separated(ROWS))
    main(["draft", str(tmp_path / "trade.csv"), "--output", str(tmp_path / "trade")])
    for name in ("tables.yaml", "checks.yaml"):
        text = (tmp_path / "trade" / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line.strip() != "guessed: true"]
        (tmp_path / "trade" / name).write_text("\n".join(lines), encoding="utf-8")
    capsys.readouterr()
    main(["audit", str(tmp_path / "trade")])
    assert "uessed" not in capsys.readouterr().out


def grid(*rows, merged=()):
    width = max(map(len, rows))
    lines = [[*row, *[""] * (width - len(row))] for row in rows]
    return Grid("S", [list(column) for column in zip(*lines, strict=True)], range(1, len(rows) + 1), merged=merged)


def told(sheet):
    return [(region.title, region.heads, region.labels, region.body) for region in regions(sheet)]


def test_two_tables_below_and_beside_each_other():
    sheet = grid(
        ["Table 1. Exports"],
        [],
        ["region", "a", "b"],
        ["north", "1", "2"],
        ["south", "3", "4"],
        ["Source: made up"],
        [],
        ["Table 2"],
        ["", "1990", "1991", "", "sector", "jobs"],
        ["x", "1", "2", "", "farm", "5"],
        ["y", "3", "5", "", "mine", "6"],
    )
    assert told(sheet) == [
        ("Table 1. Exports", ("region", "a", "b"), 1, (("north", "1", "2"), ("south", "3", "4"))),
        ("Table 2", ("", "1990", "1991"), 1, (("x", "1", "2"), ("y", "3", "5"))),
        ("", ("sector", "jobs"), 1, (("farm", "5"), ("mine", "6"))),
    ]
    assert regions(sheet)[0].notes == ("Source: made up",)


def test_headings_over_several_columns_groups_and_an_empty_row_within():
    sheet = grid(
        ["Country", "Exports", "", "Imports", ""],
        ["", "1990", "1991", "1990", "1991"],
        ["Europe"],
        ["Spain", "12", "13", "14", "15"],
        ["Asia"],
        ["Japan", "6", "7", "8", "9"],
        [],
        ["Total", "18", "20", "22", "24"],
    )
    [region] = regions(sheet)
    assert region.heads == ("Country", "Exports 1990", "Exports 1991", "Imports 1990", "Imports 1991")
    assert region.groups == {0: "Europe", 1: "Asia"}
    assert [line[0] for line in region.body] == ["Spain", "Japan", "Total"]
    assert region.rows == (4, 6, 8)


def test_merged_headings_and_labels():
    sheet = grid(
        ["Region", "Sex", "People", ""],
        ["", "", "n", "%"],
        ["North", "men", "12", "40"],
        ["", "women", "18", "60"],
        merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (2, 0, 3, 0)],
    )
    [region] = regions(sheet)
    assert region.heads == ("Region", "Sex", "People n", "People %")
    assert [line[:2] for line in region.body] == [("North", "men"), ("North", "women")]


def test_years_name_rows_and_head_columns():
    assert told(grid(["year", "gdp"], ["1990", "12"], ["1991", "13"]))[0][2] == 1
    assert told(grid(["", "1990", "1991"], ["gdp", "12", "13"]))[0][1] == ("", "1990", "1991")


def test_two_numbers_in_a_cell_are_two_columns(tmp_path):
    rows = [["answer", "n (%)"], ["never", "43 (22.5%)"], ["often", "53 (27.7%)"], ["always", "95 (49.7%)"]]
    (tmp_path / "a.csv").write_bytes(comma_separated(rows))
    main(["draft", str(tmp_path / "a.csv"), "--output", str(tmp_path / "a")])
    cells = audit_folder(tmp_path / "a").model.cells
    assert cells["T1", "never", "n_second"].value == 22.5


def test_a_table_whose_latest_year_stands_first_compares_with_the_rows_behind():
    rows = [["year", "output", "change", "growth"]]
    values = [1204, 1120, 1145, 1004, 992, 951, 896]
    for number, value in enumerate(values[:-1]):
        step = value - values[number + 1]
        rows.append([str(2003 - number), str(value), str(step), f"{100 * step / values[number + 1]:.1f}"])
    checks = [proposal.check for proposal in draft("a.csv", comma_separated([*rows, ["1997", "896"]])).proposals["T1"]]
    assert [(each["kind"], each.get("formula", each.get("lag"))) for each in checks] == [
        ("formula", "output - after(output)"),
        ("growth", -1),
    ]


def test_a_column_that_repeats_one_of_a_table_before_and_a_misprint_in_it(tmp_path, capsys):
    """1083 is the sum of 880 and 203 in the first table, so that 1038 in the second is what is wrong."""
    again = [
        ["Region", "Exports"],
        *([row[0], row[3].replace("1,083", "1,038")] for row in ROWS[1:5]),
        ["Total", "4,236"],
    ]
    rows = [[f"{cell}" for cell in row] for row in ROWS]
    rows[-1][3] = "4,236"
    (tmp_path / "a.md").write_bytes(markdown(rows) + b"\n\n" + markdown(again))
    main(["draft", str(tmp_path / "a.md"), "--output", str(tmp_path / "a")])
    text = (tmp_path / "a/checks.yaml").read_text(encoding="utf-8")
    assert text.endswith("""\
# holds in 4 of 5 cells; against it: exports/france 1,038
- id: t2_copy_of_t1
  kind: copy
  layouts: [t2]
  from: [t1]
  columns: {exports: both}
  rows: [spain, france, japan, korea, total]
  guessed: true
""")
    capsys.readouterr()
    assert main(["audit", str(tmp_path / "a")]) == 1
    findings = [line for line in capsys.readouterr().out.splitlines() if line.startswith("numeric")]
    assert findings == [
        "numeric  t2_copy_of_t1.T2.france.exports: '1,038', expected '1083'; transposition: 1083 printed 1038"
    ]


def test_marks_and_separators_of_another_country_are_found():
    text = "Region;Waren;Dienste;Beides\nNord;1.204,5;312,0;1.516,5\nOst;640,5;95,0;735,5\n"
    drafted = draft("a.csv", f"{text}West;12,5;30,0;42,5\nSumme;1.857,5;437,0;2.294,5\n".encode())
    assert drafted.notes[-1] == "separator: semicolon (stands as often in the most lines)"
    assert [(each.check["kind"], each.check["target"], each.against) for each in drafted.proposals["T1"]] == [
        ("sum", "beides", ()),
        ("sum", "total", ()),
    ]


def test_two_tables_of_other_numbers_repeat_nothing():
    other = [["Region", "Goods", "Both"], *([row[0], row[1][::-1], "0"] for row in ROWS[1:])]
    drafted = draft("a.md", markdown(ROWS) + b"\n\n" + markdown(other))
    assert [each.check["kind"] for each in drafted.proposals["T2"] if each.check["kind"] == "copy"] == []


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("a.csv", b"a,b\nx,y\n", "no table with numbers"),
        ("a.csv", b"", "the file is empty"),
        ("a.pdf", b"%PDF", "no format that is read here"),
        ("a.md", b"# nothing", "no table with numbers"),
    ],
)
def test_a_file_without_a_table_is_said(file, content, says):
    with pytest.raises(BadInputError, match=says):
        draft(file, content)
