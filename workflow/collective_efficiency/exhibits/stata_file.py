"""An export as a file of Stata 14 and later, which SPSS and R (haven) read, too."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from collective_efficiency.exhibits.export_columns import MISSING_LABELS, ExportColumn
from collective_efficiency.files.workbooks import WRITTEN

LONGEST_LABEL = 80  # characters of a label of a variable in Stata
FILE_LABEL = "Industry clusters: external economies, joint action, upgrading"
TIME_OF_WRITING = re.compile(rb"<timestamp>\x11.{17}</timestamp>")  # in its header; \x11: seventeen bytes long


def stata_file(texts: pd.DataFrame, columns: Sequence[ExportColumn]) -> bytes:
    """The bytes of clusters.dta: coded words, labelled variables and values, and two kinds of missing values.

    texts: the text frame of clusters.csv of the export. A missing value is `.a` where the source has no score, and
    `.b` where none was ever asked for. Stata labels whole numbers only, so half points have none.
    """
    import pyreadstat  # few jobs write such a file

    frame = pd.DataFrame({column.name: _stata_values(texts[column.name], column) for column in columns})
    numbered = [column for column in columns if column.numbered]
    labels = {column.name: dict[Any, str](column.value_labels) | MISSING_LABELS for column in numbered}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clusters.dta"
        pyreadstat.write_dta(
            frame,
            path,
            file_label=FILE_LABEL,
            column_labels=[column.title[:LONGEST_LABEL] for column in columns],
            version=14,
            variable_value_labels=labels,
            missing_user_values={column.name: list(MISSING_LABELS) for column in numbered},
        )
        content = path.read_bytes()
    return TIME_OF_WRITING.sub(f"<timestamp>\x11{WRITTEN:%d %b %Y %H:%M}</timestamp>".encode(), content, count=1)


def _stata_values(texts: "pd.Series[str]", column: ExportColumn) -> "pd.Series[Any]":
    values = {text: column.value(text) for text in texts.unique()}
    return texts.map(values).astype(object)
