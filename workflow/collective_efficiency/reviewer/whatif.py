"""Indices, degrees, averages and cross-tabulations under every reading and under different rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from collective_efficiency.choices import OF_THE_REPORT, Choices
from collective_efficiency.measures.averages import MEANS, cluster_measures, sector_averages
from collective_efficiency.measures.crosstabs import crosstabs
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.words import INDICES, READINGS

BASE = "printed/zero"


def scenarios(
    clusters: pd.DataFrame, cells: Sequence[Mapping[str, str]], choices: Choices
) -> dict[str, dict[str, str]]:
    """By `<reading>/<rules>`, the value of every key.

    Rules: `zero`, the report's own, which count n.a. as zero; `omit`, the same with n.a. left out; `yours`, the
    analyst's `choices`, where they differ from the report's own.
    Keys: `index/<cluster>/<index or degree>`, `mean/<sector>/<measure>`, `order/<index>` (the sectors from the highest
    mean down) and `crosstab/<sector>/<degree>/<kind of upgrading or n>`. Values are texts; a dash stands for none.
    """
    rules = {"zero": OF_THE_REPORT, "omit": replace(OF_THE_REPORT, missing="omit")}
    if choices != OF_THE_REPORT:
        rules["yours"] = choices
    values = {}
    printed = written(as_printed(clusters, cells))
    for reading in READINGS:
        for name, chosen in rules.items():
            indices = printed if reading == "printed" else written(recompute(clusters, chosen))
            values[f"{reading}/{name}"] = _values(cluster_measures(clusters, indices, chosen), indices)
    return values


def _values(measured: pd.DataFrame, indices: pd.DataFrame) -> dict[str, str]:
    values = {
        f"index/{row['cluster']}/{name}": _short(row[name])
        for row in indices.to_dict("records")
        for name in (*INDICES, "degree")
    }
    means = sector_averages(measured).to_dict("records")
    values |= {f"mean/{row['sector']}/{name}": _short(row[name]) for row in means for name in MEANS}
    for name in INDICES:
        known = [row for row in means if row[name]]
        ranked = sorted(known, key=lambda row: (-float(row[name]), row["sector"]))
        values[f"order/{name}"] = " > ".join(row["sector"].replace("_", " ") for row in ranked)
    for row in crosstabs(measured).to_dict("records"):
        place = f"crosstab/{row['sector']}/{row['degree']}"
        values |= {f"{place}/{row['upgrading']}": _short(row["mean"]), f"{place}/n": str(row["n"])}
    return values


def _short(text: str) -> str:
    """Four decimals without the zeros that say nothing, two at least; a word as it is."""
    whole, point, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}" if point else text or "–"
