"""The marks of columns whose form nobody declared: which stands before decimals, which between thousands."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product

from collective_efficiency.numbers.printed import NumberFormat, read_under
from collective_efficiency.numbers.reading import bare_number

_FORMS = tuple(
    NumberFormat(decimal, thousands)
    for thousands, decimal in product(("", ",", ".", " ", "'"), (".", ","))
    if thousands != decimal
)
_THOUSAND = 1000


def infer_forms(columns: Sequence[Iterable[str]]) -> list[tuple[NumberFormat, tuple[str, ...]]]:
    """The marks of each column of a table, and the texts that could as well be read otherwise.

    A column that is ambiguous by itself (1.234) is read as the unambiguous ones of its table are; if there are none,
    with marks between thousands where just its numbers from 1000 on would have them, else with a point before decimals.

    >>> [(form.decimal, form.thousands, doubtful) for form, doubtful in infer_forms([["1.234", "2.500"], ["1,5"]])]
    [(',', '.', ()), (',', '', ())]
    >>> [form.decimal for column in (["1.234"], ["1,234"], ["1.234", "567"]) for form, _ in infer_forms([column])]
    ['.', '.', ',']
    """
    texts = [[bare_number(text) for text in column] for column in columns]
    fitting = [_fitting(column) for column in texts]
    marks = {forms[0].decimal for forms in fitting if len({form.decimal for form in forms}) == 1}
    mark = marks.pop() if len(marks) == 1 else ""
    chosen: list[tuple[NumberFormat, tuple[str, ...]]] = []
    for column, forms in zip(texts, fitting, strict=True):
        of_table = [form for form in forms if form.decimal == mark]
        by_itself = [form for form in forms if _marks_thousands(column, form)]
        by_itself += [form for form in forms if form.decimal == "."]
        form = (of_table or by_itself or forms)[0]
        rivals = [] if of_table else [other for other in forms if other.decimal != form.decimal]
        doubtful = {text for text in column for other in rivals if read_under(text, form) != read_under(text, other)}
        chosen.append((form, tuple(sorted(doubtful))))
    return chosen


def _marks_thousands(texts: Sequence[str], form: NumberFormat) -> bool:
    """Whether a form reads marks between thousands in all numbers from 1000 on, and smaller ones stand beside these."""
    values = [(text, value) for text in texts if (value := read_under(text, form)) is not None]
    large = [form.thousands != "" and form.thousands in text for text, value in values if abs(value) >= _THOUSAND]
    return bool(large) and all(large) and len(large) < len(values)


def _fitting(texts: Sequence[str]) -> list[NumberFormat]:
    """The forms that read the most of `texts`; of those that read them alike only the first, which needs the least."""
    values = {form: tuple(read_under(text, form) for text in texts) for form in _FORMS}
    most = max(sum(value is not None for value in read) for read in values.values())
    different: dict[tuple[Fraction | None, ...], NumberFormat] = {}
    for form, read in values.items():
        if sum(value is not None for value in read) == most:
            different.setdefault(read, form)
    return list(different.values())
