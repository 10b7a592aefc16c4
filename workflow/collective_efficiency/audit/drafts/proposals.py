"""A relation that was discovered as a record of checks.yaml, with what speaks for and against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collective_efficiency.audit.drafts.drafted import DraftedTable
from collective_efficiency.audit.drafts.evidence import Relation
from collective_efficiency.audit.drafts.naming import fresh_name
from collective_efficiency.words import counted

_BESIDE = {1: "before", -1: "after"}  # the function of formulas by how many lines back: the latest may stand first
SHOWN_CELLS = 12  # that speak against a relation, in its comment


@dataclass(frozen=True)
class Proposal:
    """A check that a draft proposes. held, tried: in how many cells it holds; against: those in which it does not."""

    check: Mapping[str, Any]
    held: int
    tried: int
    against: tuple[str, ...]

    def comment(self) -> str:
        """What speaks for and against it, in one line."""
        holds = f"holds in {self.held} of {counted(self.tried, 'cell')}"
        more = len(self.against) - SHOWN_CELLS
        cells = ", ".join(self.against[:SHOWN_CELLS]) + (f" and {more} more" if more > 0 else "")
        return f"{holds}; against it: {cells}" if self.against else holds


def proposals(table: DraftedTable, relations: Sequence[Relation]) -> list[Proposal]:
    """The relations of a table as records, but for those that no kind of check can say (a change over several rows)."""
    taken: set[str] = set()
    return [proposal for relation in relations for proposal in _proposal(table, relation, taken)]


def _proposal(table: DraftedTable, relation: Relation, taken: set[str]) -> Iterator[Proposal]:
    columns = [column.name for column in table.number_columns]
    over_rows = relation.axis == "row"
    names, across = (table.rows, columns) if over_rows else (columns, table.rows)
    said = _said(relation, names, across, table.layout)
    if said is None:
        return
    target = names[relation.target]
    check: dict[str, Any] = {
        "id": fresh_name(f"{table.layout}_{target}_{said['kind']}", taken),
        "kind": said.pop("kind"),
        "layouts": [table.layout],
    }
    if over_rows and check["kind"] != "copy":
        check["over"] = "rows"
    if check["kind"] != "copy" and (only := _only(table, relation, across)):
        check["only"] = only
    check |= {**said, "guessed": True}
    texts = [column.texts for column in table.number_columns]
    against = tuple(
        f"{target}/{across[cell]} {texts[cell][relation.target] if over_rows else texts[relation.target][cell]}"
        for cell in sorted(relation.tried - relation.held)
    )
    yield Proposal(check, len(relation.held), len(relation.tried), against)


def _said(  # noqa: C901 (one case for each kind of relation)
    relation: Relation, names: Sequence[str], across: Sequence[str], layout: str
) -> dict[str, Any] | None:
    """What kind of check says it, and the keys that this takes."""
    target, parts = names[relation.target], [names[part] for part in relation.parts]
    times = {} if relation.factor == 100 else {"times": _number(relation.factor)}  # what most kinds take
    first = parts[0]
    match relation.kind:
        case "sum":
            return {"kind": "sum", "target": target, "of": parts}
        case "mean":
            return {"kind": "average", "target": target, "of": parts}
        case "difference":
            return {"kind": "difference", "target": target, "of": first, "minus": parts[1]}
        case "copy" if relation.factor == 1:
            return {"kind": "copy", "from": [layout], **_copied(relation.axis, target, first, across)}
        case "copy":
            return {"kind": "formula", "target": target, "formula": f"{_number(relation.factor)} * {first}"}
        case "product":
            return {"kind": "formula", "target": target, "formula": f"{first} * {parts[1]}"}
        case "ratio":
            return _ratio(relation.factor, target, first, parts[1])
        case "growth":
            return {"kind": "growth", "target": target, "of": first, "since": parts[1], **times}
        case "step_growth":
            return {"kind": "growth", "target": target, "of": first, "lag": relation.lag, **times}
        case "change" if relation.lag in _BESIDE:
            return {"kind": "formula", "target": target, "formula": f"{first} - {_BESIDE[relation.lag]}({first})"}
        case "running" if relation.lag in _BESIDE:
            return {"kind": "formula", "target": target, "formula": f"{_BESIDE[relation.lag]}({target}) + {first}"}
        case "share" if relation.base is None:
            return {
                "kind": "formula",
                "target": target,
                "formula": f"{_number(relation.factor)} * {first} / sum({first})",
            }
        case "share":
            return {"kind": "share", "target": target, "part": first, "total": across[relation.base or 0], **times}
        case "index":
            return {"kind": "index_to_base", "target": target, "of": first, "base": across[relation.base or 0], **times}
    return None


def _copied(axis: str, target: str, source: str, across: Sequence[str]) -> dict[str, Any]:
    return {"columns": {target: source}} if axis == "column" else {"columns": [*across], "rows": {target: source}}


def _ratio(factor: float, target: str, above: str, below: str) -> dict[str, Any]:
    if factor == 100:
        return {"kind": "share", "target": target, "part": above, "whole": below}
    if factor == 1:
        return {"kind": "ratio", "target": target, "numerator": above, "denominator": below}
    return {"kind": "rate", "target": target, "numerator": above, "denominator": below, "per": _number(factor)}


def _only(table: DraftedTable, relation: Relation, across: Sequence[str]) -> list[str]:
    """The rows (columns) in which it holds, where these are not all in which its cells are printed."""
    read = [relation.target, *relation.parts]
    numbers = table.grid.numbers
    places = {
        cell: [(line, cell) if relation.axis == "row" else (cell, line) for line in read] for cell in range(len(across))
    }
    printed = {cell for cell, cells in places.items() if all(place in numbers for place in cells)}
    if relation.axis == "column":
        printed -= {at for at, name in enumerate(across) if name == "average"}
    needed = relation.tried if relation.kind not in ("step_growth", "change", "running") else printed
    return [] if printed <= needed else [across[cell] for cell in sorted(needed)]


def _number(factor: float) -> int | float:
    return int(factor) if factor == int(factor) else factor
