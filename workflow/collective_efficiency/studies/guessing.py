"""A study.yaml guessed from a table: which column each of its headings means.

Every guess is an entry with the reason for it, and what cannot be guessed is left open and said: nothing is assumed in
silence. Where the headings are is guessed by `guessed_headings`, what the texts below them mean by `guessed_values`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from collective_efficiency.files.package import schema
from collective_efficiency.files.sheets.grid import column_letters
from collective_efficiency.problems import shown
from collective_efficiency.studies.headings import GROUPED, Words, bare, folded, table_words, ungrouped
from collective_efficiency.studies.mapping import ColumnMeaning
from collective_efficiency.studies.titled import HEAD, TitledGrid, matching_columns

FEWEST_LETTERS_INSIDE = 6  # of a known heading that stands inside a longer one
NEAR_HEADING, VERY_NEAR_HEADING = 0.8, 0.9  # ratios of difflib
FEWEST_ITEMS = 4  # known items under a heading, for a table with a row a score
SUFFIX = re.compile(r"(.*?)[\s_\-–:/(\[]+([^\s_\-–:/()\[\]]+)[)\]]?")


@dataclass(frozen=True)
class Guess:
    """One entry of a study.yaml that was guessed.

    path: the keys that lead to it. value: what stands there, or, if `listed`, one entry of the list that does.
    """

    path: tuple[str, ...]
    value: object
    why: str
    listed: bool = False


@dataclass
class Guesses:
    """What was guessed and what is open, and what has to stand in for that, to see what a run would say besides."""

    entries: list[Guess] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    stand_ins: list[Guess] = field(default_factory=list)

    def add(self, *path: str, value: object, why: str, listed: bool = False) -> None:
        """A guess; it takes the place of an earlier one of the same key."""
        if not listed:
            self.entries = [entry for entry in self.entries if entry.path != path]
        self.entries.append(Guess(path, value, why, listed))

    def leave_open(self, message: str, path: str, stand_in: str) -> None:
        """Something that a person must decide. stand_in: what would settle it, as an entry of the list at `path`."""
        self.open.append(message)
        self.stand_ins.append(Guess((path,), stand_in, "", listed=True))

    def document(self, settled: bool = False) -> dict[str, object]:
        """The guesses as study.yaml says them. settled: with what stands in for the open ones."""
        document: dict[str, object] = {}
        for entry in (*self.entries, *(self.stand_ins if settled else ())):
            place: dict[str, object] = document
            for key in entry.path[:-1]:
                place = place.setdefault(key, {})  # type: ignore[assignment]  # a mapping, as the schema has it
            if entry.listed:
                place.setdefault(entry.path[-1], []).append(entry.value)  # type: ignore[attr-defined]
            else:
                place[entry.path[-1]] = entry.value
        return document


def texts_of(titled: TitledGrid, column: int) -> list[str]:
    """The texts of a column below its heading; labels, where its codes have some."""
    texts, labels = titled.grid.columns[column], titled.grid.labels.get(column, {})
    return [labels.get(texts[row].strip(), texts[row].strip()) for row in titled.rows]


def guess_columns(titled: TitledGrid, guesses: Guesses) -> tuple[TitledGrid, Words]:
    """The sheet with all the columns that can be told, by headings that are known, near ones, and what stands below."""
    words = table_words()
    items = _column_of_items(titled, words)
    if items is not None:
        words = table_words("long")
        guesses.add("layout", value="long", why=f"{shown(titled.headings[items])} holds the names of scores")
    meanings = _ColumnGuesser(titled, words, guesses).meanings(items)
    return replace(titled, meanings=meanings), words


def _column_of_items(titled: TitledGrid, words: Words) -> int | None:
    """The column that says which score a row holds, if one does."""
    if len({meaning.key for meaning in titled.meanings.values()} & set(words.headings.values())) > FEWEST_ITEMS + 5:
        return None
    for column in range(len(titled.headings)):
        texts = {bare(text) for text in texts_of(titled, column) if text}
        known = {text for text in texts if words.holds.get(words.headings.get(text, "")) == "score"}
        if len(known) >= FEWEST_ITEMS and 2 * len(known) >= len(texts):
            return column
    return None


def longest_inside(text: str, known: Mapping[str, str]) -> str:
    """What the longest of the known headings means that stands inside a longer one; empty if none does.

    >>> longest_inside("acessoamercadosexternos", {"mercado": "market", "acessoamercados": "market_access"})
    'market_access'
    """
    inside = [heading for heading in known if len(heading) >= FEWEST_LETTERS_INSIDE and heading in text]
    return known[max(inside, key=len)] if inside else ""


class _ColumnGuesser:
    """What each column means."""

    def __init__(self, titled: TitledGrid, words: Words, guesses: Guesses) -> None:
        self._titled, self._words, self._guesses = titled, words, guesses
        self._headings = titled.headings
        counts = Counter(map(folded, titled.headings))
        self._names = [  # how study.yaml names each column
            " ".join(heading.split())
            if counts[folded(heading)] == 1 and heading
            else f"column {column_letters(column)}"
            for column, heading in enumerate(titled.headings)
        ]

    def meanings(self, items: int | None) -> dict[int, ColumnMeaning]:
        """All columns that can be told; what was guessed of them goes to the guesses."""
        meanings: dict[int, ColumnMeaning] = {}
        if items is not None:
            meanings[items] = ColumnMeaning("item")
            if self._certain(items) != "item":
                self._add(items, ColumnMeaning("item"), "it holds the names of scores")
        metadata = self._metadata()
        todo = [column for column in range(len(self._headings)) if column not in metadata and column not in meanings]
        todo = [column for column in todo if self._headings[column] or any(texts_of(self._titled, column))]
        raters = self._raters(todo) if items is None else {}
        for column, (meaning, why) in raters.items():
            meanings[column] = meaning
            self._add(column, meaning, why)
        todo = [column for column in todo if column not in raters]
        taken = {meaning.key for meaning in meanings.values()}
        for guess in (
            self._certain, self._behind_hyphen, self._described, self._very_near, self._inside, self._near,
        ):  # fmt: skip
            for column in todo:
                key = guess(column)
                if column in meanings or not key or key in taken or not self._suits(column, key):
                    continue
                meanings[column] = ColumnMeaning(key)
                taken.add(key)
                if guess != self._certain:
                    self._add(column, meanings[column], WHY_GUESSED[guess.__name__])
        if items is not None and "score" not in taken:
            self._scores_of_raters(todo, meanings)
        for column in todo:
            if column not in meanings:
                example = next(filter(None, texts_of(self._titled, column)), "empty")
                what = f"{self._names[column]!r} (such as {shown(example, 40)})"
                message = f"the column {what} is not known: write it under columns, or under ignore"
                self._guesses.leave_open(message, "ignore", self._names[column])
        return meanings

    def _add(self, column: int, meaning: ColumnMeaning, why: str) -> None:
        value = {"key": meaning.key, "rater": meaning.rater} if meaning.rater else meaning.key
        self._guesses.add("columns", self._names[column], value=value, why=why)

    def _metadata(self) -> set[int]:
        """The columns that survey tools add, which are ignored."""
        found: set[int] = set()
        for tool, patterns in schema("study_guesses")["metadata"].items():
            for pattern in patterns:
                columns = matching_columns(self._headings, pattern)
                if columns and not found.issuperset(columns):
                    self._guesses.add("ignore", value=pattern, why=f"{tool} adds such a column", listed=True)
                found.update(columns)
        return found

    def _certain(self, column: int) -> str:
        heading = self._headings[column]
        return self._words.column_of(heading, ungrouped(heading))

    def _behind_hyphen(self, column: int) -> str:
        return self._words.column_of(self._headings[column].rpartition("-")[2])

    def _described(self, column: int) -> str:
        described = bare(self._titled.grid.described.get(column, ""))
        return self._words.headings.get(described, "") or longest_inside(described, self._words.headings)

    def _inside(self, column: int) -> str:
        return longest_inside(bare(ungrouped(self._headings[column])), self._words.headings)

    def _very_near(self, column: int) -> str:
        return self._near(column, VERY_NEAR_HEADING)

    def _near(self, column: int, cutoff: float = NEAR_HEADING) -> str:
        text = bare(ungrouped(self._headings[column]))
        near = get_close_matches(text, self._words.headings, n=1, cutoff=cutoff)
        return self._words.headings[near[0]] if near else ""

    def _suits(self, column: int, key: str) -> bool:
        """A column of scores has few different texts, all of them short; one of facts may hold anything."""
        if self._words.holds[key] not in ("score", "code"):
            return True
        texts = {text for text in texts_of(self._titled, column) if not re.search(r"\d", text)}
        return len(texts) <= HEAD and max(map(len, texts), default=0) <= 2 * HEAD

    def _raters(self, columns: Iterable[int]) -> dict[int, tuple[ColumnMeaning, str]]:
        """Columns such as `inputs Ana` and `inputs Luis`, or `Ana/inputs` and `Luis/inputs`: of an item and a rater."""
        parted: dict[str, dict[str, int]] = defaultdict(dict)
        known = Counter(map(self._certain, columns))
        for column in columns:
            key, rater = self._certain(column), self._headings[column].rpartition(GROUPED)[0]
            if not key:
                match = SUFFIX.fullmatch(self._headings[column])
                key, rater = (self._words.column_of(ungrouped(match[1])), match[2]) if match else ("", "")
            elif known[key] == 1:  # a group of columns is no rater
                rater = ""
            if rater and self._words.holds.get(key) in ("score", "code"):
                parted[rater][key] = column
        raters = {rater: found for rater, found in parted.items() if len(found) > 1}
        if len(raters) < 2:
            return {}
        return {
            column: (ColumnMeaning(key, rater), "each item has a column for each of several raters")
            for rater, found in raters.items()
            for key, column in found.items()
        }

    def _scores_of_raters(self, columns: Iterable[int], meanings: dict[int, ColumnMeaning]) -> None:
        """In a table with a row a score: the columns of numbers, one for each rater."""
        numbers = [column for column in columns if column not in meanings and self._holds_numbers(column)]
        for column in numbers:
            meanings[column] = ColumnMeaning("score", self._headings[column] if len(numbers) > 1 else "")
            why = (
                "it holds numbers, as other columns do: one for each rater" if len(numbers) > 1 else "it holds numbers"
            )
            self._add(column, meanings[column], why)

    def _holds_numbers(self, column: int) -> bool:
        texts = list(filter(None, texts_of(self._titled, column)))
        return 2 * sum(bool(re.fullmatch(r"\d+([.,]\d+)?", text)) for text in texts) > len(texts)


WHY_GUESSED: Mapping[str, str] = {
    "_behind_hyphen": "a known heading stands behind a hyphen, as ODK writes groups",
    "_described": "its label, or its question, is a known heading or holds one",
    "_inside": "a known heading stands in it",
    "_very_near": "it is spelled nearly like a known heading",
    "_near": "it is spelled nearly like a known heading",
}
