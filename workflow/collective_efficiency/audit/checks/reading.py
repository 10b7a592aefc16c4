"""checks.yaml, read by the registry: every mistake names the check, the key and what is allowed."""

from collections.abc import Iterator, Sequence
from typing import Any

from collective_efficiency.audit.checks.keys import COMMON_KEYS
from collective_efficiency.audit.checks.kinds import Check, CheckKind, Key
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.checks.sense import senseless
from collective_efficiency.files.yaml_files import fit, read_yaml
from collective_efficiency.problems import BadInputError, Problem, allowed

CHECKS_FILE = "checks.yaml"
_CHECK = {
    "type": "object",
    "required": ["id", "kind"],
    "properties": {"id": {"type": "string"}, "kind": {"type": "string"}},
}
_OUTLINE = {  # enough to know which keys each check may have; the rest is asked of the registry, in words of its own
    "type": "object",
    "additionalProperties": False,
    "required": ["checks"],
    "properties": {"checks": {"type": "array", "items": _CHECK}},
}


def read_checks(content: bytes, file: str = CHECKS_FILE) -> list[Check]:
    """The records of a file of checks. Raises BadInputError with every problem of it."""
    problems: list[Problem] = []
    checks = listed_checks(content, problems, file)
    problems += check_problems(checks, file)
    if problems:
        raise BadInputError(problems)
    return checks


def listed_checks(content: bytes, problems: list[Problem], file: str = CHECKS_FILE) -> list[Check]:
    """The records of a file of checks, whatever they say; what keeps it from being read goes to `problems`."""
    document = read_yaml(file, content, _OUTLINE, problems)
    return list(document["checks"]) if document else []


def check_problems(checks: Sequence[Check], file: str = CHECKS_FILE) -> list[Problem]:
    """What is wrong with the checks: unknown kinds and keys, keys missing or of a wrong value, ids twice, no sense."""
    problems = []
    known: set[str] = set()
    for check in checks:
        name = str(check["id"])
        if name in known:
            problems.append(Problem(file, name, "id", name, "the check stands twice"))
        known.add(name)
        kind = CHECK_KINDS.get(check["kind"])
        if kind is None:
            message = f"unknown kind; {allowed(sorted(CHECK_KINDS), check['kind'])}"
            problems.append(Problem(file, name, "kind", check["kind"], message))
        else:
            problems += list(_key_problems(check, kind, file)) or [
                Problem(file, name, *fault) for fault in senseless(check)
            ]
    return problems


def _key_problems(check: Check, kind: CheckKind, file: str) -> Iterator[Problem]:
    keys = {key.name: key for key in (*COMMON_KEYS, *kind.keys)}
    for key in keys.values():
        if (key.required or key.name in kind.needs(check)) and key.name not in check:
            message = f"the key is missing; allowed: {key.holds} ({key.description})"
            yield Problem(file, str(check["id"]), key.name, "", message)
    for name, value in check.items():
        if name not in keys:
            message = f"unknown key of a check of kind {kind.name}; {allowed(keys, str(name))}"
            yield Problem(file, str(check["id"]), str(name), str(name), message)
        else:
            yield from _value_problems(str(check["id"]), keys[name], value, file)
    yield from _pair_problems(check, kind, file)


def _pair_problems(check: Check, kind: CheckKind, file: str) -> Iterator[Problem]:
    for one, other in kind.either:
        if (one in check) == (other in check):
            message = f"a check of kind {kind.name} has exactly one of {one} and {other}"
            yield Problem(file, str(check["id"]), one if one in check else other, "", message)
    for one, other in kind.together:
        if (one in check) != (other in check):
            there, lacking = (one, other) if one in check else (other, one)
            yield Problem(file, str(check["id"]), lacking, "", f"the key is missing; {there} needs it")


def _value_problems(check: str, key: Key, value: Any, file: str) -> Iterator[Problem]:
    for misfit in fit(file, value, key.schema):
        column = f"{key.name}.{misfit.column}" if misfit.column else key.name
        yield Problem(file, check, column, misfit.value, f"allowed: {key.holds} ({key.description})")
    if key.fault and isinstance(value, str) and (fault := key.fault(value)):
        yield Problem(file, check, key.name, value, fault)
