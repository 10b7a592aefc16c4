"""YAML: what a strict reader refuses, with the message that a person reads."""

import pytest

from collective_efficiency.files.yaml_files import MOST_BYTES, MOST_DEPTH, MOST_VALUES, load_yaml, own_yaml

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


def said(content: bytes) -> list[str]:
    return [str(problem) for problem in load_yaml("a.yaml", content, SCHEMA)[1]]


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
        (b"? [1]\n: x\n", "a.yaml, line 1: a key must be text"),
        (b"date: \xff\n", "a.yaml, line 1: found 'byte 0xff'; allowed: text encoded as UTF-8"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named(content, message):
    (problem,) = said(content)
    assert problem.startswith(message)


def test_a_date_stays_the_text_that_was_written():
    assert load_yaml("a.yaml", b"date: 2004-01-01\n", SCHEMA) == ({"date": "2004-01-01"}, [])
    assert own_yaml("date: 2004-01-01") == {"date": "2004-01-01"}


NINE = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (letter, letter, b",".join([b"*%c" % (letter - 1)] * 9)) for letter in b"bcdefghi"
)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"date: " + b"[" * 45_000, 1, f"allowed: at most {MOST_DEPTH} lists and mappings inside each other"),
        (b"".join(b" " * depth + b"a:\n" for depth in range(99)), MOST_DEPTH + 1, f"allowed: at most {MOST_DEPTH}"),
        (NINE, 6, f"allowed: at most {MOST_VALUES:,} values, each part counted where * repeats it"),
        (b"- x\n" * (MOST_VALUES + 1), MOST_VALUES, f"allowed: at most {MOST_VALUES:,} values"),
        (b"date: &all [*all]\n", 1, "*all repeats what is not complete before it"),
    ],
)  # fmt: skip
def test_a_small_file_may_not_ask_for_much(content, line, message):
    (problem,) = said(content)
    assert problem.startswith(f"a.yaml, line {line}: {message}")


def test_a_file_has_a_size():
    assert said(b"#" * (MOST_BYTES + 1)) == ["a.yaml: 5,000,001 bytes; allowed: at most 5,000,000"]


def test_many_unknown_keys_are_told_in_one_pass():
    problems = said(b"date: x\n" + b"".join(b"k%d: 1\n" % number for number in range(20_000)))
    assert len(problems) == 20_000
    assert problems[-1].startswith("a.yaml, line 20001: found 'k19999'; unknown key")


def test_what_is_repeated_by_name_is_read():
    assert load_yaml("a.yaml", b"date: &all x\n", SCHEMA | {"additionalProperties": True})[1] == []
    assert load_yaml("a.yaml", b"a: &a [1]\nb: *a\n", {})[0] == {"a": [1], "b": [1]}


@pytest.mark.parametrize(  # YAML 1.1 (by PyYAML) and YAML 1.2 (chapter 10.3) read each of these in different ways
    "text", ["010", "0x1f", "0b11", "1_000", "1:30", "190:20:30.15", "yes", "No", "on", "OFF", "+0o7_1", "1_0.5"]
)
def test_a_value_that_programs_read_differently_is_refused(text):
    problems = said(f"date: x\nscale: {text}\n".encode())
    assert len(problems) == 1
    assert f"'{text}'" in problems[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [("10", 10), ("-2.50", -2.5), ("true", True), ("'010'", "010"), ("0", 0), (".5", 0.5), ("~", None)],
)
def test_a_value_with_one_meaning_is_read(text, value):
    assert load_yaml("a.yaml", f"a: {text}".encode(), {}) == ({"a": value}, [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"date: x\nscale: 1234567890123456\n", "line 2: found '1234567890123456'; allowed: at most 15 digits"),
        (b"date: x\nscale: 0." + b"9" * 400, "line 2: found '0.999"),
        (b"date: !!timestamp x\n", "line 1: '!!timestamp' is not read; allowed: values without a tag"),
        (b"date: !!python/object:os.system x\n", "line 1: '!!python/object:os.system' is not read"),
        (b"date: x\n1990: x\n", "line 2: a key must be text, in quotes: '1990'"),
        (b"date: x\nno: x\n", "line 2: a key must be text, in quotes: 'no'"),
        (b"date: x\n~: x\n", "line 2: a key must be text, in quotes: '~'"),
    ],
)  # fmt: skip
def test_what_is_no_plain_value_is_refused(content, message):
    (problem,) = said(content)
    assert problem.startswith(f"a.yaml, {message}")
