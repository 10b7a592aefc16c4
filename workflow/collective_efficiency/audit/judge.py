"""A verdict on every printed cell.

For a derived cell there are two questions. Does it print what follows from the scores (its truth) by every relation on
it, under one set of assumptions? If not, does it print what follows from the cells it was computed from, as those are
printed? Then it only follows, and its causes are theirs. If neither holds, the cell itself is a slip. A parent that is
right but printed rounded is a cause, too: what was computed from it was computed from a rounded value.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from collective_efficiency.audit.conventions import Conventions
from collective_efficiency.audit.evaluation import (
    CellValue,
    Look,
    class_word,
    derived_span,
    derived_value,
    printed_value,
)
from collective_efficiency.audit.model import OMIT, ZERO, ClassRule, Derivation, Model, Place, parents
from collective_efficiency.audit.modes import Inferred
from collective_efficiency.audit.operations import Explanation
from collective_efficiency.audit.spans import around
from collective_efficiency.numbers.rounding import Interval, stands_for

MOST_WRONG = 4  # wrong parents of a cell of which every mixture is tried: 14 mixtures; of 10 it would be 1,022
ROUNDED, SLIP = "rounded", "slip"
ROUNDED_PARTS = "rounded parts"  # what a sum assumes that only the values behind its rounded parts give
Cause = tuple[str, Place]  # ROUNDED or SLIP, and the cell it began in


@dataclass(frozen=True)
class Judgement:
    """The verdict on a cell.

    exact: what follows from the scores; assumption: what a consistent_if assumes; causes: where what is wrong began;
    derivation: how a cell that only follows was computed, and as_right: from which wrong cells' right values.
    """

    verdict: str
    exact: CellValue | None = None
    assumption: str = ""
    causes: frozenset[Cause] = frozenset()
    derivation: Derivation | ClassRule | None = None
    as_right: frozenset[Place] = frozenset()

    def of_slips(self) -> bool:
        """Whether what is wrong began in a slip, not only in a rounding."""
        return any(kind == SLIP for kind, _ in self.causes)


@dataclass
class Judge:
    """Judges the cells of a model; each truth and each verdict is found once and remembered.

    missing: how n.a. counts where both ways fit, `zero` or `omit`. corrected: the true values of scores that were found
    misprinted (by `localise`). before: the judge without the latest of these, who is asked about all cells but
    `touched`, those that rest on them. ranked: what `explain` has found of slips, which is asked for several times.
    """

    model: Model
    missing: str = "zero"
    corrected: Mapping[Place, Fraction] = field(default_factory=dict)
    conventions: Conventions | None = None
    before: "Judge | None" = None
    touched: Collection[Place] = ()
    ranked: dict[Place, list[Explanation]] = field(default_factory=dict, init=False)
    _truth: dict[Place, CellValue | None] = field(default_factory=dict, init=False)
    _judged: dict[Place, Judgement] = field(default_factory=dict, init=False)
    _spans: dict[Place, Interval | None] = field(default_factory=dict, init=False)
    _computed: dict[Place, CellValue | None] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.ways = self.conventions or Conventions(self.model, self.missing, self.corrected)
        for place in self.model.in_order:
            self.truth(place)
            self.span(place)
            self.judge(place)
            self.computed(place)

    def with_corrected(self, corrected: Mapping[Place, Fraction]) -> "Judge":
        """A judge of the same cells who takes these scores as misprinted, too."""
        if not corrected:
            return self
        both = {**self.corrected, **corrected}
        touched = self.model.resting_on(corrected)
        return replace(self, corrected=both, conventions=self.ways, before=self, touched=touched)

    # what follows from the scores

    def printed(self, place: Place) -> CellValue | None:
        """The value as printed; the dash of an empty class as such; None where lost or not available."""
        return printed_value(self.model, place)

    def truth(self, place: Place) -> CellValue | None:
        """The value of a cell that follows from the scores alone; None where lost scores leave it open."""
        if self.before is not None and place not in self.touched:
            return self.before.truth(place)
        if place not in self._truth:
            self._truth[place] = None  # a cell never follows from itself
            self._truth[place] = self._find_truth(place)
        return self._truth[place]

    def _find_truth(self, place: Place) -> CellValue | None:
        if place in self.corrected:
            return self.corrected[place]
        value = self.first_value(place, self.truth)
        if value is not None:
            return self.printed(place) if self.ways.leaves_open(place, value) else value
        return None if place in self.model.derivations else self.printed(place)

    def first_value(self, place: Place, look: Look) -> CellValue | None:
        """What the first rule or derivation of a cell that gives anything gives; None if none does."""
        for rule in self.model.class_rules.get(place, ()):
            word = class_word(rule, look)
            if word is not None:
                return word
        for derivation in self.derivations(place):
            value = self.value(derivation, look)
            if value is not None:
                return value
        return None

    def derivations(self, place: Place) -> Iterator[Derivation]:
        """How a cell may be computed: under the likelier treatment of missing scores first."""
        return self.ways.derivations(place)

    def mode(self, place: Place) -> Inferred | None:
        """How the column of a cell was rounded; None where no average of it tells anything."""
        return self.ways.mode(place)

    def decimals(self, place: Place) -> int:
        """The decimals that a cell is rounded to: of a sum at least those that its column prints."""
        return self.ways.decimals(place)

    def fits(self, place: Place, exact: CellValue | None) -> str | None:
        """What the printed cell assumes if it prints `exact`: "" for nothing, None if it does not print it."""
        return self.ways.fits(place, exact)

    @property
    def modes(self) -> Mapping[tuple[str, str], Inferred]:
        """How the columns of averages were rounded."""
        return self.ways.modes

    def value(self, derivation: Derivation, look: Look) -> CellValue | None:
        """What `derivation` gives with `look(parent)` for its parents; None where one is unknown."""
        return derived_value(self.model, derivation, look)

    def gives(self, place: Place, rule: Derivation | ClassRule, look: Look) -> CellValue | None:
        """What `rule` gives for the cell at `place`: a word where that holds a class, else a number."""
        if isinstance(rule, ClassRule) or place in self.model.class_rules:
            return class_word(rule, look)
        return self.value(rule, look)

    # verdicts

    def judge(self, place: Place) -> Judgement:
        """The verdict on a cell."""
        if self.before is not None and place not in self.touched:
            return self.before.judge(place)
        if place not in self._judged:
            self._judged[place] = self._judge(place)
        return self._judged[place]

    def _judge(self, place: Place) -> Judgement:
        cell, exact = self.model.cells[place], self.truth(place)
        slip = Judgement("inconsistent", exact, causes=frozenset({(SLIP, place)}))
        if cell.status == "lost":
            return Judgement("lost", exact)
        if cell.status in ("unreadable", "no_number"):
            return Judgement("not_checkable", exact)
        if place in self.corrected:
            return slip
        if place not in self.model.derivations and place not in self.model.class_rules:
            verdict = "input" if cell.kind in ("item", "code", "fact") else "not_checkable"
            return Judgement(verdict, self.printed(place))
        if cell.status == "not_available" and exact is None:
            return Judgement("not_checkable")
        follows = min(self._following(place), key=_simplest, default=None)
        right = self._as_right(place, follows)
        if right or follows:
            return right or follows or slip
        return Judgement("not_checkable") if exact is None else slip

    def _as_right(self, place: Place, follows: Judgement | None) -> Judgement | None:
        """The verdict on a cell that prints what follows from the scores by every relation on it; else None."""
        of_slips_alone = follows is not None and follows.of_slips() and not follows.assumption
        conditions = [self._by_condition(place, ways, of_slips_alone) for ways in self._conditions(place)]
        told = [each for each in conditions if each is not None]
        if not told or any(each.verdict == "inconsistent" for each in told):
            return None
        sure = [each for each in told if each.verdict != "not_checkable"]
        if not sure:
            return told[0]
        assumed = " and ".join(dict.fromkeys(part for each in sure for part in each.assumption.split(" and ") if part))
        return Judgement("consistent_if" if assumed else "consistent", sure[0].exact, assumed)

    def _conditions(self, place: Place) -> Iterable[Sequence[Derivation | ClassRule]]:
        if place in self.model.class_rules:
            return [[rule] for rule in self.model.class_rules[place]]
        return self.model.conditions.get(place, ())

    def _by_condition(
        self, place: Place, ways: Sequence[Derivation | ClassRule], of_slips_alone: bool
    ) -> Judgement | None:
        """Whether one relation holds of a cell, under the fewest assumptions; None where what it reads is unknown."""
        values = list(self._true_values(place, ways))
        for missing, value in values:
            rounding = self.fits(place, value)
            if rounding is None or (rounding and of_slips_alone):
                continue  # printed as it follows from wrong cells, without assuming anything of its rounding
            assumed = " and ".join(each for each in (missing, rounding) if each)
            return Judgement("consistent_if" if assumed else "consistent", value, assumed)
        at_least = any(isinstance(way, Derivation) and way.at_least for way in ways)
        if values and at_least and self.ways.leaves_open(place, values[0][1]):
            return Judgement("not_checkable", self.printed(place))
        if any(isinstance(way, Derivation) and self._holds_if_rounded(place, way) for way in ways):
            return Judgement("consistent_if", values[0][1] if values else None, ROUNDED_PARTS)
        return Judgement("inconsistent", values[0][1]) if values else None

    def _true_values(self, place: Place, ways: Sequence[Derivation | ClassRule]) -> Iterator[tuple[str, CellValue]]:
        """What a relation gives under each treatment of missing scores, with its name; the likelier one first.

        A copy has the treatment of the cell it copies; a table that has one way has no other.
        """
        if place in self.model.class_rules:
            words = (class_word(rule, self.truth) for rule in ways)
            yield from (("", word) for word in words if word is not None)
            return
        way = self.ways.determined_treatment(place)
        for derivation in (each for each in self.derivations(place) if each in ways):
            if derivation.copy:
                source = self.judge(derivation.parents[0][0])
                missing, value = _treatment(source) or derivation.assumption, source.exact
            else:
                missing, value = derivation.assumption, self.value(derivation, self.truth)
            if value is not None and not (way and missing in (ZERO, OMIT) and missing != way and not derivation.copy):
                yield missing, value

    # what rounded parts stand for

    def _holds_if_rounded(self, place: Place, way: Derivation) -> bool:
        """Whether some of the values that rounded parts stand for give what the cell prints."""
        printed = self.printed(place)
        if way.by_class or not isinstance(printed, Fraction):
            return False
        parts = [self.span(parent) for parent, _ in way.parents]
        if not any(part is not None and part.low < part.high for part in parts):
            return False
        given = derived_span(way, self.span)
        return given is not None and given.meets(around(printed, self.ways.decimals(place)))

    def span(self, place: Place) -> Interval | None:
        """The values that a cell may have: those that print as it, or that its rounded parts give."""
        if self.before is not None and place not in self.touched:
            return self.before.span(place)
        if place not in self._spans:
            self._spans[place] = None
            self._spans[place] = self._find_span(place)
        return self._spans[place]

    def _find_span(self, place: Place) -> Interval | None:
        truth, cell = self.truth(place), self.model.cells[place]
        if not isinstance(truth, Fraction):
            return None
        if place in self.corrected:
            return stands_for(truth, 0)
        way = next((each for each in self.derivations(place) if not each.by_class), None)
        if way is None:
            rounded = (cell.table, cell.column) in self.ways.rounded
            return (around if rounded else stands_for)(truth, cell.decimals or 0)
        return derived_span(way, self.span) or stands_for(truth, 0)

    def _following(self, place: Place) -> Iterator[Judgement]:
        """Each way in which the cell follows from others as they are printed.

        Of several wrong parents some may have been misprinted later: then it follows from the printed values of the
        others and from the right values of these.
        """
        exact = self.truth(place)
        for rule in (*self.model.class_rules.get(place, ()), *self.model.derivations.get(place, ())):
            for right in self._misprinted_later(rule):
                looks = (self._printed_or_right(right), self._computed_or_right(right))
                values = (self.gives(place, rule, look) for look in looks)
                told = ((value, self.fits(place, value)) for value in values)
                value, assumed = next((each for each in told if each[1] is not None), (None, None))
                if assumed is None:
                    continue
                causes = self._causes(rule, right)
                if causes:
                    yield Judgement("inconsistent", exact, assumed, causes, rule, right)
                elif exact is None:
                    yield Judgement("consistent_if" if assumed else "consistent", value, assumed)

    def _misprinted_later(self, rule: Derivation | ClassRule) -> Iterator[frozenset[Place]]:
        """Which wrong parents may have been right when the cell was computed: none, and some but not all of a few."""
        yield frozenset()
        wrong = sorted(parent for parent in parents(rule) if self.judge(parent).of_slips())
        if len(wrong) <= MOST_WRONG:
            for size in range(1, len(wrong)):
                yield from map(frozenset, combinations(wrong, size))

    def _printed_or_right(self, right: frozenset[Place]) -> Look:
        return lambda place: self.truth(place) if place in right else self.printed(place)

    def computed(self, place: Place) -> CellValue | None:
        """What a cell was before it was rounded: what follows from the scores if it is right, else from wrong cells."""
        if self.before is not None and place not in self.touched:
            return self.before.computed(place)
        if place not in self._computed:
            judged = self.judge(place)
            value = self.truth(place) if judged.verdict in ("consistent", "consistent_if") else None
            if judged.derivation:
                value = self.gives(place, judged.derivation, self._computed_or_right(judged.as_right))
            self._computed[place] = self.printed(place) if value is None else value
        return self._computed[place]

    def _computed_or_right(self, right: frozenset[Place]) -> Look:
        return lambda place: self.truth(place) if place in right else self.computed(place)

    def _causes(self, rule: Derivation | ClassRule, right: frozenset[Place]) -> frozenset[Cause]:
        """Where what is wrong with the parents, but for those taken as right, began; a slip outweighs roundings."""
        causes: set[Cause] = set()
        for parent in parents(rule):
            judged = self.judge(parent)
            if parent in right:
                continue
            if judged.causes:
                causes |= judged.causes
            elif judged.verdict in ("consistent", "consistent_if") and self.printed(parent) != judged.exact:
                causes.add((ROUNDED, parent))
        slips = frozenset(cause for cause in causes if cause[0] == SLIP)
        return slips or frozenset(causes)


def _treatment(source: Judgement) -> str:
    """The treatment of missing scores that a cell assumes, if it is right under one; else ""."""
    assumed = source.assumption.partition(" and ")[0] if not source.causes else ""
    return assumed if assumed in (ZERO, OMIT) else ""


def _simplest(judgement: Judgement) -> tuple[int, int, list[Cause]]:
    """Orders ways in which a cell may follow: the fewest parents taken as right, then the fewest causes."""
    return len(judgement.as_right), len(judgement.causes), sorted(judgement.causes)
