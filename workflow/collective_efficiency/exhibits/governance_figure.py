"""The figure of the value chains: how many clusters of each sector take part, and where the chains lead."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from collective_efficiency.exhibits.panels import FigureData, empty_grid
from collective_efficiency.exhibits.style import INK
from collective_efficiency.words import GOVERNANCE, LABELS, NOT_AVAILABLE

SHARES = {"domestic": ("Domestic only", "#9ecae1"), "global": ("Global only", "#D55E00"), "both": ("Both", "#4d004b")}


def governance_figure(data: FigureData) -> Figure:
    """How many clusters of each sector take part in each kind of chain, and where the chain leads."""
    frame, coded = data.governance[data.governance["chain"].isin(GOVERNANCE)], coded_sectors(data)
    figure, axes = empty_grid(1, len(coded), height=2.5, sharey=True)
    for ax, sector in zip(axes, coded, strict=True):
        group = frame[frame["sector"] == sector].set_index("chain").loc[list(reversed(GOVERNANCE))]
        left = np.zeros(len(group))
        for share, (word, colour) in SHARES.items():
            counts = group[share].astype(int).to_numpy()
            bars = ax.barh([LABELS[chain] for chain in group.index], counts, left=left, color=colour, label=word)
            ax.bar_label(
                bars, [str(count) if count else "" for count in counts], label_type="center",
                color=INK if share == "domestic" else "white",
            )  # fmt: skip
            left += counts
        total = int(group["n_coded"].iloc[0])
        new = _new_coded(data, sector)
        ax.set_title(f"{data.short_names[sector]} ({total}){f'{chr(10)}{new} of them new' if new else ''}")
        ax.set_xlim(0, total)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.grid(axis="y", visible=False)
    figure.supxlabel("Clusters that take part (of those coded)", fontsize=8)
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center", ncols=3)
    return figure


def coded_sectors(data: FigureData) -> list[str]:
    """The sectors that are drawn: those of which any cluster has a code of governance."""
    coded = dict(zip(data.governance["sector"], data.governance["n_coded"].astype(int), strict=True))
    return [sector for sector in data.sectors if coded[sector]]


def _new_coded(data: FigureData, sector: str) -> int:
    """How many of the new clusters of a sector have a code of governance."""
    new = data.clusters[data.clusters["cluster"].isin(data.new) & (data.clusters["sector"] == sector)]
    return int((~new[list(GOVERNANCE)].isin(["", NOT_AVAILABLE])).any(axis=1).sum())
