"""The test of every specification and outcome by itself, as in associations.csv; computed once for equal data."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from collective_efficiency.inference.concordances import largest_s
from collective_efficiency.inference.exact import jonckheere_terpstra, linear_by_linear, spearman
from collective_efficiency.inference.hypotheses import NEVER_SCORED, WORK_OF_A_BLOCK
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.samples import Ints, NoVariationError, codes, integers, pairs_within, strata_codes
from collective_efficiency.robustness.data_sets import DataSets, SpecifiedData
from collective_efficiency.robustness.grid import Multiverse, Specification


@dataclass(frozen=True)
class TestedData:
    """What a test says of some data. s: concordant less discordant pairs; statistic: that of the test; shuffles: how
    many gave p, none where it is exact. Where the data say nothing, `note` tells why and the rest is empty."""

    n: int
    s: int | None = None
    statistic: Fraction | None = None
    tau_b: float | None = None
    p: Fraction | None = None
    shuffles: int = 0
    note: str = ""


class AskedSpecification(NamedTuple):
    """A specification with an outcome: its data, what the test says, and the first specification of equal data."""

    specification: Specification
    outcome: str
    data: SpecifiedData
    tested: TestedData
    same_as: str


class _Known(NamedTuple):
    """The clusters that have both values: whole numbers on the smallest scale, and the number of the block, (n,)."""

    x: Ints
    y: Ints
    block: Ints


def asked_specifications(
    grid: Multiverse, data_sets: DataSets, specifications: Sequence[Specification], plan: InferencePlan
) -> list[AskedSpecification]:
    """Every specification with every outcome, a curve after the other.

    Data are equal where the same clusters have the same order of values in the same blocks (for the linear test, the
    same values up to scale) and the test is the same: by whatever choices they came about, they are tested once.
    """
    asked = []
    for outcome in grid.outcomes:
        tested: dict[Hashable, tuple[TestedData, str]] = {}
        for specification in specifications:
            data, test = data_sets.of(specification, outcome), str(specification.levels["test"])
            known = _known(data, ordered=test != "linear_by_linear")
            key = (test, *(column.tobytes() for column in known))
            found = tested.get(key)
            if found is None:
                tested[key] = _tested(known, test, plan), specification.id
            result, first = found or (tested[key][0], "")
            asked.append(AskedSpecification(specification, outcome, data, result, first))
    return asked


def _known(data: SpecifiedData, ordered: bool) -> _Known:
    member = ~(np.isnan(data.x) | np.isnan(data.y))
    place: Callable[[Ints], Ints] = codes if ordered else integers
    x, y = (place(column[member].astype(np.int64)) for column in (data.x, data.y))
    return _Known(x, y, strata_codes(data.block[member].tolist(), int(member.sum())))


def _tested(known: _Known, test: str, plan: InferencePlan) -> TestedData:
    n = len(known.x)
    if not n:
        return TestedData(0, note=NEVER_SCORED)
    resampling = {"method": "auto", "count": plan.shuffles, "seed": plan.seed}
    try:
        if test == "jonckheere_terpstra":
            found = jonckheere_terpstra(*known, **resampling, work=WORK_OF_A_BLOCK)  # type: ignore[arg-type]
        else:
            found = (spearman if test == "spearman" else linear_by_linear)(*known, **resampling)  # type: ignore[arg-type]
    except NoVariationError as error:
        return TestedData(n, note=str(error))
    s = _concordance(known)
    return TestedData(n, s, found.statistic, s / largest_s(*known), found.p("distance"), found.shuffles)


def _concordance(known: _Known) -> int:
    first, second = pairs_within(known.block)
    signs = [np.sign(values[first] - values[second]) for values in (known.x, known.y)]
    return int((signs[0] * signs[1]).sum())
