"""What is asked of the data, declared in config.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TREATMENTS_OF_MISSING = ("zero", "omit")  # of n.a.: each question is answered under both


@dataclass(frozen=True)
class Family:
    """Hypotheses that are adjusted together: every predictor with every outcome, stratified or in each sector."""

    name: str
    predictors: tuple[str, ...]
    outcomes: tuple[str, ...]
    scope: str


@dataclass(frozen=True)
class InferencePlan:
    """Seed, sizes and level of the resampling, significance, the families, and what the other questions are about."""

    seed: int
    shuffles: int
    resamples: int
    level: float
    significance: float
    families: tuple[Family, ...]
    sectors_differ: tuple[str, ...]
    power_predictor: str
    simulations: int
    power: float


def read_plan(config: Mapping[str, Any]) -> InferencePlan:
    """The plan in the `inference` part of a config.yaml that fits its schema."""
    part = config["inference"]
    families = tuple(
        Family(name, tuple(each["predictors"]), tuple(each["outcomes"]), each["scope"])
        for name, each in part["families"].items()
    )
    power = part["power"]
    return InferencePlan(
        part["seed"], part["shuffles"], part["resamples"], part["level"], part["significance"], families,
        tuple(part["sectors_differ"]), power["predictor"], power["simulations"], power["target"],
    )  # fmt: skip
