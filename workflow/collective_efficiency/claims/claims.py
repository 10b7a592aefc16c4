"""Stage `claims`: every checkable statement of the report, executed against its tables under both readings.

Verdicts stand on the report's own rules. Where the analyst's choices differ, the verdicts under these stand beside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from collective_efficiency.choices import OF_THE_REPORT, Choices, rules_in_words
from collective_efficiency.claims.evaluation import (
    CLAIM_COLUMNS,
    PAIR_COLUMNS,
    claim_reading_records,
    contradictions,
    evaluate,
)
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.pages import by_weight, claims_caption, claims_markdown, claims_page
from collective_efficiency.claims.readings import CLAIM_READING_COLUMNS
from collective_efficiency.claims.records import records_under
from collective_efficiency.files.csv_files import Record, csv_text
from collective_efficiency.words import READINGS


def claims_results(
    content: bytes,
    cells: Sequence[Record],
    clusters: Sequence[Record],
    choices: Choices,
    associations: Mapping[str, Sequence[Record]] | None = None,
) -> dict[str, bytes]:
    """All that the stage makes, by the names of its outputs: csv, readings, pairs, md, html; the figure as svg and png,
    its marks (a record each) and its caption, which is also the page's.

    content: claims.yaml; cells, clusters: the records of the report's cells.csv and clusters.csv; choices: the
    analyst's; associations: by reading, the records of the inference stage's associations.csv, which rest on these
    choices: evidence takes them up only where the indices and the degree are the report's own. Raises BadInputError
    with every problem of claims.yaml.
    """
    from collective_efficiency.claims.figure import (  # here: what only evaluates needs no matplotlib
        MARK_COLUMNS,
        claims_figure,
        marks_of_claims,
    )

    same_indices = replace(choices, missing=OF_THE_REPORT.missing) == OF_THE_REPORT
    records = records_under(OF_THE_REPORT, cells, clusters, associations if same_indices else None)
    chosen = records_under(choices, cells, clusters) if choices != OF_THE_REPORT else None
    ledger = read_ledger("claims.yaml", content, records.vocabulary)
    verdicts = evaluate(ledger, records, chosen)
    pairs = contradictions(ledger, verdicts)
    shown = by_weight(ledger, verdicts, pairs, rules_in_words(choices, "report", *READINGS))
    texts = {
        "csv": csv_text(CLAIM_COLUMNS, (verdict.record() for verdict in verdicts)),
        "readings": csv_text(CLAIM_READING_COLUMNS, claim_reading_records(verdicts)),
        "pairs": csv_text(PAIR_COLUMNS, pairs),
        "md": claims_markdown(shown),
        "html": claims_page(shown),
        "marks": csv_text(MARK_COLUMNS, marks_of_claims(shown)),
        "caption": claims_caption(shown),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()} | claims_figure(shown)
