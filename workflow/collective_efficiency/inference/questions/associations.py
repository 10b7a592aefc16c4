"""Does upgrading go with collective efficiency, and with governance? Families of exact tests, with effect sizes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from collective_efficiency.inference.concordances import DistinctColumns, concordances
from collective_efficiency.inference.effects import EFFECT_SIZES
from collective_efficiency.inference.frames import estimate_text, fraction_text, p_value_text, text_frame
from collective_efficiency.inference.hypotheses import Hypotheses, ordered
from collective_efficiency.inference.multiplicity import benjamini_hochberg, holm, standardised, step_down_max
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.permutation import shuffle_tests
from collective_efficiency.inference.plan import Family, InferencePlan
from collective_efficiency.inference.samples import Floats, NoVariationError, TooLargeError
from collective_efficiency.inference.shuffles import Shuffles
from collective_efficiency.words import ALL_SECTORS

ASSOCIATION_COLUMNS = (
    "missing", "family", "scope", "predictor", "outcome", "n", "s", "p_greater", "p", "p_probability", "p_mid",
    "p_gamma", "holm", "bh", "maxt", "p_exact",
    *(f"{name}{part}" for name in EFFECT_SIZES for part in ("", "_low", "_high")), "undefined", "note",
)  # fmt: skip
Shuffled = npt.NDArray[np.float32]


@dataclass
class _Asked:
    """A hypothesis of a family: its columns, (n,), x NaN outside the scope; its line of the answer; its exact p."""

    x: Floats
    y: Floats
    line: dict[str, Any]
    p: Fraction | None = field(default=None)
    defined: bool = True


def association_frames(panels: Sequence[Panel], hypotheses: Hypotheses, plan: InferencePlan) -> list[pd.DataFrame]:
    """For each panel, the exact test and the effect sizes of every hypothesis of every family, adjusted within it.

    The test is that of Jonckheere and Terpstra, within sectors. All panels are of one dataset: their hypotheses see the
    same shuffles, which are made once.
    """
    families = [[_asked(panel, family, hypotheses) for family in plan.families] for panel in panels]
    tested = [asked for of_panel in families for family in of_panel for asked in family if asked.defined]
    shuffled = _shuffled(tested, Shuffles(hypotheses.design.stratum, plan.shuffles, plan.seed))
    frames = []
    for of_panel in families:
        for family in of_panel:
            _adjust(family, shuffled)
        frames.append(text_frame([asked.line for family in of_panel for asked in family], ASSOCIATION_COLUMNS))
    return frames


def _asked(panel: Panel, family: Family, hypotheses: Hypotheses) -> list[_Asked]:
    """The hypotheses of a family, each with what can be said of it alone."""
    found = []
    for scope in panel.design.sectors if family.scope == "sectors" else (ALL_SECTORS,):
        member = panel.design.samples[scope].member
        for predictor in family.predictors:
            x = np.where(member, panel.values(predictor), np.nan)
            for outcome in family.outcomes:
                line = {
                    "missing": panel.missing, "family": family.name, "scope": scope, "predictor": predictor,
                    "outcome": outcome,
                }  # fmt: skip
                asked = _Asked(x, panel.values(outcome), line)
                _test(asked, scope, hypotheses)
                found.append(asked)
    return found


def _test(asked: _Asked, scope: str, hypotheses: Hypotheses) -> None:
    """Fill in what is known of one hypothesis alone; no p-value where an exact one is out of reach."""
    asked.line["n"] = int((~(np.isnan(asked.x) | np.isnan(asked.y))).sum())
    try:
        test = hypotheses.exact(asked.x, asked.y)
    except NoVariationError as error:
        asked.line["note"], asked.defined = str(error), False
        return
    except TooLargeError:
        pass  # by shuffles, see `_adjust`
    else:
        asked.p = test.p("distance")
        asked.line |= {
            "s": test.observed, "p_greater": p_value_text(test.p("greater")), "p": p_value_text(asked.p),
            "p_probability": p_value_text(test.p("probability")),
            "p_mid": p_value_text(test.p("distance", mid=True)), "p_exact": fraction_text(asked.p),
        }  # fmt: skip
        try:
            asked.line["p_gamma"] = p_value_text(hypotheses.exact_gamma(asked.x, asked.y).p())
        except TooLargeError:
            asked.line["note"] = "gamma: no exact test within reach"
    sizes = hypotheses.effect_sizes(scope, asked.x, asked.y)
    for number, name in enumerate(EFFECT_SIZES):
        bounds = (sizes.estimate[number], sizes.low[number], sizes.high[number])
        asked.line |= dict(zip((name, f"{name}_low", f"{name}_high"), map(estimate_text, bounds), strict=True))
    asked.line["undefined"] = int(sizes.undefined.max())


@dataclass(frozen=True)
class _SharedShuffles:
    """S of the distinct hypotheses, (H,), and of each shuffle, (H, count); which of them a hypothesis is, by its id."""

    observed: Floats
    shuffled: Shuffled
    numbers: dict[int, int]

    def of(self, family: Sequence[_Asked]) -> tuple[Floats, Shuffled]:
        """Observed, (F,), and shuffled, (count, F), of the hypotheses of a family."""
        chosen = [self.numbers[id(asked)] for asked in family]
        return self.observed[chosen], np.ascontiguousarray(self.shuffled[:, chosen])


def _shuffled(tested: Sequence[_Asked], shuffles: Shuffles) -> _SharedShuffles:
    """S of every hypothesis under the same shuffles, computed once for those that are equal."""
    x, y = DistinctColumns(), DistinctColumns()
    pairs: dict[tuple[int, int], int] = {}
    numbers = {}
    for asked in tested:
        pair = (x.number(_places(asked.x)), y.number(_places(asked.y)))
        numbers[id(asked)] = pairs.setdefault(pair, len(pairs))
    if not pairs:
        return _SharedShuffles(np.zeros(0), np.zeros((shuffles.count, 0), dtype=np.float32), numbers)
    return _SharedShuffles(*concordances(x.stacked(), y.stacked(), list(pairs), shuffles), numbers)


def _places(column: Floats) -> Floats:
    return ordered(column, column)[0]


def _adjust(family: Sequence[_Asked], shared: _SharedShuffles) -> None:
    """Adjust the p-values of a family; where an exact one is out of reach, the shuffles give it."""
    tested = [asked for asked in family if asked.defined]
    if not tested:
        return
    observed, shuffled = shared.of(tested)
    p_values = [
        _by_shuffles(asked.line, observed[number], shuffled[:, number]) if asked.p is None else asked.p
        for number, asked in enumerate(tested)
    ]
    maxt = step_down_max(*standardised(observed, shuffled))
    adjusted = zip(tested, holm(p_values), benjamini_hochberg(p_values), maxt, strict=True)
    for asked, *values in adjusted:
        asked.line |= dict(zip(("holm", "bh", "maxt"), map(p_value_text, values), strict=True))


def _by_shuffles(line: dict[str, Any], observed: float, shuffled: Shuffled) -> Fraction:
    """Fill in a hypothesis with too many clusters for an exact count, from the shuffles of its family; its p-value."""
    test = shuffle_tests(np.array([observed]), shuffled[:, None])[0]
    greater = Fraction(int((shuffled >= observed).sum()) + 1, test.count + 1)
    p = Fraction(test.extreme + 1, test.count + 1)
    line |= {"s": int(observed), "p": p_value_text(p), "p_greater": p_value_text(greater)}
    line["note"] = f"by {test.count:,} shuffles: no exact count within reach"
    return p


def main_hypotheses(panel: Panel, plan: InferencePlan) -> Iterator[tuple[dict[str, str], Floats, Floats]]:
    """Those of the first family, which is stratified: the first columns of their lines, and their values, (n,)."""
    family = plan.families[0]
    for predictor in family.predictors:
        for outcome in family.outcomes:
            line = {"missing": panel.missing, "predictor": predictor, "outcome": outcome}
            yield line, panel.values(predictor), panel.values(outcome)
