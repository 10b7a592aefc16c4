"""What claims are tested against under given rules: the indices follow from the cells and these rules alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.claims.language.evidence import Association
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
    tested = {
        (reading, missing): _tests(each for each in records if each["missing"] == missing)
        for reading, records in (associations or {}).items()
        for missing in {each["missing"] for each in records}
    }
    return ReportRecords(cells, clusters, indices, choices, tested)


def _tests(records: Iterable[Record]) -> dict[tuple[str, str, str], Association]:
    """The p-values by scope, predictor and outcome; where nothing varies there is none."""
    return {
        (each["scope"], each["predictor"], each["outcome"]): Association(each["p"], each["holm"])
        for each in records
        if each["p"]
    }
