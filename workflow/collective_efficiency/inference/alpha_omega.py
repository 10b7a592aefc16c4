"""Do the items of an index measure one thing? Cronbach's alpha, McDonald's omega, item-rest correlations."""

import numpy as np
import numpy.typing as npt

from collective_efficiency.inference.bootstrap import Weights
from collective_efficiency.inference.samples import Floats, NoVariationError


def cronbach_alpha(items: Floats, rows: Weights | None = None) -> Floats:
    """Cronbach's (1951) alpha of k items, (R,), for rows of weights (R, n); without them that of the sample, (1,).

    items: (n, k), nothing missing. NaN where the sum does not vary.
    """
    weight = np.ones((1, len(items))) if rows is None else rows.astype(np.float64)
    k, sizes, total = items.shape[1], weight.sum(axis=1), items.sum(axis=1)
    parts = (weight @ items**2 - (weight @ items) ** 2 / sizes[:, None]).sum(axis=1)
    whole = weight @ total**2 - (weight @ total) ** 2 / sizes
    ratio = np.divide(parts, whole, out=np.full(len(weight), np.nan), where=whole > 1e-9 * abs(whole).max())
    return np.asarray(k / (k - 1) * (1 - ratio))


def loadings(items: Floats) -> Floats:
    """The loadings (k,) of one factor that leave the least squared residual correlations (minres, Harman 1966).

    items: (n, k). A loading above 1 (a Heywood case) is possible, and is left as it is found. Raises NoVariationError
    where an item is constant.
    """
    if (np.ptp(items, axis=0) == 0).any():
        raise NoVariationError
    from scipy.optimize import minimize  # here: a stage without scales does not pay for it

    correlation: Floats = np.atleast_2d(np.corrcoef(items, rowvar=False))
    upper = np.triu_indices(len(correlation), 1)

    def residual(values: Floats) -> tuple[float, Floats]:
        left = np.outer(values, values) - correlation
        np.fill_diagonal(left, 0)
        return float((left[upper] ** 2).sum()), 2 * left @ values

    start = np.full(len(correlation), 0.7)
    found = minimize(residual, start, jac=True, method="BFGS", options={"gtol": 1e-10})
    values: npt.NDArray[np.float64] = found.x
    return values if values.sum() >= 0 else -values


def mcdonald_omega(items: Floats) -> tuple[float, bool]:
    """McDonald's (1999) omega of one factor on standardised items, and whether it is a Heywood case (no use then)."""
    values = loadings(items)
    unique = 1 - values**2
    return float(values.sum() ** 2 / (values.sum() ** 2 + unique.sum())), bool((unique < 0).any())


def item_rest(items: Floats) -> Floats:
    """The correlation of each item with the sum of the others, (k,); NaN where one of the two is constant."""
    total = items.sum(axis=1)
    found = np.full(items.shape[1], np.nan)
    for item in range(items.shape[1]):
        rest = total - items[:, item]
        if np.ptp(items[:, item]) and np.ptp(rest):
            found[item] = np.corrcoef(items[:, item], rest)[0, 1]
    return found
