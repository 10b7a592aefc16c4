"""YAML: what a strict reader refuses, with the message that a person reads."""

import pytest

from collective_efficiency.files.yaml_files import load_yaml, own_yaml

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date"],
    "properties": {
        "date": {"type": "string"},
        "scale": {"type": "number", "minimum": 0, "maximum": 3, "description": "the highest score"},
        "kind": {"enum": ["item", "total"]},
    },
}


def said(content: bytes, **options: bool) -> list[str]:
    return [str(problem) for problem in load_yaml("a.yaml", content, SCHEMA, **options)[1]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"date: 2004-01-01\ndate: x\n", "a.yaml, line 2: the key date stands twice"),
        (b"scale: 3\n", "a.yaml: 'date' is a required key"),
        (b"date: x\nscael: 3\n",
         "a.yaml, line 2: found 'scael'; unknown key; allowed: date, scale, kind; did you mean scale?"),
        (b"date: x\nscale: 4\n", "a.yaml, line 2, key scale: found '4'; allowed: at most 3 (the highest score)"),
        (b"date: x\nscale: -1\n", "a.yaml, line 2, key scale: found '-1'; allowed: at least 0 (the highest score)"),
        (b"date: x\nkind: sum\n", "a.yaml, line 2, key kind: found 'sum'; allowed: item, total"),
        (b"date:\n", "a.yaml, line 1, key date: nothing stands here; allowed: string"),
        (b"date: x\nscale: .nan\n", "a.yaml, line 2, key scale: found 'nan'; allowed: number (the highest score)"),
        (b"date: x\nscale: -.inf\n", "a.yaml, line 2, key scale: found '-inf'; allowed: number"),
        (b"date: [\n", "a.yaml, line 2: "),  # the fast reader and the other differ in their words
        (b"? [1]\n: x\n", "a.yaml, line 1: a key must be a word"),
        (b"date: \xff\n", "a.yaml, line 1: found 'byte 0xff'; allowed: text encoded as UTF-8"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named(content, message):
    (problem,) = said(content)
    assert problem.startswith(message)


def test_a_date_stays_the_text_that_was_written():
    assert load_yaml("a.yaml", b"date: 2004-01-01\n", SCHEMA) == ({"date": "2004-01-01"}, [])
    assert own_yaml("date: 2004-01-01")["date"] != "2004-01-01"  # our own files need no such care


def test_repetition_is_refused_where_it_could_fill_the_memory():
    content = b"date: &all x\nkind: *all\n"
    assert said(content, aliases=False) == ["a.yaml, line 2: write out what * repeats"]
