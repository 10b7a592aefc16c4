"""What a declared function is: its arguments, and how a call of it becomes a node."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, WORD, Node, Vocabulary


class Takes(StrEnum):
    """What an argument must be. Of a cluster or a table's row: written with its words, whatever surrounds the call."""

    VALUE = "anything"
    NUMBER = "a number"
    CONSTANT = "a number written out"
    PRINTED_NUMBER = "a fact or a cell"
    DATE = "a word or a number that names a date"
    TEXT = "a cell of words"
    KEYWORD = "a quoted word"
    OWN_NUMBER = "a number of a cluster or row"
    OWN_WORD = "a word of a cluster or row"
    OWN_VALUE = "a number or a word of a cluster"
    OWN_CONDITION = "a condition on a cluster or row"
    ORDER = "degree, or a number of a cluster or row"
    OF_CLUSTERS = "a number of all clusters, such as mean(jai)"
    ON_CLUSTERS = "a condition on all clusters, such as mean(eei) > mean(jai)"
    CLUSTER = "a cluster's id"
    WHO = "a cluster's id, or a row's key in the table"
    SECTOR = "a sector"
    ROW = "a row's key in the table"
    COLUMN = "a column's key in the table"
    CHAIN = "a kind of chain, within a condition on clusters"
    PRINTED_COLUMN = "a column of these tables, within a condition on clusters"


# The types of node that fit where any expression may stand; the other arguments are keys, which only name something.
TYPES = {
    Takes.VALUE: (NUMBER, TRUTH, WORD),
    Takes.NUMBER: (NUMBER,),
    Takes.CONSTANT: (NUMBER,),
    Takes.PRINTED_NUMBER: (NUMBER,),
    Takes.DATE: (NUMBER, WORD),
    Takes.TEXT: (WORD,),
    Takes.KEYWORD: (WORD,),
    Takes.OWN_NUMBER: (NUMBER,),
    Takes.OWN_WORD: (WORD,),
    Takes.OWN_VALUE: (NUMBER, WORD),
    Takes.OWN_CONDITION: (TRUTH,),
    Takes.ORDER: (NUMBER, WORD),
    Takes.OF_CLUSTERS: (NUMBER,),
    Takes.ON_CLUSTERS: (TRUTH,),
}
# Arguments in which the words of a cluster or row may stand.
OWN = (Takes.OWN_NUMBER, Takes.OWN_WORD, Takes.OWN_VALUE, Takes.OWN_CONDITION, Takes.ORDER)

OF_VALUES = (Takes.NUMBER, Takes.CONSTANT, Takes.PRINTED_NUMBER, Takes.DATE, Takes.TEXT, Takes.KEYWORD)


class OfTable(StrEnum):
    """Whether the first argument of a function is a table's id."""

    NONE = "it speaks of clusters or of no one"
    MAY = "without one, it speaks of clusters"
    MUST = "it speaks of a table"


@dataclass(frozen=True)
class Call:
    """A call whose arguments are compiled; an argument that is a key is a node whose words are the key.

    table: the table of which it speaks; empty where it speaks of clusters or of no one.
    """

    name: str
    arguments: tuple[Node, ...]
    vocabulary: Vocabulary
    table: str = ""


@dataclass(frozen=True)
class Parameter:
    """An argument as the registry declares it.

    optional: whether it may be left out.
    """

    name: str
    takes: Takes
    optional: bool = False


@dataclass(frozen=True)
class Function:
    """A function of the language.

    gives: number, truth, word, or what its value has the type of. does: what it gives, in words for the reference page.
    table: whether its first argument is a table's id. most: how many arguments it takes where the last may be repeated.
    """

    name: str
    parameters: tuple[Parameter, ...]
    gives: str
    does: str
    build: Callable[[Call], Node]
    table: OfTable = OfTable.NONE
    most: int = 0

    @property
    def fewest_arguments(self) -> int:
        """How many arguments it takes at least, beside a table's id."""
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def most_arguments(self) -> int:
        """How many arguments it takes at most, beside a table's id."""
        return self.most or len(self.parameters)

    @property
    def signature(self) -> str:
        """How it is written: `count(condition[, among])`; what may be left out stands in square brackets."""
        names = "".join(f"[, {each.name}]" if each.optional else f", {each.name}" for each in self.parameters)
        if self.table is OfTable.MUST:
            return f"{self.name}(table{names})"
        table = "[table, ]" if self.table is OfTable.MAY else ""
        return f"{self.name}({table}{names.removeprefix(', ')}{', ...' if self.most else ''})"

    @property
    def goes_through_clusters(self) -> bool:
        """Whether its value is of a world, not of the cluster or row that the expression around it speaks of."""
        return bool(self.parameters) and self.parameters[-1].takes in (Takes.OWN_CONDITION, Takes.OWN_VALUE)
