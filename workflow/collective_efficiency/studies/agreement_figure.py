"""Stage `agreement`, the figure: differences of the indices against their means, a panel an index."""

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure

from collective_efficiency.exhibits.style import COLOURS, GREY, INK, WIDTH, saved
from collective_efficiency.files.csv_files import Record
from collective_efficiency.words import INDICES, LABELS


def draw_agreement(report: Sequence[Record], study: Sequence[Record], limits: Sequence[Record]) -> dict[str, bytes]:
    """The figure of Bland and Altman (1986) as `svg` and `png`. report, study: rows of indices; limits: limits.csv."""
    return saved(lambda: _figure(report, study, {row["index"]: row for row in limits}))


def _figure(report: Sequence[Record], study: Sequence[Record], limits: Mapping[str, Record]) -> Figure:
    known = {row["cluster"]: row for row in report}
    figure = Figure(figsize=(WIDTH, 2.7), layout="constrained")
    for ax, index in zip(figure.subplots(1, 3, sharey=True), INDICES, strict=True):
        both = [(known[row["cluster"]][index], row[index]) for row in study if row["cluster"] in known]
        pairs = [(float(one), float(other)) for one, other in both if one and other]
        ax.axhline(0, color=GREY, linewidth=0.8)
        ax.plot([(one + two) / 2 for one, two in pairs], [two - one for one, two in pairs], "o", color=COLOURS[0],
                markersize=5, alpha=0.75)  # fmt: skip
        for name, style in (("bias", "-"), ("low", "--"), ("high", "--")):
            if limits[index][name]:
                height = float(limits[index][name])
                ax.axhline(height, color=COLOURS[1], linewidth=1.2, linestyle=style)
                ax.annotate(f"{height:.2f}", (1, height), xycoords=("axes fraction", "data"),
                            xytext=(-2, 2), textcoords="offset points", ha="right", color=INK)  # fmt: skip
        ax.set(title=f"{LABELS[index]} ({limits[index]['n']})".replace(" index", "\nindex"), xlim=(-0.3, 12.3))
        ax.set_xticks(range(0, 13, 3))
        ax.margins(y=0.2)
    figure.supxlabel("Mean of the two indices (0 to 12); lines: mean difference and ± 1.96 standard deviations", size=8)
    figure.supylabel("Study less report", size=8)
    return figure
