"""Bytes to text: which bytes are refused, and where."""

from collective_efficiency.files.texts import decode


def test_utf_8_with_or_without_a_mark():
    assert decode("a.csv", "Médium".encode(), []) == decode("a.csv", "Médium".encode("utf-8-sig"), []) == "Médium"


def test_other_bytes_are_named_by_line():
    problems = []
    assert decode("a.csv", b"row\nM\xe9dium\n", problems) is None
    assert [str(problem) for problem in problems] == ["a.csv, row 2: found 'byte 0xe9'; allowed: text encoded as UTF-8"]
