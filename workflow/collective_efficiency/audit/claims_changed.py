"""Which claims of the report change their verdict if a finding is put right."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from collective_efficiency.audit.findings import Changed
from collective_efficiency.audit.model import Place
from collective_efficiency.choices import Choices
from collective_efficiency.claims.evaluation import changes_of_verdicts
from collective_efficiency.claims.ledger import Ledger
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.measures.indices import printed_rows
from collective_efficiency.report.clusters import cluster_records

Row = Mapping[str, str]


def claims_changed(
    ledger: Ledger, master: Sequence[Row], cells: Sequence[Row], recomputed: Sequence[Row], choices: Choices
) -> Changed:
    """A function from cells that print otherwise to the claims that change, as `C036 depends -> contradicted`.

    master: the list of clusters; cells: rows of cells.csv; recomputed: rows of the recomputed indices.csv.
    """

    def data(rows: Sequence[Row]) -> ReportRecords:
        clusters = cluster_records(master, rows)
        indices = {"printed": printed_rows(clusters, rows), "recomputed": recomputed}
        return ReportRecords(rows, clusters, indices, choices)

    changes_of = changes_of_verdicts(ledger, data(cells))

    def tell(changes: Mapping[Place, str]) -> tuple[str, ...]:
        rows = [_with(cell, changes.get((cell["table"], cell["row"], cell["column"]))) for cell in cells]
        return tuple(f"{name} {old} -> {new}" for name, old, new in changes_of(data(rows)))

    return tell


def _with(cell: Row, text: str | None) -> Row:
    if text is None:
        return cell
    try:
        Fraction(text)
    except ValueError:
        return {**cell, "printed": text, "value": text}
    return {**cell, "printed": text, "value": text, "decimals": str(len(text.partition(".")[2]))}
