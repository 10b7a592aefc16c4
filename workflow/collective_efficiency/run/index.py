"""Stage `index`: the way in, one page that says what a run was and what it found, and links to all that it made."""

import platform
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NamedTuple
from urllib.parse import quote

from collective_efficiency.audit.summary import SEVERITY_MEANINGS
from collective_efficiency.claims.pages import CLAIM_SYMBOLS, changes_in_words
from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.pages import page
from collective_efficiency.words import counted

_PACKAGES = ("snakemake", "numpy", "pandas", "scipy", "statsmodels", "matplotlib")

# The sections of the page: each title, what is said below it, and the paths below results/ that it lists.
_SECTIONS = (
    (
        "To read first",
        "",
        r"(audit/index|audit/claims|policy/policy|.*/answers|.*/comparison|studies/.*/index|notebooks/.*|glossary)\.html",
    ),
    ("The audit", "", r"audit/|summary\.txt"),
    ("The policy advice", "", r"policy/"),
    ("The tables of the report", "", r"tables/"),
    ("Figures", "Each with its caption and with what it draws.", r"figures/"),
    ("What the data can carry", "Tests, effect sizes and power.", r"report/\w+/inference/"),
    ("How far it rests on choices and scores", "All that could have been chosen otherwise.", r"report/robustness/"),
    (
        "For other programs",
        "The data as a package, for spreadsheets and statistics; the run for archives.",
        r"report/export/|ro-crate-metadata",
    ),
    ("Data and measures of the report", "", r"report/"),
    ("The report's clusters with those of the studies", "", r"extended/"),
    ("Studies", "", r"studies/"),
    ("Other reports", "", r"audits/"),
)
_KINDS = {
    "html": "page",
    "md": "Markdown",
    "csv": "CSV",
    "xlsx": "Excel",
    "dta": "Stata",
    "do": "do-file",
    "R": "R script",
    "py": "Python script",
    "json": "JSON",
    "txt": "text",
    "svg": "SVG",
    "png": "PNG",
}
_TITLES = {  # by path below results/, or by the name of the file alone
    "audit/index": "The reviewer's page: every printed cell and its story",
    "audit/audit": "The audit as a workbook",
    "ro-crate-metadata": "What the run started from, ran and made: RO-Crate",
    "audit/cells": "A verdict on every printed cell",
    "audit/claims": "The claims of the report, tested",
    "audit/summary": "Summary of the audit",
    "figures/claims": "Verdicts on the claims by topic",
    "figures/policy": "The policy advice, and what becomes of its grounds",
    "policy/lineage": "From every score to the advice",
    "policy/policy": "The policy advice, and what it rests on",
    "summary": "Summary of the run",
    "audits/findings": "Findings in all other reports, and why one could not be audited",
    "audits/reports": "What the audit of each other report came to",
    "agreement": "Agreement with the report",
    "answers": "What the data can carry, in words",
    "answer_tables": "The tables behind the answers",
    "association": "Associations with their intervals",
    "associations": "Every hypothesis: tests and effect sizes",
    "blocks": "Associations within sectors, countries, both and neither",
    "bland_altman": "Indices scored again, against those of the report",
    "cells": "Every printed cell",
    "claim_readings": "Every reading of every claim, with its numbers",
    "changes": "What the clusters of the studies change, in five sentences",
    "checks": "Checks, and how often each applied",
    "clusters": "The clusters and their scores",
    "comparison": "What the clusters of the studies change",
    "contradictions": "Claims that cannot both hold",
    "crosstabs": "Mean upgrading by sector, degree and kind",
    "datapackage": "Description of the data package",
    "differences": "Where a study and the report differ",
    "disagreements": "Where raters differ, and what to talk about first",
    "findings": "Findings: the log of problems",
    "fragility": "The fewest half points of scores that turn a degree or the order of two sectors",
    "glossary": "Glossary of the words used here",
    "governance": "Value chains by sector",
    "index": "The audit of what a study prints",
    "indices": "Indices and degree of each cluster",
    "influence": "Each cluster left out in turn",
    "limits": "Limits of agreement",
    "means": "Differences of means",
    "missing": "Treatments of scores that are not available",
    "models": "Ordered logits",
    "scoring_error": "Scores that are off by half a point: what stays as it is",
    "scoring_error_shares": "The same as a figure",
    "multiverse": "The multiverse of choices: every specification, and what they say",
    "multiverse_curves": "The specification curves",
    "multiverse_factors": "Shares of sign and significance by what was chosen",
    "multiverse_joint": "How surprising each curve is as a whole",
    "notes": "What was detected or decided in reading a study",
    "null": "Null distributions",
    "nulls": "Null distributions, value by value",
    "paired": "External economies against joint action",
    "parts": "Associations without each country, sector and study",
    "pooling": "Slopes by sector, partially pooled",
    "power": "What so few clusters could have shown",
    "ratings": "Scores by rater",
    "reliability": "How far raters agree",
    "put_right": "What changes if one finding is put right",
    "rounding": "How the columns were rounded",
    "scales": "Items of the two scales",
    "sector_averages": "Averages by sector",
    "slopes": "Slopes by sector, partially pooled",
    "sector_counts": "Clusters behind each average",
    "sectors": "Differences between sectors",
    "notebooks/inference": "Notebook: which test for small, tied, stratified scores",
    "notebooks/studies": "Notebook: what the enabled studies add",
    "notebooks/traditional": "Notebook: from printed scores to a cross-tabulation",
}
_FINDINGS = "audit/index.html#"
# Where more is told of what a closing line that begins so says:
_CLOSING = {"Found: ": "summary.txt", "Advice: ": "policy/policy.html", "Under your": "summary.txt"}
# Folders of which a label needs no word:
_UNSAID = ("audit", "export", "figures", "inference", "notebooks", "policy", "robustness", "studies", "tables")


class Listed(NamedTuple):
    """One result, in all the formats in which it was made: what each format is called, and its path."""

    label: str
    files: tuple[tuple[str, str], ...]


class Headline(NamedTuple):
    """What a run found, in a sentence, and the address below results/ that tells more of it."""

    sentence: str
    address: str


class Section(NamedTuple):
    """Some results of one kind, under a title."""

    title: str
    note: str
    entries: tuple[Listed, ...]


@dataclass(frozen=True)
class RunFacts:
    """What a run rested on. choices: in words; sizes: clusters by dataset; digests: SHA-256 by the name of a file."""

    choices: str
    raters: str
    sizes: Mapping[str, int]
    untested: Sequence[str]
    studies: Sequence[str]
    digests: Mapping[str, str]
    version: str

    def lines(self) -> list[str]:
        """The facts, a sentence each; nothing in them depends on when or where the run was."""
        sizes = ", ".join(f"{dataset} ({counted(size, 'cluster')})" for dataset, size in self.sizes.items())
        names = ", ".join(self.studies)
        said = [f"{name} {number}" for name, number in package_versions().items()]
        untested = [f"Not tested, for its size: {dataset} (inference.largest)." for dataset in self.untested]
        return [
            f"Datasets: {sizes}.",
            *untested,
            f"Studies: {names}; several raters count as their {self.raters}." if names else "Studies: none is enabled.",
            f"Made by version {self.version} of this project with {said[0]} and {', '.join(said[1:])}.",
        ]


def package_versions() -> dict[str, str]:
    """The versions of Python and of the packages that results depend on most, by name."""
    found = {"Python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an environment of jobs holds what its jobs need
            continue
    return found


def headlines(
    counts: Mapping[str, Any], findings: Sequence[Record], claims: Sequence[Record], closing: str
) -> list[Headline]:
    """What the run found, a sentence each, and the page that tells more of it.

    counts: the document of audit/summary.json; findings, claims: the records of audit/findings.csv and claims.csv;
    closing: the text of summary.txt.
    """
    verdicts, severities = counts["verdicts"], counts["severities"]
    derived = sum(verdicts[name] for name in ("consistent", "consistent_if", "inconsistent"))
    assumed = ", ".join(f"{count} {name}" for name, count in counts["assumptions"].items())
    meant = "; ".join(f"{severities[name]} {name} ({meaning})" for name, meaning in SEVERITY_MEANINGS.items())
    by_verdict = Counter(claim["verdict"] for claim in claims)
    tested = "; ".join(f"{by_verdict[name]} {name.replace('_', ' ')}" for name in CLAIM_SYMBOLS)
    changes = changes_in_words(claims) if any(claim["under_your_choices"] for claim in claims) else ""
    cells = (
        f"The tables hold {counted(counts['cells'], 'printed cell')}, {verdicts['lost']} of them lost in the text"
        f" layer. {counted(derived, 'cell is', 'cells are')} computed from others and can be judged. Consistent with"
        f" the scores: {verdicts['consistent']}; under a named assumption: {verdicts['consistent_if']}"
        f" ({assumed or 'none'}); inconsistent: {verdicts['inconsistent']}."
    )
    return [
        Headline(cells, "audit/index.html"),
        Headline(f"{counted(counts['findings'], 'finding')}: {meant}.", f"{_FINDINGS}view=findings"),
        *(_decision(finding) for finding in findings if finding["severity"] == "decision"),
        Headline(
            f"{counted(len(claims), 'claim')} of the report's text, under its own rules: {tested}. {changes}".rstrip(),
            "audit/claims.html",
        ),
        *(
            Headline(line, address)
            for line in closing.splitlines()
            for start, address in _CLOSING.items()
            if line.startswith(start)
        ),
    ]


def _decision(finding: Record) -> Headline:
    """A finding that changes a decision, in short."""
    place = ", ".join(filter(None, (finding["table"], finding["row"], finding["column"])))
    expected = f", not {finding['expected']}" if finding["expected"] else ""
    changed = len(finding["consequence"].split("; ")) if finding["consequence"] else 0
    return Headline(
        f"Decision: {place} prints {finding['printed']}{expected}; {counted(changed, 'consequence')}.",
        f"{_FINDINGS}finding={quote(finding['finding'])}",
    )


def listed_sections(made: Iterable[str], titles: Mapping[str, str]) -> list[Section]:
    """The results in sections.

    made: paths below results/; titles: of tables and figures, by the names of their files without their endings.
    """
    sections: dict[str, dict[str, list[str]]] = {title: {} for title, _, _ in _SECTIONS}
    for path in made:
        title = next((title for title, _, pattern in _SECTIONS if re.match(pattern, path)), _SECTIONS[1][0])
        result = path.rpartition(".")[0].replace("/captions/", "/")  # a caption stands beside what it is of
        sections[title].setdefault(result, []).append(path)
    return [
        Section(title, note, tuple(Listed(_label(result, titles), _files(paths)) for result, paths in results.items()))
        for (title, note, _), results in zip(_SECTIONS, sections.values(), strict=True)
        if results
    ]


def _label(result: str, titles: Mapping[str, str]) -> str:
    """What a result is called: its title, or its name with the dataset, reading or study before it."""
    folder, _, name = result.rpartition("/")
    if result in _TITLES:
        return _TITLES[result]
    of = [part for part in folder.split("/") if part not in _UNSAID]
    label = titles.get(name) or _TITLES.get(name) or name.replace("_", " ").capitalize()
    return f"{label} ({', '.join(of)})" if of else label


def _files(paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each format of a result; Markdown beside a picture is its caption, and a CSV there what it draws."""
    by_kind = {path.rpartition(".")[2]: path for path in paths if "/captions/" not in path}
    names = dict(_KINDS) | ({"md": "caption", "csv": "data"} if "svg" in by_kind else {})
    captions = tuple(("caption", path) for path in paths if "/captions/" in path)
    return tuple((names[kind], by_kind[kind]) for kind in names if kind in by_kind) + captions


def index_page(sections: Sequence[Section], facts: RunFacts, found: Sequence[Headline]) -> str:
    """The page results/index.html; it loads nothing, and its policy allows nothing but its own style."""
    return page("index.html.j2", sections=sections, facts=facts, found=found)
