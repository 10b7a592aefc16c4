"""Tables with a row a score, or a column a rater, turned into what studies are read from: a row a cluster and rater."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from collective_efficiency.problems import nearest, shown
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.headings import bare, folded
from collective_efficiency.studies.mapping import ColumnMeaning
from collective_efficiency.words import counted

TextsByMeaning = dict[ColumnMeaning, list[str]]


@dataclass(frozen=True)
class Arranged:
    """Columns by their words, with a row a cluster and rater.

    lines: on which row of the file each row begins. cell_lines: by column, on which row of the file each of its texts
    stands, where that is another.
    """

    columns: dict[str, list[str]]
    lines: Sequence[int]
    cell_lines: Mapping[str, Sequence[int]] = field(default_factory=dict)


def wide(texts: TextsByMeaning, lines: Sequence[int], context: TableContext) -> Arranged:
    """A table with a row a cluster: as it is, or, where raters have columns of their own, with a row for each."""
    raters = list(dict.fromkeys(meaning.rater for meaning in texts if meaning.rater))
    if not raters:
        return Arranged({meaning.key: column for meaning, column in texts.items()}, lines)
    shared = {meaning.key: column for meaning, column in texts.items() if not meaning.rater}
    for key in shared:
        if context.words.holds[key] in ("score", "code") or key == "rater":
            message = (
                "other columns are of one rater each: say under columns whose scores these are, too, or ignore them"
            )
            context.bad("", key, "", message)
    scored = list(dict.fromkeys(meaning.key for meaning in texts if meaning.rater))
    empty = [""] * len(lines)
    by_rater = {
        rater: list(zip(*(texts.get(ColumnMeaning(key, rater), empty) for key in scored), strict=True))
        for rater in raters
    }
    kept = [(index, rater) for index in range(len(lines)) for rater in _raters_of(index, by_rater)]
    columns = {key: [column[index] for index, _ in kept] for key, column in shared.items()}
    columns["rater"] = [rater for _, rater in kept]
    for place, key in enumerate(scored):
        columns[key] = [by_rater[rater][index][place] for index, rater in kept]
    context.note("raters", ", ".join(raters), f"a column a rater, as study.yaml says: {counted(len(kept), 'row')}")
    return Arranged(columns, [lines[index] for index, _ in kept])


def _raters_of(index: int, by_rater: Mapping[str, Sequence[tuple[str, ...]]]) -> list[str]:
    """The raters who score anything in a row; the first of them where none does, so that the row is not lost."""
    raters = [rater for rater, rows in by_rater.items() if any(map(str.strip, rows[index]))]
    return raters or list(by_rater)[:1]


def long(texts: TextsByMeaning, lines: Sequence[int], context: TableContext) -> Arranged | None:
    """A table with a row a score, turned: a row for each cluster and rater. None where it lacks the columns for it."""
    shared = {meaning.key: column for meaning, column in texts.items() if meaning.key not in ("item", "score")}
    scores = {meaning.rater: column for meaning, column in texts.items() if meaning.key == "score"}
    items = next((column for meaning, column in texts.items() if meaning.key == "item"), None)
    for name, is_there in (("item", items is not None), ("score", bool(scores)), ("cluster", "cluster" in shared)):
        if not is_there:
            message = "the column is missing; a table with a row a score (layout: long) needs cluster, item and score"
            context.bad("", name, "", message)
    if items is None or not scores or "cluster" not in shared:
        return None
    named = _items(items, lines, context)
    turned = _Turned(shared, context)
    for index, text in enumerate(items):
        item = named.get(text, "")
        if not shared["cluster"][index] and not text:
            continue
        for rater, column in scores.items():
            score = column[index]
            if item and (rater == "" or score):
                turned.add(index, lines[index], rater or shared.get("rater", [""] * len(lines))[index], item, score)
    context.note("layout", "long", f"{counted(len(lines), 'row')} of scores are {counted(len(turned.lines), 'row')}")
    return turned.arranged()


def _items(items: Sequence[str], lines: Sequence[int], context: TableContext) -> dict[str, str]:
    """The column that each text under `item` means: a word, or a heading that is known."""
    ignored, words = set(map(folded, context.mapping.ignore)), context.words.items
    named: dict[str, str] = {}
    for text in dict.fromkeys(items):
        count = counted(items.count(text), "row")
        if bare(text) in words:
            named[text] = words[bare(text)]
            if named[text] != text:
                context.note("item", named[text], f"under {shown(text)} in {count}")
        elif folded(text) in ignored:
            context.note("ignored", shown(text), f"{count}, under ignore in study.yaml")
        elif text:
            known = dict.fromkeys(words.values())
            message = f"no such item; say what it means in study.yaml, as values: {{item: {{{text}: inputs}}}}"
            context.bad(lines[items.index(text)], "item", text, f"{message}{nearest(text, known)}")
    return named


class _Turned:
    """Rows of scores gathered by cluster and rater."""

    def __init__(self, shared: Mapping[str, list[str]], context: TableContext) -> None:
        self._shared, self._context = shared, context
        self._cells: dict[tuple[str, str], dict[str, tuple[str, int]]] = {}
        self._facts: dict[tuple[str, str], dict[str, str]] = {}
        self.lines: list[int] = []

    def add(self, index: int, line: int, rater: str, item: str, score: str) -> None:
        """One score."""
        cluster = self._shared["cluster"][index]
        if (cluster, rater) not in self._cells:
            self.lines.append(line)
        cells = self._cells.setdefault((cluster, rater), {})
        before = cells.setdefault(item, (score, line))
        if before[1] != line:
            whose = f" by {rater}" if rater else "; if another rater gives it, map a column to rater"
            message = f"the cluster is scored twice{whose}; first in row {before[1]}"
            self._context.bad(line, item, score, message)
        facts = self._facts.setdefault((cluster, rater), {})
        for name, column in self._shared.items():
            text = column[index]
            if text and facts.setdefault(name, text) != text:
                message = f"another row of the cluster has {facts[name]!r}"
                self._context.bad(line, name, text, message)

    def arranged(self) -> Arranged:
        """The columns: facts, the rater where there is one, and a column for each item."""
        keys = list(self._cells)
        columns = {name: [self._facts[key].get(name, "") for key in keys] for name in self._shared}
        columns["cluster"] = [cluster for cluster, _ in keys]
        if any(rater for _, rater in keys):
            columns["rater"] = [rater for _, rater in keys]
        cell_lines: dict[str, list[int]] = {}
        for item in dict.fromkeys(self._all_items()):
            found = [self._cells[key].get(item, ("", line)) for key, line in zip(keys, self.lines, strict=True)]
            columns[item] = [text for text, _ in found]
            cell_lines[item] = [line for _, line in found]
        return Arranged(columns, self.lines, cell_lines)

    def _all_items(self) -> Iterator[str]:
        for cells in self._cells.values():
            yield from cells
