"""What the answers of one reading rest on, in words: the choices, the plan, and what the figures show of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from collective_efficiency.choices import Choices, in_words
from collective_efficiency.inference.plan import Family, InferencePlan
from collective_efficiency.words import LABELS, UPGRADING

SectorNames = Mapping[str, str]  # by key, in order
CHAINS = {
    "market": "market chains",
    "network": "network chains",
    "quasi_hierarchy": "quasi-hierarchical chains",
    "hierarchy": "hierarchies",
}
PREFERRED = "ce"  # what figures show of a family that asks about it
KINDS = (*UPGRADING, "upgrading_sum")


def in_sentence(key: str) -> str:
    """A column in the middle of a sentence.

    >>> in_sentence("jai"), in_sentence("quasi_hierarchy"), in_sentence("degree")
    ('joint action index', 'quasi-hierarchical chains', 'degree')
    """
    return CHAINS.get(key) or LABELS[key].lower()


def predictor_words(predictor: str) -> str:
    """A predictor as what an outcome goes with.

    >>> [predictor_words(key) for key in ("jai", "quasi_hierarchy", "degree")]
    ['the joint action index', 'taking part in quasi-hierarchical chains', 'the degree of collective efficiency']
    """
    if predictor in CHAINS:
        return f"taking part in {CHAINS[predictor]}"
    return "the degree of collective efficiency" if predictor == "degree" else f"the {in_sentence(predictor)}"


def shown_predictor(family: Family) -> str:
    """The predictor of a family that figures and comparisons show: the report's own index, or else its first."""
    return PREFERRED if PREFERRED in family.predictors else family.predictors[0]


def columns_words(keys: tuple[str, ...]) -> str:
    """Columns in a sentence.

    >>> columns_words(("product", "process", "functional")), columns_words(("ce", "degree"))
    ('product, process and functional upgrading', 'collective efficiency index and degree')
    """
    *first, last = map(in_sentence, keys)
    if all(key in UPGRADING for key in keys):
        first = [words.removesuffix(" upgrading") for words in first]
    return f"{', '.join(first)} and {last}" if first else last


@dataclass(frozen=True)
class AnswerBasis:
    """What the answers of a dataset in one reading rest on. sectors: the names of its sectors by key, in order."""

    dataset: str
    reading: str
    choices: Choices
    plan: InferencePlan
    sectors: SectorNames

    @property
    def choices_line(self) -> str:
        """The choices, in the words that every page has."""
        return in_words(self.choices, self.dataset, self.reading)

    @property
    def level(self) -> str:
        """The level of the intervals in percent, `95%`."""
        return f"{100 * self.plan.level:g}%"

    @property
    def plan_line(self) -> str:
        """What config.yaml says under `inference`, in one line."""
        plan = self.plan
        alike: dict[str, list[str]] = {}  # what is asked of each sector is mostly what is asked within all
        for family in plan.families:
            where = "in each sector" if family.scope == "sectors" else "within sectors"
            asked = f"{columns_words(family.predictors)}, each with {columns_words(family.outcomes)}"
            alike.setdefault(asked, []).append(f"{family.name.replace('_', ' ')}, {where}")
        families = [f"{', and '.join(names)} ({asked})" for asked, names in alike.items()]
        return (
            f"Asked: {'; '.join(families)}. Significance {plan.significance:g}; intervals of {self.level} from"
            f" {plan.resamples:,} resamples; {plan.shuffles:,} shuffles; power for"
            f" {predictor_words(plan.power_predictor)} from {plan.simulations:,} simulations; seed {plan.seed}. Each"
            " question is answered with n.a. as zero and with n.a. left out, whatever is chosen; the figures show the"
            " choice."
        )

    @property
    def main(self) -> Family:
        """The family that the figures are about: the first."""
        return self.plan.families[0]

    @property
    def shown(self) -> str:
        """The predictor that the figures show: one of the main family."""
        return shown_predictor(self.main)

    @cached_property
    def shown_families(self) -> tuple[Family, ...]:
        """Those that ask about the shown predictor."""
        return tuple(family for family in self.plan.families if self.shown in family.predictors)

    @property
    def shown_outcomes(self) -> tuple[str, ...]:
        """The kinds of upgrading that any family asks with the shown predictor."""
        asked = {outcome for family in self.shown_families for outcome in family.outcomes}
        return tuple(kind for kind in KINDS if kind in asked)

    @property
    def pooled(self) -> tuple[str, str] | None:
        """The family by sector and its predictor whose slopes the words and the figure show; None where none asks."""
        by_sector = [family for family in self.plan.families if family.scope == "sectors"]
        return (by_sector[0].name, shown_predictor(by_sector[0])) if by_sector else None

    @property
    def main_outcomes(self) -> tuple[str, ...]:
        """The kinds of upgrading of the main family."""
        return tuple(kind for kind in KINDS if kind in self.main.outcomes)
