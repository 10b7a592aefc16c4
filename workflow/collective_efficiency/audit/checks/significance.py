"""Printed results of statistical tests: whether p follows from the statistic and its degrees of freedom.

The rules are those of statcheck (Nuijten, Hartgerink, van Assen, Epskamp and Wicherts 2016): the statistic was rounded,
so p may be anything between the values at the ends of what it stands for; p itself may be a bound; p = 0 is none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.audit.checks.kinds import Check, Observation, Observed
from collective_efficiency.audit.checks.lines import Line, lines_of
from collective_efficiency.audit.checks.moments import NUMERIC
from collective_efficiency.audit.checks.walk import place_of
from collective_efficiency.audit.judge import Judge
from collective_efficiency.numbers.printed import NumberFormat
from collective_efficiency.numbers.reading import read_number
from collective_efficiency.report.transcription import Cell, Report

TAILED = ("t", "r", "z")  # whose p is twice that of one tail
NOT_SIGNIFICANT = ("ns", "n.s.", "n. s.")  # printed for p
USUAL_ALPHA = 0.05
SHOWN_DIGITS = 3  # significant ones of a recomputed p


@dataclass(frozen=True)
class Stated:
    """A printed number or bound: `=`, `<` or `>`, its value and decimals."""

    relation: str
    value: float
    decimals: int


def degrees_needed(check: Check) -> tuple[str, ...]:
    """The keys for the degrees of freedom that a test has."""
    return {"F": ("df", "df2"), "z": ()}.get(str(check.get("test")), ("df",))


def p_of(test: str, statistic: float, df: float, df2: float, tails: int) -> float:
    """The p-value of a statistic of a test (t, F, chi2, r, z) with its degrees of freedom.

    >>> round(p_of("t", 2.2, 28, 0, 2), 5), round(p_of("F", 2.2, 2, 28, 2), 5), round(p_of("z", -2.42, 0, 0, 2), 5)
    (0.03623, 0.12959, 0.01552)
    """
    from scipy import special

    size = abs(statistic)
    if test == "r":
        size = size * (df / (1 - size**2)) ** 0.5 if size < 1 else float("inf")
    of_tests: Mapping[str, Callable[[], float]] = {
        "t": lambda: special.stdtr(df, -size) * tails,
        "r": lambda: special.stdtr(df, -size) * tails,
        "z": lambda: special.ndtr(-size) * tails,
        "F": lambda: special.fdtrc(df, df2, max(statistic, 0.0)),
        "chi2": lambda: special.chdtrc(df, max(statistic, 0.0)),
    }
    return float(of_tests[test]())


def wrong_p(p: Stated, statistic: Stated, p_at: Callable[[float], float]) -> bool:
    """Whether a printed p does not follow from a printed statistic. p_at: the p of a statistic of this size.

    A bound of the statistic leaves p open to one side.
    """
    half = 0.5 / 10**statistic.decimals
    size = abs(statistic.value)
    high, low = p_at(max(size - half, 0.0)), p_at(size + half)
    if p.value <= 0:
        return True
    match statistic.relation, p.relation:
        case "=", "=":
            return p.value > round(high, p.decimals) or p.value < round(low, p.decimals)
        case "<", "=":
            return p.value < round(high, p.decimals)
        case ">", "=":
            return p.value > round(low, p.decimals)
        case "=", "<":
            return p.value < low
        case "<", "<":
            return p.value < high
        case "=", ">":
            return p.value > high
        case ">", ">":
            return p.value > low
        case _:
            return False


def observe_test_result(check: Check, report: Report, judge: Judge) -> Observed:
    """A printed p follows from the printed statistic and its degrees of freedom; with what it would be."""
    looked, seen = 0, []
    for line in lines_of(check, report):
        p_cell, cell = (judge.model.cells.get(line.place(check[key])) for key in ("p", "statistic"))
        df, df2 = (_degrees(check.get(key, 0), line, judge) for key in ("df", "df2"))
        if p_cell is None or cell is None or df is None or df2 is None:
            continue
        alpha = float(check.get("alpha", USUAL_ALPHA))
        p, statistic = _stated(p_cell, line, alpha), _stated(cell, line, alpha)
        if p is None or statistic is None:
            continue
        looked += 1
        result = _Result(check, p, statistic, df, df2, alpha)
        if result.is_wrong():
            places = (place_of(p_cell), place_of(cell))
            seen.append(
                Observation(check["id"], places, p_cell.printed, result.expected(), result.why(), result.severity())
            )
    return looked, seen


@dataclass(frozen=True)
class _Result:
    """One printed test."""

    check: Check
    p: Stated
    statistic: Stated
    df: float
    df2: float
    alpha: float

    def at(self, statistic: float, tails: int) -> float:
        return p_of(self.check["test"], statistic, self.df, self.df2, tails)

    def wrong_with(self, tails: int) -> bool:
        return wrong_p(self.p, self.statistic, lambda statistic: self.at(statistic, tails))

    def tails(self) -> int:
        return 1 if self.check.get("tails") == "one" else 2

    def is_wrong(self) -> bool:
        either = self.check.get("tails") == "either"
        return self.wrong_with(self.tails()) and (not either or self.wrong_with(1))

    def computed(self) -> float:
        return self.at(abs(self.statistic.value), self.tails())

    def expected(self) -> str:
        return f"{self.computed():.{SHOWN_DIGITS}g}"

    def crosses(self) -> bool:
        """Whether p is significant as printed and not as computed, or the other way round (p = alpha counts as so)."""
        if self.p.relation == ">":
            return self.p.value >= self.alpha and self.computed() <= self.alpha
        return (self.p.value <= self.alpha) != (self.computed() <= self.alpha) and not (
            self.p.relation == "<" and self.p.value > self.alpha
        )

    def severity(self) -> str:
        return "decision" if self.crosses() else str(self.check.get("severity", NUMERIC))

    def why(self) -> str:
        told = [f"{self.check['test']}{self._degrees()} {self.statistic.relation} {self.statistic.value:g} gives p = "]
        told[0] += self.expected()
        if self.p.value <= 0:
            told.append("no p is zero")
        if self.crosses():
            told.append(f"as printed and as computed it stands on two sides of {self.alpha:g}")
        if self.check["test"] in TAILED and self.tails() == 2 and not self.wrong_with(1):
            told.append("right if the test was one-tailed")
        return "; ".join(told)

    def _degrees(self) -> str:
        shown = [f"{degrees:g}" for degrees in (self.df, self.df2) if degrees]
        return f"({', '.join(shown)})" if shown else ""


def _degrees(named: str | float, line: Line, judge: Judge) -> float | None:
    if not isinstance(named, str):
        return float(named)
    cell = judge.model.cells.get(line.place(named))
    value = cell.value if cell is not None else None
    return float(value) if isinstance(value, Fraction) and value > 0 else None


def _stated(cell: Cell, line: Line, alpha: float) -> Stated | None:
    """What a cell states, a bound or a number; None where it is neither."""
    if cell.printed.casefold() in NOT_SIGNIFICANT:
        return Stated(">", alpha, 0)
    form = next((column.form for column in line.table.columns if column.name == cell.column), None)
    try:
        read = read_number(cell.printed, form or NumberFormat())
    except ValueError:
        return None
    return Stated(read.bound[:1] or "=", float(read.number.value), read.number.decimals)
