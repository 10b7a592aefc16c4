"""Exact and resampling inference for small samples of ordered scores, with ties and strata.

For any data: these take sequences of ordered values (integers, fractions or decimal text) and labels of strata, and are
the public face of the room. Most are used by no rule, but by who asks the same questions of other scores.

- exact tests by dynamic programming (`exact`): jonckheere_terpstra, linear_by_linear, spearman, wilcoxon_mann_whitney,
  wilcoxon_signed_rank; by enumeration (`enumeration`): goodman_kruskal_gamma, kruskal_wallis, fisher_freeman_halton;
- permutation tests where these are out of reach (`permutation`): permutation_test, linear_tests, group_differences;
- families of hypotheses (`multiplicity`): holm, benjamini_hochberg, step_down_max;
- how large (`effects`, `bootstrap`): estimate, with BCa intervals;
- scales (`alpha_omega`): cronbach_alpha, mcdonald_omega, item_rest; models (`ordered_logit`): ordered_logit;
- what a design can show (`power_simulation`): simulated_power;
- compiled loops, where numba is installed (`acceleration`): accelerating.

`samples` reads values and `distributions` holds null distributions and their p-values for all of them.

For this study: `plan` is what config.yaml asks, `panels` the clusters as numbers, `hypotheses` what is computed of each
hypothesis once, `questions` a module a question. The stages are `inference`, `models` and `answers`, the last with
`wording` and `answer_figures`; `frames` writes numbers as text.
"""
