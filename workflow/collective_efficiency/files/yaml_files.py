"""YAML, one reader for each trust: strict for what people write, fast for what the project itself ships.

Strict means: UTF-8, no key twice, keys that are text, no value that YAML 1.1 and 1.2 read in different ways, bounds on
what a small file may ask for, and a JSON schema that names every misfit with its place. Dates stay text for both.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final

import yaml

from collective_efficiency.files.texts import decode
from collective_efficiency.problems import Problem, allowed, shown

MOST_BYTES: Final = 5_000_000  # forty times the report's claims
MOST_DEPTH: Final = 50  # lists and mappings inside each other; libyaml itself overflows the stack at some thousands
MOST_VALUES: Final = 200_000  # with each alias written out: nine lines of nine aliases stand for 400 million
MOST_DIGITS: Final = 15  # of a number; more are lost in a double
ONE_MEANING: Final = re.compile(  # the numbers and truth values that YAML 1.1 and 1.2 read alike
    r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    "|true|True|TRUE|false|False|FALSE"
)
NEW_NUMBER: Final = re.compile(  # what only YAML 1.2 reads as a number, 1.1 as text: 08, 1e3, 0o10
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+"
)
WRITTEN_SO: Final = {  # what to write, where libyaml says what it found
    "mapping values are not allowed in this context": "a text with a colon in it needs quotes",
    "found character that cannot start any token": "a text that begins with @, %, ` or a tab needs quotes, or spaces",
    "did not find expected key": "a text in quotes ends with its quote; keys stand below each other",
}
Lines = Mapping[tuple[str, ...], int]  # the line, from 1, of each path of keys (and of numbers in a list, from 0)
_TAG: Final = "tag:yaml.org,2002:"
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one where it is built


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Safe YAML in which numbers, truth values and nothing are told from text, and everything else is text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.removeprefix(_TAG) in ("int", "float", "bool", "null")]
    for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
}


def own_yaml(text: str) -> Any:
    """The document in `text`, a file that the project itself ships or has checked already.

    >>> own_yaml("ce: {High: 9.5}")
    {'ce': {'High': 9.5}}
    """
    return yaml.load(text, _Loader)  # noqa: S506 (a safe loader)


def checked_yaml(content: bytes) -> Any:
    """The document in the bytes of a file that people wrote and a strict reader has checked.

    >>> checked_yaml(b"\\xef\\xbb\\xbfce: 9.5")
    {'ce': 9.5}
    """
    return own_yaml(content.decode("utf-8-sig"))


class _StrictLoader(_Loader):
    """The same for what people write; `misfits` has the line and a word on each place that may be misread."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.misfits: list[tuple[int, str]] = []

    def misfit(self, node: Any, message: str) -> None:
        self.misfits.append((node.start_mark.line + 1, message))

    def unclear(self, node: Any, meant: str) -> None:
        self.misfit(node, f"found {shown(node.value)}, which programs read differently; allowed: {meant}, or quotes")

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        document: dict[str, Any] = {}
        for name, value in node.value:
            if name.tag != f"{_TAG}str" or _is_new_number(name):
                quoted = f", in quotes: {shown(name.value)}" if isinstance(name.value, str) else ""
                self.misfit(name, f"a key must be text{quoted}")
            elif name.value in document:
                self.misfit(name, f"the key {name.value} stands twice")
            else:
                document[name.value] = self.construct_object(value, deep=True)
        return document

    def number(self, node: yaml.ScalarNode) -> int | float | bool | None:
        """A number or a truth value, if all programs read it alike: 010 is eight to some and ten to others."""
        kind, text = node.tag.removeprefix(_TAG), node.value
        if not ONE_MEANING.fullmatch(text):
            self.unclear(node, "true or false" if kind == "bool" else "a decimal number")
        elif sum(letter.isdigit() for letter in re.split("[eE]", text)[0]) > MOST_DIGITS:
            self.misfit(node, f"found {shown(text)}; allowed: at most {MOST_DIGITS} digits, or quotes")
        else:
            constructed: int | float | bool = _SafeLoader.yaml_constructors[node.tag](self, node)
            return constructed
        return None

    def text(self, node: yaml.ScalarNode) -> str:
        if _is_new_number(node):
            self.unclear(node, "a decimal number")
        return str(node.value)


def _is_new_number(node: Any) -> bool:
    return not node.style and bool(NEW_NUMBER.fullmatch(node.value))


_StrictLoader.add_constructor(f"{_TAG}map", _StrictLoader.mapping)
_StrictLoader.add_constructor(f"{_TAG}str", _StrictLoader.text)
for _kind in ("int", "float", "bool"):
    _StrictLoader.add_constructor(f"{_TAG}{_kind}", _StrictLoader.number)


def _flood(text: str) -> tuple[int, str] | None:
    """The line at which `text` asks for more than a reader gives, and a word on it; nothing is built to tell."""
    values, around, sizes = 0, list[tuple[str | None, int]](), dict[str | None, int]()
    event: Any
    for event in yaml.parse(text, _SafeLoader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.CollectionEndEvent):
            name, before = around.pop()
            sizes[name] = values - before
        elif isinstance(event, yaml.NodeEvent):
            values += 1
            if isinstance(event, yaml.AliasEvent):
                if event.anchor not in sizes:
                    return line, f"*{event.anchor} repeats what is not complete before it"
                values += sizes[event.anchor]
            elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
                return line, f"{shown(event.tag.replace(_TAG, '!!'))} is not read; allowed: values without a tag"
            elif isinstance(event, yaml.CollectionStartEvent):
                around.append((event.anchor, values))
            else:
                sizes[event.anchor] = 0
        if len(around) > MOST_DEPTH:
            return line, f"allowed: at most {MOST_DEPTH} lists and mappings inside each other"
        if values > MOST_VALUES:
            return line, f"allowed: at most {MOST_VALUES:,} values, each part counted where * repeats it"
    return None


def read_yaml(file: str, content: bytes, schema: Mapping[str, Any], problems: list[Problem]) -> Any:
    """The document in `content` if it fits the JSON `schema`; else None, with every misfit in `problems`.

    >>> problems: list[Problem] = []
    >>> read_yaml("a.yaml", b"ce: 1\\nce: 2", {}, problems), str(problems[0])
    (None, 'a.yaml, line 2: the key ce stands twice')
    """
    document, misfits = load_yaml(file, content, schema)
    problems.extend(misfits)
    return None if misfits else document


def load_yaml(file: str, content: bytes, schema: Mapping[str, Any]) -> tuple[Any, list[Problem]]:
    """The document in `content` (None if it cannot be read), and each misfit with the JSON `schema`."""
    problems: list[Problem] = []
    if len(content) > MOST_BYTES:
        return None, [Problem(file, "", "", "", f"{len(content):,} bytes; allowed: at most {MOST_BYTES:,}")]
    text = decode(file, content, problems)
    if text is None:
        return None, problems
    try:
        flood = _flood(text)
        loader = _StrictLoader(text)
        document = None if flood else loader.get_single_data()
        unread = [flood] if flood else loader.misfits
        if unread:
            return None, [Problem(file, str(line), "", "", message) for line, message in unread]
        misfits = fit(file, document, schema)
        lines = key_lines(text) if misfits else {}
        return document, [with_line(misfit, lines) for misfit in misfits]
    except (yaml.YAMLError, ValueError) as error:  # also what a letter out of reach raises
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable as YAML"
        if problem in WRITTEN_SO:
            problem = f"{problem}; {WRITTEN_SO[problem]}"
        return None, [Problem(file, str(mark.line + 1) if mark else "", "", "", str(problem))]


def key_lines(text: str) -> Lines:
    """The line of every key and of every entry of a list in the YAML in `text`.

    >>> key_lines("degree:\\n  low: 9")
    {('degree',): 1, ('degree', 'low'): 2}
    """
    lines: dict[tuple[str, ...], int] = {}

    def walk(node: yaml.Node | None, path: tuple[str, ...]) -> None:
        inside: Sequence[tuple[str, yaml.Node, yaml.Node]] = ()
        if isinstance(node, yaml.MappingNode):
            inside = [(str(name.value), name, value) for name, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            inside = [(str(number), value, value) for number, value in enumerate(node.value)]
        for key, stands, value in inside:
            lines[*path, key] = stands.start_mark.line + 1
            walk(value, (*path, key))

    walk(yaml.compose(text, _SafeLoader), ())
    return lines


def with_line(problem: Problem, lines: Lines) -> Problem:
    """The problem with the line of its key as its row, or of the nearest key above it that stands in the document.

    >>> print(with_line(Problem("a.yaml", "", "degree.low", "9", "too high"), key_lines("degree:\\n  low: 9")))
    a.yaml, line 2, key degree.low: found '9'; too high
    """
    if problem.row:
        return problem
    keys = tuple(problem.column.split(".")) if problem.column else ()
    paths = [(*keys, problem.value), *(keys[:length] for length in range(len(keys), 0, -1))]  # a value may be a key
    return replace(problem, row=next((str(lines[path]) for path in paths if path in lines), ""))


@cache
def _validator() -> Any:
    """The validator of JSON schemas for which `.nan` and `.inf` are no numbers, and 5.0 is no integer."""
    from jsonschema import Draft202012Validator, validators  # not every stage reads YAML, and it takes long to import

    def is_integer(_: object, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool)

    def is_number(_: object, value: object) -> bool:
        return is_integer(_, value) or (isinstance(value, float) and math.isfinite(value))

    types = Draft202012Validator.TYPE_CHECKER.redefine_many({"integer": is_integer, "number": is_number})
    return validators.extend(Draft202012Validator, type_checker=types)  # type: ignore[no-untyped-call]


def fit(file: str, document: Any, schema: Mapping[str, Any]) -> list[Problem]:
    """Every place at which `document` does not fit the JSON `schema` (draft 2020-12)."""
    problems = []
    for error in sorted(_validator()(schema).iter_errors(document), key=lambda misfit: misfit.json_path):
        place = ".".join(str(part) for part in error.absolute_path)
        if error.validator == "additionalProperties" and isinstance(error.schema, Mapping):
            known = list(error.schema.get("properties", {}))
            unknown = [key for key in error.instance if key not in known]
            problems += [
                Problem(file, "", place, str(key), f"unknown key; {allowed(known, str(key))}") for key in unknown
            ]
        elif error.validator == "required":
            problems.append(Problem(file, "", place, "", error.message.replace("property", "key")))
        else:
            value = error.instance if isinstance(error.instance, str | int | float) else ""
            says = error.schema.get("description", "") if isinstance(error.schema, Mapping) else ""
            message = misfit(str(error.validator), error.validator_value, shown(error.message, 200).strip("'\""))
            message = f"nothing stands here; {message}" if error.instance is None else message
            problems.append(Problem(file, "", place, str(value), f"{message}{f' ({says})' if says else ''}"))
    return problems


def misfit(validator: str, value: Any, message: str) -> str:
    """What a schema's keyword allows, in words; `message` where there are no better ones.

    >>> misfit("maximum", 3, "")
    'allowed: at most 3'
    """
    match validator:
        case "enum":
            return f"allowed: {', '.join(map(str, value))}"
        case "type":
            return f"allowed: {' or '.join(value) if isinstance(value, list) else value}"
        case "minimum" | "exclusiveMinimum":
            return f"allowed: {'at least' if validator == 'minimum' else 'above'} {value}"
        case "maximum" | "exclusiveMaximum":
            return f"allowed: {'at most' if validator == 'maximum' else 'below'} {value}"
        case "pattern":
            return f"allowed: what fits {value}"
        case _:
            return message
