"""A verdict on every printed cell, and the slips: cells that nothing printed and nothing recomputed gives.

For a derived cell there are two questions. Does it print the value that follows from the scores (its truth)? If not,
does it print what follows from the cells it was computed from, as those are printed? Then it only follows, and its
causes are theirs. If neither holds, the cell itself is a slip. A parent that is right but printed rounded is a cause,
too: what was computed from it was computed from a rounded value.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from itertools import combinations

from collective_efficiency.audit.model import OMIT, ZERO, ClassRule, Derivation, Model, Place, class_of
from collective_efficiency.audit.modes import ALL, Inferred, assumption, infer, reproducing
from collective_efficiency.numbers.rounding import NEAREST, Mode

EMPTY_CLASS = "-"
MOST_WRONG = 4  # wrong parents of a cell of which every mixture is tried
EXACT: frozenset[Mode] = NEAREST
ROUNDED, SLIP = "rounded", "slip"
Cause = tuple[str, Place]  # ROUNDED or SLIP, and the cell it began in
Value = Fraction | str
Look = Callable[[Place], Value | None]


@dataclass(frozen=True)
class Judgement:
    """The verdict on a cell.

    exact: what follows from the scores; assumption: what a consistent_if assumes; causes: where what is wrong began;
    derivation: how a cell that only follows was computed, and as_right: from which wrong cells' right values.
    """

    verdict: str
    exact: Value | None = None
    assumption: str = ""
    causes: frozenset[Cause] = frozenset()
    derivation: Derivation | ClassRule | None = None
    as_right: frozenset[Place] = frozenset()

    def of_slips(self) -> bool:
        """Whether what is wrong began in a slip, not only in a rounding."""
        return any(kind == SLIP for kind, _ in self.causes)


@dataclass
class Judge:
    """Judges the cells of a model. missing: how n.a. counts where both ways fit, zero or omit; corrected: the
    true values of scores found misprinted (by `localise`).
    """

    model: Model
    missing: str = "zero"
    corrected: Mapping[Place, Fraction] = field(default_factory=dict)
    _truth: dict[Place, Value | None] = field(default_factory=dict)
    _judged: dict[Place, Judgement] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.modes = infer(self._pairs())

    # what follows from the scores

    def truth(self, place: Place) -> Value | None:
        """The value of a cell that follows from the scores alone; None where lost scores leave it open."""
        if place not in self._truth:
            self._truth[place] = None  # a cell never follows from itself
            self._truth[place] = self._find_truth(place)
        return self._truth[place]

    def _find_truth(self, place: Place) -> Value | None:
        if place in self.corrected:
            return self.corrected[place]
        for rule in self.model.class_rules.get(place, ()):
            word = self.class_from(rule, self.truth)
            if word is not None:
                return word
        for derivation in self.derivations(place):
            value = self.value(derivation, self.truth)
            if value is not None:
                return value
        return None if place in self.model.derivations else self.printed(place)

    def derivations(self, place: Place) -> Iterator[Derivation]:
        """How a cell may be computed: under the chosen treatment of missing scores first."""
        listed = self.model.derivations.get(place, ())
        last = OMIT if self.missing == "zero" else ZERO
        yield from (each for each in listed if each.assumption != last)
        yield from (each for each in listed if each.assumption == last)

    def value(self, derivation: Derivation, of: Look) -> Value | None:
        """The value that `derivation` gives with `of(parent)` for its parents; None where one is unknown."""
        if derivation.by_class:
            return self._class_mean(derivation, of)
        total = Fraction(0)
        for parent, weight in derivation.parents:
            found = of(parent)
            if found is None and derivation.assumption == ZERO and self._not_available(parent):
                found = Fraction(0)
            if not isinstance(found, Fraction):
                return None
            total += weight * found
        return total

    def _class_mean(self, derivation: Derivation, of: Look) -> Value | None:
        if derivation.by_class is None:
            return None
        wanted, classes = derivation.by_class
        names = [of(place) for place in classes]
        if any(name is None for name in names):
            return None
        chosen = [parent for (parent, _), name in zip(derivation.parents, names, strict=True) if name == wanted]
        found = [Fraction(0) if self._not_available(parent) else of(parent) for parent in chosen]
        if not found:
            return EMPTY_CLASS
        numbers = [value for value in found if isinstance(value, Fraction)]
        return sum(numbers, Fraction(0)) / len(numbers) if len(numbers) == len(found) else None

    def class_from(self, rule: ClassRule | Derivation, of: Look) -> str | None:
        """The class that `rule` gives with `of(parent)` for its parent; None where that is unknown."""
        if isinstance(rule, Derivation):
            found = of(rule.parents[0][0])
            return found if isinstance(found, str) else None
        index = of(rule.index)
        return class_of(index, rule.classes) if isinstance(index, Fraction) else None

    def _not_available(self, place: Place) -> bool:
        return self.model.cells[place].status == "not_available"

    def printed(self, place: Place) -> Value | None:
        """The value as printed; the dash of an empty class as such; None where lost or not available."""
        cell = self.model.cells[place]
        if cell.printed == EMPTY_CLASS and any(each.by_class for each in self.model.derivations.get(place, ())):
            return EMPTY_CLASS
        return cell.value

    # how a column was rounded

    def _pairs(self) -> Iterator[tuple[str, str, frozenset[Mode]]]:
        for place, cell in self.model.cells.items():
            if cell.kind != "average" or not isinstance(cell.value, Fraction):
                continue
            found = [reproducing(exact, cell.value, cell.decimals or 0) for exact in self._own_values(place)]
            best = [modes for modes in found if modes]
            if best:
                yield cell.table, cell.column, frozenset.union(*best)

    def _own_values(self, place: Place) -> Iterator[Fraction]:
        """What the cells of its own table give for an average, each under its treatment of missing scores."""
        for derivation in self.model.derivations.get(place, ()):
            if not derivation.copy and self.model.checks[derivation.check]["kind"] != "sum_of_averages":
                value = self.value(derivation, self.printed)
                if isinstance(value, Fraction):
                    yield value

    def mode(self, place: Place) -> Inferred | None:
        return self.modes.get((place[0], place[2]))

    def fits(self, place: Place, exact: Value | None) -> str | None:
        """What the printed cell assumes if it prints `exact`: "" for nothing, None if it does not print it."""
        cell, printed = self.model.cells[place], self.printed(place)
        if not isinstance(exact, Fraction) or not isinstance(printed, Fraction):
            return "" if exact is not None and exact == printed else None
        if cell.kind in ("item", "derived"):
            decimals = self.model.decimals.get((cell.table, cell.column), cell.decimals or 0)
            return assumption(exact, printed, decimals, EXACT)
        mode = self.mode(place)
        return assumption(exact, printed, cell.decimals or 0, mode.admits if mode else ALL)

    # verdicts

    def judge(self, place: Place) -> Judgement:
        if place not in self._judged:
            self._judged[place] = self._judge(place)
        return self._judged[place]

    def _judge(self, place: Place) -> Judgement:
        cell = self.model.cells[place]
        exact = self.truth(place)
        if cell.status == "lost":
            return Judgement("lost", exact)
        if place in self.corrected:
            return Judgement("inconsistent", exact, causes=frozenset({(SLIP, place)}))
        derived = place in self.model.derivations or place in self.model.class_rules
        if not derived:
            return Judgement("input" if cell.kind in ("item", "code", "fact") else "not_checkable", self.printed(place))
        if cell.status == "not_available" and exact is None:
            return Judgement("not_checkable")
        follows = min(self._following(place), key=_simplest, default=None)
        for missing, value in self._true_values(place):
            rounding = self.fits(place, value)
            if rounding is None or (rounding and follows and follows.of_slips() and not follows.assumption):
                continue  # printed as it follows from wrong cells, without assuming anything
            named = " and ".join(each for each in (missing, rounding) if each)
            return Judgement("consistent_if" if named else "consistent", value, named)
        if follows:
            return follows
        if exact is None:
            return Judgement("not_checkable")
        return Judgement("inconsistent", exact, causes=frozenset({(SLIP, place)}))

    def _true_values(self, place: Place) -> Iterator[tuple[str, Value]]:
        """The truth of a cell under each treatment of missing scores, with its name; the chosen one first.

        A copy has the treatment of the cell it copies.
        """
        if place in self.model.class_rules:
            word = self.truth(place)
            yield from [("", word)] if word is not None else []
            return
        for derivation in self.derivations(place):
            source = self.judge(derivation.parents[0][0]) if derivation.copy else None
            value = source.exact if source else self.value(derivation, self.truth)
            if value is not None:
                treated = source.assumption.partition(" and ")[0] if source and not source.causes else ""
                yield (treated if treated in (ZERO, OMIT) else derivation.assumption), value

    def _following(self, place: Place) -> Iterator[Judgement]:
        """Each way in which the cell follows from others as they are printed.

        Of several wrong parents some may have been misprinted later: then it follows from the printed values of the
        others and from the right values of these.
        """
        exact = self.truth(place)
        rules = self.model.class_rules.get(place, ())
        for derivation in (*rules, *self.model.derivations.get(place, ())):
            for right in self._misprinted_later(derivation):
                look = self.printed if not right else partial(self._printed_or_right, right)
                if isinstance(derivation, ClassRule) or place in self.model.class_rules:
                    value: Value | None = self.class_from(derivation, look)
                else:
                    value = self.value(derivation, look)
                assumed = None if value is None else self.fits(place, value)
                if assumed is None:
                    continue
                causes = self._causes(derivation, right)
                if causes:
                    yield Judgement("inconsistent", exact, assumed, causes, derivation, right)
                elif exact is None:
                    yield Judgement("consistent_if" if assumed else "consistent", value, assumed)

    def _misprinted_later(self, derivation: Derivation | ClassRule) -> Iterator[frozenset[Place]]:
        """Which wrong parents may have been right when the cell was computed: none, and some but not all of a few."""
        yield frozenset()
        wrong = sorted(parent for parent in parents(derivation) if self.judge(parent).of_slips())
        if len(wrong) <= MOST_WRONG:
            for size in range(1, len(wrong)):
                yield from map(frozenset, combinations(wrong, size))

    def _printed_or_right(self, right: frozenset[Place], place: Place) -> Value | None:
        return self.truth(place) if place in right else self.printed(place)

    def _causes(self, derivation: Derivation | ClassRule, right: frozenset[Place]) -> frozenset[Cause]:
        """Where what is wrong with the parents, but for those taken as right, began."""
        causes: set[Cause] = set()
        for parent in parents(derivation):
            if parent in right:
                continue
            judged = self.judge(parent)
            if judged.causes:
                causes |= judged.causes
            elif judged.verdict in ("consistent", "consistent_if") and self.printed(parent) != judged.exact:
                causes.add((ROUNDED, parent))
        slips = frozenset(cause for cause in causes if cause[0] == SLIP)
        return slips or frozenset(causes)


def _simplest(judgement: Judgement) -> tuple[int, int, list[Cause]]:
    return len(judgement.as_right), len(judgement.causes), sorted(judgement.causes)


def parents(derivation: Derivation | ClassRule) -> tuple[Place, ...]:
    """The cells that a derivation reads."""
    if isinstance(derivation, ClassRule):
        return (derivation.index,)
    classes = derivation.by_class[1] if derivation.by_class else ()
    return (*(parent for parent, _ in derivation.parents), *classes)
