"""Checks that can be read, name only what there is, and still mean nothing: these would look at nothing, or lie.

What is computed from itself; what is named twice or counts nothing; cut-offs that no index can reach. The report is not
asked: `references` asks it, and `circles` what several checks say together.
"""

from collections.abc import Iterator, Mapping

from collective_efficiency.audit.checks.formulas import named_in
from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.numbers.printed import exact

_READ = ("of", "part", "whole", "numerator", "denominator", "minus", "since", "index")  # what a target is computed from
_PAIRS = (("smaller", "larger"), ("part", "whole"), ("numerator", "denominator"), ("of", "minus"), ("of", "since"))
_NAMING = ("layouts", "from", "columns", "rows", "of", "classes")  # keys that name nothing if they are empty
Fault = tuple[str, str, str]  # key, what stands there, what is wrong with it


def senseless(check: Check) -> Iterator[Fault]:
    """Every reason why a check, whose keys hold what they may, means nothing.

    >>> [why for _, _, why in senseless({"kind": "sum", "target": "z", "of": ["x", "z"]})]
    ['the target stands among what it is computed from']
    """
    for key in _NAMING:
        if key in check and not check[key]:
            yield key, "", "the list is empty, so the check looks at nothing"
    yield from _of_itself(check)
    yield from _repeated(check)
    yield from _weightless(check)
    yield from _out_of_reach(check)
    yield from _round(check)


def _of_itself(check: Check) -> Iterator[Fault]:
    target = check.get("target")
    for key in _READ if target else ():
        named = check.get(key, ())
        if target == named or (not isinstance(named, str) and target in named):
            yield key, str(target), "the target stands among what it is computed from"
    if "formula" in check and any(names == (target,) for function, names in named_in(check["formula"]) if not function):
        yield "formula", str(target), "the target stands among what it is computed from"


def _repeated(check: Check) -> Iterator[Fault]:
    for one, other in _PAIRS:
        if one in check and check[one] == check.get(other):
            yield other, str(check[other]), f"the same stands under {one}"
    for key in ("of", "only"):
        names = check.get(key, ())
        if isinstance(names, list):
            yield from ((key, name, "it stands twice") for name in dict.fromkeys(names) if names.count(name) > 1)


def _weightless(check: Check) -> Iterator[Fault]:
    weighted = {"of": check.get("of"), **{f"tree.{whole}": part for whole, part in check.get("tree", {}).items()}}
    for key, weights in weighted.items():
        for name, weight in weights.items() if isinstance(weights, Mapping) else ():
            if not exact(weight):
                yield f"{key}.{name}", str(weight), "a weight of 0 counts nothing"


def _out_of_reach(check: Check) -> Iterator[Fault]:
    """Classes whose cut-off is not below that of the class before: that one has all of theirs."""
    classes = check.get("classes", ())
    words = [word for word, _, _ in classes]
    for number, (word, how, cut) in enumerate(classes):
        if word in words[:number]:
            yield f"classes.{number}.0", word, "the class stands twice"
        if number:
            _, how_before, cut_before = classes[number - 1]
            here, before = (exact(cut), how == ">="), (exact(cut_before), how_before == ">=")
            if here[0] > before[0] or (here[0] == before[0] and here[1] <= before[1]):
                yield (
                    f"classes.{number}.2",
                    str(cut),
                    f"not below {cut_before}; the highest stands first",
                )


def _round(check: Check) -> Iterator[Fault]:
    """Wholes of a tree that are parts of themselves."""
    tree = check.get("tree", {})
    for whole in tree:
        ahead, seen = list(tree[whole]), set()
        while ahead:
            part = ahead.pop()
            if part not in seen:
                seen.add(part)
                ahead += tree.get(part, ())
        if whole in seen:
            yield f"tree.{whole}", whole, "it is a part of itself"
