"""YAML, one reader for each trust: strict for what people write, fast for what the project itself ships.

Strict means: UTF-8, no key twice, dates stay text, and a JSON schema that names every misfit with its place.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import yaml

from collective_efficiency.files.texts import decode
from collective_efficiency.problems import Problem, allowed, shown

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one where it is built


def own_yaml(text: str) -> Any:
    """The document in `text`, a file that the project itself ships or has checked already.

    >>> own_yaml("ce: {High: 9.5}")
    {'ce': {'High': 9.5}}
    """
    return yaml.load(text, _SafeLoader)  # noqa: S506 (a safe loader)


class _StrictLoader(_SafeLoader):  # type: ignore[misc]
    """Safe YAML in which a key that stands twice is an error, not the last one winning."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[str | int, Any]:
    keys: list[str | int] = []
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str | int):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a word", key_node.start_mark)
        if key in keys:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key} stands twice", key_node.start_mark)
        keys.append(key)
    loader.flatten_mapping(node)
    return dict(loader.construct_mapping(node, deep=True))


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_StrictLoader.yaml_implicit_resolvers = {  # a date stays the text that was written
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in _SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(file: str, content: bytes, schema: Mapping[str, Any], problems: list[Problem]) -> Any:
    """The document in `content` if it fits the JSON `schema`; else None, with every misfit in `problems`.

    >>> problems: list[Problem] = []
    >>> read_yaml("a.yaml", b"ce: 1\\nce: 2", {}, problems), str(problems[0])
    (None, 'a.yaml, line 2: the key ce stands twice')
    """
    document, misfits = load_yaml(file, content, schema)
    problems.extend(misfits)
    return None if misfits else document


def load_yaml(file: str, content: bytes, schema: Mapping[str, Any], aliases: bool = True) -> tuple[Any, list[Problem]]:
    """The document in `content` (None if it cannot be read) and every way in which it does not fit the JSON `schema`.

    aliases: whether a part may be repeated by its name (a few of them can stand for more than memory holds).
    """
    problems: list[Problem] = []
    text = decode(file, content, problems)
    if text is None:
        return None, problems
    try:
        for token in () if aliases else yaml.scan(text, _SafeLoader):
            if isinstance(token, yaml.AliasToken):
                raise yaml.MarkedYAMLError(problem="write out what * repeats", problem_mark=token.start_mark)
        document = yaml.load(text, _StrictLoader)  # noqa: S506 (a subclass of a safe loader)
        misfits = fit(file, document, schema)
        root = composed(text) if misfits else None
        return document, [with_line(misfit, root) for misfit in misfits]
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # also what a value or a depth out of reach raises
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable as YAML"
        return None, [Problem(file, str(mark.line + 1) if mark else "", "", "", str(problem))]


def composed(text: str) -> yaml.Node | None:
    """The YAML in `text` as nodes, each of which knows its line; None where nothing stands in it."""
    return yaml.compose(text, _SafeLoader)


def with_line(problem: Problem, root: yaml.Node | None) -> Problem:
    """The problem with the line of its key as its row, or of the nearest key above it that stands in the document.

    >>> print(with_line(Problem("a.yaml", "", "degree.low", "9", "too high"), composed("degree:\\n  low: 9")))
    a.yaml, line 2, key degree.low: found '9'; too high
    """
    if problem.row:
        return problem
    keys = problem.column.split(".") if problem.column else []
    paths = [[*keys, problem.value], *(keys[:length] for length in range(len(keys), 0, -1))]  # a value may be a key
    return replace(problem, row=next((str(line) for line in (line_of(root, path) for path in paths) if line), ""))


def line_of(root: yaml.Node | None, keys: Sequence[str]) -> int | None:
    """The line, from 1, of a key (or of an entry of a list, by its number from 0) below others; None if there is none.

    >>> line_of(composed("degree:\\n  low: 9"), ["degree", "low"])
    2
    """
    node, line = root, None
    for key in keys:
        inside: Sequence[tuple[str, yaml.Node, yaml.Node]] = ()
        if isinstance(node, yaml.MappingNode):
            inside = [(str(name.value), name, value) for name, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            inside = [(str(number), value, value) for number, value in enumerate(node.value)]
        standing = [(value, place.start_mark.line + 1) for name, place, value in inside if name == key]
        node, line = standing[-1] if standing else (None, None)
    return line


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
        case _:
            return message
