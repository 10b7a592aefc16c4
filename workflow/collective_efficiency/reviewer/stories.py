"""What a reviewer asks of one printed cell: what it stands for, what it is computed from, which claims rest on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count
from typing import cast

from collective_efficiency.audit.model import Model, Place, parents
from collective_efficiency.claims.language.nodes import CHAIN_COUNTS
from collective_efficiency.claims.ledger import Ledger
from collective_efficiency.claims.recording import keys_read
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.rounding import Interval, Mode, stands_for
from collective_efficiency.report.transcription import Cell
from collective_efficiency.words import GOVERNANCE

ROUNDED_KINDS = ("average", "total")
_IN_WORDS = {"half_up": "rounded to the nearest", "truncation": "truncated", "ceiling": "rounded up"}
INDEX_LAYOUT = "index"


def printed_interval(cell: Cell, mode: str, decimals: int | None = None, signed: bool = False) -> str:
    """The exact values that print as the cell, as text; empty where it is no number, or a score, which is not rounded.

    mode: how its column was rounded, as rounding.csv names it; if that is undetermined, both ways are said.
    decimals: of a derived cell, the most that its column prints (a whole number is not rounded there).
    signed: whether its column has numbers below zero, so that its zeros stand for them, too.
    """
    if not isinstance(cell.value, Fraction) or cell.kind not in ("derived", *ROUNDED_KINDS):
        return ""
    decided = mode in _IN_WORDS and cell.kind != "derived"
    ways: tuple[Mode, ...] = ("half_up",) if cell.kind == "derived" else ("half_up", "truncation")
    places = cell.decimals or 0 if decimals is None else decimals
    said = []
    for way in (cast(Mode, mode),) if decided else ways:
        values = stands_for(cell.value, places, way)
        values = values.not_below(Fraction(0)) if cell.value == 0 and not signed else values
        said.append(f"{_text(values)} {_IN_WORDS[way]}")
    return ", ".join(said)


def _text(values: Interval) -> str:
    ends = f"{_decimal(values.low)} to {_decimal(values.high)}"
    return f"{'[' if values.low_closed else '('}{ends}{']' if values.high_closed else ')'}"


def _decimal(value: Fraction) -> str:
    """A number whose decimals end, with all of them."""
    return half_up(value, next(places for places in count() if (value * 10**places).denominator == 1))


def derivations(model: Model, place: Place) -> Iterator[tuple[str, str, tuple[Place, ...]]]:
    """How the cell may be computed: the check, what it assumes of missing scores, and the cells that it reads."""
    for rule in (*model.class_rules.get(place, ()), *model.derivations.get(place, ())):
        yield rule.check, getattr(rule, "assumption", ""), tuple(dict.fromkeys(parents(rule)))


def rests_on(ledger: Ledger, records: ReportRecords, layouts: Mapping[str, str]) -> dict[str, list[Place]]:
    """The printed cells that the predicates of each claim read, in printed order.

    A cluster's index or degree is that of the index tables; what is counted of its governance are its four codes.
    layouts: the layout of each table.
    """
    printed = next(iter(records.worlds()))
    order = {(cell["table"], cell["row"], cell["column"]): number for number, cell in enumerate(records.cells)}
    of_cluster: dict[tuple[str, str], list[Place]] = {}
    for place in order:
        of_cluster.setdefault(place[1:], []).append(place)
    rests: dict[str, list[Place]] = {}
    for claim in ledger.claims:
        keys = keys_read(claim, printed)
        places = {place for key in keys for place in _places(key, of_cluster, layouts) if place in order}
        rests[claim.id] = sorted(places, key=lambda place: order[place])
    return rests


def _places(
    key: Sequence[str], of_cluster: Mapping[tuple[str, str], Sequence[Place]], layouts: Mapping[str, str]
) -> Iterable[Place]:
    if len(key) == 3:
        return [cast(Place, tuple(key))]
    cluster, column = key
    columns = GOVERNANCE if column in CHAIN_COUNTS else (column,)
    places = [place for name in columns for place in of_cluster.get((cluster, name), ())]
    indexed = [place for place in places if layouts[place[0]] == INDEX_LAYOUT]
    return indexed or [place for place in places if layouts[place[0]] != "characteristics"]
