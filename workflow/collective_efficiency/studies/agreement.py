"""Stage `agreement`: clusters of the report that a study scores again, compared with the report.

Item by item: the share of equal scores and Cohen's kappa, weighted by the distance of the scores (linear) and by its
square (Cohen 1968), exact. Index by index: bias and limits of agreement (Bland and Altman 1986).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import decimal_text, exact
from collective_efficiency.studies.reliability import COEFFICIENT_PLACES, signed
from collective_efficiency.words import GOVERNANCE, INDICES, NOT_AVAILABLE, SCORES

AGREEMENT_COLUMNS = ("item", "n", "equal", "share_equal", "kappa", "kappa_linear", "kappa_quadratic", "note")
LIMIT_COLUMNS = ("index", "n", "bias", "sd", "low", "high", "note")
DIFFERENCE_COLUMNS = ("cluster", "column", "report", "study", "difference")
ONE_VALUE = "kappa is undefined: one value only"
NOBODY = "no cluster has both"
LIMIT = Decimal("1.96")  # standard deviations on both sides of the bias
ScorePair = tuple[Fraction, Fraction]  # the report's, the study's
Weight = Callable[[Fraction, Fraction], Fraction]


def unweighted(one: Fraction, other: Fraction) -> Fraction:
    """One for every difference."""
    return Fraction(one != other)


def linear(one: Fraction, other: Fraction) -> Fraction:
    """The distance of two scores."""
    return abs(one - other)


def quadratic(one: Fraction, other: Fraction) -> Fraction:
    """Its square."""
    return (one - other) ** 2


def kappa(pairs: Sequence[ScorePair], weight: Weight) -> Fraction | None:
    """Cohen's kappa of `pairs` of scores: 1 - disagreement as observed / as expected by chance; None if that is 0.

    >>> kappa([(Fraction(1), Fraction(1)), (Fraction(0), Fraction(1))], unweighted)
    Fraction(0, 1)
    """
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum((n * m * weight(one, other) for one, n in first.items() for other, m in second.items()), Fraction(0))
    observed = sum((weight(one, other) for one, other in pairs), Fraction(0))
    return 1 - len(pairs) * observed / chance if chance else None


def agreement(report: Sequence[Record], study: Sequence[Record]) -> Iterator[dict[str, str]]:
    """The rows of agreement.csv, one an item, from the rows of both clusters.csv. Codes of governance are names."""
    for item in (*SCORES, *GOVERNANCE):
        pairs = [pair for _, pair in _pairs(report, study, item)]
        equal = sum(one == other for one, other in pairs)
        weights = (unweighted,) if item in GOVERNANCE else (unweighted, linear, quadratic)
        kappas = [kappa(pairs, weight) for weight in weights] if pairs else []
        texts = ["" if value is None else signed(value) for value in kappas] + [""] * (3 - len(kappas))
        share = signed(Fraction(equal, len(pairs))) if pairs else ""
        note = NOBODY if not pairs else ONE_VALUE if None in kappas else ""
        values = (item, str(len(pairs)), str(equal), share, *texts, note)
        yield dict(zip(AGREEMENT_COLUMNS, values, strict=True))


def limits(report: Sequence[Record], study: Sequence[Record]) -> Iterator[dict[str, str]]:
    """The rows of limits.csv, one an index, from rows of indices: bias is study less report, sd that of differences."""
    for index in INDICES:
        gaps = [other - one for _, (one, other) in _pairs(report, study, index)]
        if len(gaps) < 2:
            values = (index, str(len(gaps)), signed(gaps[0]) if gaps else "", "", "", "")
            yield dict(zip(LIMIT_COLUMNS, (*values, "limits need two clusters" if gaps else NOBODY), strict=True))
            continue
        bias = sum(gaps, Fraction(0)) / len(gaps)
        deviation = _root(sum(((gap - bias) ** 2 for gap in gaps), Fraction(0)) / (len(gaps) - 1))
        middle = Decimal(bias.numerator) / Decimal(bias.denominator)
        ends = (middle - LIMIT * deviation, middle + LIMIT * deviation)
        texts = (signed(bias), *map(_text, (deviation, *ends)))
        yield dict(zip(LIMIT_COLUMNS, (index, str(len(gaps)), *texts, ""), strict=True))


def differences(
    report: Sequence[Record],
    study: Sequence[Record],
    report_indices: Sequence[Record],
    study_indices: Sequence[Record],
) -> list[dict[str, str]]:
    """The rows of differences.csv: every score, code and index on which the study and the report differ."""
    rows = []
    scores, indices = ((*SCORES, *GOVERNANCE), report, study), (INDICES, report_indices, study_indices)
    for columns, before, after in (scores, indices):
        for column in columns:
            for cluster, (one, other) in _pairs(before, after, column):
                if one != other:
                    texts = (decimal_text(one, 2), decimal_text(other, 2), signed(other - one, 2))
                    rows.append((cluster, column, *texts))
    order = (*SCORES, *INDICES, *GOVERNANCE)
    rows.sort(key=lambda row: (row[0], order.index(row[1])))
    return [dict(zip(DIFFERENCE_COLUMNS, row, strict=True)) for row in rows]


def _pairs(report: Sequence[Record], study: Sequence[Record], column: str) -> list[tuple[str, ScorePair]]:
    """The values of `column` in the report and in the study, for every cluster that has both, in the order of ids."""
    known = {row["cluster"]: row[column] for row in report}
    both = [(row["cluster"], known[row["cluster"]], row[column]) for row in study if row["cluster"] in known]
    none = ("", NOT_AVAILABLE)
    return sorted((name, (exact(one), exact(two))) for name, one, two in both if one not in none and two not in none)


def _root(value: Fraction) -> Decimal:
    with localcontext(prec=40):
        return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()


def _text(value: Decimal) -> str:
    text = str(value.quantize(Decimal(1).scaleb(-COEFFICIENT_PLACES), rounding=ROUND_HALF_UP))
    return text.removeprefix("-") if not Decimal(text) else text
