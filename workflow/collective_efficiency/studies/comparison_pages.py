"""Stage `comparison`, for people: what the new clusters change, as Markdown and as a self-contained page."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.pages import markdown_table, markdown_text, page
from collective_efficiency.measures.missing import MissingScores
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.studies.cluster_changes import Change
from collective_efficiency.words import LABELS, READINGS, counted

HEADS = ("sector", "degree", "measure", "before", "after", "change", "note")
STATISTIC_WORDS = {"n": "clusters", "tau_b": "Kendall's tau-b", "p": "p"}


@dataclass(frozen=True)
class ComparedStudy:
    """A study as the comparison names it. adds: how many new clusters it has, in words."""

    name: str
    title: str
    adds: str


def compared_studies(titles: Mapping[str, str], studies: Iterable[str]) -> list[ComparedStudy]:
    """The studies by name, with how many clusters of the extended dataset are theirs. studies: that of each cluster.

    >>> compared_studies({"ethiopia": "Leather"}, ["report", "ethiopia"])
    [ComparedStudy(name='ethiopia', title='Leather', adds='1 new cluster')]
    """
    counts = Counter(studies)
    return [ComparedStudy(name, title, counted(counts[name], "new cluster")) for name, title in titles.items()]


def measure_heading(measure: str) -> str:
    """A measure of comparison.csv for people.

    >>> measure_heading("product tau_b")
    "Product upgrading, Kendall's tau-b"
    """
    word, _, statistic = measure.partition(" ")
    heading = LABELS.get(word, STATISTIC_WORDS.get(word, word))
    return f"{heading}, {STATISTIC_WORDS[statistic]}" if statistic else heading


def difference(row: Record) -> str:
    """After less before, with its sign, where both begin with a number; else, and where they are equal, empty.

    >>> difference({"before": "2.0000 (2)", "after": "2.5000 (3)"})
    '+0.5000'
    """
    before, after = (row[name].partition(" ")[0] for name in ("before", "after"))
    try:
        gap = Fraction(after) - Fraction(before)
    except ValueError:
        return ""
    places = max(len(text.partition(".")[2]) for text in (before, after))
    return f"{'−' if gap < 0 else '+'}{half_up(abs(gap), places)}" if gap else ""


@dataclass(frozen=True)
class Compared:
    """All that the comparison shows.

    rows: of comparison.csv; changes: by reading, its five sentences; studies; sectors: their names; about: what rows
    are about, as `about_words`; rests: the choices; lacking: the new clusters with scores that are not available, and
    line: what becomes of these, in words.
    """

    rows: Sequence[Record]
    changes: Mapping[str, Sequence[Change]]
    studies: Sequence[ComparedStudy]
    sectors: Mapping[str, str]
    about: Mapping[str, str]
    rests: str
    lacking: Sequence[MissingScores] = ()
    line: str = ""


def comparison_markdown(compared: Compared) -> str:
    """The five sentences, then what changes beyond rounding, by reading, as Markdown; comparison.csv has everything."""
    lines = ["# What the new clusters change", "", markdown_text(compared.rests), ""]
    lines += [
        f"- {markdown_text(study.name)}: {markdown_text(study.title)} ({study.adds})" for study in compared.studies
    ]
    lines += ["", markdown_text(compared.line)] if compared.line else []
    for reading, changes in compared.changes.items():
        said = [f"{number}. {markdown_text(_with_surety(change))}" for number, change in enumerate(changes, 1)]
        lines += ["", f"## In five sentences, {reading}", "", *said]
    for reading in dict.fromkeys(row["reading"] for row in compared.rows):
        for key, title in compared.about.items():
            some = [row for row in compared.rows if (row["reading"], row["about"]) == (reading, key)]
            changed = [row for row in some if row["changed"] == "yes"]
            table = markdown_table(HEADS, (_texts(row, compared.sectors) for row in changed))
            table = table if changed else "Nothing changes beyond rounding." if some else "Not tested."
            lines += ["", f"## {title}, {reading}", "", table]
    return "\n".join([*lines, ""])


def _with_surety(change: Change) -> str:
    return f"{change.said} ({change.sure}.)" if change.sure else change.said


def _texts(row: Record, sectors: Mapping[str, str]) -> tuple[str, ...]:
    sector = sectors.get(row["sector"], row["sector"])
    return (
        sector,
        row["degree"],
        measure_heading(row["measure"]),
        row["before"],
        row["after"],
        difference(row),
        row["note"],
    )


def comparison_page(compared: Compared) -> str:
    """The comparison as a self-contained page of HTML: sentences, what changes beyond rounding, everything."""
    return page(
        "comparison.html.j2", compared=compared, heading=measure_heading, difference=difference, readings=READINGS[::-1]
    )
