"""CSV: what is said of a bad file (messages written down by hand), and that what is written is read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.files.csv_files import check_keys, csv_text, read_csv, records

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


def said(content: bytes) -> list[str]:
    problems = []
    assert read_csv("a.csv", content, ["row", "ce"], problems) is None or problems
    return [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "a.csv: the file is empty; expected the columns row, ce"),
        (b"row,ce\nx,1,2\n", "a.csv, row 2: expected 2 fields, as in the header, found 3"),
        (b"row\nx\n", "a.csv, row 1, column ce: the column is missing; allowed: row, ce"),
        (b"row,ce,ec\nx,1,2\n", "a.csv, row 1, column ec: found 'ec'; unknown column; allowed: row, ce"),
        (b"row,ce,ce\nx,1,2\n", "a.csv, row 1, column ce: found 'ce'; the column stands twice"),
        (b"row,ce\n\"x,1\n", "a.csv, row 2: not a readable CSV: unexpected end of data"),
        (b"row,ce\n\xe9,1\n", "a.csv, row 2: found 'byte 0xe9'; allowed: text encoded as UTF-8"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named(content, message):
    assert [each for each in said(content) if each.startswith(message)], said(content)


def test_lines_are_those_of_the_file_and_a_byte_order_mark_is_no_letter():
    read = read_csv("a.csv", b'\xef\xbb\xbfrow,ce\n"two\nlines",1\n\nx,2\n', ["row", "ce"], [])
    assert read.rows == ((2, {"row": "two\nlines", "ce": "1"}), (5, {"row": "x", "ce": "2"}))


def test_every_expected_key_stands_once_and_no_other():
    problems = []
    check_keys("a.csv", [(2, "eta"), (3, "eta"), (4, "thea")], ["eta", "theta"], problems)
    assert [str(problem) for problem in problems] == [
        "a.csv, row 3, column row: found 'eta'; the row stands twice; first in row 2",
        "a.csv, row 4, column row: found 'thea'; unknown row; allowed: eta, theta; did you mean theta?",
        "a.csv, column row: the row theta is missing",
    ]


@given(st.lists(st.fixed_dictionaries({"row": TEXTS, "ce": TEXTS}), max_size=4))
def test_what_is_written_is_read_back(lines):
    assert records(csv_text(["row", "ce"], lines)) == lines


def test_a_column_that_is_not_listed_is_an_error():
    with pytest.raises(ValueError, match="jai"):
        csv_text(["row"], [{"row": "x", "jai": "1"}])
