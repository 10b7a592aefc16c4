"""Reading what people write: CSV and YAML as bytes in, checked rows and mappings out, all problems collected."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from collective_efficiency.problems import BadInputError, Problem, allowed, shown

Row = dict[str, str]
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one where it is built


@dataclass(frozen=True)
class Rows:
    """The rows of a CSV with the line on which each begins."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Row], ...]


def decode(file: str, content: bytes, problems: list[Problem]) -> str | None:
    """`content` as UTF-8 text, or None and a problem that says at which byte it is not."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = content[error.start : error.start + 1].hex()
        problems.append(Problem(file, str(line), "", f"byte 0x{found}", "allowed: text encoded as UTF-8"))
        return None


def read_csv(file: str, content: bytes, columns: Sequence[str], problems: list[Problem]) -> Rows | None:
    """The rows of a comma-separated file that must have exactly `columns`, in any order.

    Every problem of form (encoding, empty file, missing, unknown or repeated columns, ragged rows) goes to `problems`;
    the answer is None where nothing further can be checked.
    """
    text = decode(file, content, problems)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        while True:
            start = reader.line_num + 1
            fields = next(reader, None)
            if fields is None:
                break
            if fields:
                lines.append((start, fields))
    except csv.Error as error:
        problems.append(Problem(file, str(reader.line_num), "", "", f"not a readable CSV: {error}"))
        return None
    if not lines:
        problems.append(Problem(file, "", "", "", f"the file is empty; expected the columns {', '.join(columns)}"))
        return None
    header = lines[0][1]
    if not check_header(file, header, columns, problems):
        return None
    rows = []
    for line, fields in lines[1:]:
        if len(fields) != len(header):
            message = f"expected {len(header)} fields, as in the header, found {len(fields)}"
            problems.append(Problem(file, str(line), "", "", message))
        else:
            rows.append((line, dict(zip(header, fields, strict=True))))
    return Rows(tuple(header), tuple(rows))


def check_header(file: str, header: Sequence[str], columns: Sequence[str], problems: list[Problem]) -> bool:
    """Whether `header` holds exactly `columns`; what it lacks or has too much goes to `problems`."""
    before = len(problems)
    for name in columns:
        if name not in header:
            problems.append(Problem(file, "1", name, "", f"the column is missing; allowed: {', '.join(columns)}"))
    for name in dict.fromkeys(header):
        if name not in columns:
            problems.append(Problem(file, "1", name, name, f"unknown column; {allowed(columns, name)}"))
        if header.count(name) > 1:
            problems.append(Problem(file, "1", name, name, "the column stands twice"))
    return len(problems) == before


def check_keys(file: str, found: Iterable[tuple[int, str]], expected: Sequence[str], problems: list[Problem]) -> None:
    """Every expected row key stands once and no other does."""
    seen: dict[str, int] = {}
    for line, key in found:
        if key in seen:
            problems.append(Problem(file, str(line), "row", key, f"the row stands twice; first in row {seen[key]}"))
        elif key not in expected:
            problems.append(Problem(file, str(line), "row", key, f"unknown row; {allowed(expected, key)}"))
        seen.setdefault(key, line)
    for key in expected:
        if key not in seen:
            problems.append(Problem(file, "", "row", "", f"the row {key} is missing"))


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
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in _SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(file: str, content: bytes, schema: Mapping[str, Any], problems: list[Problem]) -> Any:
    """The document in `content` if it fits the JSON `schema`; else None, with every misfit in `problems`."""
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
        return document, fit(file, document, schema)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # also what a value or a depth out of reach raises
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not readable as YAML"
        return None, [Problem(file, str(mark.line + 1) if mark else "", "", "", str(problem))]


def read_documents(files: Mapping[str, bytes], schemas: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The documents `<name>.yaml`, each fitting the schema of its name. Raises BadInputError with every misfit."""
    problems: list[Problem] = []
    documents = {name: read_yaml(f"{name}.yaml", content, schemas[name], problems) for name, content in files.items()}
    if problems:
        raise BadInputError(problems)
    return documents


def fit(file: str, document: Any, schema: Mapping[str, Any]) -> list[Problem]:
    """Every place at which `document` does not fit the JSON `schema` (draft 2020-12)."""
    from jsonschema import Draft202012Validator  # here: not every stage reads a YAML file

    problems = []
    for error in sorted(Draft202012Validator(schema).iter_errors(document), key=lambda each: each.json_path):
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
    """What a schema's keyword allows, in words."""
    match validator:
        case "enum":
            return f"allowed: {', '.join(str(each) for each in value)}"
        case "type":
            return f"allowed: {' or '.join(value) if isinstance(value, list) else value}"
        case "minimum" | "exclusiveMinimum":
            return f"allowed: {'at least' if validator == 'minimum' else 'above'} {value}"
        case "maximum" | "exclusiveMaximum":
            return f"allowed: {'at most' if validator == 'maximum' else 'below'} {value}"
        case _:
            return message
