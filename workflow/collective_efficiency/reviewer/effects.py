"""What putting findings right changes: each effect by itself, and all of them in one sentence for the first screen."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_SLIPS = ("decision", "numeric")  # the severities of findings that make numbers wrong
_CONCLUSION = "conclusion"  # the kind of claims that the report concludes
_MOVE = r"(?P<before>.+) -> (?P<after>.+)"
_EFFECTS = {
    "claim": re.compile(rf"claim (?P<name>\S+) {_MOVE}"),
    "advice": re.compile(rf"advice (?P<name>\S+) {_MOVE}"),
    "class": re.compile(rf"(?P<column>\S+) of (?P<name>\S+) in (?P<table>\S+): {_MOVE}"),
    "crosstab": re.compile(rf"cross-tabulation (?P<name>\S+): {_MOVE}"),
    "order": re.compile(rf"order of the sectors by (?P<name>\S+) in (?P<table>\S+): {_MOVE}"),
}


def effects(consequence: Iterable[str]) -> list[dict[str, str]]:
    """The effects of a finding, by the parts of its consequence as findings.csv has them.

    >>> effects(["claim C011 contradicted -> supported", "8 printed cells change"])[0]["after"]
    'supported'
    """
    read = []
    for text in consequence:
        found = ((kind, pattern.fullmatch(text)) for kind, pattern in _EFFECTS.items())
        kind, match = next(((kind, match) for kind, match in found if match), ("other", None))
        read.append({"kind": kind, "text": text, **(match.groupdict() if match else {})})
    return read


def headline(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the first screen says: how many slips make how many numbers wrong, and what changes if each is put right.

    data: findings with their `effects`, claims and cells, as `payload` has them.
    """
    slips = [finding for finding in data["findings"] if finding["severity"] in _SLIPS]
    verdicts = data["summary"]["verdicts"]
    moved = [effect for finding in slips for effect in finding["effects"]]
    kinds = {claim["claim"]: claim.get("kind", "") for claim in data["claims"]}
    concluded = [name for name, kind in kinds.items() if kind == _CONCLUSION]
    claims = _different(moved, "claim", "name")
    return {
        "slips": len(slips),
        "wrong": verdicts["inconsistent"],
        "judged": sum(verdicts[name] for name in ("consistent", "consistent_if", "inconsistent")),
        "classes": _different(moved, "class", "column", "name"),
        "orders": _different(moved, "order", "name"),
        "conclusions": [effect for effect in claims if effect["name"] in concluded],
        "all_conclusions": len(concluded),
        "other_claims": [effect for effect in claims if effect["name"] not in concluded],
        "advice": _different(moved, "advice", "name"),
    }


def _different(moved: Sequence[Mapping[str, str]], kind: str, *keys: str) -> list[Mapping[str, str]]:
    """One effect of `kind` for all that agree in `keys`, in the order of the findings."""
    by_name = {tuple(effect[key] for key in keys): effect for effect in reversed(moved) if effect["kind"] == kind}
    return list(reversed(by_name.values()))
