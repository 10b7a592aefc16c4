"""The exact null distributions against brute force, integer by integer, and against published and R's numbers."""

import math
from collections import Counter
from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collective_efficiency.inference import additive
from collective_efficiency.inference.acceleration import accelerating
from collective_efficiency.inference.distributions import Distribution
from collective_efficiency.inference.enumeration import (
    fisher_freeman_halton,
    goodman_kruskal_gamma,
    kruskal_wallis,
)
from collective_efficiency.inference.exact import (
    jonckheere_terpstra,
    linear_by_linear,
    spearman,
    wilcoxon_mann_whitney,
    wilcoxon_signed_rank,
)
from collective_efficiency.inference.samples import NoVariationError, TooLargeError, double_ranks, integers

Column = list[int]
TESTS = (jonckheere_terpstra, linear_by_linear, spearman, goodman_kruskal_gamma, kruskal_wallis, fisher_freeman_halton)


def shuffles(y: Column, strata: Column) -> list[Column]:
    blocks = [[i for i, s in enumerate(strata) if s == block] for block in sorted(set(strata))]
    found = []
    for orders in product(*(permutations([y[i] for i in block]) for block in blocks)):
        moved = [0] * len(y)
        for block, values in zip(blocks, orders, strict=True):
            for i, value in zip(block, values, strict=True):
                moved[i] = value
        found.append(moved)
    return found


def pairs(x: Column, y: Column, strata: Column) -> tuple[int, int]:
    products = [(x[i] - x[j]) * (y[i] - y[j]) for i in range(len(x)) for j in range(i) if strata[i] == strata[j]]
    return sum(value > 0 for value in products), sum(value < 0 for value in products)


def s(x: Column, y: Column, strata: Column) -> int:
    concordant, discordant = pairs(x, y, strata)
    return concordant - discordant


def gamma(x: Column, y: Column, strata: Column) -> Fraction:
    concordant, discordant = pairs(x, y, strata)
    return Fraction(concordant - discordant, concordant + discordant)


def h(x: Column, y: Column, strata: Column) -> Fraction:
    total = Fraction(0)
    for block in set(strata):
        here = [i for i in range(len(x)) if strata[i] == block]
        groups, values = [x[i] for i in here], [y[i] for i in here]
        if len(set(groups)) > 1 and len(set(values)) > 1:
            ranks = [Fraction(sum(v < u for v in values)) + Fraction(values.count(u) + 1, 2) for u in values]
            n, mean = len(ranks), sum(ranks) / len(ranks)
            sums = {g: sum(r for r, group in zip(ranks, groups, strict=True) if group == g) for g in set(groups)}
            between = sum(Fraction(each) ** 2 / groups.count(g) for g, each in sums.items()) - n * mean**2
            total += (n - 1) * between / (sum(r * r for r in ranks) - n * mean**2)
    return total


def table_probability(x: Column, y: Column, strata: Column) -> Fraction:
    result = Fraction(1)
    for block in set(strata):
        here = [i for i in range(len(x)) if strata[i] == block]
        cells, rows, columns = (
            Counter((x[i], y[i]) for i in here),
            Counter(x[i] for i in here),
            Counter(y[i] for i in here),
        )
        margins = math.prod(math.factorial(count) for each in (rows, columns) for count in each.values())
        result *= Fraction(margins, math.factorial(len(here)) * math.prod(map(math.factorial, cells.values())))
    return result


@st.composite
def small(draw: st.DrawFn) -> tuple[Column, Column, Column]:
    n = draw(st.integers(2, 7))
    columns = [draw(st.lists(st.integers(0, top), min_size=n, max_size=n)) for top in (3, 3, 1)]
    return columns[0], columns[1], columns[2]


def same(null: Distribution, brute: Counter[int | Fraction], values: list[int | Fraction]) -> None:
    """Count by count: both distributions over all shuffles, brought to one total."""
    shuffled = sum(brute.values())
    ours = {value: count * shuffled for value, count in zip(values, null.counts.tolist(), strict=True)}
    assert ours == {value: count * null.total for value, count in brute.items()}


@settings(max_examples=120, deadline=None)
@given(small())
def test_every_distribution_is_that_of_brute_force(data: tuple[Column, Column, Column]) -> None:
    x, y, strata = data
    if not any(
        len({x[i] for i in range(len(x)) if strata[i] == block}) > 1
        and len({y[i] for i in range(len(y)) if strata[i] == block}) > 1
        for block in set(strata)
    ):
        for test in TESTS:
            with pytest.raises(NoVariationError, match="undefined, no variation"):
                test(x, y, strata)
        return
    moved = shuffles(y, strata)
    jt = jonckheere_terpstra(x, y, strata)
    assert jt.observed == s(x, y, strata)
    same(jt.null, Counter(s(x, each, strata) for each in moved), jt.null.values.tolist())
    linear = linear_by_linear(x, y, strata)
    a, scale = integers(x), integers(y)
    step = int(np.ptp(y)) // int(np.ptp(scale))
    same(
        linear.null,
        Counter(int((a * ((np.array(each) - min(y)) // step)).sum()) for each in moved),
        linear.null.values.tolist(),
    )
    found = goodman_kruskal_gamma(x, y, strata)
    assert found.statistic == gamma(x, y, strata)
    same(
        found.null, Counter(int(gamma(x, each, strata) / found.null.unit) for each in moved), found.null.values.tolist()
    )
    kw = kruskal_wallis(x, y, strata)
    assert kw.statistic == h(x, y, strata)
    same(kw.null, Counter(h(x, each, strata) for each in moved), [v * kw.null.unit for v in kw.null.values.tolist()])
    ffh = fisher_freeman_halton(x, y, strata)
    assert Fraction(ffh.observed, ffh.null.total) == table_probability(x, y, strata)
    assert ffh.statistic == Fraction(ffh.observed, ffh.null.total)
    same(  # tables less probable than the observed one, as probable, more so
        ffh.null,
        Counter(int(np.sign(table_probability(x, each, strata) - ffh.statistic)) for each in moved),
        [int(np.sign(v - ffh.observed)) for v in ffh.null.values.tolist()],
    )


@settings(max_examples=60, deadline=None)
@given(small(), st.randoms(use_true_random=False))
def test_order_labels_and_scale_change_nothing(data: tuple[Column, Column, Column], random: object) -> None:
    x, y, strata = data
    order = list(range(len(x)))
    random.shuffle(order)  # type: ignore[attr-defined]
    for test in TESTS:
        try:
            plain = test(x, y, strata)
        except NoVariationError:
            continue
        other = test(
            [2 * x[i] + 5 for i in order], [Fraction(y[i], 2) for i in order], ["ab"[strata[i]] for i in order]
        )
        for alternative in ("greater", "less", "distance", "probability"):
            for mid in (False, True):
                assert plain.p(alternative, mid) == other.p(alternative, mid), (test.__name__, alternative)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-4, 4), min_size=1, max_size=9), st.sampled_from(["pratt", "wilcoxon"]))
def test_signed_rank_is_that_of_brute_force(differences: Column, zeros: str) -> None:
    kept = [d for d in differences if d] if zeros == "wilcoxon" else differences
    if not any(kept):
        with pytest.raises(NoVariationError):
            wilcoxon_signed_rank(differences, zeros)
        return
    ranks = [sum(abs(e) < abs(d) for e in kept) + Fraction(sum(abs(e) == abs(d) for e in kept) + 1, 2) for d in kept]
    counted = [rank for rank, d in zip(ranks, kept, strict=True) if d]
    brute = Counter(
        sum((r for r, up in zip(counted, signs, strict=True) if up), Fraction(0))
        for signs in product((0, 1), repeat=len(counted))
    )
    test = wilcoxon_signed_rank(differences, zeros)
    assert test.statistic == sum((r for r, d in zip(ranks, kept, strict=True) if d > 0), Fraction(0))
    assert {
        v * test.null.unit: c for v, c in zip(test.null.values.tolist(), test.null.counts.tolist(), strict=True)
    } == dict(brute)


GROUPS, LEVELS = (8, 24, 8), (2, 3, 5, 6, 8, 4, 12)


def all_tables(first: tuple[int, int, int], ranks: list[int]) -> dict[str, np.ndarray]:
    """Every table with these margins and this first column, by plain expansion, nothing merged: its statistics."""
    zero = np.zeros(1, np.int64)
    now = {"above": zero, "below": zero, "linear": zero, "ways": zero + 1, "p0": zero, "p1": zero, "p2": zero}
    now |= {"r0": zero, "r1": zero, "r2": zero}
    left = 40
    for number, level in enumerate(LEVELS):
        left -= level
        found: dict[str, list[np.ndarray]] = {name: [] for name in now}
        for a in range(level + 1):
            for b in range(level - a + 1):
                c = level - a - b
                if number == 0 and (a, b, c) != first:
                    continue
                fits = np.ones(len(now["ways"]), bool)
                for group, added in enumerate((a, b, c)):
                    fits &= now[f"p{group}"] + added <= GROUPS[group]
                part = {name: values[fits] for name, values in now.items()}
                part["above"] = part["above"] + b * part["p0"] + c * (part["p0"] + part["p1"])
                part["below"] = part["below"] + a * (part["p1"] + part["p2"]) + b * part["p2"]
                part["linear"] = part["linear"] + number * (b + 2 * c)
                part["ways"] = part["ways"] * (math.factorial(level) // math.prod(map(math.factorial, (a, b, c))))
                for group, added in enumerate((a, b, c)):
                    part[f"p{group}"] = part[f"p{group}"] + added
                    part[f"r{group}"] = part[f"r{group}"] + ranks[number] * added
                for name, values in part.items():
                    found[name].append(values)
        now = {name: np.concatenate(parts) for name, parts in found.items()}
    return now


def test_full_enumeration_of_a_3_by_7_table() -> None:
    x, y = np.repeat(range(3), GROUPS), np.random.default_rng(1).permutation(np.repeat(range(7), LEVELS))
    ranks = np.unique(double_ranks(y)).tolist()
    counts: dict[str, Counter[int]] = {name: Counter() for name in ("s", "linear", "gamma", "kw", "ffh")}
    ffh = fisher_freeman_halton(x, y)
    found_gamma = goodman_kruskal_gamma(x, y)
    unit = found_gamma.null.unit.denominator
    tables = 0
    for a in range(LEVELS[0] + 1):
        for b in range(LEVELS[0] - a + 1):
            found = all_tables((a, b, LEVELS[0] - a - b), ranks)
            c, d, ways = found["above"], found["below"], found["ways"]
            tables += len(ways)
            fine = sum(found[f"r{k}"] ** 2 * (math.lcm(*GROUPS) // size) for k, size in enumerate(GROUPS))
            gammas = np.sign(c - d) * (abs(c - d) * unit // (c + d))
            for name, values in (
                ("s", c - d),
                ("linear", found["linear"]),
                ("gamma", gammas),
                ("kw", fine),
                ("ffh", np.sign(ways - ffh.observed)),
            ):
                distinct, place = np.unique(values, return_inverse=True)
                sums = np.zeros(len(distinct), np.int64)
                np.add.at(sums, place, ways)
                counts[name].update(dict(zip(distinct.tolist(), sums.tolist(), strict=True)))
    assert tables == 2_611_877
    assert counts["s"].total() == math.factorial(40) // math.prod(map(math.factorial, GROUPS))
    for name, test in (
        ("s", jonckheere_terpstra(x, y)),
        ("linear", linear_by_linear(x, y)),
        ("gamma", found_gamma),
    ):
        assert dict(zip(test.null.values.tolist(), test.null.counts.tolist(), strict=True)) == dict(counts[name])
    assert ffh.null.counts.tolist() == [counts["ffh"][sign] for sign in (-1, 0, 1)]
    ours = kruskal_wallis(x, y).null.counts.tolist()  # H rises with the integer statistic: the same order of counts
    assert ours == [count for _, count in sorted(counts["kw"].items())]


def test_residues_give_the_same_counts_as_machine_integers(monkeypatch: pytest.MonkeyPatch) -> None:
    x, y = [0, 0, 1, 1, 2, 2, 2, 3, 0, 1], [0, 2, 1, 1, 2, 0, 1, 2, 1, 2]
    plain = [test(x, y).null for test in (jonckheere_terpstra, linear_by_linear)]
    monkeypatch.setattr(additive, "MACHINE", 1)
    for test, null in zip((jonckheere_terpstra, linear_by_linear), plain, strict=True):
        slow = test(x, y).null
        assert slow.values.tolist() == null.values.tolist()
        assert slow.counts.tolist() == null.counts.tolist()


def test_totals_beyond_64_bits_are_exact() -> None:
    x, y = [i % 3 for i in range(66)], [(i * 7) % 4 for i in range(66)]
    null = jonckheere_terpstra(x, y).null
    assert null.total == math.factorial(66) // math.factorial(22) ** 3 > 2**63
    assert null.mean == 0


def test_compiled_loops_count_the_same() -> None:
    pytest.importorskip("numba", reason="the optional extra `fast` is not installed")
    x, y, strata = [i % 3 for i in range(24)], [(i * 5) % 7 % 4 for i in range(24)], [i % 2 for i in range(24)]
    for test in (goodman_kruskal_gamma, kruskal_wallis, fisher_freeman_halton):
        for by in (None, strata):
            plain = test(x, y, by)
            with accelerating():
                fast = test(x, y, by)
            assert plain.null.values.tolist() == fast.null.values.tolist()
            assert plain.null.counts.tolist() == fast.null.counts.tolist()


def test_moments_of_s_are_the_published_ones() -> None:
    """Kendall (1970), chapter 4: the mean of S is 0, its variance with ties in both rankings is a sum of margins."""
    x, y = [0] * 4 + [1] * 3 + [2] * 5, [0, 1, 2, 2, 0, 0, 1, 2, 1, 1, 2, 2]
    n, t, u = 12, Counter(x).values(), Counter(y).values()
    v = [sum(f(each) for each in ties) for ties in (t, u) for f in (
        lambda m: m * (m - 1) * (2 * m + 5), lambda m: m * (m - 1) * (m - 2), lambda m: m * (m - 1))]  # fmt: skip
    expected = (
        Fraction(n * (n - 1) * (2 * n + 5) - v[0] - v[3], 18)
        + Fraction(v[1] * v[4], 9 * n * (n - 1) * (n - 2))
        + Fraction(v[2] * v[5], 2 * n * (n - 1))
    )
    null = jonckheere_terpstra(x, y).null
    assert (null.mean, null.variance) == (0, expected)


def test_tea_tasting() -> None:
    """Fisher (1935), chapter 2: three of four cups right, 17/70 one-sided."""
    x, y = [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 0, 1, 1, 1]
    assert wilcoxon_mann_whitney(x, y).p("greater") == Fraction(17, 70)
    assert fisher_freeman_halton(x, y).p() == Fraction(34, 70)
    assert linear_by_linear(x, y).p("greater", mid=True) == Fraction(1, 70) + Fraction(8, 70)


def test_floats_that_make_false_ties_are_refused() -> None:
    assert 0.1 + 0.2 != 0.3  # two scores that are equal, and are not
    with pytest.raises(ValueError, match="floats make false ties"):
        jonckheere_terpstra([0.1 + 0.2, 0.3], [0, 1])
    assert integers(["0.30", Fraction(3, 10), "1.5"]).tolist() == [0, 0, 1]
    assert integers(np.array([15_000.0, 5_000.0, 0.0])).tolist() == [3, 1, 0]


def test_what_is_out_of_reach_is_refused() -> None:
    x, y = list(range(40)), list(range(40))
    with pytest.raises(TooLargeError):
        jonckheere_terpstra(x, y)
    with pytest.raises(TooLargeError):
        kruskal_wallis(x, y)
    sparse = Distribution(np.arange(10_000) ** 3, np.ones(10_000, np.int64))
    with pytest.raises(TooLargeError):
        sparse.convolve(sparse)
    with pytest.raises(ValueError, match="of one length"):
        jonckheere_terpstra([1], [1, 2])
    with pytest.raises(ValueError, match="not a value"):
        jonckheere_terpstra([1, 2], [1, 2]).null.p(5)
