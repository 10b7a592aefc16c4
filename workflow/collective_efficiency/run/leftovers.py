"""What earlier runs made of studies that are enabled no more, or otherwise: nothing of it is of this run."""

import shlex
from collections.abc import Collection, Sequence

from collective_efficiency.run.plan import Plan
from collective_efficiency.words import READINGS

OF_SEVERAL_RATERS = (
    "disagreements.csv", "disagreements.html", "reliability.csv", "reliability.md", "reliability.png",
    "reliability.svg",
)  # fmt: skip
OF_CLUSTERS_SCORED_AGAIN = (
    "agreement.csv", "limits.csv", "differences.csv", "bland_altman.png", "bland_altman.svg", "bland_altman.md",
)  # fmt: skip


def possible_leftovers(plan: Plan, studied: Collection[str], tested: Collection[str]) -> list[str]:
    """Paths that a run with `plan` does not make, and an earlier one of other studies may have made.

    studied: the names in results/studies. tested: the datasets that are tested.

    >>> possible_leftovers(Plan({}, {}, {}, (), ()), ["ethiopia"], ["report"])
    ['results/studies/ethiopia', 'results/audits', 'results/extended', 'results/notebooks/studies.html']
    """
    paths = [f"results/studies/{study}" for study in sorted({*studied} - {*plan.studies})]
    paths += [] if plan.audits else ["results/audits"]
    if not plan.studies:
        return [*paths, "results/extended", "results/notebooks/studies.html"]
    for files, studies in ((OF_SEVERAL_RATERS, plan.rated), (OF_CLUSTERS_SCORED_AGAIN, plan.scored_again)):
        paths += [f"results/studies/{study}/{file}" for study in sorted({*plan.studies} - {*studies}) for file in files]
    if "extended" not in tested:
        paths += [f"results/extended/{reading}/inference" for reading in READINGS] + ["results/extended/robustness"]
    return paths


def leftovers_line(paths: Sequence[str]) -> str:
    """What an earlier run left, and the command that removes it; empty where it left nothing.

    >>> print(leftovers_line(["results/studies/my study", "results/extended"]), end="")
    Left by an earlier run, and not of this one: rm -r 'results/studies/my study' results/extended
    """
    return f"Left by an earlier run, and not of this one: rm -r {shlex.join(paths)}\n" if paths else ""
