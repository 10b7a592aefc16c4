"""Which claims of the report change their verdict if a finding is put right, and which policy advice rests on them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.audit.findings import Changed
from collective_efficiency.audit.model import Place
from collective_efficiency.choices import OF_THE_REPORT
from collective_efficiency.claims.evaluation import ChangesOfVerdicts
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.records import records_under
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import Record
from collective_efficiency.measures.indices import printed_rows
from collective_efficiency.policy.advice import read_policy
from collective_efficiency.policy.verdicts import changes_of_advice
from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.report.ingest import cell_records
from collective_efficiency.report.transcription import Report


def claims_changed(report: Report, claims: bytes, policy: bytes, length: int = 0) -> Changed:
    """A function from cells that print otherwise to what changes of claims, as `claim C036 depends -> contradicted`,
    and of the advice that rests on these, as `advice P14 contradicted -> one case` or `advice P03 stays stands`.

    claims, policy: the content of claims.yaml and policy.yaml, judged by the report's own rules, whatever config.yaml
    says; length: how many lines the report's text has. The recomputed reading stays as it is: what is put right is what
    is printed. Raises BadInputError with the problems of either file.
    """
    cells = cell_records(report)
    before = records_under(OF_THE_REPORT, cells, cluster_records(report.clusters, cells))
    ledger = read_ledger("claims.yaml", claims, before.vocabulary)
    changes_of = ChangesOfVerdicts(ledger, before)
    advice = read_policy(policy, list(changes_of.verdicts), before.vocabulary.clusters, length)
    advice_of = changes_of_advice(advice, changes_of.verdicts)

    def put_right(records: Sequence[Record]) -> ReportRecords:
        clusters = cluster_records(report.clusters, records)
        indices = {**before.indices, "printed": printed_rows(clusters, records)}
        return ReportRecords(records, clusters, indices, OF_THE_REPORT)

    def tell(changes: Mapping[Place, str]) -> tuple[str, ...]:
        records = [_with(cell, changes.get((cell["table"], cell["row"], cell["column"]))) for cell in cells]
        moved = changes_of(put_right(records))
        return (
            *(f"claim {name} {old} -> {new}" for name, old, new in moved),
            *(
                f"advice {name} {old} -> {new}" if old != new else f"advice {name} stays {old}"
                for name, old, new in advice_of(moved)
            ),
        )

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
