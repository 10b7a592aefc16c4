"""Stage `policy`: every piece of the report's policy advice, with what becomes of the claims on which it rests."""

from collections.abc import Mapping, Sequence

from collective_efficiency.choices import OF_THE_REPORT, Choices, rules_in_words
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.records import records_under
from collective_efficiency.files.csv_files import Record, csv_text
from collective_efficiency.policy.advice import SECTOR_DIFFERENCE, NamedTest, Policy, read_policy
from collective_efficiency.policy.lineage import LINEAGE_COLUMNS, by_measure, lineage_records, sources_of_claims
from collective_efficiency.policy.pages import policy_caption, policy_markdown, policy_page
from collective_efficiency.policy.shown import ShownPolicy, Tested
from collective_efficiency.policy.verdicts import ADVICE_COLUMNS, advice_verdicts
from collective_efficiency.report.text_lines import text_length
from collective_efficiency.words import READINGS


def policy_results(
    files: Mapping[str, bytes],
    verdicts: Sequence[Record],
    cells: Sequence[Record],
    clusters: Sequence[Record],
    sectors: Mapping[str, str],
    tests: Sequence[Record],
    choices: Choices,
) -> dict[str, bytes]:
    """All that the stage makes, by the names of its outputs: csv, lineage, md, html; the figure as svg and png, its
    marks (a record each) and its caption, which is also the page's.

    files: policy.yaml, claims.yaml and tables.yaml by name; verdicts, cells, clusters: the records of the report's
    claims.csv, cells.csv and clusters.csv; sectors: the name of each; tests: the records of the recomputed
    associations.csv and sectors.csv, none where nothing was tested. Raises BadInputError with every problem of
    policy.yaml.
    """
    from collective_efficiency.policy.figure import POLICY_MARK_COLUMNS, marks_of_policy, policy_figure  # matplotlib

    by_claim = {record["claim"]: record for record in verdicts}
    names = {cluster["cluster"]: cluster["name"] for cluster in clusters}
    length = text_length(files["tables.yaml"])
    policy = read_policy(files["policy.yaml"], list(by_claim), list(names), length)
    records = records_under(OF_THE_REPORT, cells, clusters)
    sources = sources_of_claims(read_ledger("claims.yaml", files["claims.yaml"], records.vocabulary), records)
    shown = ShownPolicy(
        policy=policy,
        verdicts=advice_verdicts(policy, _column(verdicts, "verdict"), names),
        chosen=_chosen(policy, _column(verdicts, "under_your_choices"), names),
        claims=by_claim,
        sources=sources,
        measures=by_measure(policy, sources),
        tested=_tested(policy, tests, choices),
        sectors=sectors,
        rules=rules_in_words(choices, "report", *READINGS),
    )
    texts = {
        "csv": csv_text(ADVICE_COLUMNS, (each.record() for each in shown.verdicts)),
        "lineage": csv_text(LINEAGE_COLUMNS, lineage_records(policy, sources, clusters)),
        "md": policy_markdown(shown),
        "html": policy_page(shown),
        "marks": csv_text(POLICY_MARK_COLUMNS, marks_of_policy(shown)),
        "caption": policy_caption(shown),
    }
    return {name: text.encode("utf-8") for name, text in texts.items()} | policy_figure(shown)


def _column(verdicts: Sequence[Record], column: str) -> dict[str, str]:
    return {record["claim"]: record[column] for record in verdicts}


def _chosen(policy: Policy, verdicts: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """The verdict on each piece of advice under the analyst's choices; empty where these are the report's own."""
    if not all(verdicts.values()):
        return {}
    return {each.advice.id: each.verdict for each in advice_verdicts(policy, verdicts, names)}


def _tested(policy: Policy, records: Sequence[Record], choices: Choices) -> Tested:
    """The record of each test that advice names, under the analyst's treatment of n.a., where the run made it."""
    found = {}
    for record in records:
        if record["missing"] == choices.missing and record.get("p"):
            scope = record.get("scope", "")
            found[NamedTest(scope, record.get("predictor", SECTOR_DIFFERENCE), record["outcome"])] = record
    wanted = {test for piece in policy.advice for test in piece.tests}
    return {test: record for test, record in found.items() if test in wanted}
