"""Pages and captions by Jinja: in HTML every value escaped; Markdown, every mark of it shown and not obeyed."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from collective_efficiency.files.package import template

MARKDOWN_MARKS = "\\|*_`<["  # what Markdown would obey


def page(name: str, /, **values: Any) -> str:
    """The template templates/<name> filled with `values`, each of them escaped where the template is one of HTML.

    A template may include others, as `{% include "_header.html.j2" %}`.

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


def policy_digest(text: str) -> str:
    """The digest by which a content security policy names the one style or script that may run on a page."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def stylesheet(name: str) -> dict[str, Any]:
    """The values `style` and `policy` for a page with the style templates/<name> and nothing else that it may load."""
    from markupsafe import Markup  # comes with jinja2

    style = "\n" + template(name)
    policy = f"default-src 'none'; style-src '{policy_digest(style)}'; base-uri 'none'; form-action 'none'"
    return {"style": Markup(style), "policy": policy}  # noqa: S704  our own file


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
