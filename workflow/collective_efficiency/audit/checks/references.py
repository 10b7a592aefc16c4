"""Whether the checks mean something in a report: every layout, column, row and class that they name is there.

A check that names what no table has would look at nothing and pass; so it is refused, with the nearest word.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from collective_efficiency.audit.checks.formulas import named_in, parsed_formula, parsed_inequality
from collective_efficiency.audit.checks.kinds import Check, Key
from collective_efficiency.audit.checks.lines import ROWS
from collective_efficiency.audit.checks.reading import CHECKS_FILE
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.checks.walk import tables_in_order
from collective_efficiency.audit.line_names import is_summary_name
from collective_efficiency.problems import Problem, allowed, nearest
from collective_efficiency.report.transcription import Report, Table
from collective_efficiency.words import SUMMARY_ROWS

Names = Callable[[Check, Key, Report], Iterator[tuple[str, str, str]]]  # key, name, and why it means nothing


def reference_problems(checks: Sequence[Check], report: Report, file: str = CHECKS_FILE) -> list[Problem]:
    """What checks name and no table of `report` has: layouts first, since columns are looked up in them."""
    problems = list(_problems(checks, report, file, {"layouts": _layouts}))
    lost = {problem.row for problem in problems}
    return problems + list(_problems((each for each in checks if each["id"] not in lost), report, file, _MEANINGS))


def unmatched_problems(
    checks: Iterable[Check], looked: Mapping[str, int], report: Report, file: str = CHECKS_FILE
) -> list[Problem]:
    """The checks that looked at no cell though each of their names is in the report."""
    return [
        Problem(file, str(check["id"]), "", "", f"the check matches no cell; {_why_unmatched(check, report)}")
        for check in checks
        if not looked.get(check["id"]) and not CHECK_KINDS[check["kind"]].idle
    ]


def _why_unmatched(check: Check, report: Report) -> str:
    tables = tables_in_order(report, check.get("layouts"))
    summary_row = check["kind"] if check["kind"] in SUMMARY_ROWS else ""
    if not summary_row or any(summary_row in table.rows for table in tables):
        return "no table has all the cells that it computes with"
    like = [f"{row} of {table.id}" for table in tables for row in table.rows if is_summary_name(row)]
    hint = f": is it {' or '.join(like)}? Its key must be `{summary_row}`, listed under `summary`" if like else ""
    return f"no table of its layouts has the row `{summary_row}`{hint}"


def _problems(checks: Iterable[Check], report: Report, file: str, meanings: Mapping[str, Names]) -> Iterator[Problem]:
    for check in checks:
        for key in CHECK_KINDS[check["kind"]].keys:
            if key.name in check and key.refers in meanings:
                for column, name, why in meanings[key.refers](check, key, report):
                    yield Problem(file, str(check["id"]), column, name, why)


def _layouts(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    known = sorted({table.layout for table in report.tables.values()})
    for name in check[key.name]:
        if name not in known:
            yield key.name, name, f"no table has this layout; {allowed(known, name)}"


def _columns(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    """A column of numbers that each layout of the check must have."""
    yield from _unknown(_paths(key.name, check[key.name]), report, check.get("layouts"), of_rows=False)


def _columns_of_words(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    yield from _unknown(_paths(key.name, check[key.name]), report, check.get("layouts"), of_rows=False, of_words=True)


def _paths(key: str, named: object) -> list[tuple[str, str]]:
    """The names that a value names, each with the path of its key; a number names nothing."""
    if isinstance(named, int | float):
        return []
    return [(key, named)] if isinstance(named, str) else [(f"{key}.{name}", name) for name in named]  # type: ignore[attr-defined]


def _unknown(
    names: Sequence[tuple[str, str]],
    report: Report,
    layouts: Iterable[str] | None,
    of_rows: bool,
    of_words: bool = False,
) -> Iterator[tuple[str, str, str]]:
    """The names that some layout lacks: rows of its tables, or columns; and columns of words that must hold numbers."""
    what = "row" if of_rows else "column"
    for layout, tables in _tables_by_layout(report, layouts).items():
        lists = [table.rows if of_rows else [column.name for column in table.columns] for table in tables]
        known = list(dict.fromkeys(name for names in lists for name in names))
        words = [] if of_rows else [column.name for column in tables[0].columns if not column.form]
        for path, name in names:
            if name not in known:
                yield path, name, f"layout {layout} has no such {what}; {allowed(known, name)}"
            elif not of_rows and (name in words) != of_words:
                holds = ("numbers", "words") if of_words else ("words", "numbers")
                right = [column for column in known if (column in words) == of_words]
                yield path, name, f"the column holds {holds[0]}, not {holds[1]}; {allowed(right)}"


def _tables_by_layout(report: Report, layouts: Iterable[str] | None) -> dict[str, list[Table]]:
    by_layout: dict[str, list[Table]] = {}
    for table in tables_in_order(report, layouts):
        by_layout.setdefault(table.layout, []).append(table)
    return by_layout


def _over_rows(check: Check) -> bool:
    return bool(check.get("over", CHECK_KINDS[check["kind"]].over) == ROWS)


def _names(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    """Columns, or rows if the relation is over rows."""
    yield from _unknown(_paths(key.name, check[key.name]), report, check.get("layouts"), _over_rows(check))


def _names_across(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    """Rows, or columns if the relation is over rows."""
    yield from _unknown(_paths(key.name, check[key.name]), report, check.get("layouts"), not _over_rows(check))


def _tree(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    wholes = [(f"{key.name}.{whole}", whole) for whole in check[key.name]]
    parts = [(f"{key.name}.{whole}.{part}", part) for whole, named in check[key.name].items() for part in named]
    yield from _unknown([*wholes, *parts], report, check.get("layouts"), _over_rows(check))


def _formula(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    """The names and cells that a formula uses."""
    parse = parsed_formula if key.name in ("formula", "target") else parsed_inequality
    for function, names in named_in(check[key.name], parse):
        if function == "cell":
            yield from _cell(key.name, names, report)
            continue
        across = names[1:] if function in ("across", "sum") else ()
        yield from _unknown([(key.name, names[0])], report, check.get("layouts"), _over_rows(check))
        yield from _unknown([(key.name, each) for each in across], report, check.get("layouts"), not _over_rows(check))


def _cell(path: str, names: Sequence[str], report: Report) -> Iterator[tuple[str, str, str]]:
    name, row, column = names
    if name not in report.tables:
        yield path, name, f"there is no such table; {allowed(report.tables, name)}"
        return
    table = report.tables[name]
    columns = [each.name for each in table.columns]
    for what, key, known in (("row", row, list(table.rows)), ("column", column, columns)):
        if key not in known:
            yield path, key, f"table {name} has no such {what}; {allowed(known, key)}"


def _shared_columns(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    """Columns that some layout on either side of a comparison must have."""
    yield from _shared(check, key, report, lambda table: [column.name for column in table.columns], "column")


def _shared_rows(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    yield from _shared(check, key, report, lambda table: list(table.rows), "row")


def _shared(
    check: Check, key: Key, report: Report, names_of: Callable[[Table], list[str]], what: str
) -> Iterator[tuple[str, str, str]]:
    named = check[key.name]
    there = list(named.values()) if isinstance(named, Mapping) else list(named)
    for side, names in (("layouts", list(named)), ("from", there)):
        known = sorted({name for table in tables_in_order(report, check[side]) for name in names_of(table)})
        for name in names:
            if name not in known:
                yield f"{key.name}.{name}", name, f"no layout of `{side}` has this {what}; {allowed(known, name)}"
    for here, source in zip(named, there, strict=True) if what == "column" else ():
        if _holds_numbers(check["layouts"], here, report) != _holds_numbers(check["from"], source, report):
            yield f"{key.name}.{here}", source, f"one of {here} and {source} holds words, the other numbers"


def _holds_numbers(layouts: Sequence[str], name: str, report: Report) -> bool:
    columns = (column for table in tables_in_order(report, layouts) for column in table.columns)
    return any(column.form for column in columns if column.name == name)


def _columns_of_source(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    yield from _unknown(_paths(key.name, check[key.name]), report, check["from"], of_rows=False, of_words=True)


def _columns_anywhere(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    known = sorted({column.name for table in report.tables.values() for column in table.columns})
    if check[key.name] not in known:
        yield key.name, check[key.name], f"no table has this column; {allowed(known, check[key.name])}"


def _rows(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    known = sorted({row for table in report.tables.values() for row in table.rows})
    for name in check[key.name]:
        if name not in known:
            yield key.name, name, f"no table has this row; {allowed(known, name)}"


def _classes(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    """Classes that the column does not allow; where it allows any, those that are nearly a word that it prints."""
    for layout, tables in _tables_by_layout(report, check["layouts"]).items():
        known = next((column.allowed for column in tables[0].columns if column.name == check["target"]), ())
        cells = [cell for table in tables for cell in table.cells.values() if cell.column == check["target"]]
        printed = {str(cell.value) for cell in cells if cell.value}
        for number, (name, _, _) in enumerate(check[key.name]):
            meant = "" if name in printed else nearest(name, printed)
            if known and name not in known:
                yield f"{key.name}.{number}.0", name, f"the column allows no such class; {allowed(known, name)}"
            elif meant and not known:
                yield f"{key.name}.{number}.0", name, f"layout {layout} prints no such class{meant}"


_MEANINGS: Mapping[str, Names] = {
    "columns": _columns,
    "columns of words": _columns_of_words,
    "shared columns": _shared_columns,
    "shared rows": _shared_rows,
    "columns of the source": _columns_of_source,
    "names": _names,
    "names across": _names_across,
    "tree": _tree,
    "formula": _formula,
    "columns anywhere": _columns_anywhere,
    "rows": _rows,
    "classes": _classes,
}
