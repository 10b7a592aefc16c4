"""The transcription against a text: one made of the transcription itself, whole, short of a number, and none."""

import pytest

from collective_efficiency.problems import BadInputError
from collective_efficiency.report.check_text import CONFIRMED, check_text, compare_with_text

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


def test_a_text_that_holds_every_cell_is_confirmed_and_none_is_asked_for(files, report):
    printed = " ".join(cell.printed for cell in report.cells())
    assert check_text(files, "\r\n".join([printed] * LENGTH).encode()) == CONFIRMED
    with pytest.raises(BadInputError, match=r"config\.yaml, key report_text: name the file that holds the text"):
        check_text(files, None)
    with pytest.raises(BadInputError, match=r"not in lines .* of the report's text as often as transcribed"):
        check_text(files, "\n".join([printed] * 10).encode())
    with pytest.raises(BadInputError, match=r"the report's text, row 2: found 'byte 0xe9'; allowed: text encoded"):
        check_text(files, b"line\nM\xe9dium\n")
