"""The captions of the figures: what is drawn, by which choices, and whom it leaves out."""

from collections.abc import Mapping, Sequence
from typing import Any

from collective_efficiency.choices import OF_THE_REPORT, rules_in_words
from collective_efficiency.exhibits.captions import caption_text
from collective_efficiency.exhibits.counted_figures import is_counted
from collective_efficiency.exhibits.figure_titles import FIGURE_TITLES
from collective_efficiency.exhibits.panels import FigureData
from collective_efficiency.measures.missing import missing_line, missing_scores
from collective_efficiency.words import ITEMS, NOT_AVAILABLE, READINGS, counted

READINGS_OF_FIGURE: Mapping[str, tuple[str, ...]] = {  # governance and scores are as printed, in either reading
    "ce_by_cluster": ("recomputed",),
    "eei_jai": ("recomputed",),
    "item_profiles": (),
    "degree_upgrading": ("recomputed",),
    "crosstabs": READINGS,
    "governance": (),
    "printed_recomputed": READINGS,
}
MOST_NAMED = 6  # clusters; of more a caption says only how many they are


def figure_caption(name: str, data: FigureData) -> str:
    """The caption of a figure of `data`; then which scores its new clusters lack; its choices at the end."""
    readings = READINGS_OF_FIGURE[name]
    said = caption_text(f"figures/{name}", data.choices, data.dataset, *readings, **_values(name, data))
    *paragraphs, line = said.split("\n\n")
    choices = data.choices
    if name == "printed_recomputed":
        choices, line = OF_THE_REPORT, "\n\n".join(rules_in_words(data.choices, data.dataset, *readings))
    added = data.clusters[data.clusters["study"] != "report"]
    lacking = missing_line(missing_scores(added), len(added), choices.missing)
    return "\n\n".join([*paragraphs, *([f"New clusters, {lacking}"] if lacking else []), line])


def _values(name: str, data: FigureData) -> dict[str, Any]:
    """What the templates of the figures ask for."""
    points, both = data.points(), data.both_by_report()
    side = {"eei_jai": ["eei", "jai"]}.get(name, ["ce"])
    without = points.loc[points[side].isna().any(axis=1), "name"]
    scores = data.clusters[list(ITEMS)] == NOT_AVAILABLE
    return {
        "counted": is_counted(name, data),
        "without_index": _who(list(without), "has", "have"),
        "other_degree": _other_degrees(data),
        "n_other_index": int((both["ce"] != both["ce_printed"]).sum()),
        "n_compared": len(both),
        "n_new_compared": counted(int(both["new"].sum()), "cluster") if both["new"].any() else "",
        "n_unprinted": counted(len(data.unprinted), "cluster") if data.unprinted else "",
        "n_missing": counted(int(scores.sum().sum()), "score") if scores.any(axis=None) else "",
        "n_new": counted(len(data.new), "cluster") if data.new else "",
        "title_of_comparison": FIGURE_TITLES["printed_recomputed"],
        "title_of_index": FIGURE_TITLES["ce_by_cluster"],
    }


def _who(names: Sequence[str], one: str, many: str) -> str:
    """`names` as the subject of a sentence: how many they are, and who, if they are few.

    >>> _who(["A", "B"], "has", "have"), _who(["A"], "has", "have")
    ('2 clusters (A; B) have', '1 cluster (A) has')
    """
    who = f" ({'; '.join(names)})" if len(names) <= MOST_NAMED else ""
    return f"{counted(len(names), 'cluster')}{who} {one if len(names) == 1 else many}" if len(names) else ""


def _other_degrees(data: FigureData) -> str:
    """Who has another degree as printed, and which."""
    both = data.points().merge(data.measured["printed"][["cluster", "degree"]], on="cluster", suffixes=("", "_printed"))
    both = both[(both["degree"] != both["degree_printed"]) & (both[["degree", "degree_printed"]] != "").all(axis=1)]
    names = [f"{name}: {degree}" for name, degree in zip(both["name"], both["degree_printed"], strict=True)]
    return _who(names, "has", "have")
