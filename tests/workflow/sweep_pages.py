"""What the sweep reads of a run as a reader sees it: text and tables of pages, text of figures, records of CSVs."""

import csv
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from collective_efficiency.choices import Choices, in_words, read_choices
from collective_efficiency.inference.plan import InferencePlan, read_plan
from collective_efficiency.words import READINGS

CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


@dataclass(frozen=True)
class Swept:
    """A run of the workflow under one config, and what snakemake said."""

    folder: Path
    config: dict[str, Any]
    said: str

    @property
    def choices(self) -> Choices:
        return read_choices(self.config)

    @property
    def plan(self) -> InferencePlan:
        return read_plan(self.config)

    @property
    def datasets(self) -> list[str]:
        return ["report", "extended"] if self.config["studies"] else ["report"]

    @property
    def tested(self) -> list[str]:
        return [name for name in self.datasets if (self.folder / "results" / name / "recomputed/inference").is_dir()]

    def paths(self, *patterns: str) -> list[Path]:
        """The results of such names; a pattern that nothing fits is an error of the test."""
        found = {pattern: sorted((self.folder / "results").glob(pattern)) for pattern in patterns}
        assert all(found.values()), found
        return [path for paths in found.values() for path in paths]

    def text(self, name: str) -> str:
        return shown(self.folder / "results" / name)

    def records(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "results" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def line(self, dataset: str, *readings: str) -> str:
        return in_words(self.choices, dataset, *readings)

    def lines(self) -> set[str]:
        """Every line of choices that a page of this run may have, but for those of the report's own rules."""
        sets: list[tuple[str, ...]] = [(), READINGS, *((reading,) for reading in READINGS)]
        datasets = [*self.datasets, "report and extended", *self.config["studies"]]
        return {self.line(dataset, *readings) for dataset in datasets for readings in sets}


def shown(path: Path) -> str:
    """The text of a page or of a figure as a reader sees it, with single spaces.

    A figure's letters are drawn as paths; matplotlib leaves what it wrote as a comment beside each. The code of a
    notebook is left out.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".svg":
        text = "\n".join(re.findall(r"<!-- (.*?) -->", text, re.DOTALL))
    elif path.suffix == ".html":
        text = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", text, flags=re.DOTALL)
        text = re.sub(r'<div class=" ?highlight hl-[^>]*>.*?</pre>', " ", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]+>", " ", text)
    elif path.suffix == ".md":
        text = text.replace("\\", "")
    return " ".join(unescape(text).split())


def tables(path: Path) -> list[list[list[str]]]:
    """The tables of a page of HTML, each a list of lines of cells."""
    found = re.findall(r"<table[^>]*>(.*?)</table>", path.read_text(encoding="utf-8"), re.DOTALL)
    return [
        [
            [unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in CELL.findall(line)]
            for line in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in found
    ]
