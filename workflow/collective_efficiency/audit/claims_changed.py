"""Which claims of the report change their verdict if a finding is put right."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from collective_efficiency.audit.findings import Changed
from collective_efficiency.audit.model import Place
from collective_efficiency.choices import Choices
from collective_efficiency.claims.evaluation import changes_of_verdicts
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import printed_rows, recompute, written
from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.report.ingest import cell_records
from collective_efficiency.report.transcription import Report


def claims_changed(report: Report, claims: bytes) -> Changed:
    """A function from cells that print otherwise to the claims that change, as `C036 depends -> contradicted`.

    claims: the content of claims.yaml, judged by the report's own rules, whatever config.yaml says. The recomputed
    reading stays as it is: what is put right is what is printed. Raises BadInputError with the problems of claims.yaml.
    """
    own = Choices()
    cells = cell_records(report)
    clusters = cluster_records(report.clusters, cells)
    recomputed: Any = written(recompute(pd.DataFrame(clusters, dtype="str"), own)).to_dict("records")
    vocabulary = ReportRecords(cells, clusters, {}, own).vocabulary
    ledger = read_ledger("claims.yaml", claims, vocabulary)

    def data(records: Sequence[Record]) -> ReportRecords:
        clusters = cluster_records(report.clusters, records)
        indices = {"printed": printed_rows(clusters, records), "recomputed": recomputed}
        return ReportRecords(records, clusters, indices, own)

    changes_of = changes_of_verdicts(ledger, data(cells))

    def tell(changes: Mapping[Place, str]) -> tuple[str, ...]:
        records = [_with(cell, changes.get((cell["table"], cell["row"], cell["column"]))) for cell in cells]
        return tuple(f"{name} {old} -> {new}" for name, old, new in changes_of(data(records)))

    return tell


def _with(cell: Record, text: str | None) -> Record:
    """The record of a cell that prints `text`; as it is, if that is None."""
    if text is None:
        return cell
    try:
        Fraction(text)
    except ValueError:
        return {**cell, "printed": text, "value": text}
    return {**cell, "printed": text, "value": text, "decimals": str(len(text.partition(".")[2]))}
