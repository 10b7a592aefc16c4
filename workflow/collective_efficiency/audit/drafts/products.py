"""Ratios, growth and products: lines that are computed from two others, cell by cell."""

from collections.abc import Iterator
from math import log10

import numpy as np

from collective_efficiency.audit.drafts.evidence import (
    Candidates,
    Relation,
    believed,
    cost_of_near,
    passing,
    sampled_cells,
)
from collective_efficiency.audit.drafts.lines import NumberLines, Numbers, Reals, compared_with

_FACTORS = (1.0, 100.0, 1e3, 1e4, 1e5, 1e6)  # plain, percent, per mille, per 10,000 and 100,000, per million
_FORM_COST = log10(2 * len(_FACTORS))
_COARSE = 20  # times the half of its last digit: more uncertain by its parts no number is; these are counts, then
_AROUND = 3  # times: a factor may come into question where it brings the usual number so near to that of the target


def products(lines: NumberLines) -> Iterator[Relation]:
    """Each line as ratio, growth or product of two others."""
    n, sample = len(lines), sampled_cells(lines)
    for target in range(n if n > 2 else 0):
        near = compared_with(lines, target)
        ones, others = (each.ravel() for each in np.meshgrid(near, near, indexing="ij"))
        pairs = np.stack([ones, others])[:, np.flatnonzero(ones != others)]
        with np.errstate(divide="ignore", invalid="ignore"):
            in_order = np.flatnonzero(pairs[0] < pairs[1])
            yield from _tried(lines, target, "product", 1, pairs[:, in_order])
            for kind in ("ratio", "growth"):
                plain, _ = _computed(lines, kind, 1, pairs, sample)
                sizes, usual = _usual(plain), _usual(lines.values[target, sample][None])
                for factor in _FACTORS:
                    likely = np.flatnonzero((sizes * factor > usual / _AROUND) & (sizes * factor < usual * _AROUND))
                    yield from _tried(lines, target, kind, factor, pairs[:, likely])


def _usual(values: Reals) -> Reals:
    """The median size of each row of numbers; 0 of a row without any."""
    empty = np.isnan(values).all(axis=1, keepdims=True)
    sizes: Reals = np.nanmedian(np.abs(np.where(empty, 0, values)), axis=1)
    return sizes


def _tried(lines: NumberLines, target: int, kind: str, factor: float, pairs: Numbers) -> Iterator[Relation]:
    """The pairs of lines that are believed to give the target."""
    sample, half = sampled_cells(lines), lines.units[target] / 2
    predicted, moved = _computed(lines, kind, factor, pairs, sample)
    able = passing(lines.values[target, sample], predicted, half[sample] + moved)
    if able.size:
        predicted, moved = _computed(lines, kind, factor, pairs[:, able], np.arange(len(half), dtype=np.int_))
        coarse = np.nanmedian(np.where(np.isnan(moved), 0, moved) / half, axis=1) > _COARSE
        moved = np.where(coarse[:, None], 0, moved)
        parts = [(int(one), int(other)) for one, other in pairs[:, able].T]
        costs = np.array([cost_of_near(len(lines), target, pair) for pair in parts]) + _FORM_COST
        exact = np.broadcast_to(half * (kind != "product" or (lines.scale > 1)), predicted.shape)
        yield from believed(lines, target, Candidates(kind, parts, predicted, exact, moved, costs, factor=factor))


def _computed(lines: NumberLines, kind: str, factor: float, pairs: Numbers, cells: Numbers) -> tuple[Reals, Reals]:
    """What each pair of lines gives, in units, and how far the rounding of the two may move it."""
    (a, b), (half_a, half_b) = ([each[line][:, cells] for line in pairs] for each in (lines.values, lines.units / 2))
    if kind == "product":
        return a * b / lines.scale, (np.abs(a) * half_b + np.abs(b) * half_a) / lines.scale
    ratio = np.where(b == 0, np.nan, a / b)
    moved = factor * lines.scale * (half_a / np.abs(b) + np.abs(ratio) * half_b / np.abs(b))
    return factor * lines.scale * (ratio - (kind == "growth")), moved
