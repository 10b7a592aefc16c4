"""The table of a study as it lies in its folder: the sheet that counts, and its columns as study.yaml maps them.

What is detected or decided is a note; what cannot be is a problem.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from collective_efficiency.files.csv_files import Record
from collective_efficiency.files.sheets.delimited import TextOptions
from collective_efficiency.files.sheets.grid import Grid
from collective_efficiency.files.sheets.reading import READERS, format_of, read_grids
from collective_efficiency.problems import nearest, shown
from collective_efficiency.studies.arrangement import TextsByMeaning, long, wide
from collective_efficiency.studies.cell_rules import RuledCells
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.facts import FactReader, is_fact
from collective_efficiency.studies.headings import bare
from collective_efficiency.studies.labels import labelled_texts
from collective_efficiency.studies.mapping import FOR_ALL, ColumnMeaning
from collective_efficiency.studies.sheet import Sheet, stripped
from collective_efficiency.studies.titled import HEAD, TitledGrid, titled_grid


def read_source(
    content: bytes,
    declared: Mapping[str, Any],
    printed_names: Mapping[str, Mapping[str, str]],
    reported: Mapping[str, Record],
    context: TableContext,
) -> Sheet | None:
    """The table in the bytes of a file of any format; None, with the reasons in `context`, where it cannot be read.

    declared: study.yaml, whose `encoding`, `separator` and `sheet` overrule what is detected. printed_names: what the
    names of sectors and industries stand for. reported: the report's clusters by id.
    """
    titled = _titled(content, declared, context)
    if titled is None:
        return None
    ruled = RuledCells(titled, context)
    ruled.apply()
    facts = FactReader(printed_names, context)
    texts: TextsByMeaning = {}
    for column, meaning in titled.meanings.items():
        column_texts, holds = stripped(ruled.columns[column]), context.words.holds[meaning.key]
        if column in titled.grid.labels:
            column_texts = labelled_texts(meaning.key, column_texts, titled.grid.labels[column], ruled.lines, context)
        texts[meaning] = facts.translated(meaning.key, column_texts) if is_fact(holds) else column_texts
    _add_constants(texts, len(ruled.lines), facts, context)
    _make_ids(texts, ruled.lines, facts, context)
    _check_values(texts, context)
    arrange = long if context.mapping.layout == "long" else wide
    arranged = arrange(texts, ruled.lines, context)
    if arranged is None:
        return None
    if "cluster" in arranged.columns:
        facts.renamed(arranged.columns, reported)
    typed = format_of(context.file, content) in READERS
    sheet = Sheet(context.file, arranged.columns, arranged.lines, arranged.cell_lines, typed, titled.whole)
    return sheet.without_empty_rows()


def useless_keys(file: str, content: bytes) -> tuple[str, ...]:
    """The keys of study.yaml that say nothing of a file of this format."""
    return ("separator", "encoding") if format_of(file, content) in READERS else ("sheet",)


def _titled(content: bytes, declared: Mapping[str, Any], context: TableContext) -> TitledGrid | None:
    """The sheet that counts, with its headings."""
    headings = {bare(heading) for heading in context.mapping.columns} | context.words.headings.keys()
    options = TextOptions(declared.get("encoding"), declared.get("separator"), lambda text: bare(text) in headings)
    grids = read_grids(context.file, content, context.problems, options)
    grid = None if grids is None else _chosen(grids, declared.get("sheet"), context)
    if grid is None:
        return None
    context.notes.extend(grid.notes)
    titled = titled_grid(grid, context)
    if titled is not None and not titled.meanings and grids is not None and "sheet" not in declared:
        _look_on_other_sheets(grids, grid, context)
    return titled


def _look_on_other_sheets(grids: Sequence[Grid], read: Grid, context: TableContext) -> None:
    """Says so where another sheet holds headings that are known, and the one that was read none."""
    for grid in grids:
        texts = {bare(text) for row in range(min(HEAD, grid.height)) for text in grid.row(row)}
        known = len(texts & context.words.headings.keys())
        if grid is not read and known > 2:
            message = (
                f"the sheet {shown(grid.name)} holds {known} known headings: if it is the one, write sheet: {grid.name}"
            )
            context.bad("", "", "", f"{message} in study.yaml")


def _chosen(grids: Sequence[Grid], declared: str | None, context: TableContext) -> Grid | None:
    """The sheet that study.yaml names, or the first that a person sees; the only one where sheets have no names."""
    names = [grid.name for grid in grids]
    if names == [""]:
        return grids[0]
    if declared is not None:
        if declared not in names:
            message = f"no such sheet; allowed: {', '.join(map(shown, names))}{nearest(declared, names)}"
            context.bad("", "", declared, message)
            return None
        chosen, how = grids[names.index(declared)], "declared in study.yaml"
        how += "; it is hidden" if chosen.hidden else ""
    else:
        seen = [grid for grid in grids if not grid.hidden] or list(grids)
        chosen = seen[0]
        others = "the only one" if len(grids) == 1 else "the only one that is not hidden"
        how = others if len(seen) == 1 else f"the first of {len(seen)}; study.yaml may name another"
        how += "; it is hidden" if chosen.hidden else ""
    context.note("sheet", chosen.name, how)
    for grid in grids:
        if grid.hidden and grid is not chosen:
            context.note("hidden sheet", grid.name, "passed over")
    return chosen


def _add_constants(texts: TextsByMeaning, rows: int, facts: FactReader, context: TableContext) -> None:
    """Adds the columns of what study.yaml says of every cluster."""
    for name, text in context.mapping.constants.items():
        if ColumnMeaning(name) in texts:
            context.bad_key(
                f"constants.{name}", text, "a column of the table says it: leave it out, or ignore the column"
            )
        else:
            context.note(name, shown(text), "of every row, by constants in study.yaml")
            texts[ColumnMeaning(name)] = facts.translated(name, [text] * rows)


def _check_values(texts: TextsByMeaning, context: TableContext) -> None:
    """Values that study.yaml lists for a column are of one that the table has."""
    columns = {meaning.key for meaning in texts}
    if context.mapping.layout == "wide":
        for name in sorted(context.mapping.values.keys() - columns - {FOR_ALL}):
            context.bad_key(f"values.{name}", name, f"no column of the table holds it{nearest(name, columns)}")


def _make_ids(texts: TextsByMeaning, lines: Sequence[int], facts: FactReader, context: TableContext) -> None:
    """Adds the ids of clusters, where study.yaml says from what they are made, and those of totals that have none."""
    if context.mapping.id:
        columns = {meaning.key: column for meaning, column in texts.items() if not meaning.rater}
        texts[ColumnMeaning("cluster")] = facts.made_ids(columns, lines)
    elif {ColumnMeaning("cluster"), ColumnMeaning("name")} <= texts.keys():
        ids, names = texts[ColumnMeaning("cluster")], texts[ColumnMeaning("name")]
        texts[ColumnMeaning("cluster")] = facts.ids_of_sums(ids, names)
