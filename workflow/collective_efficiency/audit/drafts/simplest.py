"""Of the relations that hold, the fewest and simplest that say everything.

Sums, means and copies are linear equations: one that follows from simpler ones says nothing new (the simplest basis, by
the greedy algorithm of matroids). Of the other kinds a line needs one: the way by which most of it is reproduced.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from collective_efficiency.audit.drafts.evidence import Relation
from collective_efficiency.numbers.printed import exact

_LINEAR = ("sum", "mean", "copy", "difference")
_CLEARLY = 0.1  # of the cells: so many more that hold say that a relation is the better one
_PLAIN = {"share": 1.0, "index": 0.5}  # what speaks for a kind: it says more, and takes a name to say it
_BEFORE = 3.0  # what speaks against a line that stands before one from which it is computed
_RUNNING_BEFORE = 30.0  # the same of changes and running totals: of two lines that are these, the later is computed
_ODD = 4.0  # what speaks against growth of a whole over its own part, and the share of a difference in what it is of
_PART_OF_IT = 2.0  # what speaks for a share of that of which it is known to be a part
Equation = Mapping[int, Fraction]


def simplest(found: Iterable[Relation], kept: Sequence[Relation] = ()) -> list[Relation]:
    """What of `found`, on one axis of a table, is to be added to what is kept already."""
    by_target: dict[int, list[Relation]] = defaultdict(list)
    for relation in found:
        by_target[relation.target].append(relation)
    best = [relation for ways in by_target.values() for relation in _best(ways)]
    linear = _independent([each for each in best if each.kind in _LINEAR], kept)
    copied = {each.target for each in (*kept, *linear) if each.kind == "copy"}
    given = {each.target for each in (*kept, *linear) if each.kind in _LINEAR}
    others = [
        each for each in best if each.kind not in _LINEAR and each.target not in given and not copied & {*each.parts}
    ]
    return linear + _one_a_target(others, kept)


def _best(ways: Sequence[Relation]) -> list[Relation]:
    """Ways to compute a line without those that another one beats in all their cells and clearly more."""
    kept: list[Relation] = []
    for way in sorted(ways, key=lambda each: (-len(each.held), len(each.parts))):
        more = max(2, _CLEARLY * len(way.tried))
        if not any(
            (way.held <= other.held and len(other.held) >= len(way.held) + more) or _pads(way, other) for other in kept
        ):
            kept.append(way)
    return kept


def _pads(way: Relation, better: Relation) -> bool:
    """Whether two ways of one kind differ only by parts that are as good as nothing (or by one that is lacking)."""
    one, other = set(way.parts), set(better.parts)
    return way.kind == better.kind and (one < other or other < one)


def _independent(linear: Iterable[Relation], kept: Sequence[Relation]) -> list[Relation]:
    """The simplest equations of which none follows from others."""
    basis: dict[int, dict[int, Fraction]] = {}
    for relation in kept:
        if relation.kind in _LINEAR:
            _reduced_into(basis, equation(relation))
    added = []
    for relation in sorted(
        linear, key=lambda each: (len(each.parts), each.cost, -each.target, each.chance, each.parts)
    ):
        if _reduced_into(basis, equation(relation)):
            added.append(relation)
    return added


def equation(relation: Relation) -> Equation:
    """The weights with which the lines add up to nothing."""
    if relation.kind == "difference":
        return {relation.target: Fraction(1), relation.parts[0]: Fraction(-1), relation.parts[1]: Fraction(1)}
    weight = {"sum": Fraction(1), "copy": exact(relation.factor)}.get(relation.kind, Fraction(1, len(relation.parts)))
    return {relation.target: Fraction(1)} | dict.fromkeys(relation.parts, -weight)


def _reduced_into(basis: dict[int, dict[int, Fraction]], terms: Equation) -> bool:
    """Adds an equation to a basis (by its leading line) if it does not follow from it; whether it did."""
    left = dict(terms)
    while left:
        lead = min(left)
        if lead not in basis:
            basis[lead] = {line: weight / left[lead] for line, weight in left.items()}
            return True
        factor = left[lead]
        for line, weight in basis[lead].items():
            rest = left.get(line, Fraction(0)) - factor * weight
            if rest:
                left[line] = rest
            else:
                left.pop(line, None)
    return False


def _one_a_target(others: Iterable[Relation], kept: Sequence[Relation]) -> list[Relation]:
    """For each line the likeliest way; and of lines that say the same of each other (a x b = c, c / b = a) one.

    What holds of the numbers as they are printed goes before what holds only if they are taken to be rounded: a share
    is computed from counts, and no count from a share.
    """
    said = {(each.kind in ("change", "running"), _lines(each)) for each in kept if each.kind not in _LINEAR}
    done = {each.target for each in kept if each.kind not in _LINEAR}
    made_of = {(each.kind, each.target): each.parts for each in kept}
    added = []
    for relation in sorted(others, key=lambda each: (each.rounded, _likeness(each, made_of), each.target, each.parts)):
        key = (relation.kind in ("change", "running"), _lines(relation))
        if relation.target not in done and key not in said:
            done.add(relation.target)
            said.add(key)
            added.append(relation)
    return added


def _likeness(relation: Relation, made_of: Mapping[tuple[str, int], tuple[int, ...]]) -> float:
    """How improbable by chance it is, with what speaks for its kind and against how it is said.

    made_of: the parts of each line by its kind and number: 100 x (whole / part - 1) is rather a share of the rest, and
    100 x (later - earlier) / earlier a growth.
    """
    of_first = made_of.get(({"growth": "sum", "ratio": "difference"}.get(relation.kind, ""), relation.parts[0]), ())
    odd = len(relation.parts) == 2 and relation.parts[1] in of_first
    in_whole = relation.kind == "ratio" and relation.parts[0] in made_of.get(("sum", relation.parts[1]), ())
    against = _RUNNING_BEFORE if relation.kind in ("change", "running") else _BEFORE
    before = against * (relation.target < max(relation.parts))
    for_it = _PLAIN.get(relation.kind, 0) + _PART_OF_IT * in_whole
    return relation.chance - for_it + _ODD * odd + before


def _lines(relation: Relation) -> frozenset[int]:
    return frozenset((relation.target, *relation.parts))
