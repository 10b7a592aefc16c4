"""The multiverse that config.yaml declares: factors, their levels, and which levels go together.

A specification is one level for every factor. Its id is made of its levels in the order of FACTORS, so that neither the
order in which factors are declared nor what else is declared changes what it is called.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, cast

from collective_efficiency.choices import CONFIG_FILE, Choices
from collective_efficiency.numbers.printed import exact, shortest
from collective_efficiency.problems import BadInputError, Problem, allowed

FACTORS = ("reading", "missing", "weights", "cutoffs", "predictor", "block", "software", "clusters", "test")
CHOSEN = ("missing", "weights", "cutoffs")  # whose default is what config.yaml chooses for everything
EVERY_CLUSTER = "all"
Level = str | Fraction | tuple[Fraction, Fraction]  # a word; the weight of eei; the highest Low and the lowest High


@dataclass(frozen=True)
class Specification:
    """One level for every factor, by its name, in the order of FACTORS."""

    levels: Mapping[str, Level]

    @cached_property
    def texts(self) -> dict[str, str]:
        """Each level as text, by its factor."""
        return {factor: level_text(level) for factor, level in self.levels.items()}

    @property
    def id(self) -> str:
        """The levels, joined: the same whatever else the multiverse holds."""
        return "|".join(self.texts.values())

    @property
    def choices(self) -> Choices:
        """How it counts and classes."""
        low, high = cast(tuple[Fraction, Fraction], self.levels["cutoffs"])
        weight = cast(Fraction, self.levels["weights"])
        return Choices(str(self.levels["missing"]), high, low, weight, 1 - weight)


@dataclass(frozen=True)
class Constraint:
    """Where a factor has one of some levels, others stay at their default: they would change nothing, or make no sense.

    where: texts of levels by factor. fixes: the factors that stay at their default.
    """

    where: Mapping[str, frozenset[str]]
    fixes: tuple[str, ...]

    def holds(self, texts: Mapping[str, str], defaults: Mapping[str, str]) -> bool:
        """Whether a specification, by the texts of its levels, is one that the constraint leaves in."""
        applies = all(texts[factor] in levels for factor, levels in self.where.items())
        return not applies or all(texts[factor] == defaults[factor] for factor in self.fixes)


@dataclass(frozen=True)
class Multiverse:
    """The outcomes (a question and a curve each), the levels of every factor, the default first, and the constraints.

    shuffles: of the joint inference.
    """

    outcomes: tuple[str, ...]
    levels: Mapping[str, tuple[Level, ...]]
    constraints: tuple[Constraint, ...]
    shuffles: int

    @property
    def default(self) -> Specification:
        """The specification of the analysis itself: the first level of every factor."""
        return Specification({factor: self.levels[factor][0] for factor in FACTORS})

    def specifications(self) -> Iterator[Specification]:
        """All that the constraints leave, in the order of the levels; the default is the first."""
        defaults = self.default.texts
        for levels in product(*(self.levels[factor] for factor in FACTORS)):
            each = Specification(dict(zip(FACTORS, levels, strict=True)))
            texts = each.texts
            if all(constraint.holds(texts, defaults) for constraint in self.constraints):
                yield each


def factor_name(factor: str) -> str:
    """A factor as people read it.

    >>> factor_name("cutoffs"), factor_name("predictor")
    ('cut-offs', 'predictor')
    """
    return {"missing": "n.a.", "cutoffs": "cut-offs"}.get(factor, factor)


def level_text(level: Level) -> str:
    """A level as tables and config.yaml have it.

    >>> level_text("zero"), level_text(Fraction(2, 5)), level_text((Fraction(5), Fraction(19, 2)))
    ('zero', '0.4', '5 to 9.5')
    """
    if isinstance(level, tuple):
        return " to ".join(map(shortest, level))
    return shortest(level) if isinstance(level, Fraction) else level


def read_multiverse(config: Mapping[str, Any], choices: Choices) -> Multiverse:
    """The multiverse in a config.yaml that fits its schema.

    What is chosen for everything (n.a., weights, cut-offs) is the default level of its factor, listed or not. Raises
    BadInputError with every level and constraint that makes no sense.
    """
    part = config["robustness"]["multiverse"]
    problems: list[Problem] = []
    chosen: dict[str, Level] = {
        "missing": choices.missing,
        "weights": choices.eei_weight,
        "cutoffs": (choices.low, choices.high),
    }
    levels: dict[str, tuple[Level, ...]] = {}
    for factor in FACTORS:
        listed = [_level(factor, value, problems) for value in part["factors"][factor]]
        levels[factor] = tuple(dict.fromkeys([chosen[factor], *listed] if factor in CHOSEN else listed))
    known = {factor: [level_text(level) for level in levels[factor]] for factor in FACTORS}
    constraints = [_constraint(number, each, known, problems) for number, each in enumerate(part["constraints"])]
    if problems:
        raise BadInputError(problems)
    return Multiverse(tuple(part["outcomes"]), levels, tuple(constraints), part["shuffles"])


def _level(factor: str, value: Any, problems: list[Problem]) -> Level:
    key = f"factors.{factor}"
    if factor == "weights":
        weight = exact(value)
        if (weight * 100).denominator != 1:
            problems.append(_problem(key, str(value), "allowed: at most two decimals"))
        return weight
    if factor == "cutoffs":
        low, high = exact(value["low"]), exact(value["high"])
        if low >= high:
            problems.append(_problem(key, f"{value['low']} and {value['high']}", "allowed: low below high"))
        if any((cut * 10_000).denominator != 1 for cut in (low, high)):
            problems.append(_problem(key, f"{value['low']} and {value['high']}", "allowed: at most four decimals"))
        return low, high
    if isinstance(value, Mapping):
        ((column, name),) = value.items()
        return f"{column.replace('_', ' ')} {name}"
    return str(value)


def _constraint(
    number: int, each: Mapping[str, Any], known: Mapping[str, Sequence[str]], problems: list[Problem]
) -> Constraint:
    """A constraint as config.yaml has it; problems: of levels that are none."""
    where = {}
    for factor, levels in each["where"].items():
        texts = [level_text(_level(factor, value, problems)) for value in levels]
        wrong = [text for text in texts if text not in known[factor]]
        problems += [
            _problem(f"constraints.{number}.where.{factor}", text, allowed(known[factor], text)) for text in wrong
        ]
        where[factor] = frozenset(texts)
    for factor in {*where}.intersection(each["fixes"]):
        problems.append(_problem(f"constraints.{number}.fixes", factor, "it stands under where, too"))
    return Constraint(where, tuple(each["fixes"]))


def _problem(key: str, value: str, message: str) -> Problem:
    return Problem(CONFIG_FILE, "", f"robustness.multiverse.{key}", value, message)
