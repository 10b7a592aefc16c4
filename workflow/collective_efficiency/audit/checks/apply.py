"""Runs the checks of a checks.yaml on a report: those of relations make the model, those of facts observe."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from collective_efficiency.audit.checks.circles import broken_circles
from collective_efficiency.audit.checks.kinds import CellsByPlace, Check, FactKind, Observation, RelationKind
from collective_efficiency.audit.checks.reading import CHECKS_FILE
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.audit.checks.walk import place_of, tables_in_order
from collective_efficiency.audit.constants import constants
from collective_efficiency.audit.decimals import column_decimals
from collective_efficiency.audit.judge import Judge
from collective_efficiency.audit.model import ClassRule, Derivation, Model, Place
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.transcription import Cell, Report


def build_model(report: Report, checks: Sequence[Check]) -> Model:
    """The cells of `report` and what each follows from, by the checks of relations among `checks`.

    Raises BadInputError where these go round in a circle.
    """
    cells = {place_of(cell): cell for cell in report.cells()}
    derivations: dict[Place, list[Derivation]] = defaultdict(list)
    class_rules: dict[Place, list[ClassRule | Derivation]] = defaultdict(list)
    for check in checks:
        kind = CHECK_KINDS[check["kind"]]
        in_full = {"over": kind.over, **check}
        for rule in kind.derive(in_full, report, cells) if isinstance(kind, RelationKind) else ():
            if isinstance(rule, ClassRule) or cells[rule.target].kind == "class":
                class_rules[rule.target].append(rule)
            else:
                alternative = check.get("alternative", rule.alternative)
                derivations[rule.target].append(replace(rule, alternative=alternative))
    _turn_copies(derivations, cells)
    circles, repeated = broken_circles(derivations)
    class_circles, repeated_classes = broken_circles(class_rules)
    if circles or class_circles:
        raise BadInputError([Problem(CHECKS_FILE, "", "", "", circle) for circle in (*circles, *class_circles)])
    computed = [place for place, rules in derivations.items() if _is_computed(cells[place], rules)]
    cells |= {place: replace(cells[place], kind="derived") for place in computed}
    model = Model(
        cells=cells,
        derivations={place: tuple(rules) for place, rules in derivations.items() if rules},
        class_rules={place: tuple(rules) for place, rules in class_rules.items() if rules},
        sector_of={cluster["cluster"]: cluster["sector"] for cluster in report.clusters},
        checks={check["id"]: _in_full(check) for check in checks},
        largest={
            (table.id, column.name): column.largest
            for table in report.tables.values()
            for column in table.columns
            if column.largest is not None
        },
        rounded=dict.fromkeys(_on_steps(report, checks), False)
        | {
            (table.id, column.name): column.rounded
            for table in report.tables.values()
            for column in table.columns
            if column.rounded is not None
        },
        certified=frozenset((table.id, *at) for table in report.tables.values() for at in table.certified),
        repeated=repeated + repeated_classes,
    )
    return replace(model, decimals=column_decimals(model), certified=model.certified | constants(model))


def _on_steps(report: Report, checks: Iterable[Check]) -> Iterator[tuple[str, str]]:
    """The columns of scores for which a check declares a step: these are exact."""
    for check in checks:
        if check["kind"] == "scale":
            for table in tables_in_order(report, check.get("layouts")):
                yield from ((table.id, column.name) for column in table.columns if column.kind == "item")


def _is_computed(cell: Cell, rules: Sequence[Derivation]) -> bool:
    """Whether a cell that stands among scores or facts is computed: a subtotal in a column of counts."""
    return cell.kind in ("item", "fact") and any(not rule.copy for rule in rules)


def _in_full(check: Check) -> Check:
    """A check with the sentence of its kind where it has none of its own."""
    return {"asserts": CHECK_KINDS[check["kind"]].asserts, "source": "", **check}


def _turn_copies(derivations: dict[Place, list[Derivation]], cells: CellsByPlace) -> None:
    """Lets the source of a copy follow from the target where only the target is computed.

    Two cells that must agree say the same either way round; turned so, a wrong cell is the one that nothing else gives.
    Of several sources that nothing computes, one that agrees with the target stays what it is copied from.
    """
    for target in list(derivations):
        conditions = [way for way in derivations[target] if way.copy and not way.alternative]
        copies = [way for way in conditions if way.parents[0][0] not in derivations]
        if len(copies) == len(derivations[target]):
            copies.sort(key=lambda way: cells[way.parents[0][0]].value != cells[target].value)
            copies = copies[1:]
        for way in copies:
            derivations[target].remove(way)
            source = way.parents[0][0]
            derivations[source].append(replace(way, target=source, parents=((target, way.parents[0][1]),)))


def observe(report: Report, judge: Judge, checks: Iterable[Check]) -> tuple[list[Observation], Counter[str]]:
    """What every check of facts saw, and how many cells each check looked at, those of relations, too."""
    seen: list[Observation] = []
    looked: Counter[str] = Counter()
    for check in checks:
        kind = CHECK_KINDS[check["kind"]]
        if isinstance(kind, FactKind):
            looked[check["id"]], observations = kind.observe(check, report, judge)
            seen.extend(observations)
    for rules in (*judge.model.derivations.values(), *judge.model.class_rules.values()):
        looked.update({rule.check for rule in rules})
    looked.update(judge.model.repeated)
    return seen, looked
