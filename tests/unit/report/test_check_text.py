"""The transcription against a text: one made of the transcription itself, whole, short of a number, and none."""

import pytest

from collective_efficiency.problems import BadInputError
from collective_efficiency.report.check_text import CONFIRMED, check_text, compare_with_text, facts_not_in_text

LENGTH = 9000  # lines: more than tables.yaml names


def test_every_occurrence_of_a_number_is_used_once(report):
    blank = [""] * LENGTH
    everywhere = dict.fromkeys(report.tables, (1, LENGTH))
    printed = " ".join(cell.printed for cell in report.cells())
    assert compare_with_text(report, everywhere, "\n".join([*blank[1:], printed])) == []
    first = " ".join(cell.printed for cell in report.tables["A1"].cells.values())
    text = "\n".join([first.replace("35.5", "35.6"), *blank])
    problems = compare_with_text(report, dict.fromkeys(report.tables, (2, 2)) | {"A1": (1, 1)}, text)
    assert [(each.row, each.column, each.value) for each in problems if each.file == "A1.csv"] == [
        ("total", "labour_market", "35.5")
    ]


@pytest.mark.parametrize(
    ("fact", "there"),
    [
        ({"value": 5, "line": "1"}, "Five clusters"),
        ({"value": 5, "line": "1; 3"}, "15 of\n\n5, not 50"),
        ({"value": "7.60", "line": "1-2"}, "on average\n7,60."),
        ({"value": 1500, "line": "2"}, "\n1,500 firms"),
        ({"value": 50, "line": "1", "as": "about fifty"}, "of about\tfifty"),
        ({"value": 4, "line": "1", "counted": True}, "inputs, labour, information, market"),
        ({"value": "salmon", "line": "1"}, "a word is not looked for"),
    ],
)
def test_the_number_of_a_fact_stands_in_its_lines(fact, there):
    claims = {"C001": {"facts": {"stated": fact}}}
    assert facts_not_in_text(claims, there.split("\n")) == []
    if "value" in fact and "counted" not in fact and fact["value"] != "salmon":
        (problem,) = facts_not_in_text(claims, ["55 or 7.605 or 11,500"] * 3)
        assert (problem.file, problem.row, problem.column) == ("claims.yaml", "C001", "facts.stated")
        assert f"not in lines {fact['line']} of the report's text" in problem.message


def test_a_text_that_holds_every_cell_is_confirmed_and_none_is_asked_for(files, report):
    files = files | {"claims.yaml": b"claims: {C001: {facts: {stated: {value: 12, line: 13}}}}"}
    printed = " ".join([*(cell.printed for cell in report.cells()), "twelve"])
    assert check_text(files, "\r\n".join([printed] * LENGTH).encode()) == CONFIRMED
    with pytest.raises(BadInputError, match=r"config\.yaml, key report_text: name the file that holds the text"):
        check_text(files, None)
    with pytest.raises(BadInputError, match=r"not in lines .* of the report's text as often as transcribed"):
        check_text(files, "\n".join([printed] * 10).encode())
    with pytest.raises(BadInputError, match=r"the report's text, row 2: found 'byte 0xe9'; allowed: text encoded"):
        check_text(files, b"line\nM\xe9dium\n")
