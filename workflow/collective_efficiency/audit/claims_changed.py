"""Which claims of the report change their verdict if a finding is put right."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.audit.findings import Changed
from collective_efficiency.audit.model import Place
from collective_efficiency.choices import OF_THE_REPORT
from collective_efficiency.claims.evaluation import changes_of_verdicts
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.records import records_under
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import printed_rows
from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.report.ingest import cell_records
from collective_efficiency.report.transcription import Report


def claims_changed(report: Report, claims: bytes) -> Changed:
    """A function from cells that print otherwise to the claims that change, as `C036 depends -> contradicted`.

    claims: the content of claims.yaml, judged by the report's own rules, whatever config.yaml says. The recomputed
    reading stays as it is: what is put right is what is printed. Raises BadInputError with the problems of claims.yaml.
    """
    cells = cell_records(report)
    before = records_under(OF_THE_REPORT, cells, cluster_records(report.clusters, cells))
    changes_of = changes_of_verdicts(read_ledger("claims.yaml", claims, before.vocabulary), before)

    def put_right(records: Sequence[Record]) -> ReportRecords:
        clusters = cluster_records(report.clusters, records)
        indices = {**before.indices, "printed": printed_rows(clusters, records)}
        return ReportRecords(records, clusters, indices, OF_THE_REPORT)

    def tell(changes: Mapping[Place, str]) -> tuple[str, ...]:
        records = [_with(cell, changes.get((cell["table"], cell["row"], cell["column"]))) for cell in cells]
        return tuple(f"{name} {old} -> {new}" for name, old, new in changes_of(put_right(records)))

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
