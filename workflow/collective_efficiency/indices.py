"""Stage `indices`: external economies, joint action and collective efficiency of each cluster, and its degree.

eei = labour_market + inputs + information + market_access (0 to 12), jai = backward + forward + bilateral +
multilateral (0 to 12), ce = (eei + jai) / 2 with the weights of config.yaml; High, Medium or Low by its cut-offs
(report, notes of tables 3, 7, 11 and 15). Two readings: `recomputed` from the items, and `printed` as the body's index
tables have it.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.scores import UNIT, text, unit, units
from collective_efficiency.words import EXTERNAL_ECONOMIES, INDICES, ITEMS, JOINT_ACTIONS

COLUMNS = ("cluster", "sector", *INDICES, "degree", "source")
Row = Mapping[str, str]


def recompute(clusters: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Indices (in ten-thousandths) and degree of each row of `clusters`, from its items.

    Where an item is missing (`n.a.` under "omit"), so are the sum, the index and the degree that need it.
    """
    items = units(clusters, ITEMS, choices.missing)
    eei = items[list(EXTERNAL_ECONOMIES)].sum(axis=1, skipna=False)
    jai = items[list(JOINT_ACTIONS)].sum(axis=1, skipna=False)
    ce = eei * float(choices.eei_weight * 100) / 100 + jai * float(choices.jai_weight * 100) / 100
    frame = clusters[["cluster", "sector"]].assign(eei=eei, jai=jai, ce=ce.round())
    return frame.assign(degree=degrees(frame["ce"], choices), source="items")


def degrees(ce: pd.Series, choices: Choices) -> pd.Series:
    """High from `choices.high` on, Low up to `choices.low`, Medium between; empty where the index is missing."""
    names = np.select(
        [ce.isna(), ce >= unit(choices.high), ce <= unit(choices.low)], ["", "High", "Low"], default="Medium"
    )
    return pd.Series(names, index=ce.index)


def as_printed(clusters: pd.DataFrame, cells: Iterable[Row]) -> pd.DataFrame:
    """Indices and degree of each cluster as the body's index tables (3, 7, 11 and 15) print them.

    Where a cell of those is lost: the sums as Annex 1 prints them, the index from these sums, the degree from the
    upgrading table. `source` names the tables.
    """
    printed: dict[tuple[str, str], dict[str, str]] = {}
    body: set[str] = set()
    for cell in cells:
        if cell["column"] == "ce" and cell["kind"] == "derived":
            body.add(cell["table"])
        if cell["column"] in (*INDICES, "degree") and cell["status"] in ("read", "inferred"):
            printed.setdefault((cell["row"], cell["column"]), {})[cell["table"]] = cell["value"]
    rows = [_printed_row(cluster, printed, body) for cluster in clusters["cluster"]]
    frame = pd.DataFrame(rows, columns=["eei", "jai", "ce", "degree", "source"], index=clusters.index)
    return clusters[["cluster", "sector"]].join(frame)


def _printed_row(
    cluster: str, printed: Mapping[tuple[str, str], Mapping[str, str]], body: set[str]
) -> tuple[float, float, float, str, str]:
    used = []

    def look_up(column: str) -> str:
        tables = printed.get((cluster, column), {})
        table = min(tables, key=lambda name: (name not in body, name), default="")
        if table:
            used.append(table)
        return tables.get(table, "")

    eei, jai, ce, degree = (look_up(column) for column in (*INDICES, "degree"))
    exact_eei, exact_jai = (Fraction(value) * UNIT if value else np.nan for value in (eei, jai))
    exact_ce = Fraction(ce) * UNIT if ce else (exact_eei + exact_jai) / 2
    return float(exact_eei), float(exact_jai), float(exact_ce), degree, "+".join(dict.fromkeys(used))


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame of indices as results/{dataset}/{reading}/indices.csv has it: numbers with four decimals."""
    return frame.assign(**{name: text(frame[name]) for name in INDICES})[list(COLUMNS)]
