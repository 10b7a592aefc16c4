"""Relations discovered in small tables: each is verified against how the numbers were made, by hand."""

import random
from fractions import Fraction

from collective_efficiency.audit.drafts.discover import discover
from collective_efficiency.audit.drafts.lines import NumberGrid


def grid(text):
    """A table from its text: names of columns, then a row a line, its name first; `.` is an empty cell."""
    head, *body = [line.split() for line in text.strip().split("\n")]
    numbers = {
        (row, column): (Fraction(cell), len(cell.partition(".")[2]))
        for row, (_, *cells) in enumerate(body)
        for column, cell in enumerate(cells)
        if cell != "."
    }
    return NumberGrid("T1", tuple(line[0] for line in body), tuple(head), numbers)


def told(text):
    """What is discovered: axis, kind, target, parts, cells that hold of cells tried."""
    table = grid(text)
    return [
        f"{each.axis} {each.kind} {names[each.target]} of {' '.join(names[part] for part in each.parts)}:"
        f" {len(each.held)} of {len(each.tried)}"
        for each in discover(table)
        for names in [table.columns if each.axis == "column" else table.rows]
    ]


TRADE = """
exports imports balance both share
118 205 -87 323 36.5
642 319 323 961 66.8
77 81 -4 158 48.7
903 457 446 1360 66.4
250 588 -338 838 29.8
431 96 335 527 81.8
365 742 -377 1107 33.0
"""


def named_rows(text, *names):
    head, *body = text.strip().split("\n")
    return "\n".join([head, *(f"{name} {line}" for name, line in zip(names, body, strict=True))])


def test_sums_differences_and_shares_of_columns():
    assert told(named_rows(TRADE, *"abcdefg")) == [
        "column difference balance of exports imports: 7 of 7",
        "column sum both of exports imports: 7 of 7",
        "column ratio share of exports both: 7 of 7",
    ]


def test_a_misprint_is_a_cell_that_speaks_against():
    assert told(named_rows(TRADE.replace("446", "464"), *"abcdefg"))[0] == (
        "column difference balance of exports imports: 6 of 7"
    )


def test_a_total_row_its_subtotals_and_a_share_of_it():
    assert told(
        """
        men women percent
        north 131 288 17.0
        south 207 195 16.3
        plains 338 483 33.3
        isles 455 102 22.6
        coast 616 473 44.1
        shore 1071 575 66.7
        all 1409 1058 100.0
        """
    )[-3:] == [
        "row sum plains of north south: 3 of 3",
        "row sum shore of isles coast: 3 of 3",
        "row sum all of plains shore: 3 of 3",
    ]


def test_a_total_that_is_only_called_so():
    assert told("jobs\nnorth 120\nsouth 85\nTotal 250") == ["row sum Total of north south: 0 of 1"]


def test_growth_over_the_row_before():
    assert told(
        """
        output growth
        y1 812 .
        y2 845 4.1
        y3 790 -6.5
        y4 861 9.0
        y5 902 4.8
        y6 955 5.9
        """
    ) == ["column step_growth growth of output: 5 of 5"]


def test_a_copy_and_a_copy_in_thousands():
    lines = [f"r{number} {number}000 {number}" for number in (418, 77, 913, 256, 641, 30, 388)]
    assert told("people thousands\n" + "\n".join(lines)) == ["column copy thousands of people: 7 of 7"]


def test_nothing_is_proposed_of_numbers_drawn_at_random():
    for seed in range(10):
        drawn = random.Random(seed)
        lines = [f"r{row} " + " ".join(str(drawn.randint(0, 5000)) for _ in range(6)) for row in range(12)]
        assert told("a b c d e f\n" + "\n".join(lines)) == []
