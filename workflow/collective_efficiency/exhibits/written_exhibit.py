"""How an exhibit is written: as CSV for machines, as Markdown, and as a page of HTML that loads nothing."""

from collective_efficiency.exhibits.exhibit import Exhibit
from collective_efficiency.files.csv_files import csv_text
from collective_efficiency.files.pages import markdown_table, markdown_text, page


def exhibit_csv(exhibit: Exhibit) -> str:
    """The columns row, label, each column, and `<column>_printed` after it where any of its cells differs."""
    columns = ["row", "label"]
    records: list[dict[str, str]] = [
        {"row": row, "label": label} for row, label in zip(exhibit.rows, exhibit.labels, strict=True)
    ]
    for column, entries in zip(exhibit.columns, zip(*exhibit.entries, strict=True), strict=True):
        columns.append(column)
        if any(entry.printed for entry in entries):
            columns.append(f"{column}_printed")
        for record, entry in zip(records, entries, strict=True):
            record |= {column: entry.text, f"{column}_printed": entry.printed}
    return csv_text(columns, [{column: record[column] for column in columns} for record in records])


def exhibit_markdown(exhibit: Exhibit) -> str:
    """Title, table and caption; the report's subheadings stand as rows of their own."""
    rows: list[list[str]] = []
    for group, label, _, entries in exhibit.lines():
        rows += [[group, *("" for _ in entries)]] if group else []
        rows.append([label, *(entry.shown for entry in entries)])
    title = f"**Table {exhibit.number}. {markdown_text(exhibit.title)}**"
    table = markdown_table(["", *exhibit.heads], rows, numbers=True)
    return f"{title}\n\n{table}\n\n{markdown_text(exhibit.caption)}\n"


def exhibit_page(exhibit: Exhibit) -> str:
    """A self-contained page; every value is escaped."""
    return page("table.html.j2", exhibit=exhibit)
