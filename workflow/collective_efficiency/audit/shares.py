"""Every derived cell as a weighted sum of scores, down its likeliest derivation, without writing out any of these sums.

A total of 10,000 rows rests on 10,000 scores, and an average of all sectors on all of theirs; written out for each
cell, they would fill the memory. Here a score is followed up to the cells that rest on it, and a cell down to its
scores, when somebody asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from collective_efficiency.audit.conventions import Conventions
from collective_efficiency.audit.model import Derivation, Place


@dataclass
class Shares:
    """What each derived cell is computed from, as far as that is a weighted sum. ways: how missing scores count."""

    ways: Conventions
    _linear: dict[Place, bool] = field(default_factory=dict, init=False)
    _kinds: dict[Place, frozenset[tuple[Fraction, str]]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for place in self.ways.model.in_order:
            if self.is_sum(place):
                self.kinds(place)

    @cached_property
    def _way(self) -> Mapping[Place, Derivation]:
        """The likeliest derivation of each cell that is computed."""
        ways = {}
        for place in self.ways.model.derivations:
            first = next(self.ways.derivations(place), None)
            if first is not None:
                ways[place] = first
        return ways

    def _parts(self, way: Derivation) -> Iterator[tuple[Place, Fraction]]:
        cells = self.ways.model.cells
        return ((parent, weight) for parent, weight in way.parents if cells[parent].status != "not_available")

    def is_sum(self, place: Place) -> bool:
        """Whether a cell is a score or a weighted sum of scores."""
        if place not in self._linear:
            way = self._way.get(place)
            self._linear[place] = way is None or (
                way.linear and all(self.is_sum(parent) for parent, _ in self._parts(way))
            )
        return self._linear[place]

    def below(self, place: Place) -> Iterator[Place]:
        """The scores that a weighted sum rests on, each once; none of what is no such sum."""
        seen = {place}
        ahead = [place] if self.is_sum(place) else []
        while ahead:
            at = ahead.pop()
            way = self._way.get(at)
            if way is None:
                yield at
                continue
            for parent, _ in self._parts(way):
                if parent not in seen:
                    seen.add(parent)
                    ahead.append(parent)

    @cached_property
    def _readers(self) -> Mapping[Place, tuple[tuple[Place, Fraction], ...]]:
        """The weighted sums that each cell is a part of, with its weights in them."""
        readers: dict[Place, list[tuple[Place, Fraction]]] = {}
        for target, way in self._way.items():
            if self.is_sum(target):
                for parent, weight in self._parts(way):
                    readers.setdefault(parent, []).append((target, weight))
        return {place: tuple(targets) for place, targets in readers.items()}

    def above(self, score: Place) -> dict[Place, Fraction]:
        """The weights of a score in the derived cells that rest on it, the nearest of these first."""
        order: list[Place] = []
        seen = {score}
        ahead: list[tuple[Place, bool]] = [(score, False)]
        while ahead:  # down to what nothing reads, which comes last: a topological order
            at, done = ahead.pop()
            if done:
                order.append(at)
                continue
            ahead.append((at, True))
            for target, _ in self._readers.get(at, ()):
                if target not in seen:
                    seen.add(target)
                    ahead.append((target, False))
        weights = {score: Fraction(1)}
        for at in reversed(order):
            for target, weight in self._readers.get(at, ()):
                weights[target] = weights.get(target, Fraction(0)) + weights[at] * weight
        del weights[score]
        return weights

    def kinds(self, place: Place) -> frozenset[tuple[Fraction, str]]:
        """The weights of scores in a cell, each with the scores' table: few, of as many scores as there may be."""
        if place not in self._kinds:
            way = self._way.get(place)
            self._kinds[place] = (
                frozenset({(Fraction(1), place[0])})
                if way is None
                else frozenset(
                    (weight * share, table)
                    for parent, weight in self._one_of_each(way)
                    for share, table in self.kinds(parent)
                )
            )
        return self._kinds[place]

    def _one_of_each(self, way: Derivation) -> Iterator[tuple[Place, Fraction]]:
        """The parts of a sum, but of several scores of a table with one weight only the first."""
        known = set()
        for parent, weight in self._parts(way):
            like = (weight, parent[0] if parent not in self._way else parent)
            if like not in known:
                known.add(like)
                yield parent, weight
