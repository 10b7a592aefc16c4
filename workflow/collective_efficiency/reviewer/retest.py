"""The clusters whose associations the page tests anew when a score moves: their values as printed, and their cells."""

from collections.abc import Mapping, Sequence
from typing import Any

from collective_efficiency.audit.model import Model
from collective_efficiency.files.csv_files import Record
from collective_efficiency.reviewer.stories import INDEX_LAYOUT
from collective_efficiency.words import DEGREES, INDICES, NOT_AVAILABLE, UPGRADING

PREDICTORS = (*INDICES, "degree")


def retest_data(
    model: Model, clusters: Sequence[Record], indices: Sequence[Record], layouts: Mapping[str, str]
) -> dict[str, Any]:
    """The predictors, the outcomes, the degrees from the lowest, and of each cluster its sector, values and cells.

    clusters, indices: the records of clusters.csv and of printed/indices.csv. A value is a text, null where the cluster
    was never scored; `n.a.` is zero, as the report has it. The cells that print a value are named by their numbers,
    that of the index tables before its copies. layouts: the layout of each table.
    """
    places: dict[tuple[str, str], list[tuple[bool, int]]] = {}
    for number, (table, row, column) in enumerate(model.cells):
        places.setdefault((row, column), []).append((layouts[table] != INDEX_LAYOUT, number))
    index_of = {row["cluster"]: row for row in indices}
    named = (*PREDICTORS, *UPGRADING)
    return {
        "predictors": PREDICTORS,
        "outcomes": UPGRADING,
        "degrees": DEGREES[::-1],
        "clusters": [
            {
                "sector": row["sector"],
                "values": {name: _value(row[name]) for name in named},
                "cells": {name: [at for _, at in sorted(places.get((row["cluster"], name), ()))] for name in named},
            }
            for row in ({**cluster, **index_of[cluster["cluster"]]} for cluster in clusters)
        ],
    }


def _value(text: str) -> str | None:
    return "0" if text == NOT_AVAILABLE else text or None
