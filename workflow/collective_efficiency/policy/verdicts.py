"""The rule by which verdicts on grounds become the verdict on a piece of advice; docs/policy.md says the same."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from collective_efficiency.claims.verdicts import CLAIM_VERDICTS, CONTRADICTED, NOT_TESTABLE, SUPPORTED
from collective_efficiency.policy.advice import Advice, Policy
from collective_efficiency.words import counted

STANDS, IN_PART, ONE_CASE, UNTESTED = "stands", "in part", "one case", "untested"
ADVICE_VERDICTS = (STANDS, IN_PART, ONE_CASE, UNTESTED, CONTRADICTED)
ADVICE_MEANINGS = {
    STANDS: "every ground that the tables or other passages test is supported",
    IN_PART: "some grounds are contradicted, or depend on how they are read",
    ONE_CASE: "what is left of its grounds speaks of one cluster",
    UNTESTED: "it rests on nothing that the tables test, such as literature; that says nothing against it",
    CONTRADICTED: "every ground that can be tested is contradicted",
}
ADVICE_COLUMNS = ("advice", "part", "line", "paraphrase", "grounds", "bears", "verdict", "why")


@dataclass(frozen=True)
class AdviceVerdict:
    """What becomes of a piece of advice, and why in a sentence."""

    advice: Advice
    verdict: str
    why: str

    def record(self) -> dict[str, str]:
        """The verdict as a line of policy.csv."""
        piece = self.advice
        lists = ("; ".join(piece.grounds), "; ".join(piece.bears))
        values = (piece.id, piece.part, piece.line, piece.paraphrase, *lists, self.verdict, self.why)
        return dict(zip(ADVICE_COLUMNS, values, strict=True))


def verdict_on(grounds: Mapping[str, str], case_of: Mapping[str, str]) -> str:
    """The verdict on advice that rests on these claims.

    grounds: the verdict on each; case_of: the cluster of a claim that speaks of one alone.

    >>> verdict_on({"C043": "supported"}, {}), verdict_on({"C043": "supported", "C104": "depends"}, {})
    ('stands', 'in part')
    >>> verdict_on({"C094": "depends", "C095": "contradicted"}, {"C094": "espirito-santo-metalworking"})
    'one case'
    >>> verdict_on({"C110": "not_testable"}, {}), verdict_on({}, {}), verdict_on({"C061": "contradicted"}, {})
    ('untested', 'untested', 'contradicted')
    """
    tested = {claim: verdict for claim, verdict in grounds.items() if verdict != NOT_TESTABLE}
    left = [claim for claim, verdict in tested.items() if verdict != CONTRADICTED]
    if not tested:
        return UNTESTED
    if not left:
        return CONTRADICTED
    cases = {case_of.get(claim, "") for claim in left}
    if len(cases) == 1 and "" not in cases:
        return ONE_CASE
    return STANDS if set(tested.values()) == {SUPPORTED} else IN_PART


def advice_verdicts(policy: Policy, verdicts: Mapping[str, str], names: Mapping[str, str]) -> tuple[AdviceVerdict, ...]:
    """The verdict on every piece of advice. verdicts: of each claim; names: of each cluster, as people read it."""
    return tuple(_advice_verdict(piece, policy, verdicts, names) for piece in policy.advice)


def _advice_verdict(
    piece: Advice, policy: Policy, verdicts: Mapping[str, str], names: Mapping[str, str]
) -> AdviceVerdict:
    grounds = {claim: verdicts[claim] for claim in piece.grounds}
    verdict = verdict_on(grounds, policy.case_of)
    told = "; ".join(
        f"{name.replace('_', ' ')}: {', '.join(claims)}"
        for name in CLAIM_VERDICTS
        if (claims := [claim for claim, of_claim in grounds.items() if of_claim == name])
    )
    if not grounds:
        return AdviceVerdict(piece, verdict, "The report states no ground that its tables or other passages test.")
    case = ""
    if verdict == ONE_CASE:
        left = next(claim for claim, of_claim in grounds.items() if of_claim not in (NOT_TESTABLE, CONTRADICTED))
        case = f" All that stands of it speaks of one cluster, {names[policy.case_of[left]]}."
    return AdviceVerdict(piece, verdict, f"Of {counted(len(grounds), 'ground')}, {told}.{case}")


AdviceChanges = Callable[[Iterable[tuple[str, str, str]]], list[tuple[str, str, str]]]


def changes_of_advice(policy: Policy, verdicts: Mapping[str, str]) -> AdviceChanges:
    """A function from claims that change (id, verdict before, after) to the advice that rests on them: the same of it.

    A piece of which the verdict stays has the same verdict twice. verdicts: of every claim, before.
    """

    def changes(claims: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        after = {claim: new for claim, _, new in claims}
        moved = []
        for piece in policy.advice:
            if not after.keys().isdisjoint(piece.grounds):
                before = {claim: verdicts[claim] for claim in piece.grounds}
                old = verdict_on(before, policy.case_of)
                new = verdict_on({claim: after.get(claim, said) for claim, said in before.items()}, policy.case_of)
                moved.append((piece.id, old, new))
        return moved

    return changes
