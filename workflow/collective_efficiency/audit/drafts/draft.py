"""A draft: the folder that `collective-efficiency audit` takes, laid out from a spreadsheet, a page or a text.

The tables as printed, what tables.yaml says of them, and in checks.yaml the relations that their numbers seem to keep.
All of it that is guessed says so (`guessed: true`) until a person confirms it by taking that line out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from collective_efficiency.audit.checks.reading import CHECKS_FILE
from collective_efficiency.audit.drafts.discover import discover
from collective_efficiency.audit.drafts.drafted import DraftedTable, drafted_table
from collective_efficiency.audit.drafts.proposals import Proposal, proposals
from collective_efficiency.audit.drafts.regions import regions
from collective_efficiency.audit.drafts.repeated import repeated
from collective_efficiency.audit.drafts.written import checks_text, table_text, tables_text
from collective_efficiency.files.sheets.delimited import SEPARATORS, TextOptions
from collective_efficiency.files.sheets.grid import Grid
from collective_efficiency.files.sheets.reading import format_of, read_grids
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.words import counted


@dataclass(frozen=True)
class Draft:
    """What was made of a file: its tables, the relations of each, and what a person should know."""

    file: str
    tables: tuple[DraftedTable, ...]
    proposals: Mapping[str, Sequence[Proposal]]
    notes: tuple[str, ...]

    def files(self) -> dict[str, str]:
        """The files of the folder, as texts by name."""
        every = [proposal for found in self.proposals.values() for proposal in found]
        texts = {f"{table.id}.csv": table_text(table) for table in self.tables}
        texts["tables.yaml"] = tables_text(self.file, self.tables, self.notes)
        return texts | {CHECKS_FILE: checks_text(self.file, every)}

    def lines(self) -> list[str]:
        """What was drafted, in words: a line a table, then what is odd about the file."""
        said = []
        for table in self.tables:
            size = f"{counted(len(table.rows), 'row')}, {counted(len(table.columns), 'column')}"
            found = counted(len(self.proposals[table.id]), "relation")
            against = sum(bool(proposal.against) for proposal in self.proposals[table.id])
            said.append(
                f"{table.id}: {table.region.title or table.region.place}; {size}; {found} guessed"
                + (f", {against} of them with cells against" if against else "")
            )
        return [*said, *self.notes]


def draft(file: str, content: bytes) -> Draft:
    """The draft of a file, by its name. Raises BadInputError where it cannot be read or holds no table of numbers."""
    grids = _grids(file, content)
    found = [region for grid in grids for region in regions(grid)]
    if not found:
        raise BadInputError([Problem(file, "", "", "", "no table with numbers stands in it")])
    tables = tuple(drafted_table(f"T{number}", region) for number, region in enumerate(found, 1))
    related = {table.id: proposals(table, discover(table.grid)) for table in tables}
    for table_id, proposal in repeated(tables):
        related[table_id].append(proposal)
    return Draft(file, tables, related, tuple(note for grid in grids for note in _odd(grid)))


def lay_out_draft(made: Draft, folder: Path) -> None:
    """Writes the folder. Raises BadInputError where something is there already: nothing is ever written over."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        message = "this is there already, and a draft never writes over anything; name another folder"
        raise BadInputError([Problem(str(folder), "", "", "", message)]) from None
    for name, text in made.files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _grids(file: str, content: bytes) -> list[Grid]:
    problems: list[Problem] = []
    grids = read_grids(file, content, problems)
    if grids is None and format_of(file, content) == ".csv":  # a title or several tables hide what separates
        grids = read_grids(file, content, problems, TextOptions(separator=likely_separator(content)))
        grids = grids and [replace(grid, notes=[_of_separator(*note) for note in grid.notes]) for grid in grids]
    if grids is None:
        raise BadInputError(problems)
    return grids


def _of_separator(about: str, what: str, how: str) -> tuple[str, str, str]:
    """A note of a grid: a separator was not declared, as its reader takes it, but is the likely one."""
    return about, what, "stands as often in the most lines" if about == "separator" else how


def likely_separator(content: bytes) -> str:
    """The separator that stands as often in the most lines; of two as good the one that is no mark of numbers.

    >>> likely_separator(b"Table 1, of 3\\n\\na;b\\n1,5;2\\n")
    'semicolon'
    """
    lines = content.splitlines()

    def evenly(name: str) -> tuple[int, bool]:
        counts = Counter(line.count(SEPARATORS[name].encode()) for line in lines)
        return max((lines for count, lines in counts.items() if count), default=0), name != "comma"

    return max(SEPARATORS, key=evenly)


def _odd(grid: Grid) -> list[str]:
    """What a sheet has that is not seen on paper, and what was detected of a file."""
    named = f"sheet {grid.name}: " if grid.name else ""
    notes = [f"{named}the sheet is hidden"] if grid.hidden else []
    if grid.hidden_rows:
        notes.append(f"{named}{counted(len(grid.hidden_rows), 'hidden row')} read, too")
    if grid.hidden_columns:
        notes.append(f"{named}{counted(len(grid.hidden_columns), 'hidden column')} read, too")
    errors = sum(mark.kind == "error" for mark in grid.marks)
    if errors:
        notes.append(f"{named}{counted(errors, 'error')} of formulas")
    return [*notes, *(f"{named}{about}: {what} ({how})" for about, what, how in grid.notes)]
