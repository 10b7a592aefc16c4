"""Whether the checks mean something in a report: every layout, column, row and class that they name is there.

A check that names what no table has would look at nothing and pass; so it is refused, with the nearest word.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from collective_efficiency.audit.checks.kinds import Check, Key
from collective_efficiency.audit.checks.lookalikes import is_summary_name
from collective_efficiency.audit.checks.reading import CHECKS_FILE
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.checks.walk import TOTAL_ROWS, tables_in_order
from collective_efficiency.problems import Problem, allowed
from collective_efficiency.report.transcription import Report, Table

Names = Callable[[Check, Key, Report], Iterator[tuple[str, str, str]]]  # key, name, and why it means nothing


def reference_problems(checks: Sequence[Check], report: Report, file: str = CHECKS_FILE) -> list[Problem]:
    """What checks name and no table of `report` has: layouts first, since columns are looked up in them."""
    problems = list(_problems(checks, report, file, {"layouts": _layouts}))
    return problems or list(_problems(checks, report, file, _MEANINGS))


def unmatched_problems(
    checks: Iterable[Check], looked: Mapping[str, int], report: Report, file: str = CHECKS_FILE
) -> list[Problem]:
    """The checks that looked at no cell though each of their names is in the report."""
    return [
        Problem(file, str(check["id"]), "", "", f"the check matches no cell; {_why_unmatched(check, report)}")
        for check in checks
        if not looked.get(check["id"]) and CHECK_KINDS[check["kind"]].needs_cells
    ]


def _why_unmatched(check: Check, report: Report) -> str:
    tables = tables_in_order(report, check.get("layouts"))
    summary_row = check["kind"] if check["kind"] in TOTAL_ROWS else ""
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
    """A column that each layout of the check must have."""
    named = check[key.name]
    names = [(key.name, named)] if isinstance(named, str) else [(f"{key.name}.{name}", name) for name in named]
    for layout in _one_table_a_layout(report, check.get("layouts")):
        known = [column.name for column in layout.columns]
        for path, name in names:
            if name not in known:
                yield path, name, f"layout {layout.layout} has no such column; {allowed(known, name)}"


def _shared_columns(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    """Columns that some layout on either side of a comparison must have."""
    for side in ("layouts", "from"):
        known = sorted({column.name for table in tables_in_order(report, check[side]) for column in table.columns})
        for name in check[key.name]:
            if name not in known:
                yield f"{key.name}.{name}", name, f"no layout of `{side}` has this column; {allowed(known, name)}"


def _columns_of_source(check: Check, key: Key, report: Report) -> Iterator[tuple[str, str, str]]:
    yield from _columns({**check, "layouts": check["from"]}, key, report)


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
    for layout in _one_table_a_layout(report, check["layouts"]):
        known = next((column.allowed for column in layout.columns if column.name == check["target"]), ())
        for number, (name, _, _) in enumerate(check[key.name]):
            if known and name not in known:
                yield f"{key.name}.{number}.0", name, f"the column allows no such class; {allowed(known, name)}"


def _one_table_a_layout(report: Report, layouts: Iterable[str] | None) -> list[Table]:
    return list({table.layout: table for table in tables_in_order(report, layouts)}.values())


_MEANINGS: Mapping[str, Names] = {
    "columns": _columns,
    "shared columns": _shared_columns,
    "columns of the source": _columns_of_source,
    "columns anywhere": _columns_anywhere,
    "rows": _rows,
    "classes": _classes,
}
