"""Stage `summary`: what was made and found, in a few lines, with which a run ends."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from collective_efficiency.choices import OF_THE_REPORT, Choices, choices_in_words
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import INDEX_COLUMNS, recompute, written
from collective_efficiency.policy.verdicts import ADVICE_VERDICTS
from collective_efficiency.words import counted


def closing_lines(
    cells: Sequence[Record],
    clusters: pd.DataFrame,
    printed: Sequence[Record],
    advice: Sequence[Record],
    choices: Choices,
    tables: int,
    figures: int,
) -> str:
    """Four lines: what was made, where the recomputed indices differ from the printed ones, what becomes of the policy
    advice, and where to look.

    The report's printed indices are held against what its own rules make of its scores, whatever config.yaml says;
    where the choices are others, a fifth line says what they change.

    cells: of cells.csv. clusters: the text frame of clusters.csv. printed: of printed/indices.csv, of the same clusters
    in the same order. advice: of policy.csv. tables, figures: how many the run makes. Raises ValueError where there are
    not as many indices as clusters.
    """
    status = Counter(cell["status"] for cell in cells)
    count = counted(len(clusters), "cluster")
    recomputed = _records(clusters, OF_THE_REPORT)
    index_differs = sum(old["ce"] != new["ce"] for old, new in zip(printed, recomputed, strict=True))
    degrees = _changed_degrees(printed, recomputed)
    whose = "" if choices == OF_THE_REPORT else ", by the report's own rules"
    lines = [
        f"Made: {counted(tables, 'table')} and {counted(figures, 'figure')} from {counted(len(cells), 'printed cell')}"
        f" of {count}, {status['lost']:,} of them lost and {status['inferred']:,} placed by inference.",
        f"Found: the recomputed index differs from the printed one in {index_differs} of {count},"
        f" the degree in {len(degrees)}{_listed(degrees)}{whose}.",
        f"Advice: {counted(len(advice), 'piece')} by verdict: {_by_verdict(advice)}.",
    ]
    if choices != OF_THE_REPORT:
        chosen = _records(clusters, choices)
        changed = _changed_degrees(recomputed, chosen)
        without = sum(not record["ce"] for record in chosen)
        lines.append(
            f"Under your choices: {choices_in_words(choices)} The recomputed degree is another one in {len(changed)} of"
            f" {count}{_listed(changed)}; {counted(without, 'cluster has', 'clusters have')} no index."
        )
    lines.append(
        "Look at: results/index.html, which leads to all that was made;"
        " snakemake --report report.html packs it into one page."
    )
    return "".join(f"{line}\n" for line in lines)


def _by_verdict(advice: Sequence[Record]) -> str:
    numbers = Counter(piece["verdict"] for piece in advice)
    return ", ".join(f"{numbers[name]} {name}" for name in ADVICE_VERDICTS)


def _records(clusters: pd.DataFrame, choices: Choices) -> list[Record]:
    rows = written(recompute(clusters, choices)).to_numpy().tolist()
    return [dict(zip(INDEX_COLUMNS, row, strict=True)) for row in rows]


def _changed_degrees(before: Iterable[Record], after: Iterable[Record]) -> list[str]:
    """Each cluster whose degree is another one, with both; an empty one in words."""
    return [
        f"{old['cluster']} {old['degree'] or 'no degree'} -> {new['degree'] or 'no degree'}"
        for old, new in zip(before, after, strict=True)
        if old["degree"] != new["degree"]
    ]


def _listed(changes: Sequence[str]) -> str:
    return f" ({'; '.join(changes)})" if changes else ""
