"""Scripts beside an export, for Stata, R and Python: each loads it, labels it and makes table 10 of the report again.

Table 10 is the mean of each kind of upgrading by degree, of the clusters of natural resources.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from collective_efficiency.choices import Choices
from collective_efficiency.exhibits.export_columns import MISSING_LABELS, TAG_NEVER_SCORED, TAG_NO_SCORE, ExportColumn
from collective_efficiency.files.pages import page
from collective_efficiency.words import GOVERNANCE, INDICES, NOT_AVAILABLE, READINGS, SCORES, UPGRADING

OBEYED_BY_STATA = str.maketrans({'"': "'", "`": "'", "$": "\\$", "\n": " "})  # quotes, and macros
LABEL_SETS = {
    "score": SCORES,
    "chain": GOVERNANCE,
    "index": tuple(f"{name}_{reading}" for reading in READINGS for name in INDICES),
    "degree": tuple(f"degree_{reading}" for reading in READINGS),
    "sector": ("sector",),
}


@dataclass(frozen=True)
class LabelSet:
    """What the numbers of some columns stand for, under one name. columns: one or more, alike but for their names."""

    name: str
    columns: tuple[ExportColumn, ...]

    @property
    def like(self) -> ExportColumn:
        """Any of its columns."""
        return self.columns[0]


def stata_text(text: str) -> str:
    """`text` as it may stand in quotes in a do-file.

    >>> print(stata_text('Shoes "$5"'))
    Shoes '\\$5'
    """
    return text.translate(OBEYED_BY_STATA)


def export_scripts(columns: Sequence[ExportColumn], choices: Choices, rests_on: str) -> dict[str, str]:
    """The text of clusters.do, clusters.R and clusters.py by name.

    choices: of the run, by which `n.a.` counts in the table; rests_on: what the numbers rest on, in words.
    """
    by_name = {column.name: column for column in columns}
    values = {
        "columns": columns,
        "label_sets": [LabelSet(name, tuple(by_name[each] for each in names)) for name, names in LABEL_SETS.items()],
        "rests_on": rests_on,
        "zero": choices.missing == "zero",
        "upgrading": UPGRADING,
        "not_available": NOT_AVAILABLE,
        "no_score": TAG_NO_SCORE,
        "never_scored": TAG_NEVER_SCORED,
        "missing_labels": MISSING_LABELS,
        "natural_resource": by_name["sector"].codes["natural_resource"],
        "quoted": stata_text,
    }
    return {
        "clusters.do": page("export/clusters.do.j2", **values),
        "clusters.R": page("export/clusters.R.j2", **values),
        "clusters.py": page("export/clusters.py.j2", **values),
    }
