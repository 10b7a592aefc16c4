"""Stage `claims`: every checkable statement of the report, executed against its tables under both readings."""

from collective_efficiency.claims.evaluation import CLAIM_COLUMNS, PAIR_COLUMNS, contradictions, evaluate
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.pages import by_topic, claims_markdown, claims_page
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import csv_text


def claims_results(content: bytes, records: ReportRecords) -> dict[str, bytes]:
    """All that the stage makes, by the names of its outputs: csv, pairs, md, html, svg, png.

    content: claims.yaml. Raises BadInputError with every problem of it.
    """
    from collective_efficiency.claims.figure import claims_figure  # here: what only evaluates needs no matplotlib

    ledger = read_ledger("claims.yaml", content, records.vocabulary)
    verdicts = evaluate(ledger, records)
    pairs = contradictions(ledger, verdicts)
    shown = by_topic(ledger, verdicts, pairs)
    texts = {
        "csv": csv_text(CLAIM_COLUMNS, (verdict.record() for verdict in verdicts)),
        "pairs": csv_text(PAIR_COLUMNS, pairs),
        "md": claims_markdown(shown),
        "html": claims_page(shown),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()} | claims_figure(shown)
