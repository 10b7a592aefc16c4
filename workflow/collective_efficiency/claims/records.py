"""What claims are tested against under given rules: the indices follow from the cells and these rules alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.claims.language.nodes import Association
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import printed_rows, recompute, written


def records_under(
    choices: Choices,
    cells: Sequence[Record],
    clusters: Sequence[Record],
    associations: Mapping[str, Sequence[Record]] | None = None,
) -> ReportRecords:
    """The records of cells.csv and clusters.csv, with the indices of both readings as `choices` have them.

    results/report/{reading}/indices.csv would not do: these follow config.yaml, while verdicts on the report stand on
    the report's own rules.

    associations: by reading, the records of associations.csv, of which evidence says what the exact tests bear.
    """
    recomputed: Any = written(recompute(pd.DataFrame(clusters, dtype="str"), choices)).to_dict("records")
    indices = {"printed": printed_rows(clusters, cells), "recomputed": recomputed}
    tested = {reading: _tested(records) for reading, records in (associations or {}).items()}
    return ReportRecords(cells, clusters, indices, choices, tested)


def _tested(records: Sequence[Record]) -> dict[tuple[str, str, str], Association]:
    """The p-values with n.a. counted as 0, as the report does, by scope, predictor and outcome."""
    return {
        (each["scope"], each["predictor"], each["outcome"]): Association(each["p"], each["holm"])
        for each in records
        if each["missing"] == "zero" and each["p"]
    }
