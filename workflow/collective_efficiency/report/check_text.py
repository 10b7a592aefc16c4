"""Stage `check_text`: the transcription against the reader's own copy of the report's text.

Optional: the text may not be passed on, so only who has it can check. In: the files of data/report and the text. Out:
the sentence of results/report/text_check.txt, or every cell that the text does not hold.
"""

from collections.abc import Mapping

from collective_efficiency.choices import CONFIG_FILE
from collective_efficiency.files.texts import decode
from collective_efficiency.files.yaml_files import own_yaml
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.transcription import Report

CONFIRMED = "Every transcribed cell stands in the text.\n"


def check_text(files: Mapping[str, bytes], text: bytes | None) -> str:
    """A sentence that says that every transcribed cell stands in `text`, which is UTF-8.

    Raises BadInputError with every cell that does not, with every problem of `files` (by name, as `read_report` takes
    them), where config.yaml names no text, and where it is not UTF-8.
    """
    if text is None:
        raise BadInputError([Problem(CONFIG_FILE, "", "report_text", "", "name the file that holds the text")])
    problems: list[Problem] = []
    decoded = decode("the report's text", text, problems)
    if decoded is None:
        raise BadInputError(problems)
    report = read_report(files)
    tables = own_yaml(files["tables.yaml"].decode("utf-8-sig"))["tables"]  # read_report has checked it
    lines = decoded.replace("\r\n", "\n").replace("\r", "\n")
    problems = compare_with_text(
        report, {name: table["lines"] for name, table in tables.items() if "lines" in table}, lines
    )
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
