"""The operations that may explain a slip (Scholtus 2016), each with its cost: how much one has to believe.

The costs only rank what explains the same slip, so their order matters and their size hardly: below 0.7 one event
explains several cells, from 0.7 on one cell by something that people or programmes are known to do, from 1.2 on by
something that would explain almost any value, and 9 is no explanation at all.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Operation:
    """What may have happened. why: the reason for its cost, beside those it competes with."""

    cost: float
    why: str


OPERATIONS = {
    "row copied from another table": Operation(
        0.5, "several cells agree with a sister table, which chance hardly does"
    ),
    "cells exchanged": Operation(0.6, "two cells are wrong, and each has the other's value"),
    "row typed twice": Operation(0.5, "a whole row equals its neighbour, and totals say that it should not"),
    "columns exchanged": Operation(
        0.62, "two totals are each other's: they are right, and what stands above them is not; tied with their exchange"
    ),
    "rows exchanged": Operation(
        0.5, "all scores of two rows are each other's, and another table has them the other way"
    ),
    "systematic offset": Operation(0.5, "several cells of a column are off by the same, which slips hardly are"),
    "n.a. treated otherwise": Operation(0.6, "the other treatment gives it; most of its table has one way"),
    "total counts itself": Operation(0.65, "twice the sum, which no digit of it tells"),
    "shifted": Operation(0.65, "the value is right for the neighbouring column, where none stands"),
    "sister table before revision": Operation(
        0.65, "what was computed from the cell agrees with it, not with its source"
    ),
    "stale draft total": Operation(0.65, "the average was computed from it, which a misprint would not have reached"),
    "wrong denominator": Operation(0.7, "the same count over another number of its row"),
    "wrong base": Operation(0.7, "the same growth or index from another number of its row or column"),
    "not weighted": Operation(0.7, "the plain mean of the same numbers, which who forgets the weights takes"),
    "terms exchanged": Operation(0.7, "the two numbers are right, and each stands in the other's place"),
    "sign lost": Operation(0.7, "all digits are right"),
    "sign added": Operation(0.7, "all digits are right"),
    "another term": Operation(1.1, "the same difference with another number of its row or column"),
    "rounded before use": Operation(0.6, "all that was computed from a column agrees with its rounded values"),
    "truncated": Operation(0.7, "the right value, cut: a programme does it, but no other cell of its column has it"),
    "rounded up": Operation(0.7, "as truncated"),
    "decimal shift": Operation(0.7, "all digits are right, which chance does not do"),
    "class set on a boundary": Operation(0.7, "the index lies on the cut-off itself, where rules are read in two ways"),
    "sum misprinted, index computed from the right items": Operation(
        0.8, "a second cell speaks for the right sum, but of how the wrong one came about it says nothing"
    ),
    "rounded twice": Operation(0.8, "as truncated, with one more step to believe"),
    "wrong divisor": Operation(0.9, "a count off by one is common, but with one decimal another mean is often near"),
    "transposition": Operation(1.0, "two neighbouring digits agree, crosswise"),
    "inserted digit": Operation(1.0, "all other digits agree; dearer where these are few"),
    "dropped digit": Operation(1.0, "as an inserted digit"),
    "mean over the wrong rows": Operation(1.22, "a row left out or one too many gives it; of many rows one often does"),
    "total over the wrong rows": Operation(1.25, "as of a mean, without the last decimal to tell"),
    "mean of rounded values": Operation(1.0, "needs every value of the column rounded first"),
    "replaced digit": Operation(1.2, "explains one in ten values by chance, and most wrong sums of one digit"),
    "replaced class": Operation(1.2, "explains any wrong class"),
    "part misprinted, the whole is certain": Operation(1.3, "tells what must stand there, not what happened"),
    "stale draft value": Operation(1.3, "supposes another score that nothing printed shows; dearer the farther it is"),
    "part misprinted": Operation(1.4, "nothing else rests on the part, so the numbers cannot tell it from the sum"),
    "another value printed": Operation(9, "true of every slip"),
}


@dataclass(frozen=True, order=True)
class Explanation:
    """An operation with what it did; the lower the cost, the likelier."""

    cost: float
    operation: str
    detail: str
    shared: str = ""  # what makes it one cause of several cells, if it can be

    def __str__(self) -> str:
        return f"{self.operation}: {self.detail}" if self.detail else self.operation


def explained(operation: str, detail: str = "", dearer: float = 0.0, shared: str = "") -> Explanation:
    """An explanation by a listed operation. dearer: what this instance of it costs on top.

    shared: a word for its cause, where that may have made several cells of a row or column wrong.

    >>> str(explained("wrong divisor", "13 / 4 for 13 / 5"))
    'wrong divisor: 13 / 4 for 13 / 5'
    """
    return Explanation(OPERATIONS[operation].cost + dearer, operation, detail, shared)
