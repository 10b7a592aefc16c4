"""Exact and resampling inference for small samples of ordered scores, with ties and strata.

For any data: what this module exports takes sequences, arrays, Series or an ordered Categorical, and labels of strata;
docs/inference-library.md shows how, on other people's data. Most of it is used by no rule.

- data: from_table; exact tests: jonckheere_terpstra, linear_by_linear, spearman, wilcoxon_mann_whitney,
  wilcoxon_signed_rank (`exact`), goodman_kruskal_gamma, kruskal_wallis, fisher_freeman_halton (`enumeration`);
- permutation tests: by method="shuffles" or "auto" of these (`shuffled`); permutation_test, linear_tests,
  group_differences (`permutation`);
- families of hypotheses (`multiplicity`): holm, benjamini_hochberg, step_down_max;
- how large (`effects`, `bootstrap`): estimate, with BCa intervals;
- scales (`alpha_omega`): cronbach_alpha, mcdonald_omega, item_rest; models: ordered_logit (`ordered_logit`), and with
  a slope for each stratum, partially pooled: pooled_slopes (`pooled_slopes`);
- what a design can show (`power_simulation`): simulated_power;
- compiled loops, where numba is installed (`acceleration`): accelerating.

Below: `samples` reads values, `distributions` holds null distributions and their p-values, and `additive`, `halves`
and `fisher` count arrangements.

For this study: `plan` is what config.yaml asks, `panels` the clusters as numbers, `hypotheses` what is computed of each
hypothesis once, `questions` a module a question. The stages are `inference`, `models` and `answers`, the last with
`wording` and `answer_figures`; `frames` writes numbers as text.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collective_efficiency.inference.acceleration import accelerating
    from collective_efficiency.inference.alpha_omega import cronbach_alpha, item_rest, mcdonald_omega
    from collective_efficiency.inference.distributions import HypothesisTest
    from collective_efficiency.inference.effects import estimate
    from collective_efficiency.inference.enumeration import fisher_freeman_halton, goodman_kruskal_gamma, kruskal_wallis
    from collective_efficiency.inference.exact import (
        jonckheere_terpstra,
        linear_by_linear,
        spearman,
        wilcoxon_mann_whitney,
        wilcoxon_signed_rank,
    )
    from collective_efficiency.inference.multiplicity import benjamini_hochberg, holm, step_down_max
    from collective_efficiency.inference.ordered_logit import ordered_logit
    from collective_efficiency.inference.permutation import group_differences, linear_tests, permutation_test
    from collective_efficiency.inference.pooled_slopes import pooled_slopes
    from collective_efficiency.inference.power_simulation import simulated_power
    from collective_efficiency.inference.samples import NoVariationError, TooLargeError, from_table

_MODULES = {  # an import by name loads one module, and what it needs: start-up is what a short job pays for
    "acceleration": ("accelerating",),
    "alpha_omega": (
        "cronbach_alpha",
        "item_rest",
        "mcdonald_omega",
    ),
    "distributions": ("HypothesisTest",),
    "effects": ("estimate",),
    "enumeration": (
        "fisher_freeman_halton",
        "goodman_kruskal_gamma",
        "kruskal_wallis",
    ),
    "exact": (
        "jonckheere_terpstra",
        "linear_by_linear",
        "spearman",
        "wilcoxon_mann_whitney",
        "wilcoxon_signed_rank",
    ),
    "multiplicity": (
        "benjamini_hochberg",
        "holm",
        "step_down_max",
    ),
    "ordered_logit": ("ordered_logit",),
    "permutation": (
        "group_differences",
        "linear_tests",
        "permutation_test",
    ),
    "pooled_slopes": ("pooled_slopes",),
    "power_simulation": ("simulated_power",),
    "samples": (
        "NoVariationError",
        "TooLargeError",
        "from_table",
    ),
}
__all__ = [
    "HypothesisTest",
    "NoVariationError",
    "TooLargeError",
    "accelerating",
    "benjamini_hochberg",
    "cronbach_alpha",
    "estimate",
    "fisher_freeman_halton",
    "from_table",
    "goodman_kruskal_gamma",
    "group_differences",
    "holm",
    "item_rest",
    "jonckheere_terpstra",
    "kruskal_wallis",
    "linear_by_linear",
    "linear_tests",
    "mcdonald_omega",
    "ordered_logit",
    "permutation_test",
    "pooled_slopes",
    "simulated_power",
    "spearman",
    "step_down_max",
    "wilcoxon_mann_whitney",
    "wilcoxon_signed_rank",
]


def __getattr__(name: str) -> Any:
    """What is exported, from its module (PEP 562)."""
    from importlib import import_module

    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
