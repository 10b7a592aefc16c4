"""What a kind of check is: its keys in checks.yaml, what it asserts, and the function that runs it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import ClassRule, Derivation, Place
from collective_efficiency.report.transcription import Cell, Report

Check = Mapping[str, Any]  # one record of checks.yaml
CellsByPlace = Mapping[Place, Cell]


@dataclass(frozen=True)
class Observation:
    """Something that a check of facts saw: its cells (the first locates it), printed, expected, and what explains it.

    severity: `format` or `lead`; an observation changes no number.
    """

    check: str
    cells: tuple[Place, ...]
    printed: str
    expected: str
    explanation: str
    severity: str


Derive = Callable[[Check, Report, CellsByPlace], Iterator[Derivation | ClassRule]]
Observed = tuple[int, list[Observation]]  # how many cells were looked at, and what was seen
Observe = Callable[[Check, Report, Judge], Observed]


@dataclass(frozen=True)
class Key:
    """A key of a check. schema: what its value may be, as JSON schema; holds: its value in words.

    refers: what of the tables its value names, if any (`references` has the words): `layouts`, `columns`, `rows`, ...
    fault: what is wrong with a value of the right form, in words; "" for nothing.
    """

    name: str
    holds: str
    schema: Mapping[str, Any]
    description: str
    required: bool = True
    refers: str = ""
    fault: Callable[[str], str] | None = None


@dataclass(frozen=True)
class CheckKind:
    """What every kind of check declares.

    asserts: what holds if such a check passes; keys: those it has beside the ones that all checks have; cannot: what it
    does not see; either: pairs of keys of which a check has exactly one; together: pairs of which it has both or none;
    needs: the keys that a check must have beside these, by what it says; over: what its names are if it says nothing,
    columns or rows. idle: whether a check may see no cell: one that looks at a whole report (marks, spelling); for any
    other that is a mistake.
    """

    name: str
    asserts: str
    keys: tuple[Key, ...]
    cannot: str
    either: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    together: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)
    needs: Callable[[Check], Iterable[str]] = field(default=lambda check: (), kw_only=True)
    over: str = field(default="columns", kw_only=True)
    idle: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class RelationKind(CheckKind):
    """A check that says how cells, or classes, follow from others."""

    gives: str  # "cells" or "classes"
    derive: Derive


@dataclass(frozen=True)
class FactKind(CheckKind):
    """A check that looks at what is not computed."""

    observe: Observe
