"""What is done about cells that are more than text and numbers: each kind is read or refused by a rule, and noted.

The rules stand in docs/formats.md. study.yaml overrules them, kind by kind, under `cells`; what a text is worth by
`values` is worth so whatever else its cell is, and what a mark under `missing` says is missing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from collective_efficiency.files.sheets.grid import CELL_MARKS, CellMark, column_letters
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.headings import SCORED, folded
from collective_efficiency.studies.titled import TitledGrid
from collective_efficiency.words import NOT_AVAILABLE

SHOWN_PLACES = 20  # of cells or rows of a kind in one note
RULE_OF_KIND = {"partly_struck_out": "struck_out"}  # the key under `cells`, where it is not the kind itself
OF_FACTS = {"struck_out", "partly_struck_out", "error", "uncomputed"}  # kinds that are refused among facts, too
NO_SCORES = {"date", "boolean", "error", "uncomputed", "partly_struck_out"}  # kinds whose text is none
ALWAYS = {"formula": "read as its last value", "user_missing": f"the file declares it to be missing: {NOT_AVAILABLE}"}
ADVICE = {  # what is to be done about a cell of a kind that is refused
    "struck_out": "write cells: {struck_out: read} in study.yaml if it counts, cells: {struck_out: missing} if not",
    "percent": "say what it is worth under values in study.yaml, or write cells: {percent: read} for the number behind",
    "date": "spreadsheets make it of 1/2 or 2.5; format the column as text, then type the score again, or say what it"
    " is worth under values in study.yaml",
    "boolean": "say what it is worth under values in study.yaml, or write cells: {boolean: missing}",
    "error": "put the formula right, or write cells: {error: missing} in study.yaml",
    "uncomputed": "open the file in a spreadsheet, compute it, and save it again, or write cells: {uncomputed: missing}"
    " in study.yaml",
}
STRUCK_OUT_ROW = (
    "all of the row is struck out: write cells: {struck_out: missing} in study.yaml to leave it out,"
    " {struck_out: read} if it counts"
)
MERGED = (
    "the score stands in merged cells: write cells: {merged: read} in study.yaml if it is that of each row,"
    " {merged: missing} if only of the first"
)


class RuledCells:
    """The columns of a table after the rules: `columns` by their place in the grid, and `lines` of the rows of data."""

    def __init__(self, titled: TitledGrid, context: TableContext) -> None:
        self._grid, self._meanings, self._context = titled.grid, titled.meanings, context
        self._rules = context.mapping.cells
        self._rows = self._without_struck_out(self._without_hidden(titled.rows))
        first, last = (self._rows[0], self._rows[-1]) if self._rows else (0, -1)
        whole = len(self._rows) == last - first + 1  # then a slice: a study may have 100,000 rows
        self.columns = {
            column: self._grid.columns[column][first : last + 1]
            if whole
            else [self._grid.columns[column][row] for row in self._rows]
            for column in self._meanings
        }
        self.lines = self._grid.lines[first : last + 1] if whole else [self._grid.lines[row] for row in self._rows]
        self._place_of = (
            {row: place for place, row in enumerate(self._rows)} if self._grid.marks or self._grid.merged else {}
        )

    def _without_hidden(self, rows: Sequence[int]) -> Sequence[int]:
        """The rows that are read, and notes on those that are hidden."""
        data = set(rows) if self._grid.hidden_rows else set()
        skipped: set[int] = set()
        for kind in ("hidden", "filtered"):
            hidden = [row for row, how in sorted(self._grid.hidden_rows.items()) if how == kind and row in data]
            if hidden:
                rule = self._rules.get(f"{kind}_rows")
                how = {"skip": "skipped, as study.yaml says", "read": "read, as study.yaml says"}.get(
                    rule or "", "read"
                )
                self._context.note(f"{kind} rows", _listed([str(self._grid.lines[row]) for row in hidden]), how)
                skipped.update(hidden if rule == "skip" else ())
        seen = [column for column in sorted(self._grid.hidden_columns) if column in self._meanings]
        if seen:
            names = [f"{column_letters(column)} ({self._meanings[column].key})" for column in seen]
            self._context.note("hidden columns", _listed(names), "read")
        return [row for row in rows if row not in skipped] if skipped else rows

    def _without_struck_out(self, rows: Sequence[int]) -> Sequence[int]:
        """Without the rows of which every text is struck out, unless study.yaml says that what is so counts."""
        rule = self._rules.get("struck_out")
        if rule == "read":
            return rows
        struck: dict[int, set[int]] = defaultdict(set)
        for mark in self._grid.marks:
            if mark.kind == "struck_out":
                struck[mark.row].add(mark.column)
        data = set(rows)
        dropped = {
            row
            for row, columns in struck.items()
            if row in data
            and columns.issuperset(column for column in self._meanings if self._grid.columns[column][row])
        }
        lines = [self._grid.lines[row] for row in sorted(dropped)]
        if lines and rule:
            self._context.note("struck out rows", _listed(list(map(str, lines))), "skipped, as study.yaml says")
        for line in () if rule else lines:
            self._context.bad(line, "", "", STRUCK_OUT_ROW)
        return [row for row in rows if row not in dropped] if dropped else rows

    def apply(self) -> None:
        """Judge every cell that has a mark or is merged with others."""
        noted: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._fill_merged(noted)
        for mark in self._grid.marks:
            if mark.column in self._meanings and mark.row in self._place_of:
                self._judge(mark, noted)
        for (kind, how), places in noted.items():
            self._context.note(kind.replace("_", " "), _listed(places), how)

    def _holds(self, column: int) -> str:
        return self._context.words.holds[self._meanings[column].key]

    def _judge(self, mark: CellMark, noted: Mapping[tuple[str, str], list[str]]) -> None:
        """One cell: read as it is, emptied, or refused."""
        place, word = self._place_of[mark.row], self._meanings[mark.column].key
        holds, rule = self._holds(mark.column), RULE_OF_KIND.get(mark.kind, mark.kind)
        letters = column_letters(mark.column)
        seen = f"{letters}{self._grid.lines[mark.row]} ({word}: {mark.shown})"
        decided = self._rules.get(rule)
        if mark.kind == "formula":
            noted[mark.kind, ALWAYS[mark.kind]].append(seen)
        elif mark.kind == "user_missing":
            noted[mark.kind, ALWAYS[mark.kind]].append(seen)
            self.columns[mark.column][place] = NOT_AVAILABLE if holds in SCORED else ""
        elif folded(mark.shown) in self._context.mapping.values_of(word, holds):
            noted[mark.kind, "under values in study.yaml"].append(seen)
            self.columns[mark.column][place] = mark.shown
        elif decided == "missing" or folded(mark.shown) in self._context.mapping.marks_of_missing(holds):
            noted[mark.kind, "missing, as study.yaml says"].append(seen)
            self.columns[mark.column][place] = NOT_AVAILABLE if holds in SCORED else ""
        elif decided == "read" or (holds not in SCORED and mark.kind not in OF_FACTS):
            noted[mark.kind, "read, as study.yaml says" if decided else "read as text"].append(seen)
        else:
            message = f"{CELL_MARKS[mark.kind]}: {ADVICE[rule]}"
            self._context.bad(self._grid.lines[mark.row], f"{letters} ({word})", mark.shown, message)
            if holds in SCORED and mark.kind in NO_SCORES:  # nothing more is to be said of it
                self.columns[mark.column][place] = NOT_AVAILABLE

    def _fill_merged(self, noted: Mapping[tuple[str, str], list[str]]) -> None:
        """Cells merged downwards: a fact is that of each row; a score is so only if study.yaml says it."""
        for top, left, bottom, _ in self._grid.merged:
            below = [self._place_of[row] for row in range(top + 1, bottom + 1) if row in self._place_of]
            text = self._grid.columns[left][top] if left in self._meanings and top in self._place_of else ""
            if not below or not text:
                continue
            letters, word = column_letters(left), self._meanings[left].key
            last = self._grid.lines[min(bottom, self._grid.height - 1)]
            seen = f"{letters}{self._grid.lines[top]}:{letters}{last} ({word})"
            decided = self._rules.get("merged")
            if self._holds(left) in SCORED and not decided:
                self._context.bad(self._grid.lines[top], f"{letters} ({word})", text, MERGED)
            fills = NOT_AVAILABLE if self._holds(left) in SCORED and decided == "missing" else text
            noted["merged", "missing below the first" if fills == NOT_AVAILABLE else "read for each row"].append(seen)
            for place in below:
                self.columns[left][place] = fills


def _listed(places: Sequence[str]) -> str:
    more = f" and {len(places) - SHOWN_PLACES:,} more" if len(places) > SHOWN_PLACES else ""
    return ", ".join(places[:SHOWN_PLACES]) + more
