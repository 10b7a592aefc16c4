"""What pages and figure show of the advice: each piece with its grounds, what bears on it, and where both come from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from collective_efficiency.exhibits.exhibit import table_number
from collective_efficiency.files.csv_files import Record
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.policy.advice import SECTOR_DIFFERENCE, NamedTest, Policy
from collective_efficiency.policy.lineage import MADE_OF, ClaimSources, MeasureLineage
from collective_efficiency.policy.verdicts import ADVICE_VERDICTS, AdviceVerdict
from collective_efficiency.words import LABELS, counted

Tested = Mapping[NamedTest, Record]  # the results of our tests: a record of associations.csv or sectors.csv each


@dataclass(frozen=True)
class ShownPolicy:
    """The verdicts on all advice, and what they rest on.

    chosen: the verdicts under the analyst's choices, empty where these are the report's own; claims: the records of
    claims.csv by id; tested: the tests that could be made; sectors: names by key; rules: what the verdicts on claims
    stand on, as `choices.rules_in_words` says it.
    """

    policy: Policy
    verdicts: Sequence[AdviceVerdict]
    chosen: Mapping[str, str]
    claims: Mapping[str, Record]
    sources: Mapping[str, ClaimSources]
    measures: Sequence[MeasureLineage]
    tested: Tested
    sectors: Mapping[str, str]
    rules: Sequence[str]

    @cached_property
    def parts(self) -> dict[str, list[AdviceVerdict]]:
        """The verdicts of each part, in the order of the parts; a part without advice is left out."""
        parts = {part: [each for each in self.verdicts if each.advice.part == part] for part in self.policy.parts}
        return {part: group for part, group in parts.items() if group}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many pieces of advice have each verdict."""
        numbers = Counter(each.verdict for each in self.verdicts)
        return {name: numbers[name] for name in ADVICE_VERDICTS}

    def under_choices(self, of_report: AdviceVerdict) -> str:
        """The verdict under the analyst's choices where it is another one; else nothing."""
        chosen = self.chosen.get(of_report.advice.id, of_report.verdict)
        return "" if chosen == of_report.verdict else chosen

    def measures_of(self, claim: str) -> list[tuple[tuple[str, ...], str]]:
        """The measures that a claim reads, those of the same clusters together, and of how many that is, in words."""
        clusters = self.sources[claim].clusters
        together = {of: tuple(measure for measure in clusters if clusters[measure] == of) for of in clusters.values()}
        return [(measures, f"of {counted(len(of), 'cluster')}") for of, measures in together.items()]

    def cells_of(self, claim: str) -> list[str]:
        """The printed cells that a claim reads beside the scores of clusters, counted by table, in words."""
        cells = self.sources[claim].cells
        return [f"{counted(count, 'cell')} of table {table_number(table)}" for table, count in cells.items()]

    def reads(self, claim: str) -> str:
        """All that a claim reads, in words."""
        of_clusters = [f"{', '.join(map(label, names))} {of}" for names, of in self.measures_of(claim)]
        return "; ".join([*of_clusters, *self.cells_of(claim)]) or "the text alone"

    def told(self, test: NamedTest) -> str:
        """What one of our tests says, in words."""
        record = self.tested.get(test)
        if test.predictor == SECTOR_DIFFERENCE:
            what = f"Differences between the sectors in {label(test.outcome)}"
            said = record and f"p {_short(record['p'])}, {_short(record['holm'])} adjusted (Holm)"
        else:
            scope = "all sectors, each by itself" if test.scope == "all" else self.sectors[test.scope]
            what = f"{LABELS[test.predictor]} and {label(test.outcome)} ({scope})"
            said = record and (
                f"tau-b {_short(record['tau_b'])}, exact p {_short(record['p'])},"
                f" {_short(record['holm'])} adjusted (Holm), {counted(int(record['n']), 'cluster')}"
            )
        return f"{what}: {said or 'not among the tests of this run'}."


def _short(number: str) -> str:
    return shortest(Fraction(number))


def label(measure: str) -> str:
    """What a measure is called within a sentence."""
    return LABELS[measure].lower()


def made_of(measure: str) -> str:
    """What an index is computed from, in words; empty for a score.

    >>> made_of("ce"), made_of("product")
    ('external economies index, joint action index', '')
    """
    return ", ".join(map(label, MADE_OF.get(measure, ())))
