"""Stage `comparison`: what the new clusters change, as rows with the value before (report) and after (extended)."""

from collections.abc import Iterator, Mapping, Sequence

from collective_efficiency.files.csv_files import Record
from collective_efficiency.inference.basis import predictor_words, shown_predictor
from collective_efficiency.inference.plan import Family, InferencePlan
from collective_efficiency.measures.averages import MEANS
from collective_efficiency.numbers.printed import exact
from collective_efficiency.words import INDICES, READINGS

COMPARISON_COLUMNS = ("about", "reading", "sector", "degree", "measure", "before", "after", "changed")
ABOUT = {
    "clusters": "Clusters by sector",
    "order": "Order of the sectors, from the highest mean down",
    "average": "Averages by sector",
    "crosstab": "Upgrading by degree of collective efficiency",
    "association": "Associations with upgrading",
}
ASSOCIATED = ("n", "tau_b", "p")
Records = Sequence[Record]
BothDatasets = tuple[Sequence[Records], Sequence[Records]]  # before and after, each a table a reading


def compare_datasets(
    averages: BothDatasets, crosstabs: BothDatasets, associations: BothDatasets, missing: str, plan: InferencePlan
) -> list[dict[str, str]]:
    """The rows of comparison.csv, from sector_averages.csv, crosstabs.csv and associations.csv of both datasets.

    Tables stand in the order of READINGS; a dataset that is too large to be tested has no associations. missing: the
    treatment of n.a. whose associations are compared, as config.yaml says.
    """
    family = compared_family(plan)
    rows: list[dict[str, str]] = []
    for index, reading in enumerate(READINGS):
        before, after = (tables[index] if tables else () for tables in associations)
        rows += measure_changes(reading, _pair(averages, index), _pair(crosstabs, index))
        if family is not None:
            rows += association_changes(reading, before, after, missing, family)
    return rows


def compared_family(plan: InferencePlan) -> Family | None:
    """The family whose associations are compared: the first that is asked within sectors; None where none is."""
    return next((family for family in plan.families if family.scope == "stratified"), None)


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
    reading: str, averages: tuple[Records, Records], crosstabs: tuple[Records, Records]
) -> Iterator[dict[str, str]]:
    """What changes in the number of clusters, the order of the sectors, the averages and the cross-tabulations."""
    before, after = ({row["sector"]: row for row in rows} for rows in averages)
    for sector in after:
        yield _row("clusters", reading, sector, "", "n", _value(before, sector, "n"), after[sector]["n"])
    for index in INDICES:
        yield _row("order", reading, "", "", index, sector_order(averages[0], index), sector_order(averages[1], index))
    for sector in after:
        for measure in MEANS:
            yield _row("average", reading, sector, "", measure, _value(before, sector, measure), after[sector][measure])
    cells = [{(row["sector"], row["degree"], row["upgrading"]): row for row in rows} for rows in crosstabs]
    for key, row in cells[1].items():
        yield _row("crosstab", reading, *key, _with_count(cells[0].get(key, {})), _with_count(row))


def association_changes(
    reading: str, before: Records, after: Records, missing: str, family: Family
) -> Iterator[dict[str, str]]:
    """The association of the family's shown predictor with each kind of upgrading, all sectors together, stratified.

    before, after: the rows of associations.csv; none of a dataset that is too large to be tested.
    """
    now = _associations(after, missing, family)
    for outcome, row in _associations(before, missing, family).items():
        for name in ASSOCIATED:
            value = now[outcome][name] if outcome in now else ""
            yield _row("association", reading, "all", "", f"{outcome} {name}", row[name], value)


def _associations(rows: Records, missing: str, family: Family) -> dict[str, Record]:
    wanted = {"family": family.name, "scope": "all", "predictor": shown_predictor(family), "missing": missing}
    return {row["outcome"]: row for row in rows if wanted.items() <= row.items()}


def sector_order(averages: Records, index: str) -> str:
    """The sectors from the highest mean of `index` down; equal ones with = between them.

    >>> sector_order([{"sector": "cops", "ce": "6.0000"}, {"sector": "natural_resource", "ce": "8.0000"}], "ce")
    'natural resource > cops'
    """
    ranked = sorted((row for row in averages if row[index]), key=lambda row: (-exact(row[index]), row["sector"]))
    text = ""
    for rank, row in enumerate(ranked):
        sign = "" if not rank else " = " if ranked[rank - 1][index] == row[index] else " > "
        text += sign + row["sector"].replace("_", " ")
    return text


def _value(rows: Mapping[str, Record], sector: str, measure: str) -> str:
    return rows[sector][measure] if sector in rows else ""


def _with_count(row: Record) -> str:
    """The mean and how many clusters are behind it."""
    return f"{row['mean']} ({row['n_scored']})" if row.get("mean") else ""


def _row(*values: str) -> dict[str, str]:
    changed = "yes" if values[-1] != values[-2] else ""
    return dict(zip(COMPARISON_COLUMNS, (*values, changed), strict=True))
