"""What a declared function is: its arguments, and how a call of it becomes a node."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from collective_efficiency.claims.language.nodes import NUMBER, TRUTH, WORD, Node, Vocabulary


class Takes(StrEnum):
    """What an argument must be. Of a cluster or a table's row: written with its words, whatever surrounds the call."""

    VALUE = "anything"
    NUMBER = "a number"
    PRINTED_NUMBER = "a fact or a cell"
    CLUSTER_NUMBER = "a number of a cluster"
    CLUSTER_WORD = "a word of a cluster"
    CLUSTER_VALUE = "a number or a word of a cluster"
    CLUSTER_CONDITION = "a condition on a cluster"
    ROW_NUMBER = "a column of numbers of the table"
    ROW_CONDITION = "a condition on a row of the table"
    CLUSTER = "a cluster's id"
    TABLE = "a table's id"
    ROW = "a row's key in the table"
    COLUMN = "a column's key in the table"
    CHAIN = "a kind of chain, within a condition on clusters"
    PRINTED_COLUMN = "a column of these tables, within a condition on clusters"


# The types of node that fit where any expression may stand; the other arguments are keys, which only name something.
TYPES = {
    Takes.VALUE: (NUMBER, TRUTH, WORD),
    Takes.NUMBER: (NUMBER,),
    Takes.PRINTED_NUMBER: (NUMBER,),
    Takes.CLUSTER_NUMBER: (NUMBER,),
    Takes.CLUSTER_WORD: (WORD,),
    Takes.CLUSTER_VALUE: (NUMBER, WORD),
    Takes.CLUSTER_CONDITION: (TRUTH,),
    Takes.ROW_NUMBER: (NUMBER,),
    Takes.ROW_CONDITION: (TRUTH,),
}
OF_CLUSTER = (Takes.CLUSTER_NUMBER, Takes.CLUSTER_WORD, Takes.CLUSTER_VALUE, Takes.CLUSTER_CONDITION)
OF_ROW = (Takes.ROW_NUMBER, Takes.ROW_CONDITION)


@dataclass(frozen=True)
class Call:
    """A call whose arguments are compiled; an argument that is a key is a node whose words are the key."""

    name: str
    arguments: tuple[Node, ...]
    vocabulary: Vocabulary


@dataclass(frozen=True)
class Parameter:
    """An argument as the registry declares it."""

    name: str
    takes: Takes


@dataclass(frozen=True)
class Function:
    """A function of the language.

    gives: number, truth, word, or what its value has the type of. does: what it gives, in words for the reference page.
    optional: how many of the last parameters may be left out. most: how many arguments it takes where the last may be
    repeated.
    """

    name: str
    parameters: tuple[Parameter, ...]
    gives: str
    does: str
    build: Callable[[Call], Node]
    optional: int = 0
    most: int = 0

    @property
    def fewest_arguments(self) -> int:
        """How many arguments it takes at least."""
        return len(self.parameters) - self.optional

    @property
    def most_arguments(self) -> int:
        """How many arguments it takes at most."""
        return self.most or len(self.parameters)

    @property
    def signature(self) -> str:
        """How it is written: `count(condition, among)`; what may be left out stands in square brackets."""
        names = [parameter.name for parameter in self.parameters]
        needed, rest = names[: self.fewest_arguments], names[self.fewest_arguments :]
        repeated = ", ..." if self.most else ""
        return f"{self.name}({', '.join(needed)}{''.join(f'[, {name}]' for name in rest)}{repeated})"

    @property
    def goes_through_clusters(self) -> bool:
        """Whether its value is of a world, not of the cluster or row that the expression around it speaks of."""
        return self.parameters[-1].takes is Takes.CLUSTER_CONDITION
