"""Runs the checks of a checks.yaml on a report: those of relations make the model, those of facts observe."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from collective_efficiency.audit.checks.kinds import Check, FactKind, Observation, RelationKind
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.checks.walk import place_of
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import ClassRule, Derivation, Model, Place
from collective_efficiency.report.transcription import Report


def build_model(report: Report, checks: Sequence[Check]) -> Model:
    """The cells of `report` and what each follows from, by the checks of relations among `checks`."""
    cells = {place_of(cell): cell for cell in report.cells()}
    derivations: dict[Place, list[Derivation]] = defaultdict(list)
    class_rules: dict[Place, list[ClassRule | Derivation]] = defaultdict(list)
    for check in checks:
        kind = CHECK_KINDS[check["kind"]]
        for rule in kind.derive(check, report, cells) if isinstance(kind, RelationKind) else ():
            if isinstance(rule, ClassRule) or cells[rule.target].kind == "class":
                class_rules[rule.target].append(rule)
            else:
                derivations[rule.target].append(rule)
    decimals: dict[tuple[str, str], int] = {}
    for (table, _, column), cell in cells.items():
        if cell.kind == "derived" and cell.decimals is not None:
            decimals[table, column] = max(decimals.get((table, column), 0), cell.decimals)
    return Model(
        cells=cells,
        derivations={place: tuple(rules) for place, rules in derivations.items()},
        class_rules={place: tuple(rules) for place, rules in class_rules.items()},
        sector_of={cluster["cluster"]: cluster["sector"] for cluster in report.clusters},
        checks={check["id"]: check for check in checks},
        decimals=decimals,
        largest={
            (table.id, column.name): column.largest
            for table in report.tables.values()
            for column in table.columns
            if column.largest is not None
        },
    )


def observe(report: Report, judge: Judge, checks: Iterable[Check]) -> tuple[list[Observation], Counter[str]]:
    """What every check of facts saw, and how many cells each looked at."""
    seen: list[Observation] = []
    looked: Counter[str] = Counter()
    for check in checks:
        kind = CHECK_KINDS[check["kind"]]
        if isinstance(kind, FactKind):
            looked[check["id"]], observations = kind.observe(check, report, judge)
            seen.extend(observations)
    return seen, looked
