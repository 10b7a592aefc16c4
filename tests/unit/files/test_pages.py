"""Pages: no value of a file becomes a mark of the page."""

import jinja2
import pytest

from collective_efficiency.files import pages
from collective_efficiency.files.pages import markdown_table, markdown_text, page


def test_values_are_escaped_and_none_may_be_forgotten(monkeypatch):
    monkeypatch.setattr(pages, "template", {"name.html.j2": "<b>{{ name }}</b>\n"}.__getitem__)
    assert page("name.html.j2", name="<script>&") == "<b>&lt;script&gt;&amp;</b>\n"
    with pytest.raises(jinja2.UndefinedError, match="'name' is undefined"):
        page("name.html.j2")


def test_marks_of_markdown_are_shown_and_not_obeyed():
    assert markdown_text("a|b\n*c* `d` _e_ <f> [g](h) \\") == r"a\|b \*c\* \`d\` \_e\_ \<f> \[g](h) \\"
    assert markdown_table(["row", "mean"], [["x|y", "1"]]) == "| row | mean |\n| --- | --- |\n| x\\|y | 1 |"
