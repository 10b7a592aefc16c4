"""External economies, joint action and collective efficiency of each cluster, and its degree.

eei = labour_market + inputs + information + market_access (0 to 12), jai = backward + forward + bilateral +
multilateral (0 to 12), ce = (eei + jai) / 2 with the weights of config.yaml; High, Medium or Low by its cut-offs
(report, notes of tables 3, 7, 11 and 15). Two readings: `recomputed` from the items, and `printed` as the body's index
tables have it.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.numbers.scores import DERIVED_PLACES, unit, units, units_text
from collective_efficiency.words import EXTERNAL_ECONOMIES, INDICES, ITEMS, JOINT_ACTIONS

INDEX_COLUMNS = ("cluster", "sector", *INDICES, "degree", "source")
_Values = TypeVar("_Values", "pd.Series[float]", npt.NDArray[np.float64])
_Class = TypeVar("_Class", str, float)


def recompute(clusters: pd.DataFrame, choices: Choices) -> pd.DataFrame:
    """Indices (in units, see numbers.scores) and degree of each row of `clusters`, from its items.

    clusters: the text frame of clusters.csv. Where an item is missing (`n.a.` under "omit"), so are the sum, the index
    and the degree that need it.

    >>> scores = pd.DataFrame([["3", "1", "n.a.", "2", "1", "2", "1", "1"]], columns=list(ITEMS))
    >>> bucaramanga = scores.assign(cluster="bucaramanga-garments", sector="traditional")
    >>> written(recompute(bucaramanga, Choices())).iloc[0].tolist()[2:]
    ['6.0000', '5.0000', '5.5000', 'Medium', 'items']
    """
    items = units(clusters, ITEMS, choices.missing)
    eei = items[list(EXTERNAL_ECONOMIES)].sum(axis=1, skipna=False)
    jai = items[list(JOINT_ACTIONS)].sum(axis=1, skipna=False)
    frame = clusters[["cluster", "sector"]].assign(eei=eei, jai=jai, ce=efficiency_index(eei, jai, choices))
    return frame.assign(degree=degrees(frame["ce"], choices), source="items")


def efficiency_index(eei: _Values, jai: _Values, choices: Choices) -> _Values:
    """The index of collective efficiency from the two that it is made of, all in units."""
    # A weight has two decimals: times a hundred it is a whole number, so that the sum is exact before it is divided.
    return (eei * float(choices.eei_weight * 100) / 100 + jai * float(choices.jai_weight * 100) / 100).round()


def degrees(ce: pd.Series, choices: Choices) -> pd.Series:
    """High from `choices.high` on, Low up to `choices.low`, Medium between; empty where the index is missing.

    ce: indices in units.
    """
    return pd.Series(classed(ce.to_numpy(), choices, ("Low", "Medium", "High"), ""), index=ce.index)


def classed(
    ce: npt.NDArray[np.float64], choices: Choices, classes: tuple[_Class, _Class, _Class], missing: _Class
) -> npt.NDArray[Any]:
    """What stands for the degree of each index (units) of an array of any shape: for Low, Medium and High, in order.

    missing: what stands where the index is missing.
    """
    low, medium, high = classes
    conditions = [np.isnan(ce), ce >= unit(choices.high), ce <= unit(choices.low)]
    return np.select(conditions, [missing, high, low], default=medium)


def as_printed(clusters: pd.DataFrame, cells: Sequence[Record]) -> pd.DataFrame:
    """Indices (in units) and degree of each row of `clusters`, as `printed_rows` has them."""
    known = [
        {"cluster": name, "sector": sector}
        for name, sector in zip(clusters["cluster"], clusters["sector"], strict=True)
    ]
    frame = pd.DataFrame(printed_rows(known, cells), columns=list(INDEX_COLUMNS), dtype="str")
    return frame.assign(**{name: units(frame, [name], "omit")[name] for name in INDICES})


def printed_rows(clusters: Sequence[Record], cells: Sequence[Record]) -> list[dict[str, str]]:
    """The records of printed/indices.csv: what the body's index tables (3, 7, 11 and 15) print of each cluster.

    cells: the records of cells.csv. Where a cell of those tables is lost: the sums as Annex 1 prints them, the index
    from these sums, the degree from the upgrading table. `source` names the tables. Numbers are text with four
    decimals.
    """
    printed: dict[tuple[str, str], dict[str, str]] = {}
    body = {cell["table"] for cell in cells if cell["column"] == "ce" and cell["kind"] == "derived"}
    for cell in cells:
        if cell["column"] in (*INDICES, "degree") and cell["status"] in ("read", "inferred"):
            printed.setdefault((cell["row"], cell["column"]), {})[cell["table"]] = cell["value"]
    return [_printed_row(record["cluster"], record["sector"], printed, body) for record in clusters]


def _printed_row(
    cluster: str, sector: str, printed: Mapping[tuple[str, str], Mapping[str, str]], body: set[str]
) -> dict[str, str]:
    used: list[str] = []

    def look_up(column: str) -> str:
        tables = printed.get((cluster, column), {})
        table = min(tables, key=lambda name: (name not in body, name), default="")
        if table:
            used.append(table)
        return tables.get(table, "")

    eei, jai, ce, degree = (look_up(column) for column in (*INDICES, "degree"))
    if not ce and eei and jai:
        ce = str((Fraction(eei) + Fraction(jai)) / 2)
    numbers = (half_up(Fraction(value), DERIVED_PLACES) if value else "" for value in (eei, jai, ce))
    source = "+".join(dict.fromkeys(used))
    return dict(zip(INDEX_COLUMNS, (cluster, sector, *numbers, degree, source), strict=True))


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame of indices as indices.csv has it: numbers as text with four decimals (eight where four do not do)."""
    return frame.assign(**{name: units_text(frame[name]) for name in INDICES})[list(INDEX_COLUMNS)]


def with_studies(report: pd.DataFrame, studies: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The printed reading of the extended dataset: the report's, then that of the new clusters of each study.

    report: as `written` gives it; studies: the text frames of studies/*/indices.csv, which hold both readings. A
    cluster of the report that a study scores again stands once, as the report prints it.
    """
    known = set(report["cluster"])
    new = (frame[(frame["reading"] == "printed") & ~frame["cluster"].isin(known)] for frame in studies)
    return pd.concat([report, *(frame[list(INDEX_COLUMNS)] for frame in new)], ignore_index=True)
