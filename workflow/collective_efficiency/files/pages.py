"""Pages and captions by Jinja: in HTML every value escaped; Markdown, every mark of it shown and not obeyed."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from collective_efficiency.files.package import template

CHARSET = '<meta charset="utf-8">'  # where the head of a whole page begins
INCLUDED = re.compile(r'{% include "([^"]+)" %}\n?')  # Jinja drops the end of its line, too (trim_blocks)
PARTS = {name: re.compile(f"<{name}>(.*?)</{name}>", re.DOTALL) for name in ("style", "script")}
MARKDOWN_MARKS = "\\|*_`<[&~"  # what Markdown would obey


def page(name: str, /, **values: Any) -> str:
    """The template templates/<name> filled with `values`, each of them escaped where the template is one of HTML.

    A template may include others, as `{% include "_header.html.j2" %}`. A whole page gets its policy (`own_policy`).

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
    text = environment.get_template(name).render(**values)
    return text.replace(CHARSET, f"{CHARSET}\n{own_policy(name)}", 1) if CHARSET in text else text


def own_policy(name: str) -> str:
    """The policy of the page templates/<name>: the styles and the script that stand in the template, and no others.

    They are named by their digests, so that what a value may bring along does not run, even if it were not escaped.
    """
    text = INCLUDED.sub(lambda found: template(found[1]), template(name))
    parts = {kind: part.findall(text) for kind, part in PARTS.items()}
    return policy_meta([f"{kind}-src {' '.join(map(_digest, found))}" for kind, found in parts.items() if found])


def policy_meta(sources: Iterable[str]) -> str:
    """The element that tells a browser the content security policy with these sources, and nothing else to load."""
    content = "; ".join(["default-src 'none'", *sources, "img-src data:", "base-uri 'none'", "form-action 'none'"])
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


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
