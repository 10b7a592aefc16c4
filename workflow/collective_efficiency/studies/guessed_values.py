"""What the texts of a table mean, guessed: labels of scores, marks of what is missing, sectors, industries, ids."""

from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from collective_efficiency.files.package import schema
from collective_efficiency.problems import shown
from collective_efficiency.studies.cell_rules import NO_SCORES
from collective_efficiency.studies.cell_texts import BOTH_MARKS, code_of, degree_of, score_of
from collective_efficiency.studies.facts import made_id, printed_names
from collective_efficiency.studies.guessing import NEAR_HEADING, Guesses, longest_inside, texts_of
from collective_efficiency.studies.headings import Words, bare, folded
from collective_efficiency.studies.labels import score_of_label, usual_meanings
from collective_efficiency.studies.study import Known
from collective_efficiency.studies.study_table import CLUSTER
from collective_efficiency.studies.titled import TitledGrid
from collective_efficiency.words import counted

USUAL_MEANING = "what the word usually means"
SAID_BY_A_RUN = {*NO_SCORES, "percent"}  # kinds of cells: what is to be done about one is among the problems of a run
DECLARED_UNDER = {"sector": "sectors", "industry": "industries"}  # the key of study.yaml, by what a column holds


def guess_values(titled: TitledGrid, words: Words, known: Known, guesses: Guesses) -> None:
    """Adds what is guessed of texts to the guesses. known: what the report has, as far as it is at hand."""
    columns = {meaning.key: column for column, meaning in titled.meanings.items() if not meaning.rater}
    sums = _rows_of_sums(titled, words, columns)
    guesser = _ValueGuesser(words, known, guesses)
    marked = {(mark.row, mark.column) for mark in titled.grid.marks if mark.kind in SAID_BY_A_RUN}
    for column, meaning in titled.meanings.items():
        texts = [
            "" if (titled.rows[place], column) in marked else text
            for place, text in enumerate(texts_of(titled, column))
            if place not in sums
        ]
        match words.holds[meaning.key]:
            case "score" | "code" as holds:
                guesser.scores(meaning.key, holds, texts, titled.grid.labels.get(column, {}))
            case "class":
                guesser.degrees(texts)
            case "item":
                guesser.items(texts)
            case "sector" | "industry" as holds:
                guesser.names(holds, texts)
            case "text":
                guesser.facts(texts)
    _guess_ids(titled, columns, sums, guesses)


def _rows_of_sums(titled: TitledGrid, words: Words, columns: Mapping[str, int]) -> set[int]:
    """The rows that hold totals or averages, by their place."""
    named = [texts_of(titled, columns[name]) for name in ("cluster", "name") if name in columns]
    return {row for texts in named for row, text in enumerate(texts) if words.sums_up(text)}


def _guess_ids(titled: TitledGrid, columns: Mapping[str, int], sums: set[int], guesses: Guesses) -> None:
    """Ids are made of names where no column holds them, or holds names instead."""
    if "cluster" in columns:
        texts = {text for row, text in enumerate(texts_of(titled, columns["cluster"])) if row not in sums and text}
        if all(CLUSTER.fullmatch(text) for text in texts):
            return
        if "name" in columns:
            guesses.add("id", value="cluster", why="its texts are no ids; ids are made of them", listed=True)
            return
        heading = titled.headings[columns["cluster"]]
        guesses.add("columns", heading, value="name", why="its texts are no ids but names")
        columns = {**columns, "name": columns["cluster"]}
    made_of = [name for name in ("name", "country", "industry") if name in columns]
    facts = set(zip(*(texts_of(titled, columns[name]) for name in made_of), strict=True)) if made_of else set()
    enough = next((length for length in (2, 3) if len({fact[:length] for fact in facts}) == len(facts)), 3)
    for name in made_of[:enough]:
        guesses.add("id", value=name, why="no column holds ids; they are made of this", listed=True)


@cache
def _missing() -> frozenset[str]:
    return frozenset(folded(str(mark)) for mark in schema("study_guesses")["missing"])


class _ValueGuesser:
    """Guesses what texts mean, each text once."""

    def __init__(self, words: Words, known: Known, guesses: Guesses) -> None:
        self._words, self._guesses = words, guesses
        self._names = {
            "sector": printed_names((*known.sectors, *_keys("sectors")), known.sector_names),
            "industry": printed_names((*known.industries, *_keys("industries"))),
        }
        self._said: set[tuple[str, ...]] = set()

    def _add(self, *path: str, value: object, why: str, listed: bool = False) -> None:
        key = (*path, str(value)) if listed else path
        if key not in self._said:
            self._said.add(key)
            self._guesses.add(*path, value=value, why=why, listed=listed)

    def scores(self, key: str, holds: str, texts: list[str], labels: Mapping[str, str]) -> None:
        """Labels of scores or codes, and marks of missing ones."""
        codes = {label: code for code, label in labels.items()}
        for text, count in sorted(Counter(texts).items()):
            if self._is_plain(text, holds):
                continue
            meant = usual_meanings("codes").get(bare(text), "") if holds == "code" else score_of_label(text)
            if folded(text) in _missing():
                self._add("missing", value=text, why="it usually marks what is missing", listed=True)
            elif meant:
                if codes.get(text) != meant:
                    self._add("values", text, value=int(meant), why=USUAL_MEANING)
            else:
                where = f"{shown(text)} under {key} in {counted(count, 'row')}"
                scale = ", and all others if this is another scale" if text.isdecimal() else ""
                message = f"{where} is no score: say under values what it is worth{scale}, or write it under missing"
                self._guesses.leave_open(message, "missing", text)

    def _is_plain(self, text: str, holds: str) -> bool:
        if self._words.is_missing(text):
            return True
        try:
            return bool(code_of(text) if holds == "code" else score_of(text, BOTH_MARKS))
        except ValueError:
            return False

    def degrees(self, texts: list[str]) -> None:
        """Degrees in another language."""
        for text in sorted(set(texts)):
            if bare(text) in usual_meanings("degrees") and not degree_of(text):
                self._add("values", "degree", text, value=usual_meanings("degrees")[bare(text)], why=USUAL_MEANING)

    def items(self, texts: list[str]) -> None:
        """The names of scores in a table with a row a score."""
        for text in dict.fromkeys(texts):
            if not text or bare(text) in self._words.items:
                continue
            near = get_close_matches(bare(text), self._words.items, n=1, cutoff=NEAR_HEADING)
            inside = longest_inside(bare(text), self._words.items)
            if inside or near:
                why = "a known heading stands in it" if inside else "it is spelled nearly like a known heading"
                self._add("values", "item", text, value=inside or self._words.items[near[0]], why=why)
            else:
                message = f"the item {shown(text)} is not known: say under values, item what it means, or ignore it"
                self._guesses.leave_open(message, "ignore", text)

    def names(self, holds: str, texts: list[str]) -> None:
        """Sectors or industries by the report's words; others are declared, a sector with a key of its own."""
        declared, why = DECLARED_UNDER[holds], f"no {holds} of the report is called so: declared as a new one"
        for text in sorted(set(filter(None, texts))):
            if bare(text) in self._names[holds]:
                continue
            if bare(text) in usual_meanings(declared):
                self._add("values", holds, text, value=usual_meanings(declared)[bare(text)], why=USUAL_MEANING)
            elif holds == "sector":
                self._add(declared, made_id([text]).replace("-", "_"), value=text, why=why)
            else:
                self._add(declared, value=text, why=why, listed=True)

    def facts(self, texts: list[str]) -> None:
        """Marks of missing facts are said, and not guessed: NA is a country."""
        for text in sorted({text for text in texts if folded(text) in _missing()}):
            self._guesses.open.append(
                f"{shown(text)} among facts may mark what is missing: say so under missing, facts"
            )


def _keys(kind: str) -> list[str]:
    return list(schema("study_guesses")[kind])
