"""The joint inference against plain loops over the same shuffles, and under no association against uniform p-values."""

import numpy as np
import pytest

from collective_efficiency.inference.multiplicity import standardised, step_down_max
from collective_efficiency.inference.shuffles import Shuffles
from collective_efficiency.robustness.data_sets import SpecifiedData
from collective_efficiency.robustness.joint import finest, joint_inference

BLOCK = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1])
WHOLE = np.zeros(9, dtype=np.int64)
JT, COUNT, SEED = "jonckheere_terpstra", 199, 3


def made_up(seed, block=BLOCK, specifications=4):
    """Specifications with a predictor of their own and one outcome, the first of them twice; one x is missing."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 4, len(block)).astype(float)
    xs = rng.integers(0, 6, (specifications, len(block))).astype(float)
    xs[1, 2] = np.nan
    members = [(SpecifiedData(x, y, block), JT) for x in xs]
    return [*members, members[0]]


def plain_curves(members, count, seed):
    """tau-b of each specification, of the data and of each shuffle, by loops over pairs."""
    shuffles = Shuffles(finest([data.block for data, _ in members]), count, seed)
    order = shuffles.order
    places = np.concatenate([np.arange(len(order))[None], *shuffles.batches()])
    curves = []
    for shuffle in places:
        taus = []
        for data, _ in members:
            y = np.empty(len(data.y))
            y[order] = data.y[order][shuffle]
            s, differ_x, differ_y = 0, 0, 0
            for one in range(len(y)):
                for two in range(one):
                    if data.block[one] == data.block[two]:
                        a, b = data.x[one] - data.x[two], y[one] - y[two]
                        s += 0 if np.isnan(a * b) else np.sign(a * b)
                        differ_x += 0 if np.isnan(a) else a != 0
                        differ_y += 0 if np.isnan(b) else b != 0
            taus.append(s / np.sqrt(differ_x * differ_y))
        curves.append(taus)
    return np.array(curves)


@pytest.mark.parametrize("seed", range(3))
def test_the_joint_p_values_equal_plain_loops(seed):
    members = made_up(seed)
    found, curves = joint_inference(members, COUNT, SEED, 0.2), plain_curves(members, COUNT, SEED)
    sizes = abs(curves).round(9)
    own_p = np.array([[(column >= value).mean() for value in column] for column in sizes.T]).T
    compared = {
        "median": abs(np.median(curves, axis=1)).round(9),
        "share_positive": abs(np.sign(curves).sum(axis=1)),
        "share_significant": (own_p <= 0.2).sum(axis=1),
    }
    for name, values in compared.items():
        assert found.p[name] == pytest.approx((values >= values[0]).mean())
    assert found.observed["median"] == pytest.approx(np.median(curves[0]))
    assert found.observed["share_significant"] == pytest.approx(compared["share_significant"][0] / 5)
    adjusted = step_down_max(*standardised(curves[0, :4], curves[1:, :4]))
    assert found.adjusted.tolist() == pytest.approx([*adjusted, adjusted[0]])
    assert found.p["largest"] == pytest.approx(min(adjusted))


def test_a_curve_over_several_blocks_is_shuffled_within_the_finest():
    members = made_up(1) + made_up(1, WHOLE)
    found, curves = joint_inference(members, COUNT, SEED, 0.2), plain_curves(members, COUNT, SEED)
    medians = abs(np.median(curves - curves.mean(axis=0), axis=1)).round(9)
    assert found.p["median"] == pytest.approx((medians >= medians[0]).mean())


def test_the_order_and_the_number_of_equal_specifications_is_their_weight_alone():
    members = made_up(5)
    one, two = (joint_inference(each, COUNT, SEED, 0.2) for each in (members, members[::-1]))
    assert (one.observed, one.p) == (two.observed, two.p)
    assert one.adjusted.tolist() == two.adjusted.tolist()[::-1]


@pytest.mark.parametrize("test", [JT, "linear_by_linear", "spearman"])
@pytest.mark.parametrize("blocks", [[BLOCK], [BLOCK, WHOLE]])
def test_under_no_association_the_joint_p_is_uniform(test, blocks):
    """300 samples with outcomes handed out by lot: no p is below a level more often than the level says (within three
    standard errors), and that of the median is not much rarer either."""
    rng, samples = np.random.default_rng(11), 300
    drawn = {"median": [], "share_positive": [], "share_significant": [], "largest": []}
    for _ in range(samples):
        y = rng.integers(0, 5, len(BLOCK)).astype(float)
        xs = rng.integers(0, 9, (3, len(BLOCK))).astype(float)
        members = [(SpecifiedData(x, y, block), test) for x in xs for block in blocks]
        for name, p in joint_inference(members, 79, 7, 0.1).p.items():
            drawn[name].append(float(p))
    for name, values in drawn.items():
        for level in (0.05, 0.1, 0.25, 0.5):
            error = np.sqrt(level * (1 - level) / samples)
            assert np.mean(np.array(values) <= level + 1e-9) <= level + 3 * error, (name, level)
            if name == "median":
                assert np.mean(np.array(values) <= level + 1e-9) >= level - 4 * error, (name, level)
