"""Pages and captions by Jinja: in HTML every value escaped; Markdown, every mark of it shown and not obeyed."""

from collections.abc import Iterable, Sequence
from typing import Any

from collective_efficiency.files.package import template

MARKDOWN_MARKS = "\\|*_`<["  # what Markdown would obey


def page(name: str, /, **values: Any) -> str:
    """The template templates/<name> filled with `values`, each of them escaped where the template is one of HTML.

    Raises jinja2.UndefinedError where the template asks for a value that is not given.
    """
    import jinja2  # most jobs make no page, and it takes long to import

    loader = jinja2.FunctionLoader(template)
    environment = jinja2.Environment(
        loader=loader,
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name).render(**values)


def markdown_text(text: str) -> str:
    """`text` on one line, with the marks of Markdown escaped.

    >>> print(markdown_text("quasi_hierarchy | 2*"))
    quasi\\_hierarchy \\| 2\\*
    """
    for mark in MARKDOWN_MARKS:
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: bool = False) -> str:
    """A table of Markdown; the marks of Markdown in its cells are escaped.

    numbers: every column but the first holds numbers, and stands to the right.
    """
    rule = ["---", *(["---:" if numbers else "---"] * (len(heads) - 1))]
    lines = [heads, rule, *([markdown_text(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
