"""Relations that go round in a circle: a cell that is computed from what is computed from it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from collective_efficiency.audit.model import Derivation, Place, parents

Rules = Mapping[Place, list[Any]]  # derivations, or rules of classes and copies of these


def broken_circles(rules: Rules) -> tuple[list[str], Counter[str]]:
    """Drops copies that close a circle: two tables that repeat each other say it twice.

    The answer: the circles without a copy, in words, one for the same checks; and how many copies of each check went.
    """
    dropped: Counter[str] = Counter()
    circles = _circles(rules, dropped)
    while sum(_drop_copy(rules, each, dropped) for each in circles):
        circles = _circles(rules, dropped)
    checks_of = [" and ".join(sorted({rule.check for at in each for rule in rules[at]})) for each in circles]
    by_checks = dict(zip(reversed(checks_of), reversed(circles), strict=True))  # of the same checks the first
    return [
        f"{checks} go round in a circle: {' from '.join(map('/'.join, [*each, each[0]]))}; leave one out"
        for checks, each in by_checks.items()
    ], dropped


def _circles(rules: Rules, dropped: Counter[str]) -> list[list[Place]]:
    """The circles that are closed by another rule than a copy; copies that close one are dropped."""
    done: set[Place] = set()
    circles = []
    for start in rules:
        path: dict[Place, None] = {}
        ahead: list[tuple[Place, Place | None]] = [(start, start)]  # where to, and where from; None: all is done there
        while ahead:  # into the depth, by hand: a chain may be longer than Python calls itself
            place, reader = ahead.pop()
            if reader is None:
                del path[place]
                done.add(place)
            elif place in path:
                if not _drop_copy(rules, [reader, place], dropped):
                    order = list(path)
                    circles.append(order[order.index(place) :])
            elif place not in done and place in rules:
                path[place] = None
                ahead.append((place, None))
                ahead += [(parent, place) for rule in rules[place] for parent in parents(rule) if parent in rules]
    return circles


def _drop_copy(rules: Rules, chain: Sequence[Place], dropped: Counter[str]) -> bool:
    """Takes the first copy of a chain out, in which each cell is computed from the next; whether there was one."""
    for place, source in zip(chain, [*chain[1:], chain[0]], strict=True):
        for rule in rules[place]:
            if isinstance(rule, Derivation) and rule.copy and rule.parents[0][0] == source:
                rules[place].remove(rule)
                dropped[rule.check] += 1
                return True
    return False
