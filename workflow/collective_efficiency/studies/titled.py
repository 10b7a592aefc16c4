"""The columns of a sheet under the words that its headings mean, by study.yaml or because they are known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fnmatch import fnmatchcase
from itertools import pairwise

from collective_efficiency.files.sheets.grid import Grid, column_letters
from collective_efficiency.problems import Problem, shown
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.headings import GROUPED, bare, folded, ungrouped
from collective_efficiency.studies.mapping import ColumnMeaning
from collective_efficiency.studies.sheet import MOST_ALIKE

HEAD = 20  # rows that are looked through for headings which stand further down


@dataclass(frozen=True)
class TitledGrid:
    """A sheet of which it is known what its columns hold.

    headings: that of each column. meanings: by column what it holds; columns that hold nothing of the study are not in
    it. rows: those that are data. whole: whether every heading is known.
    """

    grid: Grid
    headings: Sequence[str]
    meanings: Mapping[int, ColumnMeaning]
    rows: Sequence[int]
    whole: bool


def titled_grid(grid: Grid, context: TableContext) -> TitledGrid | None:
    """The sheet with its headings; None where it has none."""
    mapping = context.mapping
    kept: Sequence[int] = range(mapping.first_skipped, grid.height)
    if mapping.skipped:
        kept = [row for row in kept if grid.lines[row] not in mapping.skipped]
    skipped = grid.height - len(kept)
    if skipped:
        context.note("skipped rows", str(skipped), "declared in study.yaml")
    _check_skipped(grid, context)
    first = next((place for place, row in enumerate(kept) if any(map(str.strip, grid.row(row)))), None)
    if first is None:
        name = f"the sheet {shown(grid.name)}" if grid.name else "the file"
        context.bad("", "", "", f"{name} is empty")
        return None
    header = kept[first : first + mapping.header_rows]
    rows = kept[first + mapping.header_rows :]
    if _is_ragged(grid, header[-1], rows, context):
        return None
    headings = _headings(grid, header, context)
    finder = _HeadingFinder(grid, headings, grid.lines[header[-1]], context)
    meanings = finder.declared()
    ignored = finder.ignored(meanings)
    unknown = finder.known(meanings, ignored)
    context.problems.extend(unknown)
    if len(unknown) > 1:
        _look_further_down(grid, kept[first + 1 :], context)
    whole = not finder.twice(meanings) and not unknown
    for column, meaning in sorted(meanings.items()):
        if headings[column] != meaning.key:
            whose = f", as {meaning.rater} rates it" if meaning.rater else ""
            context.note("column", meaning.key, f"under the heading {shown(headings[column])}{whose}")
    return TitledGrid(grid, headings, meanings, rows, whole)


def _check_skipped(grid: Grid, context: TableContext) -> None:
    mapping = context.mapping
    last = grid.lines[-1] if grid.height else 0
    beyond = sorted(row for row in mapping.skipped if not 1 <= row <= last)
    if beyond or mapping.first_skipped > grid.height:
        row = str(beyond[0] if beyond else mapping.first_skipped)
        context.bad_key("skip_rows", row, f"allowed: rows of the table, which has {last}")


def _headings(grid: Grid, header: Sequence[int], context: TableContext) -> list[str]:
    """The heading of each column; of two rows of them `group/heading`, the group being that of all its cells."""
    lower = list(map(str.strip, grid.row(header[-1])))
    if len(header) == 1:
        return lower
    upper = list(map(str.strip, grid.row(header[0])))
    spans = [(left, right) for top, left, _, right in grid.merged if top == header[0] and right > left]
    if not spans:  # nothing says how far a group goes: to the next one
        starts = [column for column, text in enumerate(upper) if text]
        spans = [(start, end - 1) for start, end in pairwise([*starts, len(upper)])]
    for left, right in spans:
        for column in range(left, min(right + 1, len(upper))):
            upper[column] = upper[left] if lower[column] or column == left else ""
    context.note("headings", f"rows {grid.lines[header[0]]} and {grid.lines[header[-1]]}", "declared in study.yaml")
    return [GROUPED.join(filter(None, pair)) for pair in zip(upper, lower, strict=True)]


def matching_columns(headings: Sequence[str], pattern: str) -> list[int]:
    """The columns whose headings, with their group or without it, are as a pattern says, in which `*` is any letters.

    >>> matching_columns(["start", "meta/startTime", "inputs"], "start*")
    [0, 1]
    """
    return [
        column
        for column, heading in enumerate(headings)
        if any(fnmatchcase(folded(text), folded(pattern)) for text in (heading, ungrouped(heading)))
    ]


def _look_further_down(grid: Grid, rows: Sequence[int], context: TableContext) -> None:
    """Says so where a row further down holds known headings."""
    known = {row: sum(bare(text) in context.words.headings for text in grid.row(row)) for row in rows[:HEAD]}
    best = max(known, key=known.__getitem__, default=None)
    if best is not None and known[best] > 2:
        message = f"this row holds {known[best]} known headings; if they are the table's, write skip_rows: {best}"
        context.bad(grid.lines[best], "", "", f"{message} in study.yaml")


def _is_ragged(grid: Grid, header: int, rows: Sequence[int], context: TableContext) -> bool:
    """Whether a row of a text file has another number of fields than its headings."""
    if not grid.ragged:
        return False
    width, whole = grid.ragged.get(header, len(grid.columns)), len(grid.columns)
    wrong = [(row, grid.ragged.get(row, whole)) for row in rows if grid.ragged.get(row, whole) != width]
    wrong = [(row, fields) for row, fields in wrong if any(map(str.strip, grid.row(row)))]
    for row, fields in wrong[:MOST_ALIKE]:
        message = f"expected {width} fields, as in the header, found {fields}"
        if fields > width and ("separator", "comma") in {note[:2] for note in grid.notes}:
            message += "; a decimal comma needs quotes here, or another separator, declared as separator in study.yaml"
        context.bad(grid.lines[row], "", "", message)
    return bool(wrong)


class _HeadingFinder:
    """Which column a heading names."""

    def __init__(self, grid: Grid, headings: Sequence[str], line: int, context: TableContext) -> None:
        self._grid, self._headings, self._line, self._context = grid, headings, line, context
        last = [ungrouped(heading) for heading in headings]
        described = [grid.described.get(column, "") for column in range(len(headings))]
        letters = [f"column {column_letters(column)}" for column in range(len(headings))]
        self._ways: list[list[str]] = [  # to name a column, the surest first
            [form(text) for text in texts]
            for texts, form in (
                (headings, folded), (headings, bare), (last, folded), (last, bare), (described, folded),
                (described, bare), (letters, folded),
            )
        ]  # fmt: skip
        self._forms: list[Callable[[str], str]] = [folded, bare, folded, bare, folded, bare, folded]

    def _named(self, heading: str) -> list[int]:
        """The columns that a heading names in the surest way in which it names any."""
        for texts, form in zip(self._ways, self._forms, strict=True):
            wanted = form(heading)
            columns = [column for column, text in enumerate(texts) if wanted and text == wanted]
            if columns:
                return columns
        return []

    def _say_absent(self, key: str, heading: str) -> None:
        by_form = {folded(text): text for text in self._headings if text}
        near = get_close_matches(folded(heading), by_form, n=1)
        meant = f"; did you mean {by_form[near[0]]}?" if near else ""
        self._context.bad_key(key, heading, f"no such heading in row {self._line} of the table{meant}")

    def declared(self) -> dict[int, ColumnMeaning]:
        """What study.yaml says of the columns."""
        meanings: dict[int, ColumnMeaning] = {}
        for heading, meaning in self._context.mapping.columns.items():
            columns = self._named(heading)
            if len(columns) > 1:
                letters = [column_letters(column) for column in columns]
                message = f"the heading stands in {', '.join(letters)}; name one of them as `column {letters[0]}`"
                self._context.bad_key("columns", heading, message)
            elif not columns:
                self._say_absent("columns", heading)
            for column in columns[:1]:
                meanings.setdefault(column, meaning)
        return meanings

    def ignored(self, meanings: Mapping[int, ColumnMeaning]) -> set[int]:
        """The columns that study.yaml leaves out; in a long table it may leave out items, which are no headings."""
        ignored: set[int] = set()
        for pattern in self._context.mapping.ignore:
            columns = self._named(pattern)
            if "*" in pattern:
                columns = matching_columns(self._headings, pattern)
            elif not columns and self._context.mapping.layout == "wide":
                self._say_absent("ignore", pattern)
            elif any(column in meanings for column in columns):
                self._context.bad_key("ignore", pattern, "the column is also under columns: choose one")
            ignored.update(column for column in columns if column not in meanings)
            names = ", ".join(shown(self._headings[column]) for column in columns[:20]) or "none"
            self._context.note("ignored", names, f"{pattern} under ignore in study.yaml")
        return ignored

    def known(self, meanings: dict[int, ColumnMeaning], ignored: set[int]) -> list[Problem]:
        """Adds to `meanings` the columns whose headings are known by themselves; the answer is what remains."""
        unknown = []
        words, skip_hidden = self._context.words, self._context.mapping.cells.get("hidden_columns") == "skip"
        for column, heading in enumerate(self._headings):
            if column in meanings or column in ignored or (skip_hidden and column in self._grid.hidden_columns):
                continue
            if not heading and not any(map(str.strip, set(self._grid.columns[column]))):
                continue
            word = words.column_of(heading, ungrouped(heading), self._grid.described.get(column, ""))
            if word:
                meanings[column] = ColumnMeaning(word)
            else:
                unknown.append(words.unknown(self._context.file, str(self._line), heading))
        return unknown

    def twice(self, meanings: dict[int, ColumnMeaning]) -> bool:
        """Whether two columns mean the same; only the first is kept."""
        columns = len(meanings)
        first: dict[ColumnMeaning, int] = {}
        for column in sorted(meanings):
            before = first.setdefault(meanings[column], column)
            if before != column:
                word, heading = meanings.pop(column).key, self._headings[column]
                message = f"the column {word} stands twice; it is also under {shown(self._headings[before])}"
                self._context.bad(self._line, word, heading, message)
        return len(meanings) < columns
