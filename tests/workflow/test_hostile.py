"""Names that would be markup, a formula or a command, in every field of free text, and in no output anything but text.

The fields are those that the schemas have: a new one is spoiled, too, unless it is listed here as one with a meaning.
Verified by other programs' readers of what is made: html.parser, mistune, expat, openpyxl.
"""

import shutil
from html.parser import HTMLParser
from itertools import cycle
from xml.etree import ElementTree

import mistune
import openpyxl
import pytest
import yaml
from conftest import enable, snakemake

from collective_efficiency.files.csv_files import csv_text, records
from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import own_yaml

MARK = "x-hostile"  # the name of an element or an attribute that no template has
HOSTILE = (
    f"<{MARK} onload=alert(1)>",
    f'"><{MARK}>',
    f"' {MARK}='1",
    f"</script></style></title><{MARK}>",
    f"&lt;{MARK}&gt;",
    "javascript:alert(1)",
    "[a](javascript:alert(1))",
    "![a](javascript:alert(1))",
    "<javascript:alert(1)>",
    '=HYPERLINK("http://example.org")',
    "@SUM(1)",
    "+1+1",
    "-1+1",
    "`touch pwned`",
    "$(touch pwned)",
    "'; touch pwned; '",
    "a | b",
    "{{ 7*7 }} {% x %}",
    "# **a** _b_ ~~c~~",
)
REFUSED = ("line\nline", "\u202ename\u202c")  # of a study's clusters, as names that are not what one sees
FREE = {  # of each file, the fields of free text; all others have a meaning that is checked elsewhere
    "adjudications": ("note", "reason"),
    "claims": ("because", "not_testable", "note", "paraphrase", "reads"),
    "policy": ("argued_from", "paraphrase"),
    "tables": ("authors.#", "missing.*", "notes.#", "publisher", "reason", "title"),
}
WITH_A_MEANING = {
    "adjudications": ("expect", "finding"),
    "claims": ("as", "value", "kind", "topic", "holds_if", "kinds.#", "claims.#", "topics.#"),
    "policy": ("part", "cases.*.#", "parts.#"),
    "tables": (
        "decimal", "thousands", "allowed.#", "format", "column", "row", "groups.*", "labels.#", "layout", "part_of.*",
        "rows.#", "sector", "columns.#", "spellings.*", "torn",
    ),
}  # fmt: skip
NOT_FREE = ("date", "file", "rater", "scale", "sheet", "study")  # of study.yaml, and of the columns of clusters


def fields(name):
    """The paths of the texts that the JSON schema of this name leaves free: `*` is any key, `#` any entry of a list."""
    whole = schema(f"{name}.schema")
    return list(dict.fromkeys(text_fields(whole, whole)))


def text_fields(part, whole, path=()):
    """These paths in a part of a schema, which stands at `path`; a path may come more than once."""
    if "$ref" in part:
        target = whole
        for key in part["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        yield from text_fields(target, whole, path) if len(path) < 9 else ()
        return
    for key in ("oneOf", "anyOf", "allOf"):
        for option in part.get(key, ()):
            yield from text_fields(option, whole, path)
    if "string" in part.get("type", ()) and not {"enum", "pattern", "const"} & part.keys():
        yield path
    for key, value in part.get("properties", {}).items():
        yield from text_fields(value, whole, (*path, key))
    others = [part.get("additionalProperties"), *part.get("patternProperties", {}).values()]
    for value in others:
        yield from text_fields(value, whole, (*path, "*")) if isinstance(value, dict) else ()
    yield from text_fields(part["items"], whole, (*path, "#")) if isinstance(part.get("items"), dict) else ()


def spoil(document, path, texts):
    """Put the next of the texts behind each text of a document that stands at the path."""
    first, *rest = path
    if isinstance(document, dict):
        keys = list(document) if first == "*" else [first] if first in document else []
    else:
        keys = range(len(document)) if first == "#" and isinstance(document, list) else []
    for key in keys:
        if rest and isinstance(document[key], dict | list):
            spoil(document[key], rest, texts)
        elif not rest and isinstance(document[key], str):
            document[key] = f"{document[key]} {next(texts)}"


def is_field(path, names):
    return any(".".join(path).endswith(name) and path[-name.count(".") - 1 :] == (*name.split("."),) for name in names)


@pytest.mark.parametrize("name", FREE)
def test_every_field_of_text_is_known(name):
    known = (*FREE[name], *WITH_A_MEANING[name])
    assert [path for path in fields(name) if not is_field(path, known)] == []


@pytest.fixture(scope="module")
def hostile(run, tmp_path_factory):
    """A run in which every name and every free text is hostile, of the report's and of a study's."""
    folder = shutil.copytree(run, tmp_path_factory.mktemp("hostile") / "copy")
    texts, report = cycle((*HOSTILE, *REFUSED)), folder / "data/report"
    for name, free in FREE.items():
        document = own_yaml((report / f"{name}.yaml").read_text(encoding="utf-8"))
        for path in sorted(fields(name)):
            if is_field(path, free):
                spoil(document, path, texts)
        (report / f"{name}.yaml").write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    for name in ("clusters.csv", "sectors.csv"):
        rows = records((report / name).read_text(encoding="utf-8"))
        for row in rows:
            row |= {key: f"{row[key]} {next(texts)}" for key in ("name", "short_name") if key in row}
        write_csv(report / name, rows)
    study = folder / "data/studies/hostile"
    study.mkdir()
    free = [path[0] for path in fields("study") if len(path) == 1]
    described = {key: f"2026 {next(texts)}" for key in free if key not in NOT_FREE}
    described |= {"date": "2026", "scale": "0 to 3", "industries": {"odd": HOSTILE[0]}}
    described |= {"sectors": {"odd": {"name": HOSTILE[0], "short_name": HOSTILE[1]}}}
    (study / "study.yaml").write_text(yaml.safe_dump(described), encoding="utf-8")
    scored = records((folder / "results/report/clusters.csv").read_text(encoding="utf-8"))
    columns = schema("study_columns")["columns"]
    named = [key for key, column in columns.items() if column["holds"] == "text" and key not in NOT_FREE]
    made = [
        {key: value for key, value in one.items() if key != "study"}
        | {"cluster": f"odd-{number}", "sector": "odd", "industry": "odd"}
        | dict.fromkeys(named, text)
        for number, (one, text) in enumerate(zip(scored, HOSTILE, strict=False))
    ]
    enable(folder, "hostile")
    write_csv(
        study / "clusters.csv",
        [*made, *({**made[0], "cluster": f"no-{number}", "name": text} for number, text in enumerate(REFUSED))],
    )
    refused = snakemake(folder, "-n")
    assert refused.returncode == 1
    assert f"{len(REFUSED)} problems in the input" in refused.stdout + refused.stderr
    write_csv(study / "clusters.csv", made)
    done = snakemake(folder, "--cores", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def write_csv(path, rows):
    path.write_text(csv_text(list(rows[0]), rows), encoding="utf-8", newline="")


class Markup(HTMLParser):
    """What a page has that no template gives: an element or an attribute of a value, or an address that runs."""

    def __init__(self, html):
        super().__init__()
        self.bad = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        names = [tag, *(name for name, _ in attrs)]
        runs = [value for name, value in attrs if name in ("href", "src") and (value or "").startswith("javascript:")]
        self.bad += [name for name in names if MARK in name or name.startswith("on")] + runs


def files(folder, ending):
    found = sorted((folder / "results").rglob(f"*{ending}"))
    assert found
    return found


def test_no_page_has_an_element_or_an_attribute_of_a_value(hostile):
    pages = {str(path): path.read_text(encoding="utf-8") for path in files(hostile, ".html")}
    assert sum(MARK in html for html in pages.values()) > 5
    assert {path: bad for path, html in pages.items() if (bad := Markup(html).bad)} == {}


def test_no_markdown_becomes_markup(hostile):
    render = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url"])
    pages = {str(path): render(path.read_text(encoding="utf-8")) for path in files(hostile, ".md")}
    assert sum(MARK in html for html in pages.values()) > 2
    assert {path: bad for path, html in pages.items() if (bad := Markup(html).bad)} == {}


def test_no_figure_has_an_element_of_a_value(hostile):
    for path in files(hostile, ".svg"):
        assert not [element for element in ElementTree.parse(path).iter() if MARK in element.tag]


def test_every_cell_of_a_workbook_is_a_value(hostile):
    for path in files(hostile, ".xlsx"):
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "f"
                assert cell.hyperlink is None or not cell.hyperlink.target


def test_no_text_became_a_command(hostile):
    assert not list(hostile.rglob("pwned"))
