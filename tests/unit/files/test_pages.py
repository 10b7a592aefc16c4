"""Pages: no value of a file becomes a mark of the page."""

import base64
import hashlib

import jinja2
import pytest

from collective_efficiency.files import pages
from collective_efficiency.files.pages import markdown_table, markdown_text, page


def test_values_are_escaped_and_none_may_be_forgotten(monkeypatch):
    monkeypatch.setattr(pages, "template", {"name.html.j2": "<b>{{ name }}</b>\n"}.__getitem__)
    assert page("name.html.j2", name="<script>&") == "<b>&lt;script&gt;&amp;</b>\n"
    with pytest.raises(jinja2.UndefinedError, match="'name' is undefined"):
        page("name.html.j2")


def test_a_page_allows_the_style_of_its_template_and_no_script_that_a_value_brings(monkeypatch):
    """The digest is of "p {}" as sha256sum and base64 give it: the one way in which CSP 3 names a style."""
    monkeypatch.setattr(
        pages,
        "template",
        {
            "a.html.j2": '<head><meta charset="utf-8">\n<style>{% include "a.css" %}</style></head>{{ name | safe }}',
            "a.css": "p {}",
        }.__getitem__,
    )
    html = page("a.html.j2", name="<script>alert(1)</script><style>b {}</style>")
    assert html.startswith(
        '<head><meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
        " style-src 'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4=';"
        " img-src data:; base-uri 'none'; form-action 'none'\">\n<style>p {}</style>"
    )


@pytest.mark.parametrize("after", ["", "\n", "\n\n", "  \n", "\nb {}\n"])
def test_the_style_that_is_allowed_is_the_one_that_is_written(monkeypatch, after):
    """What stands between the marks of the page as written, digested by sha256 itself."""
    texts = {"a.html.j2": f'<meta charset="utf-8">\n<style>\n{{% include "a.css" %}}{after}</style>', "a.css": "p {}\n"}
    monkeypatch.setattr(pages, "template", texts.__getitem__)
    html = page("a.html.j2")
    written = html.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(written.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in html


def test_marks_of_markdown_are_shown_and_not_obeyed():
    assert markdown_text("~~a~~ &lt;svg onload=x&gt;") == r"\~\~a\~\~ \&lt;svg onload=x\&gt;"
    assert markdown_text("a|b\n*c* `d` _e_ <f> [g](h) \\") == r"a\|b \*c\* \`d\` \_e\_ \<f> \[g](h) \\"
    assert markdown_table(["row", "mean"], [["x|y", "1"]]) == "| row | mean |\n| --- | --- |\n| x\\|y | 1 |"
