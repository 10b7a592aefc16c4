"""Stage `check_text`: the transcription and the facts of the claims against the reader's own copy of the report's text.

Optional: the text may not be passed on, so only who has it can check. In: the files of data/report and the text. Out:
the sentence of results/report/text_check.txt, or every cell and every number of a fact that the text does not hold.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from collective_efficiency.choices import CONFIG_FILE
from collective_efficiency.files.texts import decode
from collective_efficiency.files.yaml_files import checked_yaml
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.text_lines import line_ranges
from collective_efficiency.report.transcription import Report

CONFIRMED = "Every transcribed cell, and every number of a fact, stands in the text.\n"
CLAIMS_FILE: Final = "claims.yaml"
NUMBER_WORDS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def check_text(files: Mapping[str, bytes], text: bytes | None) -> str:
    """A sentence that says that every transcribed cell and every number of a fact stands in `text`, which is UTF-8.

    files: those of data/report by name, claims.yaml with them, all of them checked. Raises BadInputError with all that
    the text does not hold, where config.yaml names no text, and where it is not UTF-8.
    """
    if text is None:
        raise BadInputError([Problem(CONFIG_FILE, "", "report_text", "", "name the file that holds the text")])
    problems: list[Problem] = []
    decoded = decode("the report's text", text, problems)
    if decoded is None:
        raise BadInputError(problems)
    report = read_report(files)
    tables = checked_yaml(files["tables.yaml"])["tables"]  # read_report has checked it
    lines = decoded.replace("\r\n", "\n").replace("\r", "\n")
    problems = compare_with_text(
        report, {name: table["lines"] for name, table in tables.items() if "lines" in table}, lines
    )
    problems += facts_not_in_text(checked_yaml(files[CLAIMS_FILE])["claims"], lines.split("\n"))
    if problems:
        raise BadInputError(problems)
    return CONFIRMED


def compare_with_text(report: Report, lines_of: Mapping[str, tuple[int, int]], text: str) -> list[Problem]:
    """Every printed number of `report` that `text` does not hold within its table's lines (first and last, from 1).

    Each cell uses up one occurrence of its text, so a value that the transcription has more often than the text has is
    found, too. Words are left out: the text layer breaks them across lines. A table without lines may stand anywhere.
    """
    lines = text.split("\n")
    problems = []
    for table in report.tables.values():
        first, last = lines_of.get(table.id, (1, len(lines)))
        words = " ".join(lines[first - 1 : last]).split()
        for cell in table.cells.values():
            is_word = cell.value is not None and cell.decimals is None
            if cell.status == "lost" or is_word:
                continue
            if cell.printed in words:
                words.remove(cell.printed)
            else:
                message = f"not in lines {first} to {last} of the report's text as often as transcribed"
                problems.append(Problem(f"{table.id}.csv", cell.row, cell.column, cell.printed, message))
    return problems


def facts_not_in_text(claims: Mapping[str, Any], lines: Sequence[str]) -> list[Problem]:
    """Every number of a fact that does not stand in the lines that the fact names.

    claims: those of claims.yaml by id. A number may stand there as a word (`five`), with another mark before its
    decimals or between thousands, or as what the fact says under `as`; one that is counted stands nowhere.
    """
    problems = []
    for name, claim in claims.items():
        for word, fact in claim.get("facts", {}).items():
            number = re.fullmatch(r"[0-9.]+", str(fact["value"]))
            if number is None or fact.get("counted"):
                continue
            ranges = line_ranges(str(fact["line"]))
            named = (each for first, last in ranges for each in lines[int(first) - 1 : int(last)])
            there = " ".join(" ".join(named).lower().split())
            forms = [fact["as"].lower()] if "as" in fact else number_forms(str(fact["value"]))
            if not any(re.search(rf"(?<![\w.,]){re.escape(form)}(?![\w%]*\d)(?!\w)", there) for form in forms):
                message = f"not in lines {fact['line']} of the report's text; allowed: {', '.join(forms)}"
                problems.append(Problem(CLAIMS_FILE, name, f"facts.{word}", str(fact["value"]), message))
    return problems


def number_forms(number: str) -> list[str]:
    """How a text may write a number: as it is, with a comma for the point, with thousands apart, as a word.

    >>> number_forms("7.60"), number_forms("5"), number_forms("1500")
    (['7.60', '7,60'], ['5', 'five'], ['1500', '1,500', '1.500', '1 500'])
    """
    whole, point, _ = number.partition(".")
    forms = [number, number.replace(".", ",")] if point else [number]
    if not point and int(whole) < len(NUMBER_WORDS):
        forms.append(NUMBER_WORDS[int(whole)])
    if not point and len(whole) > 3:
        forms += [f"{int(whole):,}".replace(",", mark) for mark in (",", ".", " ")]
    return forms
