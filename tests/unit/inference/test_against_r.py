"""The same numbers as R, from Debian's packages: frozen in the tests beside this one, and here computed anew.

Without R these tests are skipped, with the reason; in continuous integration (`CI` is set) R must be there.
"""

import subprocess

import numpy as np
import pytest
from conftest import rscript

from collective_efficiency.inference.alpha_omega import cronbach_alpha, item_rest, mcdonald_omega
from collective_efficiency.inference.bootstrap import intervals, weights
from collective_efficiency.inference.enumeration import fisher_freeman_halton, kruskal_wallis
from collective_efficiency.inference.exact import (
    linear_by_linear,
    spearman,
    wilcoxon_mann_whitney,
    wilcoxon_signed_rank,
)
from collective_efficiency.inference.ordered_logit import ordered_logit
from collective_efficiency.inference.pooled_slopes import _information, _log_posterior, _terms, _Units

GROUP = [1] * 7 + [2] * 8
TWICE = [0, 2, 2, 3, 4, 4, 0, 2, 4, 4, 6, 6, 3, 6, 4]  # half-points doubled
BLOCK = [1, 1, 1, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2]
DIFFERENCES = [2, -1, 3, 0, 1, 1, 4, -2, 5, 0, 3, 2, -1, 6]
X3, Y3 = [1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3], [0, 1, 1, 2, 1, 2, 2, 0, 3, 2, 3, 3]
ITEMS = [
    [1, 1, 2, 2],
    [2, 2, 1, 1],
    [2, 3, 1, 3],
    [2, 2, 2, 1],
    [2, 2, 2, 2],
    [2, 1, 2, 2],
    [2, 3, 3, 3],
    [2, 2, 2, 1],
    [2, 1, 1, 1],
    [1, 1, 1, 0],
    [1, 1, 2, 1],
    [2, 1, 1, 2],
    [0, 1, 0, 0],
    [1, 1, 1, 2],
    [1, 1, 0, 2],
    [1, 2, 1, 1],
    [1, 2, 1, 1],
    [1, 1, 2, 2],
    [2, 1, 2, 1],
    [2, 3, 1, 2],
    [1, 1, 1, 2],
    [3, 2, 3, 3],
    [1, 2, 1, 2],
    [2, 1, 2, 1],
    [1, 2, 2, 2],
    [1, 2, 2, 2],
    [1, 1, 2, 2],
    [0, 1, 1, 1],
    [1, 1, 1, 1],
    [1, 2, 1, 2],
]
SKEWED = [
    4.638,
    1.169,
    3.474,
    11.737,
    1.61,
    0.463,
    7.228,
    1.497,
    3.801,
    3.03,
    3.14,
    1.4,
    0.234,
    1.956,
    0.855,
    5.152,
    2.96,
    3.368,
    2.128,
    0.881,
]
Z = [2, 5, 3, 8, 7, 9, 4, 6, 10, 1, 7, 8, 3, 5, 9, 6, 4, 8]
U = [1, 2, 1, 2, 3, 3, 2, 1, 3, 1, 2, 3, 1, 2, 3, 3, 1, 2]
V = [
    -8, -13, -2, 4, 11, 1, -6, -8, 7, 16, 3, -5, -10, 16, 2, -17, -1, -12, -6, -5, -7, 6, -1, 35, 4, 8, -16,
    -3, -10, -2, -13, 0, 0, -3, -10, 45, -11, -14, 2, -11, 12, 7, -20, 3, -11, 0, 0, 43, -2, -3, 10, -12, 7,
    -11, -3, -8, 14, 6, 24, -22,
]  # fmt: skip
Q = [
    2, 2, 1, 2, 0, 1, 2, 2, 1, 1, 2, 2, 2, 2, 0, 1, 2, 1, 1, 1, 2, 1, 1, 0, 1, 2, 2, 2, 0, 2, 0, 2, 0, 1, 0,
    2, 1, 0, 1, 0, 2, 2, 0, 2, 0, 1, 0, 2, 0, 0, 2, 0, 2, 0, 1, 1, 2, 2, 2, 0,
]  # fmt: skip
PACKAGES = ("coin", "exactRankTests", "boot", "psych", "ordinal")

SCRIPT = """
suppressMessages({library(coin); library(exactRankTests); library(boot); library(psych); library(ordinal)})
options(digits=15)
show <- function(name, ...) cat(name, ..., "\\n")
show("wmw", pvalue(wilcox_test(y~factor(g), distribution="exact")))
show("stratified", pvalue(independence_test(y~factor(g)|factor(b), distribution="exact")))
show("linear", pvalue(independence_test(y~factor(g), distribution="exact")))
show("perm", perm.test(as.integer(y[g==1]), as.integer(y[g==2]), exact=TRUE)$p.value)
show("pratt", pvalue(wilcoxsign_test(d~rep(0,length(d)), zero.method="Pratt", distribution="exact")))
show("signed", pvalue(wilcoxsign_test(d~rep(0,length(d)), zero.method="Wilcoxon", distribution="exact")))
show("paired", wilcox.exact(d, exact=TRUE)$p.value)
show("fisher", fisher.test(table(x3,y3))$p.value)
set.seed(7)
k <- kruskal_test(y3~factor(x3), distribution=approximate(nresample=200000))
show("kruskal", statistic(k), pvalue(k))
show("spearman", pvalue(spearman_test(y3~x3, distribution=approximate(nresample=200000))))
show("lbl", pvalue(lbl_test(table(x3,y3), distribution=approximate(nresample=200000))))
set.seed(3)
show("bca", boot.ci(boot(w, function(z,i) mean(z[i]), R=50000), type="bca")$bca[4:5])
a <- suppressWarnings(psych::alpha(items)); show("alpha", a$total$raw_alpha); show("itemrest", a$item.stats$r.drop)
f <- fa(items,1,fm="minres"); L <- f$loadings[,1]; show("omega", sum(L)^2/(sum(L)^2+sum(1-L^2)))
m <- clm(factor(u)~z+s); show("clm", coef(m)["z"], sqrt(diag(vcov(m)))["z"], anova(clm(factor(u)~s),m)$"LR.stat"[2])
v <- v / 10; r <- factor(rep(1:5,each=12)); f <- clmm(factor(q)~v+r+(0+v|r), control=clmm.control(gradTol=1e-6))
show("clmm", f$logLik, f$alpha, f$beta, attr(VarCorr(f)$r,"stddev"), ranef(f)$r$v)
"""

# R 4.2.2; coin 1.4.2, exactRankTests 0.8.35, boot 1.3.28.1, psych 2.2.9, ordinal 2022.11.16
FROZEN: dict[str, list[float]] = {
    "wmw": [0.0326340326340326],
    "stratified": [0.0146938775510204],
    "linear": [0.0264180264180264],
    "perm": [0.0264180264180264],
    "pratt": [0.033203125],
    "signed": [0.02978515625],
    "paired": [0.02978515625],
    "fisher": [0.771428571428569],
    "kruskal": [4.43158551810238, 0.09299],
    "spearman": [0.036745],
    "lbl": [0.048115],
    "bca": [2.16963087612303, 4.64596787017039],
    "alpha": [0.72094425777548],
    "itemrest": [0.569913512894766, 0.445766305564682, 0.487114741745666, 0.54048993549442],
    "omega": [0.724663948466326],
    "clm": [1.09499558221399, 0.377937277664044, 17.1104164701208],
    "clmm": [-50.3865128761, -2.53605520805, -0.572999696257, 1.01867467568, -1.21905455954, -0.803121734326,
             -1.3796065328, -1.25518786785, 1.83322033605, -2.41104517591, -1.40596533019, 0.359119861833,
             1.22901246097, 1.75787773615],
}  # fmt: skip


def ours() -> dict[str, list[float]]:
    items = np.array(ITEMS, dtype=float)
    d = np.array(SKEWED)
    one = np.zeros(len(d), dtype=np.int64)
    rows = weights(one, 50_000, 3)
    mean = intervals((rows.astype(float) @ d / rows.sum(axis=1))[:, None], one)
    fit = ordered_logit(np.array(Z, dtype=float), np.array(U), np.repeat([0, 1, 2], 6))
    kw = kruskal_wallis(X3, Y3)
    return {
        "wmw": [float(wilcoxon_mann_whitney(GROUP, TWICE).p())],
        "stratified": [float(linear_by_linear(GROUP, TWICE, BLOCK).p())],
        "linear": [float(linear_by_linear(GROUP, TWICE).p())],
        "perm": [float(linear_by_linear(GROUP, TWICE).p())],
        "pratt": [float(wilcoxon_signed_rank(DIFFERENCES).p())],
        "signed": [float(wilcoxon_signed_rank(DIFFERENCES, "wilcoxon").p())],
        "paired": [float(wilcoxon_signed_rank(DIFFERENCES, "wilcoxon").p())],
        "fisher": [float(fisher_freeman_halton(X3, Y3).p())],
        "kruskal": [float(kw.statistic), float(kw.p())],
        "spearman": [float(spearman(X3, Y3).p())],
        "lbl": [float(linear_by_linear(X3, Y3).p())],
        "bca": [float(mean.low[0]), float(mean.high[0])],
        "alpha": cronbach_alpha(items).tolist(),
        "itemrest": item_rest(items).tolist(),
        "omega": [mcdonald_omega(items)[0]],
        "clm": [fit.slope, fit.error, fit.ratio],
        "clmm": mixed_model(),
    }


def mixed_model() -> list[float]:
    """The model of clmm(factor(q) ~ v + r + (0 + v | r)) by the terms of the pooled slopes, without their priors.

    Of clmm's estimates: thresholds, common slope, effects and deviation as they are; with them, Laplace's likelihood
    and where each slope lies from the common one at its maximum, which are computed.
    """
    estimates = FROZEN["clmm"][1:9]
    thresholds, common, effects, deviation = estimates[:2], estimates[2], estimates[3:7], estimates[7]
    units = _Units(np.array(V) / 10, np.array(Q), np.repeat(range(5), 12), np.ones(60))
    terms = _terms(units, np.array([deviation]))
    uniform = np.isin(np.arange(len(terms.weight)), len(terms.weight) - 5 + np.arange(4))
    free = terms._replace(weight=np.where(uniform, 0.0, terms.weight), precision=np.repeat([0.0, 1.0], [8, 5]))
    theta = np.array([[*thresholds, 0.0, *effects, common, *np.zeros(5)]])
    for _ in range(30):
        value, at = _log_posterior(free, theta)
        rest, _, hessian = _information(free, at)
        gradient = ((free.weight * rest)[:, None] @ free.rows)[0, 0] - free.precision * theta[0]
        theta[0, 8:] += np.linalg.solve(hessian[0, 8:, 8:], gradient[8:])
    likelihood = float(value[0] - np.linalg.slogdet(hessian[0, 8:, 8:])[1] / 2)
    return [likelihood, *estimates, *(deviation * theta[0, 8:]).tolist()]


TOLERANCE = {"kruskal": 4e-3, "spearman": 4e-3, "lbl": 4e-3, "bca": 0.03, "omega": 2e-4, "clm": 2e-5, "clmm": 1e-4}


def agree(theirs: dict[str, list[float]]) -> None:
    mine = ours()
    assert set(mine) == set(theirs)
    for name, numbers in theirs.items():
        assert mine[name] == pytest.approx(numbers, abs=TOLERANCE.get(name, 1e-10)), name


def test_frozen_numbers_of_r() -> None:
    agree(FROZEN)


def test_r_itself() -> None:
    agree(run(rscript(*PACKAGES)))


def run(interpreter: str) -> dict[str, list[float]]:
    vectors = {
        "g": GROUP,
        "y": TWICE,
        "b": BLOCK,
        "d": DIFFERENCES,
        "w": SKEWED,
        "x3": X3,
        "y3": Y3,
        "z": Z,
        "u": U,
        "v": V,
        "q": Q,
    }
    lines = [f"{name} <- c({','.join(map(str, values))})" for name, values in vectors.items()]
    flat = ",".join(str(value) for row in ITEMS for value in row)
    lines += [f"items <- matrix(c({flat}), ncol=4, byrow=TRUE)", "s <- factor(rep(1:3,each=6))", SCRIPT]
    done = subprocess.run([interpreter, "-e", "\n".join(lines)], capture_output=True, text=True, check=True)
    return {
        line.split()[0]: [float(each) for each in line.split()[1:]] for line in done.stdout.splitlines() if line.strip()
    }
