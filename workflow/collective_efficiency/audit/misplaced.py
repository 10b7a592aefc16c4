"""Scores that stand in the wrong place: cells or rows exchanged, a column shifted, or a row typed twice.

One such event makes several derived cells wrong at once, by amounts that tell it. It is tried by judging the tables
again with the scores where they belong: an event is one that leaves no cell wrong which rests on them. What fits is an
`Optimum`, with all ties.
"""

from collections.abc import Callable, Iterator

from collective_efficiency.audit.exchanges import (
    cells_exchanged,
    columns_shifted,
    rows_exchanged,
    rows_exchanged_by_class,
)
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.localise import Optimum
from collective_efficiency.audit.retyped import row_typed_twice
from collective_efficiency.audit.shares import Shares
from collective_efficiency.audit.trials import Trials

DETECTORS: tuple[Callable[[Trials], Iterator[list[Optimum]]], ...] = (
    row_typed_twice,
    columns_shifted,
    rows_exchanged,
    rows_exchanged_by_class,
    cells_exchanged,
)


def misplaced(judge: Judge, shares: Shares) -> list[list[Optimum]]:
    """For each event that fits, all ways in which it may have happened, the first in the order of places first."""
    trials = Trials(judge, shares)
    events: list[list[Optimum]] = []
    for detect in DETECTORS:
        for event in detect(trials):
            events.append(event)
            trials.explain(event[0].items)
    return events
