"""How study.yaml maps a table as people have it to the columns of a study, so that its file stays as it came."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collective_efficiency.problems import Problem, allowed
from collective_efficiency.studies.cell_texts import code_of, degree_of, score_of
from collective_efficiency.studies.headings import SCORED, folded, table_words
from collective_efficiency.words import DEGREES

FOR_ALL = ""  # the key of the values that hold in all columns of scores


@dataclass(frozen=True)
class ColumnMeaning:
    """What a heading means: a column by its word, and the rater whose scores it holds, where each has columns."""

    key: str
    rater: str = ""


@dataclass(frozen=True)
class TableMapping:
    """The keys of study.yaml that say how the table is to be read.

    header_rows: how many. first_skipped: how many rows at the top, and skipped: which rows by their numbers, are no
    data. columns: by heading. ignore: headings, `*` in them for any letters. values: what a text means, by column and
    by its `folded` form. missing_scores and missing_facts: marks, folded. id: the columns from which the id is made.
    constants: what holds for every cluster, by column. layout: wide or long. cells: what is done about cells of some
    kind. same_as: ids of the report by ids of the study. distinct: ids of the study.
    """

    header_rows: int
    first_skipped: int
    skipped: frozenset[int]
    columns: Mapping[str, ColumnMeaning]
    ignore: Sequence[str]
    values: Mapping[str, Mapping[str, str]]
    missing_scores: frozenset[str]
    missing_facts: frozenset[str]
    id: Sequence[str]
    constants: Mapping[str, str]
    layout: str
    cells: Mapping[str, str]
    same_as: Mapping[str, str]
    distinct: frozenset[str]

    def values_of(self, column: str, holds: str) -> Mapping[str, str]:
        """What the texts of a column mean: as of all scores and codes, unless something is said of the column."""
        shared = self.values.get(FOR_ALL, {}) if holds in ("score", "code") else {}
        return {**shared, **self.values.get(column, {})}

    def marks_of_missing(self, holds: str) -> frozenset[str]:
        """The marks of what is missing, folded, in a column that holds this."""
        return self.missing_scores if holds in SCORED else self.missing_facts


def mapping_of(path: str, document: Mapping[str, Any], problems: list[Problem]) -> TableMapping:
    """The mapping in a study.yaml that fits its schema. What is wrong with it beyond the schema goes to `problems`.

    path: how problems name the file.
    """
    layout = document.get("layout", "wide")
    reader = _MappingReader(path, layout, problems)
    skip = document.get("skip_rows", 0)
    missing = document.get("missing", ())
    marks = missing if isinstance(missing, Mapping) else {"scores": missing}
    return TableMapping(
        document.get("header_rows", 1),
        skip if isinstance(skip, int) else 0,
        frozenset(() if isinstance(skip, int) else reader.row_numbers(skip)),
        reader.columns(document.get("columns", {})),
        [str(heading) for heading in document.get("ignore", ())],
        reader.values(document.get("values", {})),
        frozenset(folded(str(mark)) for mark in marks.get("scores", ())),
        frozenset(folded(str(mark)) for mark in marks.get("facts", ())),
        document.get("id", ()),
        document.get("constants", {}),
        layout,
        document.get("cells", {}),
        document.get("same_as", {}),
        frozenset(map(str, document.get("distinct", ()))),
    )


class _MappingReader:
    """The parts of a mapping that a schema cannot check."""

    def __init__(self, path: str, layout: str, problems: list[Problem]) -> None:
        self._path, self._problems = path, problems
        self._holds = table_words(layout).holds
        self._all_holds = {**table_words("wide").holds, **table_words("long").holds}

    def _add(self, key: str, value: object, message: str) -> None:
        self._problems.append(Problem(self._path, "", key, str(value), message))

    def row_numbers(self, listed: Sequence[int | str]) -> Iterator[int]:
        """The numbers of rows in a list of them and of spans such as 12-15."""
        for entry in listed:
            first, _, last = str(entry).partition("-")
            if first.strip().isdecimal() and (last.strip() or first).strip().isdecimal() and len(str(entry)) < 20:
                yield from range(int(first), min(int(last or first), 10**7) + 1)
            else:
                self._add("skip_rows", entry, "allowed: the number of a row, or the first and the last such as 12-15")

    def columns(self, listed: Mapping[str, Any]) -> dict[str, ColumnMeaning]:
        """The meaning of each heading."""
        columns = {}
        for heading, entry in listed.items():
            meaning = (
                ColumnMeaning(entry["key"], str(entry["rater"])) if isinstance(entry, Mapping) else ColumnMeaning(entry)
            )
            place = f"columns.{heading}"
            if meaning.key not in self._holds:
                self._add(
                    place,
                    meaning.key,
                    f"no such column; {allowed(self._holds, meaning.key)}{self._other_layout(meaning.key)}",
                )
                continue
            if meaning.rater and self._holds[meaning.key] not in ("score", "code"):
                self._add(place, meaning.key, "only scores and codes are a rater's: leave the rater out")
            columns[heading] = meaning
        return columns

    def _other_layout(self, key: str) -> str:
        return "; layout says what a row holds: wide or long" if key in self._all_holds else ""

    def values(self, listed: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """What texts mean, by column; a text that stands beside the columns holds for all scores and codes."""
        values: dict[str, dict[str, str]] = {}
        for key, entry in listed.items():
            if not isinstance(entry, Mapping):
                values.setdefault(FOR_ALL, {})[folded(key)] = self._value(f"values.{key}", FOR_ALL, entry)
            elif key not in self._all_holds:
                self._add(f"values.{key}", key, f"no such column; {allowed(self._all_holds, key)}")
            elif self._all_holds[key] == "number":
                self._add(f"values.{key}", key, "a printed index is audited as it stands: it takes no values")
            else:
                place = f"values.{key}"
                values[key] = {
                    folded(text): self._value(f"{place}.{text}", key, value) for text, value in entry.items()
                }
        return values

    def _value(self, place: str, column: str, value: object) -> str:
        """What a text means, checked by what the column holds; a score of any column may be one."""
        holds = self._all_holds.get(column, "score")
        checks: Mapping[str, Callable[[str], str]] = {
            "score": _point_score,
            "code": code_of,
            "class": _degree,
            "item": _item,
        }
        try:
            checks.get(holds, str)(str(value))
        except ValueError as error:
            self._add(place, value, str(error))
        return str(value)


def _point_score(text: str) -> str:
    return score_of(text, ".")


def _degree(text: str) -> str:
    if not degree_of(text):
        raise ValueError(allowed(DEGREES, text))
    return degree_of(text)


def _item(text: str) -> str:
    scored = [name for name, holds in table_words("wide").holds.items() if holds in SCORED]
    if text not in scored:
        raise ValueError(allowed(scored, text))
    return text
