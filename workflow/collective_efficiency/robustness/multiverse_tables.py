"""The multiverse as tables: every specification, shares by factor and level, the joint inference."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.inference.frames import estimate_text, fraction_text, p_value_text, text_frame
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.robustness.grid import FACTORS, Multiverse
from collective_efficiency.robustness.joint import JOINT_STATISTICS, JointInference, joint_inference
from collective_efficiency.robustness.specified_tests import AskedSpecification, TestedData

SPECIFICATION_COLUMNS = (
    "specification", "outcome", *FACTORS, "n", "s", "statistic", "tau_b", "p", "p_exact", "shuffles", "seed", "maxt",
    "same_as", "note",
)  # fmt: skip
FACTOR_COLUMNS = (
    "outcome", "factor", "level", "specifications", "undefined", "distinct", "share_positive", "share_significant",
    "smallest_p", "median_tau_b", "explained",
)  # fmt: skip
JOINT_COLUMNS = ("outcome", "block", "statistic", "specifications", "observed", "p", "shuffles", "seed")
ALL_BLOCKS = "all"  # the whole curve, under shuffles within the finest of the blocks
ALL_OUTCOMES = "all"
Joint = dict[tuple[str, str], JointInference]  # by outcome and block
CurvePlaces = dict[tuple[str, str], list[int]]  # of the defined specifications, by outcome and block


def defined_places(asked: Sequence[AskedSpecification], grid: Multiverse) -> CurvePlaces:
    """Which specifications make a curve: of each outcome those of each block, and then, if blocks differ, all."""
    blocks = [str(block) for block in grid.levels["block"]]
    together = [ALL_BLOCKS] if len(blocks) > 1 else []
    places: CurvePlaces = {(outcome, block): [] for outcome in grid.outcomes for block in (*blocks, *together)}
    for number, each in enumerate(asked):
        if each.tested.p is not None:
            for block in (str(each.specification.levels["block"]), *together):
                places[each.outcome, block].append(number)
    return {curve: numbers for curve, numbers in places.items() if numbers}


def joint_of_curves(
    asked: Sequence[AskedSpecification], places: CurvePlaces, grid: Multiverse, plan: InferencePlan
) -> Joint:
    """The joint inference of every curve; the seed is the same for all, so that it depends on no other."""
    joint = {}
    for curve, numbers in places.items():
        members = [(asked[place].data, str(asked[place].specification.levels["test"])) for place in numbers]
        joint[curve] = joint_inference(members, grid.shuffles, plan.seed, plan.significance)
    return joint


def specifications_frame(
    asked: Sequence[AskedSpecification], places: CurvePlaces, joint: Joint, plan: InferencePlan
) -> pd.DataFrame:
    """Every specification and outcome: multiverse.csv."""
    adjusted = {
        place: p
        for (outcome, block), numbers in places.items()
        if block != ALL_BLOCKS
        for place, p in zip(numbers, joint[outcome, block].adjusted.tolist(), strict=True)
    }
    records = []
    for number, each in enumerate(asked):
        record: dict[str, Any] = {"specification": each.specification.id, "outcome": each.outcome}
        record |= each.specification.texts | _said(each.tested, plan) | {"same_as": each.same_as}
        records.append(record | ({"maxt": p_value_text(adjusted[number])} if number in adjusted else {}))
    return text_frame(records, SPECIFICATION_COLUMNS)


def _said(tested: TestedData, plan: InferencePlan) -> dict[str, Any]:
    if tested.p is None or tested.tau_b is None:
        return {"n": tested.n, "note": tested.note}
    record = {
        "n": tested.n, "s": tested.s, "statistic": tested.statistic, "tau_b": estimate_text(tested.tau_b),
        "p": p_value_text(tested.p),
    }  # fmt: skip
    if tested.shuffles:
        return record | {"shuffles": tested.shuffles, "seed": plan.seed}
    return record | {"p_exact": fraction_text(tested.p)}


def factors_frame(asked: Sequence[AskedSpecification], grid: Multiverse, plan: InferencePlan) -> pd.DataFrame:
    """By outcome, factor and level the shares of sign and significance, and what the factor explains of tau-b:
    multiverse_factors.csv. What has one level only is left out; a line without a factor is of the whole curve."""
    numbers = pd.DataFrame(
        {
            "outcome": [each.outcome for each in asked],
            "distinct": [not each.same_as for each in asked],
            "tau_b": [np.nan if each.tested.tau_b is None else each.tested.tau_b for each in asked],
            "p": [np.nan if each.tested.p is None else float(each.tested.p) for each in asked],
        }
        | {factor: [each.specification.texts[factor] for each in asked] for factor in FACTORS}
    )
    records = []
    for outcome in (*grid.outcomes, ALL_OUTCOMES):
        curve = numbers if outcome == ALL_OUTCOMES else numbers[numbers["outcome"] == outcome]
        for factor, level, group, explained in _groups(curve, grid):
            line = {"outcome": outcome, "factor": factor, "level": level, "explained": estimate_text(explained)}
            records.append(line | _shares(group, plan.significance))
    return text_frame(records, FACTOR_COLUMNS)


def _groups(curve: pd.DataFrame, grid: Multiverse) -> Iterator[tuple[str, str, pd.DataFrame, float]]:
    """The whole curve, then each level of each factor with several; what the factor explains."""
    yield "", "", curve, np.nan
    for factor in FACTORS:
        if len(grid.levels[factor]) > 1:
            explained = _explained(curve, factor)
            for level, group in curve.groupby(factor, sort=False):
                yield factor, str(level), group, explained


def _shares(group: pd.DataFrame, significance: float) -> dict[str, Any]:
    known = group[group["p"].notna()]
    return {
        "specifications": len(group),
        "undefined": len(group) - len(known),
        "distinct": int(group["distinct"].sum()),
        "share_positive": estimate_text((known["tau_b"] > 0).mean()),
        "share_significant": estimate_text((known["p"] <= significance).mean()),
        "smallest_p": p_value_text(known["p"].min()),
        "median_tau_b": estimate_text(known["tau_b"].median()),
    }


def _explained(curve: pd.DataFrame, factor: str) -> float:
    """The share of the variance of tau-b that lies between the levels of a factor (eta squared)."""
    known = curve[curve["tau_b"].notna()]
    spread = float(((known["tau_b"] - known["tau_b"].mean()) ** 2).sum())
    if not spread:
        return np.nan
    between = known.groupby(factor)["tau_b"].agg(["mean", "size"])
    return float((between["size"] * (between["mean"] - known["tau_b"].mean()) ** 2).sum()) / spread


def joint_frame(joint: Joint, places: CurvePlaces, grid: Multiverse, plan: InferencePlan) -> pd.DataFrame:
    """The joint inference of every curve: multiverse_joint.csv."""
    records = [
        {
            "outcome": outcome, "block": block, "statistic": statistic,
            "specifications": len(places[outcome, block]), "observed": estimate_text(found.observed[statistic]),
            "p": p_value_text(found.p[statistic]), "shuffles": grid.shuffles, "seed": plan.seed,
        }
        for (outcome, block), found in joint.items()
        for statistic in JOINT_STATISTICS
    ]  # fmt: skip
    return text_frame(records, JOINT_COLUMNS)
