"""The data of every specification: predictor, outcome and blocks of each cluster, computed once for equal choices."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from collective_efficiency.choices import CONFIG_FILE, Choices
from collective_efficiency.inference.panels import DEGREE_ORDER, block_numbers
from collective_efficiency.inference.samples import Floats, Ints
from collective_efficiency.measures.averages import over_kinds_in_common, sums_of_upgrading
from collective_efficiency.measures.indices import degrees, efficiency_index, recompute
from collective_efficiency.numbers.scores import units
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.robustness.grid import EVERY_CLUSTER, Level, Specification
from collective_efficiency.words import INDICES, UPGRADING

SOFTWARE = "software"  # the sector of that name: its five clusters are scored almost alike


class SpecifiedData(NamedTuple):
    """What a specification asks an outcome: x and y, (n,), whole numbers, NaN where missing or left out; the number of
    the block of each cluster, (n,)."""

    x: Floats
    y: Floats
    block: Ints


class DataSets:
    """The data of the specifications of one dataset.

    clusters: the text frame of clusters.csv; printed: that of printed/indices.csv. Clusters stand in the order of their
    ids, so that a result does not depend on the order of the input.
    """

    def __init__(self, clusters: pd.DataFrame, printed: pd.DataFrame) -> None:
        self._clusters = clusters.sort_values("cluster", kind="stable").reset_index(drop=True)
        self._printed = self._clusters[["cluster"]].merge(printed, on="cluster", validate="one_to_one")
        self._indices: dict[str, pd.DataFrame] = {}
        self._x: dict[tuple[Level, ...], Floats] = {}
        self._y: dict[tuple[str, str], Floats] = {}
        self._members: dict[tuple[Level, Level], npt.NDArray[np.bool_]] = {}

    def of(self, specification: Specification, outcome: str) -> SpecifiedData:
        """What a specification asks of an outcome. Raises BadInputError where it leaves out what is not there."""
        levels = specification.levels
        x = np.where(self._member(levels), self._predictor(specification), np.nan)
        return SpecifiedData(x, self._outcome(outcome, str(levels["missing"])), self.blocks[str(levels["block"])])

    @cached_property
    def blocks(self) -> dict[str, Ints]:
        """As `inference.panels.block_numbers`."""
        return block_numbers(self._clusters["sector"].tolist(), self._clusters["country"].tolist())

    def _member(self, levels: Mapping[str, Level]) -> npt.NDArray[np.bool_]:
        key = levels["software"], levels["clusters"]
        if key not in self._members:
            member = np.ones(len(self._clusters), dtype=np.bool_)
            if levels["software"] == "out":
                member &= (self._clusters["sector"] != SOFTWARE).to_numpy()
            if levels["clusters"] != EVERY_CLUSTER:
                _, column, name = str(levels["clusters"]).split(" ", 2)
                left_out = (self._clusters[column] == name).to_numpy()
                if not left_out.any():
                    place = "robustness.multiverse.factors.clusters"
                    raise BadInputError([Problem(CONFIG_FILE, "", place, name, f"no cluster has this {column}")])
                member &= ~left_out
            self._members[key] = member
        return self._members[key]

    def _predictor(self, specification: Specification) -> Floats:
        levels = specification.levels
        predictor = str(levels["predictor"])
        key = (*(levels[factor] for factor in ("reading", "missing", "weights", "cutoffs")), predictor)
        if key not in self._x:
            if levels["reading"] == "recomputed":
                values = self._recomputed(specification.choices, predictor)
            elif predictor == "degree":
                values = self._printed[predictor]
            else:
                values = units(self._printed, [predictor], "omit")[predictor]
            if predictor == "degree":
                values = values.map({name: place for place, name in enumerate(DEGREE_ORDER)})
            self._x[key] = np.asarray(values, dtype=np.float64)
        return self._x[key]

    def _recomputed(self, choices: Choices, predictor: str) -> pd.Series:
        if choices.missing not in self._indices:
            self._indices[choices.missing] = recompute(self._clusters, choices)[list(INDICES)]
        indices = self._indices[choices.missing]
        if predictor in ("eei", "jai"):
            return indices[predictor]
        ce = efficiency_index(indices["eei"], indices["jai"], choices)
        return ce if predictor == "ce" else degrees(ce, choices)

    def _outcome(self, outcome: str, missing: str) -> Floats:
        key = outcome, missing
        if key not in self._y:
            scores = units(self._clusters, UPGRADING, missing)
            if outcome == "upgrading_sum":
                values = sums_of_upgrading(self._clusters, scores)
            elif outcome == "upgrading_max":
                values = over_kinds_in_common(self._clusters, scores, "max")
            else:
                values = scores[outcome]
            self._y[key] = np.asarray(values, dtype=np.float64)
        return self._y[key]
