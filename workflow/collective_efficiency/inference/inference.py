"""Stage `inference`: the study's questions, answered as frames. One row an answer; the same columns for every reading.

Both treatments of `n.a.` are answered (column `missing`). What has no variation, or was never scored, has a row that
says so in `note`, and no numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from collective_efficiency.choices import Choices
from collective_efficiency.inference.bootstrap import Floats, Weights, intervals, weights
from collective_efficiency.inference.effects import MEASURES, Pairs, class_means, measures
from collective_efficiency.inference.enumeration import goodman_kruskal_gamma
from collective_efficiency.inference.exact import jonckheere_terpstra, wilcoxon_signed_rank
from collective_efficiency.inference.multiplicity import benjamini_hochberg, holm, standardised, step_down_max
from collective_efficiency.inference.permutation import Shuffles, concordances, counted, group_differences
from collective_efficiency.inference.plan import Family, Plan
from collective_efficiency.inference.power import Power, simulate
from collective_efficiency.inference.samples import Ints, NoVariationError, TooLargeError, strata_codes
from collective_efficiency.inference.scales import alpha, item_rest, omega
from collective_efficiency.measures.averages import cluster_measures
from collective_efficiency.measures.indices import recompute, written
from collective_efficiency.numbers.scores import UNIT, units
from collective_efficiency.words import (
    ALL_SECTORS,
    DEGREES,
    EXTERNAL_ECONOMIES,
    GOVERNANCE,
    ITEMS,
    JOINT_ACTIONS,
    NOT_AVAILABLE,
    UPGRADING,
)

TREATMENTS = ("zero", "omit")
SMALLEST = 0.0001
MOST_FOR_GAMMA = 60  # clusters: enumerating more takes minutes and gigabytes
WORK = 50_000_000  # additions of an exact count: many hypotheses are asked, and shuffles answer nearly as well
NO_VARIATION, NEVER_SCORED = "undefined, no variation", "undefined, never scored"
TESTS = ("p_greater", "p", "p_probability", "p_mid", "p_gamma", "holm", "bh", "maxt")
FRAMES = ("associations", "influence", "nulls", "means", "sectors", "paired", "scales", "power")
EFFECTS = tuple(f"{name}{part}" for name in MEASURES for part in ("", "_low", "_high"))
ASSOCIATIONS = (
    "missing", "family", "scope", "predictor", "outcome", "n", "s", *TESTS, "p_exact", *EFFECTS, "undefined", "note",
)  # fmt: skip
INFLUENCE = ("missing", "predictor", "outcome", "cluster", "tau_b", "without", "change", *(
    f"{name}_without" for name in MEASURES[1:]
))  # fmt: skip
MEANS = ("missing", "scope", "degree", "outcome", "n", "mean", "low", "high", "note")
SECTORS = ("missing", "outcome", "n", "h", "p", "p_low", "p_high", "holm", "bh", "maxt", "epsilon_squared", "note")
PAIRED = (
    "missing",
    "scope",
    "n",
    "above",
    "equal",
    "below",
    "mean",
    "low",
    "high",
    "p_greater",
    "p",
    "p_mid",
    "p_exact",
    "note",
)
SCALES = ("missing", "scale", "n", "alpha", "low", "high", "omega", "item", "item_rest", "note")
POWER = ("missing", "predictor", "outcome", "rho", "tau_b", "power", "power_mid", "detectable", "note")
NULLS = ("missing", "predictor", "outcome", "s", "probability", "observed")
MODELS = (
    "missing", "predictor", "outcome", "n", "slope", "error", "odds_ratio", "low", "high", "ratio", "p", "score",
    "score_df", "score_p", "left_out", "method", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """The clusters under one treatment of n.a.: units (degree 0 to 2, chains 0 or 1), NaN missing."""

    missing: str
    frame: pd.DataFrame
    stratum: Ints
    sectors: tuple[str, ...]
    rows: Weights

    def values(self, column: str) -> Floats:
        """A column, (n,)."""
        return self.frame[column].to_numpy(dtype=np.float64)

    def within(self, scope: str) -> npt.NDArray[np.bool_]:
        """Which clusters are of a sector, or all."""
        return np.asarray((self.frame["sector"] == scope) | (scope == ALL_SECTORS))


def panels(clusters: pd.DataFrame, printed: pd.DataFrame | None, choices: Choices, plan: Plan) -> list[Panel]:
    """The clusters under both treatments; printed: the text frame of printed/indices.csv, or None to recompute.

    Clusters stand in the order of their ids, so that a result does not depend on the order of the input.
    """
    sectors = tuple(dict.fromkeys(clusters["sector"]))
    clusters = clusters.sort_values("cluster", kind="stable").reset_index(drop=True)
    found = []
    for missing in TREATMENTS:
        chosen = replace(choices, missing=missing)
        indices = written(recompute(clusters, chosen)) if printed is None else printed
        frame = cluster_measures(clusters, indices, chosen)
        frame["degree"] = (
            frame["degree"].map({name: place for place, name in enumerate(reversed(DEGREES))}).astype(float)
        )
        codes = clusters[list(GOVERNANCE)]
        coded = ~codes.isin(["", NOT_AVAILABLE]).any(axis=1)
        taking = (codes.where(coded, "0").astype("int64") > 0).astype(float).where(coded, np.nan)
        frame = frame.join(taking)
        frame[list(ITEMS)] = units(clusters, ITEMS, missing)
        stratum = strata_codes(frame["sector"].tolist(), len(frame))
        rows = weights(stratum, plan.resamples, plan.seed)
        found.append(Panel(missing, frame, stratum, sectors, rows))
    return found


def associations(panel: Panel, family: Family, plan: Plan) -> pd.DataFrame:
    """The exact stratified Jonckheere-Terpstra test and the effect sizes of every hypothesis of a family, adjusted."""
    scopes = panel.sectors if family.scope == "sectors" else (ALL_SECTORS,)
    records: list[dict[str, Any]] = []
    tested: list[tuple[int, str, str, str]] = []
    exact: list[Fraction | None] = []
    for scope in scopes:
        here = panel.within(scope)
        rows, stratum = _scoped(panel, here)
        pairs = Pairs(stratum, rows)
        for predictor in family.predictors:
            for outcome in family.outcomes:
                x, y = panel.values(predictor)[here], panel.values(outcome)[here]
                record: dict[str, Any] = {
                    "missing": panel.missing, "family": family.name, "scope": scope,
                    "predictor": predictor, "outcome": outcome,
                }  # fmt: skip
                if _association(record, x, y, stratum, rows, pairs, plan):
                    tested.append((len(records), scope, predictor, outcome))
                    exact.append(Fraction(record["p_exact"]) if "p_exact" in record else None)
                records.append(record)
    if tested:
        shuffles = Shuffles(panel.stratum, plan.shuffles, plan.seed)
        columns = list(dict.fromkeys((scope, predictor) for _, scope, predictor, _ in tested))
        x_all = np.stack([np.where(panel.within(scope), panel.values(name), np.nan) for scope, name in columns], axis=1)
        y_all = np.stack([panel.values(outcome) for outcome in family.outcomes], axis=1)
        numbers = [(columns.index((scope, name)), family.outcomes.index(outcome)) for _, scope, name, outcome in tested]
        observed, shuffled = concordances(x_all, y_all, numbers, shuffles)
        p_values = [p or _by_shuffles(records[each[0]], observed[number], shuffled[:, number])
                    for number, (each, p) in enumerate(zip(tested, exact, strict=True))]  # fmt: skip
        maxt = step_down_max(*standardised(observed, shuffled))
        for (place, *_), one, two, three in zip(
            tested, holm(p_values), benjamini_hochberg(p_values), maxt, strict=True
        ):
            records[place] |= {"holm": probability(one), "bh": probability(two), "maxt": probability(three)}
    return _frame(records, ASSOCIATIONS)


def _by_shuffles(record: dict[str, Any], observed: float, shuffled: npt.NDArray[np.float32]) -> Fraction:
    """The p-value of a hypothesis with too many clusters for an exact count, from the shuffles of its family."""
    test = counted(np.array([observed]), shuffled[:, None])[0]
    greater = int((shuffled >= observed).sum())
    p = Fraction(test.extreme + 1, test.count + 1)
    record |= {"s": int(observed), "p": probability(p), "p_greater": probability(Fraction(greater + 1, test.count + 1))}
    record["note"] = f"by {test.count:,} shuffles: no exact count within reach"
    return p


def _association(
    record: dict[str, Any], x: Floats, y: Floats, stratum: Ints, rows: Weights, pairs: Pairs, plan: Plan
) -> bool:
    """Fill in one hypothesis, but for its p-value where an exact one is out of reach; whether it is defined."""
    known = ~(np.isnan(x) | np.isnan(y))
    record["n"] = int(known.sum())
    whole_x, whole_y, strata = x[known].astype(np.int64), y[known].astype(np.int64), stratum[known]
    try:
        if not known.any():
            raise NoVariationError(NEVER_SCORED)
        record |= _exact(whole_x, whole_y, strata)
    except NoVariationError as error:
        record["note"] = str(error)
        return False
    except TooLargeError:
        pass
    found = intervals(measures(x, y, stratum, rows, pairs), stratum, plan.level)
    for number, name in enumerate(MEASURES):
        record |= {
            name: decimal(found.estimate[number]),
            f"{name}_low": decimal(found.low[number]),
            f"{name}_high": decimal(found.high[number]),
        }
    record["undefined"] = int(found.undefined.max())
    return True


def _exact(x: Ints, y: Ints, stratum: Ints) -> dict[str, Any]:
    """The exact tests of a hypothesis. Raises NoVariationError, and TooLargeError where the main one is too large."""
    test = jonckheere_terpstra(x, y, stratum, WORK)
    p = test.p("distance")
    record: dict[str, Any] = {
        "s": test.observed, "p_greater": probability(test.p("greater")), "p": probability(p),
        "p_probability": probability(test.p("probability")), "p_mid": probability(test.p("distance", mid=True)),
        "p_exact": f"{p.numerator}/{p.denominator}",
    }  # fmt: skip
    try:
        if len(x) > MOST_FOR_GAMMA:
            raise TooLargeError(f"{len(x)} clusters")
        record["p_gamma"] = probability(goodman_kruskal_gamma(x, y, stratum).p())
    except TooLargeError:
        record["note"] = "gamma: no exact test within reach"
    return record


def influence(panel: Panel, family: Family) -> pd.DataFrame:
    """tau_b (and the other measures) of each stratified hypothesis without each cluster in turn."""
    n = len(panel.frame)
    rows = panel.rows[: n + 1]
    pairs = Pairs(panel.stratum, rows)
    records = []
    for predictor in family.predictors:
        for outcome in family.outcomes:
            values = measures(panel.values(predictor), panel.values(outcome), panel.stratum, rows, pairs)
            tau_b = values[0, 0]
            for cluster, without in zip(panel.frame["cluster"], values[1:], strict=True):
                record = {
                    "missing": panel.missing, "predictor": predictor, "outcome": outcome, "cluster": cluster,
                    "tau_b": decimal(tau_b), "without": decimal(without[0]), "change": decimal(without[0] - tau_b),
                }  # fmt: skip
                others = zip(MEASURES[1:], without[1:], strict=True)
                record |= {f"{name}_without": decimal(value) for name, value in others}
                records.append(record)
    return _frame(records, INFLUENCE)


def nulls(panel: Panel, family: Family) -> pd.DataFrame:
    """The whole exact null distribution of S for every stratified hypothesis that is defined."""
    records = []
    for predictor in family.predictors:
        for outcome in family.outcomes:
            x, y = panel.values(predictor), panel.values(outcome)
            known = ~(np.isnan(x) | np.isnan(y))
            try:
                test = jonckheere_terpstra(
                    x[known].astype(np.int64), y[known].astype(np.int64), panel.stratum[known].tolist(), WORK
                )
            except (NoVariationError, TooLargeError):
                continue  # `associations` says so
            for value, share in zip(test.null.values.tolist(), test.null.probabilities().tolist(), strict=True):
                records.append(
                    {
                        "missing": panel.missing,
                        "predictor": predictor,
                        "outcome": outcome,
                        "s": value,
                        "probability": f"{share:.6e}",
                        "observed": test.observed,
                    }
                )
    return _frame(records, NULLS)


def means(panel: Panel, plan: Plan) -> pd.DataFrame:
    """The mean of each kind of upgrading by degree, in points, with intervals: the report's own comparison."""
    records = []
    labels = panel.frame["degree"].map({float(place): name for place, name in enumerate(reversed(DEGREES))})
    for scope in (*panel.sectors, ALL_SECTORS):
        here = panel.within(scope)
        rows, stratum = _scoped(panel, here)
        for outcome in UPGRADING:
            y = panel.values(outcome)[here] / UNIT
            classes = labels[here].tolist()
            found = intervals(class_means(classes, y, DEGREES, rows), stratum, plan.level)
            for number, degree in enumerate(DEGREES):
                scored = [
                    value for value, name in zip(y, classes, strict=True) if name == degree and not np.isnan(value)
                ]
                note = "" if scored else "no cluster"
                if scored and np.isnan(found.low[number]):
                    note = "one value in all clusters: no interval"
                records.append(
                    {
                        "missing": panel.missing,
                        "scope": scope,
                        "degree": degree,
                        "outcome": outcome,
                        "n": len(scored),
                        "mean": decimal(found.estimate[number]),
                        "low": decimal(found.low[number]),
                        "high": decimal(found.high[number]),
                        "note": note,
                    }
                )
    return _frame(records, MEANS)


def sector_differences(panel: Panel, plan: Plan) -> pd.DataFrame:
    """Do the sectors differ? Kruskal and Wallis' H under shuffles of the sectors, shared by all outcomes."""
    outcomes = plan.sectors_differ
    lists = [[None if np.isnan(value) else int(value) for value in panel.values(name)] for name in outcomes]
    observed, shuffled = group_differences(panel.frame["sector"].tolist(), lists, count=plan.shuffles, seed=plan.seed)
    records, defined = [], [number for number in range(len(outcomes)) if not np.isnan(observed[number])]
    tests = dict(zip(defined, counted(observed[defined], shuffled[:, defined], tolerance=1e-9), strict=True))
    p_values = [Fraction(tests[number].extreme + 1, tests[number].count + 1) for number in defined]
    adjusted = dict(
        zip(
            defined,
            zip(
                holm(p_values),
                benjamini_hochberg(p_values),
                step_down_max(*_ranked(observed[defined], shuffled[:, defined])),
                strict=True,
            ),
            strict=True,
        )
    )
    for number, name in enumerate(outcomes):
        n = sum(value is not None for value in lists[number])
        record: dict[str, Any] = {"missing": panel.missing, "outcome": name, "n": n}
        if number in tests:
            test = tests[number]
            record |= {"h": decimal(observed[number]), "p": probability(test.p)}
            record |= dict(zip(("p_low", "p_high"), map(probability, test.interval), strict=True))
            record |= dict(zip(("holm", "bh", "maxt"), map(probability, adjusted[number]), strict=True))
            record["epsilon_squared"] = decimal(observed[number] / (n - 1))
        else:
            record["note"] = NO_VARIATION
        records.append(record)
    return _frame(records, SECTORS)


def _ranked(observed: Floats, shuffled: Floats) -> tuple[Floats, Floats]:
    """H on one scale whatever its degrees of freedom: 1 - p among the outcome's own shuffles (that is minP)."""
    everything = np.round(np.vstack([observed[None, :], shuffled]), 9)
    scaled = np.empty(everything.shape)
    for column in range(everything.shape[1]):
        ordered = np.sort(everything[:, column])
        scaled[:, column] = np.searchsorted(ordered, everything[:, column], side="left") / len(ordered)
    return scaled[0], scaled[1:]


def external_above_joint(panel: Panel, plan: Plan) -> pd.DataFrame:
    """Are external economies above joint action? Wilcoxon's signed rank test, zeros by Pratt; eei - jai in points."""
    records = []
    for scope in (*panel.sectors, ALL_SECTORS):
        here = panel.within(scope)
        difference = panel.values("eei")[here] - panel.values("jai")[here]
        known = difference[~np.isnan(difference)].astype(np.int64)
        rows, stratum = _scoped(panel, here)
        weight = (rows * ~np.isnan(difference)).astype(np.float64)
        with np.errstate(invalid="ignore"):
            mean = (weight @ np.nan_to_num(difference) / UNIT / weight.sum(axis=1))[:, None]
        found = intervals(mean, stratum, plan.level)
        record: dict[str, Any] = {
            "missing": panel.missing, "scope": scope, "n": len(known), "above": int((known > 0).sum()),
            "equal": int((known == 0).sum()), "below": int((known < 0).sum()), "mean": decimal(found.estimate[0]),
            "low": decimal(found.low[0]), "high": decimal(found.high[0]),
        }  # fmt: skip
        try:
            test = wilcoxon_signed_rank(known)
            p = test.p("distance")
            record |= {
                "p_greater": probability(test.p("greater")),
                "p": probability(p),
                "p_exact": f"{p.numerator}/{p.denominator}",
                "p_mid": probability(test.p("distance", mid=True)),
            }
        except NoVariationError as error:
            record["note"] = str(error)
        records.append(record)
    return _frame(records, PAIRED)


def scales(panel: Panel, plan: Plan) -> pd.DataFrame:
    """Alpha (with its interval), omega and the item-rest correlations of the two item sets, all clusters together."""
    records = []
    for scale, items in (("external_economies", EXTERNAL_ECONOMIES), ("joint_action", JOINT_ACTIONS)):
        values = panel.frame[list(items)].to_numpy(dtype=np.float64) / UNIT
        known = ~np.isnan(values).any(axis=1)
        rows, stratum = _scoped(panel, known)
        found = intervals(alpha(values[known], rows)[:, None], stratum, plan.level)
        value, heywood = omega(values[known])
        shared = {
            "missing": panel.missing, "scale": scale, "n": int(known.sum()), "alpha": decimal(found.estimate[0]),
            "low": decimal(found.low[0]), "high": decimal(found.high[0]), "omega": "" if heywood else decimal(value),
            "note": "omega undefined: Heywood case, an item's unique variance is negative" if heywood else "",
        }  # fmt: skip
        for item, correlation in zip(items, item_rest(values[known]), strict=True):
            records.append(shared | {"item": item, "item_rest": decimal(correlation)})
    return _frame(records, SCALES)


def power(panel: Panel, plan: Plan) -> pd.DataFrame:
    """The power of the stratified exact test for each kind of upgrading, and the tau_b it finds with the target."""
    records = []
    for outcome in UPGRADING:
        shared: dict[str, Any] = {"missing": panel.missing, "predictor": plan.power_predictor, "outcome": outcome}
        x, y = panel.values(plan.power_predictor), panel.values(outcome)
        known = ~(np.isnan(x) | np.isnan(y))
        stratum = strata_codes(panel.stratum[known].tolist(), int(known.sum()))
        try:
            found: Power = simulate(
                x[known].astype(np.int64), y[known].astype(np.int64), stratum, simulations=plan.simulations,
                seed=plan.seed, significance=plan.significance, work=WORK,
            )  # fmt: skip
        except NoVariationError as error:
            records.append(shared | {"note": str(error)})
            continue
        except TooLargeError:
            records.append(shared | {"note": "no exact count within reach"})
            continue
        detectable = found.detectable(plan.power)
        note = "" if not np.isnan(detectable) else f"no association reaches power {plan.power}"
        for rho, tau, one, two in zip(found.rho, found.tau_b, found.power, found.mid_power, strict=True):
            records.append(
                shared
                | {
                    "rho": f"{rho:.2f}",
                    "tau_b": decimal(tau),
                    "power": decimal(one),
                    "power_mid": decimal(two),
                    "detectable": decimal(detectable),
                    "note": note,
                }
            )
    return _frame(records, POWER)


def models(panel: Panel, plan: Plan) -> pd.DataFrame:
    """The ordered logit of each kind of upgrading on each index with sector effects; slope per point of the index."""
    from scipy.special import ndtri

    from collective_efficiency.inference.models import ordered_logit  # statsmodels: only where a model is fitted

    wide = float(ndtri((1 + plan.level) / 2))
    records = []
    for predictor in ("ce", "eei", "jai"):
        for outcome in UPGRADING:
            x, y = panel.values(predictor) / UNIT, panel.values(outcome)
            known = ~(np.isnan(x) | np.isnan(y))
            stratum = panel.stratum[known]
            record: dict[str, Any] = {"missing": panel.missing, "predictor": predictor, "outcome": outcome, "n": 0}
            try:
                fit = ordered_logit(x[known], y[known].astype(np.int64), stratum)
            except NoVariationError as error:
                records.append(record | {"note": str(error)})
                continue
            left_out = "; ".join(panel.frame["sector"][panel.stratum == number].iloc[0] for number in fit.left_out)
            notes = [f"no variation in {left_out}: its effect is not identified"] if left_out else []
            if fit.method == "penalised":
                notes.append("the outcomes are separated: slope shrunk, no test; use the exact one")
            if fit.score_df and fit.score_df * 5 > fit.n:
                notes.append("few clusters a level: score test unreliable")
            bounds = [float(np.exp(fit.slope + side * wide * fit.error)) for side in (0, -1, 1)]
            record |= {"n": fit.n, "slope": decimal(fit.slope), "error": decimal(fit.error)}
            record |= dict(zip(("odds_ratio", "low", "high"), map(decimal, bounds), strict=True))
            record |= {
                "ratio": decimal(fit.ratio),
                "p": probability(fit.ratio_p),
                "score": decimal(fit.score),
                "score_df": fit.score_df,
                "score_p": probability(fit.score_p),
            }
            records.append(record | {"left_out": left_out, "method": fit.method, "note": "; ".join(notes)})
    return _frame(records, MODELS)


def _scoped(panel: Panel, here: Any) -> tuple[Weights, Ints]:
    """The weights and strata of some clusters, with the rows that leave out one of them."""
    n = len(here)
    rows = np.concatenate([panel.rows[:1], panel.rows[1 : n + 1][here], panel.rows[n + 1 :]])[:, here]
    return rows, strata_codes(panel.stratum[here].tolist(), int(here.sum()))


def decimal(value: float, places: int = 4) -> str:
    """A number with fixed decimals; empty where undefined; never a negative zero."""
    if np.isnan(value):
        return ""
    text = f"{value:.{places}f}"
    return text.lstrip("-") if not float(text) else text


def probability(value: Fraction | float) -> str:
    """A p-value with six decimals, in powers of ten where these would not show it; empty where undefined."""
    number = float(value)
    return "" if np.isnan(number) else f"{number:.6f}" if number >= SMALLEST or not number else f"{number:.2e}"


def _frame(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [{column: record.get(column, "") for column in columns} for record in records], columns=list(columns)
    ).astype(str)


def answers(found: Sequence[Panel], plan: Plan) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every frame of the stage but the models, by the name of its file."""
    main = plan.families[0]

    def every(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
        return pd.concat(frames, ignore_index=True)

    yield "associations", every([associations(panel, family, plan) for panel in found for family in plan.families])
    yield "influence", every([influence(panel, main) for panel in found])
    yield "nulls", every([nulls(panel, main) for panel in found])
    yield "means", every([means(panel, plan) for panel in found])
    yield "sectors", every([sector_differences(panel, plan) for panel in found])
    yield "paired", every([external_above_joint(panel, plan) for panel in found])
    yield "scales", every([scales(panel, plan) for panel in found])
    yield "power", every([power(panel, plan) for panel in found])
