"""Whether printed means, percentages and standard deviations can be those of so many values (GRIM, GRIMMER, DEBIT)."""

from fractions import Fraction

from collective_efficiency.audit.checks.kinds import Check, Observation, Observed
from collective_efficiency.audit.checks.lines import Line, lines_of
from collective_efficiency.audit.checks.walk import place_of
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.spans import around
from collective_efficiency.numbers.deviations import possible_deviation
from collective_efficiency.numbers.printed import exact, half_up
from collective_efficiency.numbers.rounding import NEAREST, Interval, grim
from collective_efficiency.report.transcription import Cell, Report

NUMERIC = "numeric"  # how a failure counts if the check says nothing


def observe_possible_mean(check: Check, report: Report, judge: Judge) -> Observed:
    """A mean, or a percentage, can be that of the printed number of values (Brown and Heathers 2017)."""
    looked, seen = 0, []
    times = 100 if "percentage" in check else 1
    places = 2 if "percentage" in check else 0  # decimals that dividing by a hundred adds
    for line in lines_of(check, report):
        cell, n = _number(line, judge, check.get("mean", check.get("percentage"))), _n(check, line, judge)
        if cell is None or n is None:
            continue
        looked += 1
        value, decimals = _value(cell) / times, (cell.decimals or 0) + places
        grain = _grain(check)
        result = grim(value, decimals, n, grain, NEAREST)
        if not result.possible:
            below = value // (grain / n) * (grain / n)  # the two means between which the printed one lies
            near = (half_up(mean * times, cell.decimals or 0) for mean in (below, below + grain / n))
            what = "percentage" if times > 1 else "mean"
            why = f"no {what} of {n} values prints so; power {float(result.power):.2f}"
            seen.append(_seen(check, cell, " or ".join(near), why))
    return looked, seen


def observe_possible_deviation(check: Check, report: Report, judge: Judge) -> Observed:
    """A standard deviation can be that of the printed number of values with the printed mean."""
    looked, seen = 0, []
    for line in lines_of(check, report):
        mean, deviation = (_number(line, judge, check[key]) for key in ("mean", "deviation"))
        n = _n(check, line, judge)
        if mean is None or deviation is None or n is None or n < 2:
            continue
        looked += 1
        binary = bool(check.get("binary"))
        if not possible_deviation(_span(mean), _span(deviation), n, _grain(check), binary=binary):
            values = "zeros and ones" if binary else "values"
            why = f"no {n} {values} with the mean {mean.printed} have this standard deviation"
            seen.append(_seen(check, deviation, "", why, mean))
    return looked, seen


def _seen(check: Check, cell: Cell, expected: str, why: str, *others: Cell) -> Observation:
    places = tuple(map(place_of, (cell, *others)))
    return Observation(check["id"], places, cell.printed, expected, why, check.get("severity", NUMERIC))


def _number(line: Line, judge: Judge, name: str) -> Cell | None:
    cell = judge.model.cells.get(line.place(name))
    return cell if cell is not None and isinstance(cell.value, Fraction) else None


def _n(check: Check, line: Line, judge: Judge) -> int | None:
    """The number of values, which the check says or a cell prints; None where that is no whole number above zero."""
    if isinstance(check["n"], int):
        return check["n"]
    cell = _number(line, judge, check["n"])
    value = cell.value if cell else None
    return int(value) if isinstance(value, Fraction) and value.denominator == 1 and value > 0 else None


def _grain(check: Check) -> Fraction:
    """The step of one value: of the mean of several items their step over their number."""
    return exact(check.get("step", 1)) / int(check.get("items", 1))


def _value(cell: Cell) -> Fraction:
    return cell.value if isinstance(cell.value, Fraction) else Fraction(0)


def _span(cell: Cell) -> Interval:
    return around(_value(cell), cell.decimals or 0)
