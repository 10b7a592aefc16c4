"""The advice, policy.yaml: paraphrases, the claims on which the report rests each piece, and what else bears on it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.problems import BadInputError, Problem, allowed, nearest
from collective_efficiency.report.text_lines import misplaced_lines

POLICY_FILE = "policy.yaml"
SECTOR_DIFFERENCE = "sector"  # the predictor of a test whether the sectors differ


@dataclass(frozen=True)
class NamedTest:
    """A test that the rule `inference` makes: of an association, or (predictor `sector`) whether the sectors differ."""

    scope: str
    predictor: str
    outcome: str


@dataclass(frozen=True)
class Advice:
    """One piece of the report's policy advice.

    grounds: the claims on which the report itself rests it; bears, tests: what else bears on it; argued_from: what the
    text argues from beside claims, such as literature.
    """

    id: str
    part: str
    line: str
    paraphrase: str
    grounds: tuple[str, ...]
    bears: tuple[str, ...]
    tests: tuple[NamedTest, ...]
    argued_from: str


@dataclass(frozen=True)
class Policy:
    """All advice by id, the parts in the order in which they are shown, and what claims speak of one cluster.

    case_of: the cluster of such a claim.
    """

    parts: tuple[str, ...]
    case_of: Mapping[str, str]
    advice: tuple[Advice, ...]


def read_policy(content: bytes, claims: Collection[str], clusters: Collection[str], length: int) -> Policy:
    """The advice in the `content` of policy.yaml. Raises BadInputError with every problem, each naming its piece.

    claims, clusters: the ids that it may name; length: how many lines the report's text has (0: not declared).
    """
    problems: list[Problem] = []
    document = read_yaml(POLICY_FILE, content, schema("policy.schema"), problems)
    if document is not None:
        problems += _problems_of_cases(document["cases"], claims, clusters)
        for name, entry in document["advice"].items():
            problems += _problems_of_advice(name, entry, document["parts"], claims, length)
    if problems:
        raise BadInputError(problems)
    cases = {claim: cluster for cluster, of_cluster in document["cases"].items() for claim in of_cluster}
    pieces = tuple(_advice(name, document["advice"][name]) for name in sorted(document["advice"]))
    return Policy(tuple(document["parts"]), cases, pieces)


def _advice(name: str, entry: Mapping[str, Any]) -> Advice:
    return Advice(
        id=name,
        part=entry["part"],
        line=str(entry["line"]),
        paraphrase=entry["paraphrase"],
        grounds=tuple(sorted(entry.get("grounds", ()))),
        bears=tuple(sorted(entry.get("bears", ()))),
        tests=tuple(
            NamedTest("", SECTOR_DIFFERENCE, test["sectors"]) if "sectors" in test else NamedTest(**test)
            for test in entry.get("tests", ())
        ),
        argued_from=entry.get("argued_from", ""),
    )


def _problems_of_cases(
    cases: Mapping[str, list[str]], claims: Collection[str], clusters: Collection[str]
) -> Iterator[Problem]:
    case_of: dict[str, str] = {}
    for cluster, of_cluster in cases.items():
        if cluster not in clusters:
            message = f"no cluster has this id{nearest(cluster, clusters)}"
            yield Problem(POLICY_FILE, "cases", cluster, cluster, message)
        for claim in of_cluster:
            if claim in case_of:
                message = f"this claim is already one on {case_of[claim]}; it can speak of one cluster only"
                yield Problem(POLICY_FILE, "cases", cluster, claim, message)
            case_of.setdefault(claim, cluster)
        yield from _unknown_claims("cases", cluster, of_cluster, claims)


def _problems_of_advice(
    name: str, entry: Mapping[str, Any], parts: Collection[str], claims: Collection[str], length: int
) -> Iterator[Problem]:
    if entry["part"] not in parts:
        yield Problem(POLICY_FILE, name, "part", entry["part"], f"unknown part; {allowed(parts, entry['part'])}")
    if wrong := misplaced_lines(str(entry["line"]), length):
        yield Problem(POLICY_FILE, name, "line", str(entry["line"]), wrong)
    grounds = entry.get("grounds", ())
    for key in ("grounds", "bears"):
        yield from _unknown_claims(name, key, entry.get(key, ()), claims)
    for claim in entry.get("bears", ()):
        if claim in grounds:
            yield Problem(POLICY_FILE, name, "bears", claim, "this claim is a ground already; name it once")


def _unknown_claims(row: str, key: str, named: Collection[str], claims: Collection[str]) -> Iterator[Problem]:
    for claim in named:
        if claim not in claims:
            yield Problem(POLICY_FILE, row, key, claim, f"no claim has this id{nearest(claim, claims)}")
