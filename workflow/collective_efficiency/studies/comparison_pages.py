"""Stage `comparison`, for people: what the new clusters change, as Markdown and as a self-contained page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.pages import markdown_table, markdown_text, page
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import LABELS, counted

HEADS = ("sector", "degree", "measure", "before", "after", "change", "note")
STATISTIC_WORDS = {"n": "clusters", "tau_b": "Kendall's tau-b", "p": "p"}


@dataclass(frozen=True)
class ComparedStudy:
    """A study as the comparison names it. adds: how many new clusters it has, in words."""

    name: str
    title: str
    adds: str


def compared_studies(titles: Mapping[str, str], clusters: Sequence[Record]) -> list[ComparedStudy]:
    """The studies by name, with how many of the clusters of the extended dataset are theirs.

    >>> compared_studies({"ethiopia": "Leather"}, [{"study": "report"}, {"study": "ethiopia"}])
    [ComparedStudy(name='ethiopia', title='Leather', adds='1 new cluster')]
    """
    counts = Counter(cluster["study"] for cluster in clusters)
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


def comparison_markdown(
    rows: Sequence[Record],
    studies: Sequence[ComparedStudy],
    sectors: Mapping[str, str],
    about: Mapping[str, str],
    rests: str,
) -> str:
    """What changes, by reading, as Markdown.

    rows: of comparison.csv; sectors: their names; about: what rows are about, as `about_words`; rests: the choices.
    """
    lines = ["# What the new clusters change", "", markdown_text(rests), ""]
    lines += [f"- {markdown_text(study.name)}: {markdown_text(study.title)} ({study.adds})" for study in studies]
    for reading in dict.fromkeys(row["reading"] for row in rows):
        for key, title in about.items():
            some = [row for row in rows if (row["reading"], row["about"]) == (reading, key)]
            changed = [row for row in some if row["changed"]]
            table = markdown_table(HEADS, (_texts(row, sectors) for row in changed))
            table = table if changed else "Nothing changes." if some else "Not tested."
            lines += ["", f"## {title}, {reading}", "", table]
    return "\n".join([*lines, ""])


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


def comparison_page(
    rows: Sequence[Record],
    studies: Sequence[ComparedStudy],
    sectors: Mapping[str, str],
    about: Mapping[str, str],
    rests: str,
) -> str:
    """The comparison as a self-contained page of HTML. Arguments: as for `comparison_markdown`."""
    return page(
        "comparison.html.j2",
        rows=rows,
        studies=studies,
        sectors=sectors,
        rests=rests,
        about=about,
        heading=measure_heading,
        difference=difference,
    )
