"""How an exhibit is written: as CSV for machines, as Markdown, and as a page of HTML that loads nothing."""

from collective_efficiency.exhibits.captions import caption_markdown
from collective_efficiency.exhibits.exhibit import Entry, Exhibit
from collective_efficiency.files.csv_files import csv_text
from collective_efficiency.files.pages import markdown_table, markdown_text, page


def exhibit_csv(exhibit: Exhibit) -> str:
    """The columns row, label and each column; after it, where any of its cells needs them:

    `<column>_n`, the clusters behind the value; `<column>_by_report`, what the report's own rules give where the
    choices of the run give another value; `<column>_printed`, what is printed and does not follow from the scores, or
    is lost; `<column>_note`, what the printed value assumes, or why it cannot be checked.
    """
    columns = ["row", "label"]
    records: list[dict[str, str]] = [
        {"row": row, "label": label} for row, label in zip(exhibit.rows, exhibit.labels, strict=True)
    ]
    for column, entries in zip(exhibit.columns, zip(*exhibit.entries, strict=True), strict=True):
        texts = [_texts(column, entry) for entry in entries]
        columns += [name for name in texts[0] if name == column or any(text[name] for text in texts)]
        for record, text in zip(records, texts, strict=True):
            record |= text
    return csv_text(columns, [{column: record[column] for column in columns} for record in records])


def _texts(column: str, entry: Entry) -> dict[str, str]:
    slip = entry.mark in ("differs", "lost")
    printed = f"printed {entry.printed}" if entry.printed else ""
    why = "not checkable" if entry.mark == "unchecked" else entry.assumed
    return {
        column: entry.text,
        f"{column}_n": entry.n,
        f"{column}_by_report": entry.by_report,
        f"{column}_printed": entry.printed if slip else "",
        f"{column}_note": "" if slip else ", ".join(filter(None, [printed, why])),
    }


def exhibit_markdown(exhibit: Exhibit) -> str:
    """Title, table and caption; the report's subheadings stand as rows of their own."""
    rows: list[list[str]] = []
    for group, label, _, entries in exhibit.lines():
        texts = [text for entry in entries for text in ((entry.shown, entry.n) if exhibit.counted else (entry.shown,))]
        rows += [[group, *("" for _ in texts)]] if group else []
        rows.append([label, *texts])
    title = f"**Table {exhibit.number}. {markdown_text(exhibit.title)}**"
    return f"{title}\n\n{markdown_table(['', *exhibit.heads], rows, numbers=True)}\n\n{exhibit_caption(exhibit)}"


def exhibit_caption(exhibit: Exhibit) -> str:
    """The caption as Markdown: what the table shows, what its marks mean, and the choices it rests on."""
    return caption_markdown("\n\n".join(exhibit.paragraphs))


def exhibit_page(exhibit: Exhibit) -> str:
    """A self-contained page; every value is escaped."""
    *shows, choices = exhibit.caption.split("\n\n")
    return page("table.html.j2", exhibit=exhibit, shows=shows, choices=choices)
