"""The analyst's choices of config.yaml, checked and exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import fit
from collective_efficiency.numbers.printed import exact, shortest
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.words import READINGS

CONFIG_FILE = "config.yaml"


@dataclass(frozen=True)
class Choices:
    """How an analyst counts and classes; the defaults are the report's own (pages 7 to 12).

    missing: what a score that is not available counts as, "zero", or "omit" (left out of sums and means).
    high, low: the degree is High from `high` on and Low up to `low`.
    eei_weight, jai_weight: the weights of the two indices in the index of collective efficiency; they sum to 1.

    >>> Choices(missing="omit").high
    Fraction(19, 2)
    """

    missing: str = "zero"
    high: Fraction = Fraction(19, 2)
    low: Fraction = Fraction(5)
    eei_weight: Fraction = Fraction(1, 2)
    jai_weight: Fraction = Fraction(1, 2)


OF_THE_REPORT = Choices()  # its tables and its text are judged by these, whatever an analyst chooses


def in_words(choices: Choices, dataset: str, *readings: str) -> str:
    """The choices that an output rests on, in one line; every figure, table, page, workbook and notebook says it.

    readings: those that the output shows; none where it rests on neither.

    >>> print(in_words(Choices(), "report", "recomputed").replace(" CE", "\\nCE"))
    Dataset: report. Reading: recomputed. n.a. counts as zero.
    CE = 0.5 EEI + 0.5 JAI. Degree: High from 9.5, Low up to 5.
    """
    ordered = " and ".join(sorted(readings, key=READINGS.index))
    readings_said = f" Reading{'s' if len(readings) > 1 else ''}: {ordered}." if readings else ""
    return f"Dataset: {dataset}.{readings_said} {choices_in_words(choices)}"


def choices_in_words(choices: Choices) -> str:
    """How scores are counted and classed, in words.

    >>> print(choices_in_words(Choices(missing="omit")))
    n.a. is left out. CE = 0.5 EEI + 0.5 JAI. Degree: High from 9.5, Low up to 5.
    """
    missing = {"zero": "counts as zero", "omit": "is left out"}[choices.missing]
    return (
        f"n.a. {missing}. CE = {shortest(choices.eei_weight)} EEI + {shortest(choices.jai_weight)} JAI."
        f" Degree: High from {shortest(choices.high)}, Low up to {shortest(choices.low)}."
    )


def rules_in_words(choices: Choices, dataset: str, *readings: str) -> tuple[str, ...]:
    """The rules that verdicts stand on, the report's own, in a line; a second with the analyst's where they differ.

    >>> for line in rules_in_words(Choices(missing="omit"), "report"):
    ...     print(line.partition(" CE")[0])
    The report's own rules, whatever config.yaml says. Dataset: report. n.a. counts as zero.
    Your choices in config.yaml. Dataset: report. n.a. is left out.
    """
    lines = [f"The report's own rules, whatever config.yaml says. {in_words(OF_THE_REPORT, dataset, *readings)}"]
    if choices != OF_THE_REPORT:
        lines.append(f"Your choices in config.yaml. {in_words(choices, dataset, *readings)}")
    return tuple(lines)


def read_choices(config: Mapping[str, Any]) -> Choices:
    """The choices in `config`, the document of config.yaml as a whole.

    Raises BadInputError with every key and value that the schema of config.yaml refuses, and with what no schema can
    say: cuts and weights that do not fit together, or that have more decimals than scores are exact to.
    """
    problems = fit(CONFIG_FILE, config, schema("config.schema"))
    if not problems:
        degree, weights = config["degree"], config["index_weights"]
        if degree["low"] >= degree["high"]:
            problems.append(Problem(CONFIG_FILE, "", "degree.low", str(degree["low"]), "allowed: below degree.high"))
        for name, weight in weights.items():
            if (exact(weight) * 100).denominator != 1:
                key = f"index_weights.{name}"
                problems.append(Problem(CONFIG_FILE, "", key, str(weight), "allowed: at most two decimals"))
        if sum(map(exact, weights.values())) != 1:
            total = " + ".join(str(weight) for weight in weights.values())
            problems.append(Problem(CONFIG_FILE, "", "index_weights", total, "allowed: weights that sum to 1"))
        for name, cut in degree.items():
            if (exact(cut) * 10_000).denominator != 1:
                problems.append(Problem(CONFIG_FILE, "", f"degree.{name}", str(cut), "allowed: at most four decimals"))
    if problems:
        raise BadInputError(problems)
    return Choices(
        config["missing"], exact(degree["high"]), exact(degree["low"]), exact(weights["eei"]), exact(weights["jai"])
    )
