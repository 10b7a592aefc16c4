"""How evidence words what a predicate rests on: numbers, names, lists of clusters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from collective_efficiency.claims.language.values import UNKNOWN, Span, Value
from collective_efficiency.numbers.printed import half_up
from collective_efficiency.words import LABELS

MAX_LISTED = 6  # clusters that a line names
WORDS_OF_COLUMNS: Mapping[str, str] = {
    **{key: label[0].lower() + label[1:] for key, label in LABELS.items()},
    "eei": "external economies",
    "jai": "joint action",
    "ce": "collective efficiency",
    "market": "market chains",
    "network": "network chains",
    "quasi_hierarchy": "quasi-hierarchies",
    "hierarchy": "hierarchies",
    "kinds": "kinds of chain",
    "domestic_kinds": "kinds of domestic chain",
    "global_kinds": "kinds of global chain",
}
ADJECTIVES: Mapping[str, str] = {"natural_resource": "natural resource-based", "cops": "complex product system"}


SIGNIFICANCE = Fraction(1, 20)  # of an adjusted p-value


@dataclass(frozen=True)
class Association:
    """What the inference stage says of two words of the clusters: the exact p-value, alone and adjusted (Holm)."""

    p: str
    adjusted: str


NOT_TESTED = Association("", "")  # an association that is not among those which the inference stage tests


@dataclass(frozen=True)
class Item:
    """A number of the evidence: what is measured, of what, and the number with what stands behind it.

    link: how the two are joined. notes: what is to be noted of the number, in brackets behind it. tested: of an
    association, what an exact test says of it (none: the tests were not made, or it is no association).
    """

    stem: str
    of: str
    text: str
    link: str = "{} of {}"
    notes: tuple[str, ...] = ()
    tested: Association | None = None

    @property
    def words(self) -> str:
        """What is measured of what."""
        return self.link.format(self.stem, self.of) if self.of else self.stem

    @property
    def with_notes(self) -> str:
        """The number with what is to be noted of it."""
        return with_notes(self.text, self.notes)


def items_text(items: Iterable[Item]) -> str:
    """The items as one line; what is measured of several is named once.

    >>> items_text([Item("mean", "a", "1"), Item("mean", "b", "2"), Item("stated", "", "3")])
    'mean: a 1, b 2; stated: 3'
    """
    texts = []
    for stem, group in groupby(items, key=lambda item: item.stem):
        alike = list(group)
        if len(alike) > 1 and all(item.of for item in alike):
            texts.append(f"{stem}: {', '.join(f'{item.of} {item.with_notes}' for item in alike)}")
        else:
            texts += [f"{item.words}: {item.with_notes}".removeprefix(": ") for item in alike]
    return "; ".join(texts)


def exact_tests_text(items: Iterable[Item]) -> str:
    """What exact tests say of the associations among the items: what the numbers can bear, beside what they show.

    >>> exact_tests_text([Item("gamma", "", "0.4", tested=Association("0.0952", "1.0"))])
    'exact p 0.095, adjusted 1: chance may explain the association'
    """
    tests = [item.tested for item in items if item.tested]
    tested = [each for each in tests if each != NOT_TESTED]
    if not tested:
        return "no exact test is made of the association" if tests else ""
    adjusted = [Fraction(each.adjusted) for each in tested]
    if min(adjusted) > SIGNIFICANCE:
        bears = "chance may explain the association"
    else:
        bears = f"the association is {'in part ' if max(adjusted) > SIGNIFICANCE else ''}beyond chance"
    return f"exact p {_range_text([Fraction(each.p) for each in tested])}, adjusted {_range_text(adjusted)}: {bears}"


def _range_text(numbers: Sequence[Fraction]) -> str:
    return " to ".join(dict.fromkeys(number_text(number) for number in (min(numbers), max(numbers))))


def number_text(value: Value) -> str:
    """A value for evidence: at most three decimals, rounded half up; of what is not known, the bounds.

    >>> number_text(Fraction(379, 60)), number_text(Fraction(-1, 2)), number_text(True), number_text(UNKNOWN)
    ('6.317', '-0.5', 'yes', 'not known')
    >>> number_text(Span(Fraction(6), Fraction(7))), number_text(Span(Fraction(3), float("inf")))
    ('6 to 7', 'at least 3')
    """
    if value is None:
        return "not defined"
    if value is UNKNOWN:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, Span):
        return _span_text(value)
    places = next((places for places in range(3) if (value * 10**places).denominator == 1), 3)
    return ("-" if value < 0 else "") + half_up(abs(value), places)


def _span_text(span: Span) -> str:
    low, high = (number_text(end) if isinstance(end, Fraction) else "" for end in (span.low, span.high))
    if low and high:
        return f"{low} to {high}"
    return f"at least {low}" if low else f"at most {high}" if high else "not known"


def spaced(word: str) -> str:
    """A key as words: `labour_market` reads "labour market", `ce` "collective efficiency"."""
    return WORDS_OF_COLUMNS.get(word, word.replace("_", " "))


def adjective_of(sector: str) -> str:
    """How a sector qualifies clusters."""
    return ADJECTIVES.get(sector, spaced(sector))


def table_name(table: str) -> str:
    """`T3` reads "table 3", `A1` "table A1"."""
    return f"table {table.removeprefix('T')}"


def enumerated(names: Sequence[str], last: str = "and") -> str:
    """Names as a list in a sentence.

    >>> enumerated(["a", "b", "c"])
    'a, b and c'
    """
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def names_up_to_limit(names: Sequence[str]) -> str:
    """The names, the first of them where they are many.

    >>> names_up_to_limit(["a"] * 8)
    'a, a, a, a, a, a and 2 more'
    """
    more = f" and {len(names) - MAX_LISTED} more" if len(names) > MAX_LISTED else ""
    return ", ".join(names[:MAX_LISTED]) + more


def unknown_text(names: Sequence[str], of: int, *, coded: bool) -> str:
    """Of which clusters, among so many, something is not known; nothing where it is known of all.

    >>> unknown_text(["Blumenau"], 15, coded=True)
    '1 of 15 is not coded: Blumenau'
    """
    if not names:
        return ""
    verb = "is" if len(names) == 1 else "are"
    return f"{len(names)} of {of} {verb} not {'coded' if coded else 'known'}: {names_up_to_limit(names)}"


def in_integers(low: int, high: int) -> str:
    """A count that is not known, or is.

    >>> in_integers(6, 7), in_integers(6, 8), in_integers(6, 6)
    ('6 or 7', '6 to 8', '6')
    """
    return f"{low} {'or' if high - low == 1 else 'to'} {high}" if low < high else str(low)


def with_notes(text: str, notes: Iterable[str]) -> str:
    """A number with what is to be noted of it, in brackets.

    >>> with_notes("0.7", ["", "n.a. of Bucaramanga counted as 0"])
    '0.7 (n.a. of Bucaramanga counted as 0)'
    """
    said = "; ".join(note for note in notes if note)
    return f"{text} ({said})" if said else text
