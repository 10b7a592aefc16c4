"""Stage `comparison`: what the new clusters change, as rows with the value before (report) and after (extended)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import jinja2

from collective_efficiency.measures.averages import MEANS
from collective_efficiency.numbers.printed import exact, half_up
from collective_efficiency.words import INDICES, LABELS

COLUMNS = ("about", "reading", "sector", "degree", "measure", "before", "after", "changed")
ABOUT = {
    "clusters": "Clusters by sector",
    "order": "Order of the sectors, from the highest mean down",
    "average": "Averages by sector",
    "crosstab": "Upgrading by degree of collective efficiency",
    "association": "Collective efficiency and upgrading",
}
ASSOCIATED = ("n", "tau_b", "p")
Row = Mapping[str, str]
Rows = Sequence[Row]


def compare(reading: str, averages: tuple[Rows, Rows], crosstabs: tuple[Rows, Rows]) -> Iterator[dict[str, str]]:
    """The rows of comparison.csv for one reading, from the rows of both datasets (before, after)."""
    before, after = ({row["sector"]: row for row in rows} for rows in averages)
    for sector in after:
        yield _row("clusters", reading, sector, "", "n", _of(before, sector, "n"), after[sector]["n"])
    for index in INDICES:
        yield _row("order", reading, "", "", index, order(averages[0], index), order(averages[1], index))
    for sector in after:
        for measure in MEANS:
            yield _row("average", reading, sector, "", measure, _of(before, sector, measure), after[sector][measure])
    cells = [{(row["sector"], row["degree"], row["upgrading"]): row for row in rows} for rows in crosstabs]
    for key, row in cells[1].items():
        found = cells[0].get(key, {})
        shown = (_with_count(found), _with_count(row))
        yield _row("crosstab", reading, *key, *shown)


def associations(reading: str, tested: tuple[Rows, Rows | None], missing: str) -> Iterator[dict[str, str]]:
    """The association of collective efficiency with each kind of upgrading, all sectors together, stratified by sector.

    tested: the rows of associations.csv before and after (None where the dataset is too large to be tested).
    """
    before, after = (_associations(rows or (), missing) for rows in tested)
    for outcome, row in before.items():
        for name in ASSOCIATED:
            now = after[outcome][name] if outcome in after else ""
            yield _row("association", reading, "all", "", f"{outcome} {name}", row[name], now)


def _associations(rows: Rows, missing: str) -> dict[str, Row]:
    wanted = {"family": "collective_efficiency", "scope": "all", "predictor": "ce", "missing": missing}
    return {row["outcome"]: row for row in rows if wanted.items() <= row.items()}


def order(averages: Rows, index: str) -> str:
    """The sectors from the highest mean of `index` down; equal ones with = between them."""
    known = sorted((row for row in averages if row[index]), key=lambda row: (-exact(row[index]), row["sector"]))
    text = ""
    for place, row in enumerate(known):
        sign = "" if not place else " = " if known[place - 1][index] == row[index] else " > "
        text += sign + row["sector"].replace("_", " ")
    return text


def _of(rows: Mapping[str, Row], sector: str, measure: str) -> str:
    return rows[sector][measure] if sector in rows else ""


def _with_count(row: Row) -> str:
    """The mean and how many clusters are behind it."""
    return f"{row['mean']} ({row['n_scored']})" if row.get("mean") else ""


def _row(*values: str) -> dict[str, str]:
    changed = "yes" if values[-1] != values[-2] else ""
    return dict(zip(COLUMNS, (*values, changed), strict=True))


def heading(measure: str) -> str:
    """A measure for people."""
    word, _, statistic = measure.partition(" ")
    statistics = {"n": "clusters", "tau_b": "Kendall's tau-b", "p": "exact p"}
    return f"{LABELS.get(word, statistics.get(word, word))}{f', {statistics[statistic]}' if statistic else ''}"


def difference(row: Row) -> str:
    """After less before, with its sign, where both begin with a number."""
    texts = [row[name].partition(" ")[0] for name in ("before", "after")]
    try:
        one, other = map(Fraction, texts)
    except ValueError:
        return ""
    apart = other - one
    places = max(len(text.partition(".")[2]) for text in texts)
    return f"{'−' if apart < 0 else '+'}{half_up(abs(apart), places)}" if apart else ""


def markdown(rows: Rows, studies: Rows, sectors: Mapping[str, str]) -> str:
    """The comparison as Markdown: what changes, by reading; marks of Markdown in a text are shown, not obeyed."""
    lines = ["# What the new clusters change", ""]
    lines += [f"- {_plain(each['study'])}: {_plain(each['title'])} ({each['n']} new clusters)" for each in studies]
    for reading in dict.fromkeys(row["reading"] for row in rows):
        for about, title in ABOUT.items():
            some = [row for row in rows if (row["reading"], row["about"], row["changed"]) == (reading, about, "yes")]
            lines += ["", f"## {title}, {reading}", ""]
            if not some:
                lines.append("Nothing changes.")
                continue
            lines += ["| sector | degree | measure | before | after | change |", "|---|---|---|---|---|---|"]
            for row in some:
                sector = sectors.get(row["sector"], row["sector"])
                texts = (sector, row["degree"], heading(row["measure"]), row["before"], row["after"], difference(row))
                lines.append(f"| {' | '.join(map(_plain, texts))} |")
    return "\n".join([*lines, ""])


def _plain(text: str) -> str:
    for mark in "\\|*_`<[":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def page(rows: Rows, studies: Rows, sectors: Mapping[str, str], template: str) -> str:
    """The comparison as a self-contained page. template: the text of a Jinja2 page; every value is escaped.

    studies: study, title and n (its new clusters) of each; sectors: their names.
    """
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(template).render(
        rows=rows, studies=studies, sectors=sectors, about=ABOUT, heading=heading, difference=difference
    )
