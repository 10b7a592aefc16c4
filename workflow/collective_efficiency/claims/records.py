"""What claims are tested against under given rules: the indices follow from the cells and these rules alone."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import printed_rows, recompute, written


def records_under(choices: Choices, cells: Sequence[Record], clusters: Sequence[Record]) -> ReportRecords:
    """The records of cells.csv and clusters.csv, with the indices of both readings as `choices` have them.

    results/report/{reading}/indices.csv would not do: these follow config.yaml, while verdicts on the report stand on
    the report's own rules.
    """
    recomputed: Any = written(recompute(pd.DataFrame(clusters, dtype="str"), choices)).to_dict("records")
    indices = {"printed": printed_rows(clusters, cells), "recomputed": recomputed}
    return ReportRecords(cells, clusters, indices, choices)
