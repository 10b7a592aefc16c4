"""Scores as another rater might have set them: some of them half a point higher or lower."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.inference.distributions import Array
from collective_efficiency.inference.samples import Floats
from collective_efficiency.measures.indices import classed, efficiency_index
from collective_efficiency.numbers.scores import unit, units
from collective_efficiency.words import EXTERNAL_ECONOMIES, JOINT_ACTIONS, MAX_SCORE, NOT_AVAILABLE, SCORES

HALF_POINT_IN_UNITS, HIGHEST = unit(Fraction(1, 2)), unit(Fraction(MAX_SCORE))
SOURCES_OF_ERROR = ("item", "source")


@dataclass(frozen=True)
class ScoringPlan:
    """What config.yaml declares: the probability that a score is off, and how many draws and shuffles."""

    probability: float
    draws: int
    shuffles: int


def read_scoring_plan(config: Mapping[str, Any]) -> ScoringPlan:
    """The plan in a config.yaml that fits its schema."""
    part = config["robustness"]["scoring_error"]
    return ScoringPlan(float(part["probability"]), part["draws"], part["shuffles"])


@dataclass(frozen=True)
class DrawnScores:
    """Scores (D, n, 12) in units, in the order of SCORES, NaN where there is none; the first are as they are."""

    scores: Floats
    choices: Choices

    def columns(self, names: tuple[str, ...]) -> Floats:
        """Some of the scores, (D, n, names)."""
        return self.scores[:, :, [SCORES.index(name) for name in names]]

    def index(self, name: str) -> Floats:
        """eei, jai or ce of every draw, (D, n), in units; NaN where an item is missing."""
        if name == "ce":
            return efficiency_index(self.index("eei"), self.index("jai"), self.choices)
        return np.asarray(self.columns(EXTERNAL_ECONOMIES if name == "eei" else JOINT_ACTIONS).sum(axis=2))

    def degree(self) -> Floats:
        """0 Low, 1 Medium, 2 High, (D, n); NaN where the index is missing."""
        return classed(self.index("ce"), self.choices, (0.0, 1.0, 2.0), np.nan)

    def outcome(self, kind: str) -> Floats:
        """A kind of upgrading, (D, n), in units."""
        return self.scores[:, :, SCORES.index(kind)]


def drawn_scores(clusters: pd.DataFrame, choices: Choices, plan: ScoringPlan, by: str, seed: int) -> DrawnScores:
    """The scores as they are, then `plan.draws` times with error.

    by "item": each score by itself is off with the declared probability, as likely up as down by half a point, and
    stays between 0 and 3; by "source": all scores of a cluster together, as if who described it were more lenient or
    stricter. A score that is not available stays so (or zero, as chosen). clusters: in the order of their ids.
    """
    scores = units(clusters, SCORES, choices.missing).to_numpy()
    fixed = np.isnan(scores) | (clusters[list(SCORES)] == NOT_AVAILABLE).to_numpy()
    return DrawnScores(with_error(scores, fixed, plan, by, seed), choices)


def with_error(scores: Floats, fixed: Array, plan: ScoringPlan, by: str, seed: int) -> Floats:
    """(n, S) scores in units, first as they are, then in every draw, (1 + draws, n, S); what is `fixed` never moves."""
    n, columns = scores.shape
    rng = np.random.default_rng([seed, SOURCES_OF_ERROR.index(by)])
    chance = rng.random((plan.draws, n, columns if by == "item" else 1))
    shifts = (chance < plan.probability / 2).astype(float) - (chance >= 1 - plan.probability / 2)
    moved = np.where(fixed, scores, np.clip(scores + shifts * HALF_POINT_IN_UNITS, 0, HIGHEST))
    return np.concatenate([scores[None], moved])
