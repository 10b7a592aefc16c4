"""Draws docs/figures/rule_graph.png, the rules and what each takes from which: `python tests/rule_graph.py`."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PICTURE = PROJECT / "docs/figures/rule_graph.png"
ALL = ("studies=[example_raters,example_simple]", "audits=[titanic]")
WIDTH, HEIGHT = 2.6, 0.62  # inches between the middles of boxes
BOX = 0.92  # inches from the middle of a box to its side

Edges = list[tuple[str, str]]


def edges(project: Path, *options: str) -> Edges:
    """Every pair of rules of which the second takes a file that the first makes; `all` is left out."""
    command = [sys.executable, "-m", "snakemake", "--nolock", "--rulegraph", *options]
    dot = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True).stdout
    names = dict(re.findall(r'(\d+)\[label = "(\w+)"', dot))
    pairs = [(names[first], names[second]) for first, second in re.findall(r"(\d+) -> (\d+)", dot)]
    return sorted(pair for pair in pairs if "all" not in pair)


def graph(project: Path) -> tuple[Edges, Edges]:
    """The pairs of the report's own run, and those that enabled studies and other reports add."""
    own = edges(project)
    return own, [pair for pair in edges(project, "--config", *ALL) if pair not in own]


def described(pairs: Edges) -> str:
    """The pairs as a text, which the picture carries so that a test can tell whether it is current."""
    return "; ".join(f"{first} > {second}" for first, second in sorted(pairs))


def rooms(project: Path) -> dict[str, str]:
    """The room of each rule: its rules file."""
    declared = re.compile(r"^(?:use )?rule (?:\w+ as )?(\w+)(?: with)?:", re.MULTILINE)
    paths = sorted((project / "workflow/rules").glob("*.smk"))
    return {name: path.stem for path in paths for name in declared.findall(path.read_text(encoding="utf-8"))}


def columns(pairs: Edges) -> dict[str, int]:
    """The column of each rule: right of all that it takes from; what takes nothing stands beside its first user."""
    column = dict.fromkeys((name for pair in pairs for name in pair), 0)
    for _ in column:
        for first, second in pairs:
            column[second] = max(column[second], column[first] + 1)
    for source in sorted(column.keys() - {second for _, second in pairs}):
        column[source] = min(column[second] for first, second in pairs if first == source) - 1
    return column


def way(pair: tuple[str, str], column: dict[str, int]) -> list[str]:
    """The stops of an arrow: its two rules, and a stop in each column that it crosses, so that it crosses no box."""
    first, second = pair
    return [first, *(f"{first} > {second} {number}" for number in range(column[first] + 1, column[second])), second]


def places(column: dict[str, int], ways: list[list[str]]) -> dict[str, tuple[float, float]]:
    """Where each box and stop stands: in its column, as near as there is room to the middle of what it is bound to."""
    at = column | {stop: column[stops[0]] + number for stops in ways for number, stop in enumerate(stops)}
    order = {number: sorted(name for name in at if at[name] == number) for number in sorted(set(at.values()))}
    height = {name: place - len(stack) / 2 for stack in order.values() for place, name in enumerate(stack)}
    bound: dict[str, list[str]] = {name: [] for name in at}
    for stops in ways:
        for first, second in pairwise(stops):
            bound[first].append(second)
            bound[second].append(first)
    for _ in range(40):  # barycentres (Sugiyama 1981), swept until they rest
        for stack in order.values():
            stack.sort(key=lambda name: (sum(height[each] for each in bound[name]) / len(bound[name]), name))
            height |= {name: place - (len(stack) - 1) / 2 for place, name in enumerate(stack)}
    return {name: (at[name] * WIDTH, -height[name] * HEIGHT) for name in at}


def needed(pairs: Edges) -> Edges:
    """The pairs without those that a way over other rules implies."""
    after: dict[str, set[str]] = {}
    for first, second in pairs:
        after.setdefault(first, set()).add(second)

    def reaches(start: str, end: str) -> bool:
        return any(each == end or reaches(each, end) for each in after.get(start, ()))

    return [(a, b) for a, b in pairs if not any(c != b and reaches(c, b) for c in after[a])]


def draw(own: Edges, added: Edges, room_of: dict[str, str], path: Path) -> None:
    """Boxes by column, coloured by room; an arrow for each pair that no other way implies, dashed if studies add it."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    column, solid = columns(own + added), needed(own)
    drawn = [*solid, *(pair for pair in needed(own + added) if pair in added)]
    ways = [way(pair, column) for pair in drawn]
    place = places(column, ways)
    shown = [room for room in dict.fromkeys(room_of.values()) if any(room_of[name] == room for name in column)]
    colour = {room: mpl.colormaps["Set3"](number % 12) for number, room in enumerate(shown)}
    xs, ys = zip(*place.values(), strict=True)
    figure, axes = plt.subplots(figsize=(max(xs) + WIDTH, max(ys) - min(ys) + 1.4))
    axes.set(xlim=(-WIDTH / 2, max(xs) + WIDTH / 2), ylim=(min(ys) - 0.9, max(ys) + 0.5))
    axes.axis("off")
    for pair, stops in zip(drawn, ways, strict=True):
        line = {"color": "#555555", "linestyle": "-" if pair in solid else "--", "linewidth": 1}
        points = [(place[stops[0]][0] + BOX, place[stops[0]][1])]
        for x, y in (place[stop] for stop in stops[1:-1]):
            points += [(x - BOX, y), (x + BOX, y)]
        axes.plot(*zip(*points, strict=True), **line, zorder=1)
        end = (place[stops[-1]][0] - BOX, place[stops[-1]][1])
        style = line | {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", xy=end, xytext=points[-1], arrowprops=style, zorder=1)
    for name in column:
        x, y = place[name]
        box = {"boxstyle": "round,pad=0.12", "facecolor": colour[room_of[name]], "edgecolor": "#333333"}
        axes.add_patch(mpl.patches.FancyBboxPatch((x - 0.8, y - 0.11), 1.6, 0.22, zorder=2, **box))
        axes.text(x, y, name, ha="center", va="center", fontsize=11, zorder=3)
    handles = [mpl.patches.Patch(facecolor=colour[room], edgecolor="#333333", label=room) for room in shown]
    axes.legend(handles=handles, ncols=len(handles), loc="lower center", frameon=False, fontsize=11)
    metadata = {"Description": described(own + added), "Software": None}
    figure.savefig(path, dpi=110, bbox_inches="tight", metadata=metadata)
    plt.close(figure)


if __name__ == "__main__":
    draw(*graph(PROJECT), rooms(PROJECT), PICTURE)
