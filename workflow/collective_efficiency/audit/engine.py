"""The audit of a report under its checks, from cells to findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from collective_efficiency.audit.below_certain import below_certain
from collective_efficiency.audit.checks.apply import build_model, observe
from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.checks.lookalikes import lookalikes
from collective_efficiency.audit.checks.reading import check_problems
from collective_efficiency.audit.checks.references import reference_problems, unmatched_problems
from collective_efficiency.audit.checks.unread import unread
from collective_efficiency.audit.contradictions import contradicting_means
from collective_efficiency.audit.findings import Changed, Finding, find, would_print
from collective_efficiency.audit.judge import SLIP, Judge
from collective_efficiency.audit.localise import Optimum, localise
from collective_efficiency.audit.model import Model, Place
from collective_efficiency.audit.reconsidered import in_either_treatment, inferred_anew
from collective_efficiency.audit.refused import refused_checks
from collective_efficiency.audit.settled import certain, settled
from collective_efficiency.audit.shares import Shares
from collective_efficiency.audit.whole_lines import whole_lines
from collective_efficiency.problems import BadInputError
from collective_efficiency.report.transcription import Report


@dataclass(frozen=True)
class Audit:
    """Everything the audit of a report came to.

    looked: how many cells each check looked at; optima: the tied explanations of each group of slips, by error
    localisation.

    What is written of it: `records` (CSV), `counts` (summary.json), `summary` (words).
    """

    report: Report
    model: Model
    judge: Judge
    findings: tuple[Finding, ...]
    looked: Mapping[str, int]
    optima: tuple[tuple[Optimum, ...], ...]


def audit_report(
    report: Report,
    checks: Sequence[Check],
    missing: str = "zero",
    claims: Changed | None = None,
    *,
    general: bool = False,
) -> Audit:
    """Audit `report` under `checks` (the records of checks.yaml).

    missing: how n.a. counts where both ways fit, `zero` or `omit`. claims: tells which claims change if cells print
    otherwise. general: the checks were written for many reports; one that means nothing in this one is no mistake.
    Raises BadInputError where a check has a mistake, or names what no table has.
    """
    if check_problems(checks) or (not general and reference_problems(checks, report)):
        raise BadInputError(check_problems(checks) if general else refused_checks(checks, report))
    model = build_model(report, checks)
    judge, shares, events = in_either_treatment(Judge(model, missing))
    judge = _corrected(judge, [group[0].items for group in events])
    lines = whole_lines(judge)
    in_lines = frozenset(place for event in lines for place in event.places)
    told = [settled(judge, shares, group) for group in localise(judge, shares, in_lines)]
    judge = _corrected(judge, [right for _, right in told])
    instead = list(below_certain(judge))
    judge = _corrected(judge, [group[0].items for group in instead])
    groups, judge = [*(group for group, _ in told), *instead], inferred_anew(judge)
    observations, looked = observe(report, judge, checks)
    observations += [*lookalikes(report, model), *unread(report, judge), *contradicting_means(judge)]
    ties = dict(_ties(judge, shares, events, groups))
    findings = find(judge, observations, claims, ties, [group[0] for group in events], lines)
    optima = tuple(tuple(group) for group in (*events, *groups) if group)
    return Audit(report, model, judge, tuple(findings), looked, optima)


def _corrected(judge: Judge, scores: Iterable[Mapping[Place, Fraction]]) -> Judge:
    """A judge who takes all of these scores as misprinted, too."""
    return judge.with_corrected({place: value for each in scores for place, value in each.items()})


def _ties(
    judge: Judge, shares: Shares, events: Sequence[Sequence[Optimum]], groups: Sequence[Sequence[Optimum]]
) -> Iterator[tuple[Place, list[str]]]:
    """What may be wrong instead, by the cells that are called wrong."""
    for first, *others in events:
        yield from ((place, [str(each.event) for each in others]) for place in first.items)
    for group in groups:
        if len(group) < 2 or certain(group):
            continue
        items = [(place, value) for optimum in group for place, value in optimum.items.items()]
        blamed = [place for place in group[0].items if place in judge.corrected]  # of a tie below a certified cell
        texts = [_misprint(judge, place, value) for place, value in items if place not in blamed]
        above = {at for place, _ in items for at in shares.above(place)}
        wrong = blamed or (at for at in above if (SLIP, at) in judge.judge(at).causes)
        yield from ((place, texts) for place in wrong)


def _misprint(judge: Judge, score: Place, right: Fraction) -> str:
    printed = judge.model.cells[score].printed
    return f"misprinted score: {'/'.join(score)} {printed} for {would_print(judge, score, right)}"


def refuse_idle_checks(audit: Audit) -> None:
    """Raises BadInputError where a check that someone wrote for the audited report looked at none of its cells."""
    problems = unmatched_problems(list(audit.model.checks.values()), audit.looked, audit.report)
    if problems:
        raise BadInputError(problems)
