"""The figure of the value chains: how many clusters of each sector take part, and where the chains lead."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from collective_efficiency.exhibits.panels import FigureData, empty_grid
from collective_efficiency.exhibits.style import INK
from collective_efficiency.words import GOVERNANCE, LABELS, NOT_AVAILABLE

SHARES = {"domestic": ("Domestic only", "#9ecae1"), "global": ("Global only", "#D55E00"), "both": ("Both", "#4d004b")}
MOST_IN_LINE = 3  # panels beside one another
MOST_TICKED = 50  # clusters of a panel, up to which its axis has ten ticks
WIDTH_OF_DIGIT = 0.055  # of a number, in shares of a panel's width


def governance_figure(data: FigureData) -> Figure:
    """How many clusters of each sector take part in each kind of chain, and where the chain leads."""
    frame, coded = data.governance[data.governance["chain"].isin(GOVERNANCE)], coded_sectors(data)
    lines = -(-len(coded) // MOST_IN_LINE) or 1
    figure, axes = empty_grid(lines, min(max(len(coded), 1), MOST_IN_LINE), height=0.6 + 1.9 * lines, sharey=True)
    for ax in axes[len(coded) :]:
        ax.set_visible(False)
    for ax, sector in zip(axes, coded, strict=False):
        group = frame[frame["sector"] == sector].set_index("chain").loc[list(reversed(GOVERNANCE))]
        clusters, new = _coded_clusters(data, sector)
        left = np.zeros(len(group))
        for share, (word, colour) in SHARES.items():
            counts = group[share].astype(int).to_numpy()
            bars = ax.barh([LABELS[chain] for chain in group.index], counts, left=left, color=colour, label=word)
            ax.bar_label(
                bars, [_if_it_fits(int(count), clusters) for count in counts], label_type="center",
                color=INK if share == "domestic" else "white",
            )  # fmt: skip
            left += counts
        for place, n_coded in enumerate(group["n_coded"].astype(int)):
            if n_coded < clusters:
                ax.annotate(f"of {n_coded:,}", (1, place + 0.46), xycoords=("axes fraction", "data"), ha="right",
                            va="center", fontsize=6, color=INK)  # fmt: skip
        ax.set_title(f"{data.short_names[sector]} ({clusters:,}){f'{chr(10)}{new:,} of them new' if new else ''}")
        ax.set_xlim(0, clusters)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=10 if clusters < MOST_TICKED else 5, integer=True))
        ax.grid(axis="y", visible=False)
    figure.supxlabel("Clusters that take part (of those coded)", fontsize=8)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


def coded_sectors(data: FigureData) -> list[str]:
    """The sectors that are drawn: those of which any cluster has a code of governance."""
    coded = data.governance[data.governance["n_coded"].astype(int) > 0]
    return [sector for sector in data.sectors if sector in set(coded["sector"])]


def _coded_clusters(data: FigureData, sector: str) -> tuple[int, int]:
    """How many clusters of a sector have a code of any kind, and how many of these are new."""
    codes = data.clusters.loc[data.clusters["sector"] == sector, ["cluster", *GOVERNANCE]]
    coded = codes.loc[~codes[list(GOVERNANCE)].isin(["", NOT_AVAILABLE]).all(axis=1), "cluster"]
    return len(coded), int(coded.isin(data.new).sum())


def _if_it_fits(count: int, clusters: int) -> str:
    """The number of a part of a bar; none where the part is too narrow for it."""
    return f"{count}" if count > WIDTH_OF_DIGIT * len(str(count)) * clusters else ""
