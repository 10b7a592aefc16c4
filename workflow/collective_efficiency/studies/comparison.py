"""Stage `comparison`: what the new clusters change, as rows with the value before (report) and after (extended)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from collective_efficiency.files.csv_files import Record
from collective_efficiency.inference.basis import predictor_words, shown_predictor
from collective_efficiency.inference.plan import Family, InferencePlan
from collective_efficiency.measures.averages import MEANS
from collective_efficiency.numbers.printed import exact, half_up
from collective_efficiency.numbers.scores import DERIVED_PLACES
from collective_efficiency.words import INDICES, LABELS, NOT_AVAILABLE, READINGS, UPGRADING

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
    clusters: Records,
    missing: str,
    plan: InferencePlan,
) -> list[dict[str, str]]:
    """The rows of comparison.csv, from sector_averages.csv, crosstabs.csv and associations.csv of both datasets.

    Tables stand in the order of READINGS; a dataset that is too large to be tested has no associations. missing: the
    treatment of n.a. whose associations are compared, as config.yaml says. clusters: the rows of the extended
    clusters.csv, from which the sums of upgrading are taken.
    """
    family, sums = compared_family(plan), upgrading_sums(clusters, missing)
    rows: list[dict[str, str]] = []
    for index, reading in enumerate(READINGS):
        before, after = (tables[index] if tables else () for tables in associations)
        rows += measure_changes(reading, _pair(averages, index), _pair(crosstabs, index), sums)
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
    reading: str, before: Records, after: Records, missing: str, family: Family
) -> Iterator[dict[str, str]]:
    """The association of the family's shown predictor with each kind of upgrading, all sectors together, stratified.

    before, after: the rows of associations.csv; none of a dataset that is too large to be tested.
    """
    now = _associations(after, missing, family)
    for outcome, row in _associations(before, missing, family).items():
        for name in ASSOCIATED:
            value = now[outcome][name] if outcome in now else ""
            note = p_note(row, now.get(outcome)) if name == "p" else ""
            yield _row("association", reading, "all", "", f"{outcome} {name}", row[name], value, note=note)


def _associations(rows: Records, missing: str, family: Family) -> dict[str, Record]:
    wanted = {"family": family.name, "scope": "all", "predictor": shown_predictor(family), "missing": missing}
    return {row["outcome"]: row for row in rows if wanted.items() <= row.items()}


def p_note(before: Record, after: Record | None) -> str:
    """How two p-values were found: each by an exact count, or by shuffles where that was out of reach.

    >>> p_note({"p": "0.2", "p_exact": "1/5"}, {"p": "0.1", "p_exact": ""})
    'before exact, after by shuffles'
    """
    words = [
        "" if row is None or not row["p"] else "exact" if row["p_exact"] else "by shuffles" for row in (before, after)
    ]
    named = [f"{side} {word}" for side, word in zip(("before", "after"), words, strict=True) if word]
    return words[0] if words[0] == words[1] else ", ".join(named)


def upgrading_sums(clusters: Records, missing: str) -> dict[str, tuple[str, str, str]]:
    """By sector with clusters of the report and new ones: the mean sum of upgrading before and after, and over what.

    A sum is over the kinds that the report's clusters of the sector and the new ones are both scored for (table 5 of
    the report has three kinds, others four), of the clusters that are scored for all of these. clusters: the rows of
    the extended clusters.csv; missing: the treatment of n.a.
    """
    sums = {}
    for sector in dict.fromkeys(row["sector"] for row in clusters):
        of_sector = [row for row in clusters if row["sector"] == sector]
        report = [row for row in of_sector if row["study"] == "report"]
        if not report or len(report) == len(of_sector):
            continue
        sides = report, [row for row in of_sector if row["study"] != "report"]
        kinds = [kind for kind in UPGRADING if all(any(row[kind] for row in side) for side in sides)]
        before, after = (_mean_sum(rows, kinds, missing) for rows in (report, of_sector))
        words = ", ".join(LABELS[kind].removesuffix(" upgrading").lower() for kind in kinds)
        sums[sector] = (before, after, f"over the kinds that both have: {words or 'none'}")
    return sums


def _mean_sum(clusters: Records, kinds: Sequence[str], missing: str) -> str:
    unknown = {"", NOT_AVAILABLE} if missing == "omit" else {""}
    scored = [row for row in clusters if kinds and not {row[kind] for kind in kinds} & unknown]
    scores = [exact(row[kind]) for row in scored for kind in kinds if row[kind] != NOT_AVAILABLE]
    return half_up(sum(scores, Fraction(0)) / len(scored), DERIVED_PLACES) if scored else ""


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


def _row(*values: str, note: str = "") -> dict[str, str]:
    changed = "yes" if values[-1] != values[-2] else ""
    return dict(zip(COMPARISON_COLUMNS, (*values, changed, note), strict=True))
