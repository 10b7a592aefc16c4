"""Stage `comparison`, the answer: what the new clusters change in five sentences, each with how sure it is.

Conclusions, orders, classes, associations and averages; the first and the fourth rest on the tests of both datasets.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.files.csv_files import Record
from collective_efficiency.inference.basis import in_sentence, predictor_words, shown_predictor
from collective_efficiency.inference.permutation import PermutationTest
from collective_efficiency.inference.plan import Family, InferencePlan
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.studies.cluster_changes import (
    Change,
    ComparedClusters,
    average_change,
    class_change,
    order_change,
)
from collective_efficiency.words import READINGS, counted

Hypothesis = tuple[str, str, str, str]  # family, scope, predictor, outcome
TestedAssociations = Mapping[Hypothesis, Record]  # the rows of associations.csv under one treatment of n.a.


def changes_by_reading(
    clusters: pd.DataFrame,
    indices: Mapping[str, pd.DataFrame],
    associations: Sequence[Sequence[Sequence[Record]]],
    sectors: Mapping[str, str],
    choices: Choices,
    plan: InferencePlan,
) -> dict[str, list[Change]]:
    """By reading, recomputed first, the five sentences.

    clusters: the text frame of the extended clusters.csv; indices: by reading, that of indices.csv; associations: of
    the report and of the extended dataset, the rows of associations.csv of each reading, none where it is not tested;
    sectors: names by key.
    """
    changes = {}
    new = clusters["study"] != "report"
    for reading in reversed(READINGS):
        measured = cluster_measures(clusters, indices[reading], choices)
        compared = ComparedClusters(measured, new, sectors)
        before, after = (tables[READINGS.index(reading)] if tables else () for tables in associations)
        changes[reading] = five_changes(compared, before, after, choices.missing, plan)
    return changes


def change_records(changes: Mapping[str, Sequence[Change]]) -> list[dict[str, str]]:
    """The rows of changes.csv."""
    return [change.record(reading) for reading, listed in changes.items() for change in listed]


def five_changes(
    compared: ComparedClusters, before: Sequence[Record], after: Sequence[Record], missing: str, plan: InferencePlan
) -> list[Change]:
    """What the new clusters change in one reading.

    before, after: the rows of associations.csv of the report and of the extended dataset, none where it is too large to
    be tested. missing: the treatment of n.a.
    """
    tested = [{_key(row): row for row in rows if row["missing"] == missing} for rows in (before, after)]
    return [
        conclusion_change(tested[0], tested[1], plan),
        order_change(compared),
        class_change(compared),
        association_change(tested[0], tested[1], plan),
        average_change(compared),
    ]


def _key(row: Record) -> Hypothesis:
    return row["family"], row["scope"], row["predictor"], row["outcome"]


def conclusion_change(before: TestedAssociations, after: TestedAssociations, plan: InferencePlan) -> Change:
    """Which associations become significant, and which are so no more, adjusted by Holm within their family."""
    about = "conclusions"
    if not after:
        return Change(about, False, "No association is tested again: the extended dataset is too large for it.", "")
    asked = [key for key in before if key in after and before[key]["holm"] and after[key]["holm"]]
    significant = [{key for key in asked if float(rows[key]["holm"]) <= plan.significance} for rows in (before, after)]
    gained, lost = significant[1] - significant[0], significant[0] - significant[1]
    said = (
        f"Of {counted(len(asked), 'hypothesis', 'hypotheses')} asked of both datasets,"
        f" {counted(len(significant[0]), 'was', 'were')} significant before and"
        f" {counted(len(significant[1]), 'is', 'are')} now"
    )
    for keys, word in ((gained, "new"), (lost, "no more")):
        if keys:
            said += f"; {word}: {', '.join(_hypothesis(key, before, after) for key in asked if key in keys)}"
    return Change(
        about, bool(gained | lost), f"{said}.", f"p adjusted by Holm within each family, at {plan.significance:g}"
    )


def _hypothesis(key: Hypothesis, before: TestedAssociations, after: TestedAssociations) -> str:
    _, scope, predictor, outcome = key
    where = "" if scope == "all" else f", {scope.replace('_', ' ')}"
    adjusted = f"adjusted p {float(before[key]['holm']):.3f}, now {float(after[key]['holm']):.3f}"
    return f"{in_sentence(outcome)} and {predictor_words(predictor)}{where} ({adjusted})"


def association_change(before: TestedAssociations, after: TestedAssociations, plan: InferencePlan) -> Change:
    """The association with upgrading that moves most, of the first family that is asked within sectors."""
    about = "associations"
    family = compared_family(plan)
    if family is None or not after:
        return Change(about, False, "No association within sectors is tested in both datasets.", "")
    keys = [(family.name, "all", shown_predictor(family), outcome) for outcome in family.outcomes]
    moves = {
        key: float(after[key]["tau_b"]) - float(before[key]["tau_b"])
        for key in keys
        if key in before and key in after and before[key]["tau_b"] and after[key]["tau_b"]
    }
    if not moves:
        return Change(about, False, "No association within sectors has a number in both datasets.", "")
    most = max(moves, key=lambda key: abs(moves[key]))
    rows = before[most], after[most]
    said = (
        f"Of the {len(moves)} associations of {predictor_words(most[2])} with upgrading that with"
        f" {in_sentence(most[3])} moves most: Kendall's tau-b {_tau(rows[0])} before, {_tau(rows[1])} now"
    )
    turned = [key[3] for key in moves if float(before[key]["tau_b"]) * float(after[key]["tau_b"]) < 0]
    said += f"; the sign turns with {', '.join(map(in_sentence, turned))}" if turned else "; no sign turns"
    sure = (
        f"intervals of {100 * plan.level:g}% in brackets; before {p_words(rows[0], plan)}, now {p_words(rows[1], plan)}"
    )
    return Change(about, abs(moves[most]) >= 0.005, f"{said}.", sure)


def _tau(row: Record) -> str:
    return f"{float(row['tau_b']):.2f} ({float(row['tau_b_low']):.2f} to {float(row['tau_b_high']):.2f})"


def p_words(row: Record, plan: InferencePlan) -> str:
    """A p-value of associations.csv by what it is: exact, or by shuffles with the interval that they leave."""
    if not row["p"]:
        return "no p"
    if row["p_exact"]:
        return f"p {float(row['p']):.3f}, exact"
    extreme = round(float(row["p"]) * (plan.shuffles + 1)) - 1
    low, high = PermutationTest(0, extreme, plan.shuffles).interval
    return f"p {float(row['p']):.3f} by {plan.shuffles:,} shuffles (95% interval {low:.3f} to {high:.3f})"


def compared_family(plan: InferencePlan) -> Family | None:
    """The family whose associations are compared: the first that is asked within sectors; None where none is."""
    return next((family for family in plan.families if family.scope == "stratified"), None)
