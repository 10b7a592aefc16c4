"""A table of a draft: what stands in a region of a sheet, with names for its rows and columns and forms of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from collective_efficiency.audit.drafts.called import is_mean_name
from collective_efficiency.audit.drafts.lines import NumberGrid
from collective_efficiency.audit.drafts.naming import names_of
from collective_efficiency.audit.drafts.regions import Region
from collective_efficiency.audit.drafts.texts import is_numeric
from collective_efficiency.audit.line_names import is_summary_name
from collective_efficiency.numbers.forms import infer_forms
from collective_efficiency.numbers.printed import NumberFormat
from collective_efficiency.numbers.reading import is_missing_mark, read_number, two_numbers

_MOSTLY = 0.5  # of the cells of a column decide what it holds


@dataclass(frozen=True)
class DraftedColumn:
    """A column of a table: its name, its heading as printed, and how its numbers are printed (None: it holds words).

    texts: its cells; doubtful: those that could as well be read otherwise. second: the column of the second numbers, of
    one whose cells hold two (then `texts` of both are the parts).
    """

    name: str
    head: str
    form: NumberFormat | None
    texts: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    second: "DraftedColumn | None" = None


@dataclass(frozen=True)
class DraftedTable:
    """A table as it will be written. rows: their names; labels: what is printed of each, by label column."""

    id: str
    region: Region
    rows: tuple[str, ...]
    labels: Mapping[str, Sequence[str]]
    columns: tuple[DraftedColumn, ...]

    @property
    def layout(self) -> str:
        """The name of its layout in tables.yaml."""
        return self.id.casefold()

    @property
    def number_columns(self) -> list[DraftedColumn]:
        """The columns of numbers, the second ones of cells with two behind their first."""
        both = [each for column in self.columns for each in (column, column.second) if each]
        return [column for column in both if column.form]

    @property
    def missing(self) -> list[str]:
        """The marks that stand where a number is missing."""
        texts = (text for column in self.number_columns for text in column.texts)
        return sorted({text for text in texts if is_missing_mark(text)})

    @cached_property
    def grid(self) -> NumberGrid:
        """Its numbers, to be searched for relations; what cannot be read is left out."""
        numbers: dict[tuple[int, int], tuple[Fraction, int]] = {}
        for at, column in enumerate(self.number_columns):
            for row, text in enumerate(column.texts):
                if text and not is_missing_mark(text) and column.form:
                    try:
                        read = read_number(text, column.form)
                    except ValueError:
                        continue
                    if not read.bound:
                        numbers[row, at] = (read.number.value, read.number.decimals)
        labels = zip(*self.labels.values(), strict=True) if self.labels else [()] * len(self.rows)
        rows = tuple(" ".join(texts) or name for name, texts in zip(self.rows, labels, strict=True))
        heads = tuple(column.head or column.name for column in self.number_columns)
        return NumberGrid(self.id, rows, heads, numbers)


def drafted_table(table_id: str, region: Region) -> DraftedTable:
    """The table of a region."""
    label_columns = list(zip(*(line[: region.labels] for line in region.body), strict=True))
    label_names = ["label", *(f"label_{number}" for number in range(2, len(label_columns) + 1))]
    labels = dict(zip(label_names, label_columns, strict=False))
    columns = _columns(region)
    return DraftedTable(table_id, region, tuple(_row_names(region)), labels, columns)


def _row_names(region: Region) -> list[str]:
    """Names of rows, with the heading of the group where labels repeat. A total and a mean at the end are called so."""
    plain = [" ".join(dict.fromkeys(filter(None, line[: region.labels]))) for line in region.body]
    group, grouped = "", []
    for line, label in enumerate(plain):
        group = region.groups.get(line, group)
        grouped.append(f"{group} {label}" if group and plain.count(label) > 1 else label)
    names = names_of(grouped, "row")
    last = {
        "average" if is_mean_name(label) else "total": at for at, label in enumerate(plain) if is_summary_name(label)
    }
    for word, at in last.items():
        if word not in names and at >= len(plain) - len(last):
            names[at] = word
    return names


def _columns(region: Region) -> tuple[DraftedColumn, ...]:
    heads = region.heads[region.labels :]
    texts = list(zip(*(line[region.labels :] for line in region.body), strict=True))
    names = names_of(heads, "column", ("row", "label", *(f"label_{number}" for number in range(2, region.labels + 1))))
    numeric = [_holds_numbers(column) for column in texts]
    double = [number and _holds_two(column) for number, column in zip(numeric, texts, strict=True)]
    parts = [_parted(column) if two else (column, ()) for two, column in zip(double, texts, strict=True)]
    chosen = [number for number, is_number in enumerate(numeric) if is_number]
    searched = [parts[number][side] for number in chosen for side in (0, 1) if side == 0 or double[number]]
    forms = iter(infer_forms([_numbers(column) for column in searched]))
    columns = []
    for number, (name, head) in enumerate(zip(names, heads, strict=True)):
        if not numeric[number]:
            columns.append(DraftedColumn(name, head, None, texts[number]))
            continue
        form, doubtful = next(forms)
        second = None
        if double[number]:
            second_form, second_doubtful = next(forms)
            second_name = names_of([f"{name}_second"], "column", names)[0]
            second = DraftedColumn(second_name, f"{head} (second)", second_form, parts[number][1], second_doubtful)
        columns.append(DraftedColumn(name, head, form, parts[number][0], doubtful, second))
    return tuple(columns)


def _numbers(texts: Sequence[str]) -> list[str]:
    return [text for text in texts if text and not is_missing_mark(text)]


def _holds_numbers(texts: Sequence[str]) -> bool:
    """Whether most of what stands in a column are numbers, or two in a cell."""
    filled = _numbers(texts)
    return sum(is_numeric(text) or two_numbers(text) is not None for text in filled) > _MOSTLY * len(filled)


def _holds_two(texts: Sequence[str]) -> bool:
    filled = _numbers(texts)
    return sum(two_numbers(text) is not None for text in filled) > _MOSTLY * len(filled)


def _parted(texts: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The first and the second numbers of cells; of a cell with one only the first."""
    both = [two_numbers(text) or (text, "") for text in texts]
    return tuple(first for first, _ in both), tuple(second for _, second in both)
