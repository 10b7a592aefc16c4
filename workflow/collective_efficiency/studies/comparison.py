"""Stage `comparison`: what the new clusters change, as rows with the value before (report) and after (extended)."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from collective_efficiency.files.csv_files import Record
from collective_efficiency.inference.basis import predictor_words, shown_predictor
from collective_efficiency.inference.plan import Family, InferencePlan
from collective_efficiency.measures.averages import MEANS, kinds_in_common, sums_of_upgrading
from collective_efficiency.numbers.printed import exact, half_up
from collective_efficiency.numbers.scores import sum_of, units
from collective_efficiency.studies.changes import compared_family, p_words
from collective_efficiency.studies.cluster_changes import REPORT_PLACES, ranked_text
from collective_efficiency.words import INDICES, LABELS, READINGS, UPGRADING

COMPARISON_COLUMNS = ("about", "reading", "sector", "degree", "measure", "before", "after", "changed", "note")
ABOUT = {
    "clusters": "Clusters by sector",
    "order": "Order of the sectors, from the highest mean down",
    "average": "Averages by sector",
    "crosstab": "Upgrading by degree of collective efficiency",
    "association": "Associations with upgrading",
}
ASSOCIATED = ("n", "tau_b", "p")
IN_COMMON = "among the sectors that both have"
Records = Sequence[Record]
BothDatasets = tuple[Sequence[Records], Sequence[Records]]  # before and after, each a table a reading


def compare_datasets(
    averages: BothDatasets,
    crosstabs: BothDatasets,
    associations: BothDatasets,
    clusters: pd.DataFrame,
    missing: str,
    plan: InferencePlan,
) -> list[dict[str, str]]:
    """The rows of comparison.csv, from sector_averages.csv, crosstabs.csv and associations.csv of both datasets.

    Tables stand in the order of READINGS; a dataset that is too large to be tested has no associations. missing: the
    treatment of n.a. whose associations are compared, as config.yaml says. clusters: the text frame of the extended
    clusters.csv, from which the sums of upgrading are taken.
    """
    family, sums = compared_family(plan), upgrading_sums(clusters, missing)
    rows: list[dict[str, str]] = []
    for index, reading in enumerate(READINGS):
        before, after = (tables[index] if tables else () for tables in associations)
        rows += measure_changes(reading, _pair(averages, index), _pair(crosstabs, index), sums)
        if family is not None:
            rows += association_changes(reading, before, after, missing, family, plan)
    return rows


def about_words(plan: InferencePlan) -> dict[str, str]:
    """What the rows are about, for people, by the keys of `ABOUT`; the associations by their predictor."""
    titles, family = dict(ABOUT), compared_family(plan)
    if family is not None:
        titles["association"] = f"Upgrading and {predictor_words(shown_predictor(family))}"
    return titles


def _pair(datasets: BothDatasets, index: int) -> tuple[Records, Records]:
    before, after = datasets
    return before[index], after[index]


def measure_changes(
    reading: str,
    averages: tuple[Records, Records],
    crosstabs: tuple[Records, Records],
    sums: Mapping[str, tuple[str, str, str]],
) -> Iterator[dict[str, str]]:
    """What changes in the number of clusters, the order of the sectors, the averages and the cross-tabulations.

    sums: of upgrading, as `upgrading_sums` gives them.
    """
    before, after = ({row["sector"]: row for row in rows} for rows in averages)
    for sector in after:
        yield _row("clusters", reading, sector, "", "n", _value(before, sector, "n"), after[sector]["n"])
    for index in INDICES:
        common = {sector for sector in before.keys() & after.keys() if before[sector][index] and after[sector][index]}
        orders = (sector_order([row for row in rows if row["sector"] in common], index) for rows in averages)
        yield _row("order", reading, "", "", index, *orders, note=IN_COMMON if len(common) < len(after) else "")
    for sector in after:
        for measure in MEANS:
            values = (_value(before, sector, measure), after[sector][measure], "")
            *both, note = sums.get(sector, values) if measure == "upgrading_sum" else values
            yield _row("average", reading, sector, "", measure, *both, note=note)
    cells = [{(row["sector"], row["degree"], row["upgrading"]): row for row in rows} for rows in crosstabs]
    for key, row in cells[1].items():
        yield _row("crosstab", reading, *key, _with_count(cells[0].get(key, {})), _with_count(row))


def association_changes(
    reading: str, before: Records, after: Records, missing: str, family: Family, plan: InferencePlan
) -> Iterator[dict[str, str]]:
    """The association of the family's shown predictor with each kind of upgrading, all sectors together, stratified.

    before, after: the rows of associations.csv; none of a dataset that is too large to be tested.
    """
    now = _associations(after, missing, family)
    for outcome, row in _associations(before, missing, family).items():
        for name in ASSOCIATED:
            value = now[outcome][name] if outcome in now else ""
            note = _p_note(row, now.get(outcome), plan) if name == "p" else ""
            yield _row("association", reading, "all", "", f"{outcome} {name}", row[name], value, note=note)


def _p_note(before: Record, after: Record | None, plan: InferencePlan) -> str:
    """What two p-values are: exact, or by shuffles with their interval."""
    known = {side: row for side, row in (("before", before), ("after", after)) if row is not None and row["p"]}
    return "; ".join(f"{side} {p_words(row, plan)}" for side, row in known.items())


def _associations(rows: Records, missing: str, family: Family) -> dict[str, Record]:
    wanted = {"family": family.name, "scope": "all", "predictor": shown_predictor(family), "missing": missing}
    return {row["outcome"]: row for row in rows if wanted.items() <= row.items()}


def upgrading_sums(clusters: pd.DataFrame, missing: str) -> dict[str, tuple[str, str, str]]:
    """By sector with clusters of the report and new ones: the mean sum of upgrading before and after, and over what.

    clusters: the text frame of the extended clusters.csv; missing: the treatment of n.a. The report's own mean is here
    over the kinds in common, too (table 5 of the report has three kinds, others four).
    """
    sums = {}
    totals = sums_of_upgrading(clusters, units(clusters, UPGRADING, missing))
    for sector, of_sector in clusters.groupby("sector", sort=False):
        total, of_report = totals[of_sector.index], of_sector["study"] == "report"
        if of_report.any() and not of_report.all():
            kinds = [LABELS[kind].removesuffix(" upgrading").lower() for kind in kinds_in_common(of_sector)]
            note = f"over the kinds that both have: {', '.join(kinds) or 'none'}"
            sums[str(sector)] = (sum_of(total[of_report]).mean_text, sum_of(total).mean_text, note)
    return sums


def sector_order(averages: Records, index: str) -> str:
    """The sectors from the highest mean of `index` down; equal ones with = between them.

    >>> sector_order([{"sector": "cops", "ce": "6.0000"}, {"sector": "natural_resource", "ce": "8.0000"}], "ce")
    'natural resource > cops'
    """
    by_sector = sorted((row for row in averages if row[index]), key=lambda row: row["sector"])
    return ranked_text((exact(row[index]), row["sector"].replace("_", " ")) for row in by_sector)


def _value(rows: Mapping[str, Record], sector: str, measure: str) -> str:
    return rows[sector][measure] if sector in rows else ""


def _with_count(row: Record) -> str:
    """The mean and how many clusters are behind it."""
    return f"{row['mean']} ({row['n_scored']})" if row.get("mean") else ""


def _row(*values: str, note: str = "") -> dict[str, str]:
    return dict(zip(COMPARISON_COLUMNS, (*values, _changed(*values[-2:]), note), strict=True))


def _changed(before: str, after: str) -> str:
    """`yes`, or `rounding` where two numbers look alike in the two decimals in which the report prints its means."""
    numbers = [text.partition(" ")[0] for text in (before, after)]
    if before == after:
        return ""
    try:
        shown = {half_up(abs(exact(number)), REPORT_PLACES) for number in numbers}
        signs = {number.startswith("-") for number in numbers}
    except ValueError:
        return "yes"
    return "rounding" if len(shown) == 1 and (len(signs) == 1 or exact(shown.pop()) == 0) else "yes"
