"""Stage `tables`, how an exhibit is written: as a frame for CSV, as Markdown, and as a page of HTML."""

import jinja2
from markupsafe import Markup

from collective_efficiency.exhibits.exhibit import Exhibit


def markdown(exhibit: Exhibit) -> str:
    """The exhibit as Markdown, with its caption; marks of Markdown in a cell are shown, not obeyed."""
    frame = exhibit.display().map(_plain)
    table = frame.to_markdown(index=False, disable_numparse=True, colalign=["left"] + ["right"] * (frame.shape[1] - 1))
    return f"**Table {number(exhibit.id)}. {_plain(exhibit.title)}**\n\n{table}\n\n{_plain(exhibit.caption)}\n"


def _plain(text: str) -> str:
    for mark in "\\|*_`<[":
        text = text.replace(mark, f"\\{mark}")
    return text


def page(exhibit: Exhibit, template: str) -> str:
    """The exhibit as a self-contained HTML page. template: the text of a Jinja2 page; every value is escaped."""
    frame = exhibit.display()
    styler = frame.style.hide(axis="index").format(escape="html").format_index(escape="html", axis="columns")
    styler = styler.set_uuid(exhibit.id).set_td_classes(exhibit.classes())
    styler = styler.set_table_attributes(f'class="exhibit" aria-label="Table {number(exhibit.id)}"')
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    table = Markup(styler.to_html())  # noqa: S704 (the styler has escaped every cell)
    return environment.from_string(template).render(number=number(exhibit.id), exhibit=exhibit, table=table)


def number(table_id: str) -> str:
    """How the report names a table: `A1` is annex 1 table 1, `T3` table 3."""
    return f"A.{table_id[1:]}" if table_id.startswith("A") else table_id[1:]
