"""What each figure draws, a row a mark: the data beside a figure, for who checks it or draws it anew.

Scores have two decimals, what is derived from them four, and `new` marks the clusters that studies add.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from collective_efficiency.exhibits.governance_figure import SHARES, coded_sectors
from collective_efficiency.exhibits.panels import FigureData
from collective_efficiency.files.csv_files import Record, csv_text
from collective_efficiency.files.package import schema
from collective_efficiency.measures.crosstabs import cross_cells
from collective_efficiency.numbers.printed import decimal_text
from collective_efficiency.numbers.scores import DERIVED_PLACES, points, sum_of
from collective_efficiency.words import ALL_SECTORS, DEGREES, GOVERNANCE, ITEMS, READINGS, UPGRADING

SCORE_PLACES_DRAWN = 2
YES = "yes"


def marks_csv(name: str, data: FigureData) -> str:
    """What the figure `name` draws, as the text of figures/<name>.csv; its columns stand in schemas/results.yaml."""
    return csv_text(list(schema("results")[f"figures/{name}.csv"]["columns"]), MARKS_OF_FIGURE[name](data))


def _text(units: float, places: int = DERIVED_PLACES) -> str:
    value = points(units)
    return "" if value is None else decimal_text(value, places)


def _yes(holds: bool) -> str:
    return YES if holds else ""


def _by_sector(data: FigureData, measured: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The clusters of each sector, in the order in which the sectors are drawn, in units, with their names."""
    names = dict(zip(data.clusters["cluster"], data.clusters["name"], strict=True))
    rows = [
        {str(column): value for column, value in record.items()} | {"name": names[record["cluster"]]}
        for record in measured.to_dict("records")
    ]
    return {sector: [row for row in rows if row["sector"] == sector] for sector in data.sectors}


def _cluster(data: FigureData, row: Mapping[str, Any]) -> dict[str, str]:
    """Who a mark stands for."""
    return {"sector": row["sector"], "cluster": row["cluster"], "name": row["name"], "new": _new(data, row)}


def _new(data: FigureData, row: Mapping[str, Any]) -> str:
    return _yes(row["cluster"] in data.new)


def _ce_by_cluster(data: FigureData) -> Iterator[Record]:
    for group in _by_sector(data, data.measured["recomputed"]).values():
        known = [row for row in group if not isnan(row["ce"])]
        for row in sorted(known, key=lambda row: row["ce"]):
            yield _cluster(data, row) | {"ce": _text(row["ce"]), "degree": row["degree"]}


def _eei_jai(data: FigureData) -> Iterator[Record]:
    for group in _by_sector(data, data.measured["recomputed"]).values():
        for row in group:
            if not isnan(row["eei"]) and not isnan(row["jai"]):
                indices = {"jai": _text(row["jai"]), "eei": _text(row["eei"]), "above": _yes(row["eei"] > row["jai"])}
                yield _cluster(data, row) | indices


def _item_profiles(data: FigureData) -> Iterator[Record]:
    for sector, group in _by_sector(data, data.measured["recomputed"]).items():
        for item in ITEMS:
            for mark in _scores_and_mean(data, group, item):
                yield mark | {"sector": sector, "item": item}


def _degree_upgrading(data: FigureData) -> Iterator[Record]:
    groups = _by_sector(data, data.measured["recomputed"]).values()
    together = [row for group in groups for row in group]
    for kind in UPGRADING:
        for degree in reversed(DEGREES):
            classed = [row for row in together if row["degree"] == degree]
            for mark in _scores_and_mean(data, classed, kind):
                yield mark | {"upgrading": kind, "degree": degree}


def _scores_and_mean(data: FigureData, group: Sequence[Mapping[str, Any]], column: str) -> Iterator[dict[str, str]]:
    """A mark for the score of each cluster that has one, then one for their mean, with how many they are."""
    for row in group:
        if not isnan(row[column]):
            score = {"mark": "cluster", "value": _text(row[column], SCORE_PLACES_DRAWN), "n": ""}
            yield {"sector": row["sector"], "cluster": row["cluster"], "new": _new(data, row)} | score
    scores = sum_of(pd.Series([row[column] for row in group], dtype="float64"))
    if scores.count:
        mean = {"mark": "mean", "value": scores.mean_text, "n": str(scores.count)}
        yield {"sector": "", "cluster": "", "new": ""} | mean


def _crosstabs(data: FigureData) -> Iterator[Record]:
    crossed = {
        reading: {(cell.sector, cell.degree, cell.upgrading): cell for cell in cross_cells(data.measured[reading])}
        for reading in READINGS
    }
    for sector in (*data.sectors, ALL_SECTORS):
        for degree in DEGREES:
            for kind in UPGRADING:
                cells = {reading: crossed[reading][sector, degree, kind] for reading in READINGS}
                differ = len({(cell.clusters, cell.scores) for cell in cells.values()}) > 1
                for reading, cell in cells.items():
                    yield {
                        "sector": sector, "degree": degree, "upgrading": kind, "reading": reading,
                        "n": str(cell.clusters), "n_scored": str(cell.scores.count), "mean": cell.scores.mean_text,
                        "differ": _yes(differ),
                    }  # fmt: skip


def _governance(data: FigureData) -> Iterator[Record]:
    lines = {(record["sector"], record["chain"]): record for record in data.governance.to_dict("records")}
    for sector in coded_sectors(data):
        for chain in GOVERNANCE:
            line = lines[sector, chain]
            for share in SHARES:
                yield {"sector": sector, "chain": chain, "leads": share, "n": line[share], "n_coded": line["n_coded"]}


def _printed_recomputed(data: FigureData) -> Iterator[Record]:
    drawn = set(data.both_by_report()["cluster"])
    printed = dict(zip(data.measured["printed"]["cluster"], data.measured["printed"]["ce"], strict=True))
    for group in _by_sector(data, data.by_report).values():
        for row in group:
            if row["cluster"] in drawn:
                as_printed = printed[row["cluster"]]
                indices = {"printed": _text(as_printed), "recomputed": _text(row["ce"])}
                yield _cluster(data, row) | indices | {"differ": _yes(as_printed != row["ce"])}


MARKS_OF_FIGURE: Mapping[str, Callable[[FigureData], Iterator[Record]]] = {
    "ce_by_cluster": _ce_by_cluster,
    "eei_jai": _eei_jai,
    "item_profiles": _item_profiles,
    "degree_upgrading": _degree_upgrading,
    "crosstabs": _crosstabs,
    "governance": _governance,
    "printed_recomputed": _printed_recomputed,
}
