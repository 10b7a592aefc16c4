"""A malformed claim gives an error that names it; a new claim is a matter of YAML alone."""

import re

import pytest
import yaml
from claims_data import ROOT, content, data, ledger, small_ledger

from collective_efficiency.claims.evaluation import evaluate
from collective_efficiency.claims.language.nodes import CHAIN_COUNTS, CLUSTER_WORDS
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.problems import BadInputError

GOOD = {
    "line": "88-90; 1911",
    "topic": "counts",
    "kind": "number",
    "paraphrase": "Three are low.",
    "facts": {"stated": {"value": 3, "line": 1926}},
    "variants": [{"reads": "exactly three", "holds_if": "count(degree == Low, sector == traditional) == stated"}],
}


def without(*keys: str) -> dict[str, object]:
    return {key: value for key, value in GOOD.items() if key not in keys}


def predicate(text: str) -> dict[str, object]:
    return {**GOOD, "variants": [{"reads": "x", "holds_if": f"{text} and stated > 0"}]}


def role(name: str, **more: object) -> dict[str, object]:
    return {**GOOD, "variants": [{**GOOD["variants"][0], "role": name, **more}]}


BAD = [
    (without("line"), ["'line' is a required"]),
    (without("paraphrase"), ["'paraphrase' is a required"]),
    (without("variants"), ["either variants or not_testable"]),
    ({**GOOD, "not_testable": "why"}, ["either variants or not_testable"]),
    ({**GOOD, "line": "page 3"}, ["key line", "page 3"]),
    ({**GOOD, "topic": "count"}, ["unknown topic", "did you mean counts?"]),
    ({**GOOD, "kind": "numbers"}, ["unknown kind", "did you mean number?"]),
    ({**GOOD, "strength": "bold"}, ["key strength", "bold"]),
    (role("strict"), ["variants.0", "needs a main one"]),
    (role("possible"), ["variants.0", "strength: hedged"]),
    (role("main", open=True), ["variants.0", "left open"]),
    (role("proxies"), ["variants.0.role", "proxies"]),
    ({**GOOD, "notes": "x"}, ["unknown key", "notes"]),
    ({**GOOD, "variants": []}, ["key variants"]),
    ({**GOOD, "variants": [{"holds_if": "1 < 2"}]}, ["key variants.0", "'reads' is a required"]),
    ({**GOOD, "facts": {"stated": {"value": 3}}}, ["key facts.stated", "'line' is a required"]),
    ({**GOOD, "facts": {"stated": {"value": 7.6, "line": 3}}}, ["facts.stated.value", "7.6", "in quotes"]),
    ({**GOOD, "facts": {**GOOD["facts"], "product": {"value": 1, "line": 3}}}, ["a meaning of its own", "product"]),
    ({**GOOD, "facts": {**GOOD["facts"], "other": {"value": 1, "line": 3}}}, ["no variant uses this fact", "other"]),
    (predicate("count(degre == Low) > 0"), ["variants.0.holds_if", "degre", "did you mean degree?"]),
    (predicate("count(product) > 0"), ["variants.0.holds_if", "a truth is needed"]),
    (predicate("__import__('os')"), ["variants.0.holds_if", "unknown function"]),
    (predicate("().__class__"), ["variants.0.holds_if", "allowed: and, or, not"]),
]


@pytest.mark.parametrize(("claim", "messages"), BAD)
def test_a_malformed_claim_is_named(claim: dict[str, object], messages: list[str]) -> None:
    with pytest.raises(BadInputError) as caught:
        small_ledger(yaml.safe_dump({"C001": GOOD, "C777": claim}))
    text = str(caught.value)
    assert all(message in text for message in ["claims.yaml", "C777", *messages]), text
    assert "C001" not in text


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(BadInputError) as caught:
        small_ledger(yaml.safe_dump({"C001": predicate("nonsense"), "C002": predicate("rubbish")}))
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"claims: [", "claims.yaml"),
        (b"\xff\xfe", "UTF-8"),
        (b"topics: [a]\nkinds: [b]\nclaims: {}\n", "'pairs' is a required"),
        (b"topics: [a]\nkinds: [b]\nclaims: {C1: {}}\npairs: []\n", "C1"),
        (content().replace(b"  C002:", b"  C001:", 1), "the key C001 stands twice"),
        (content() + b"  - claims: [C001, C999]\n    because: x\n", "C999"),
        (content().replace(b"value: 12,", b"value: !!python/name:os.system ,", 1), "claims.yaml"),
    ],
)
def test_a_malformed_ledger_is_refused(raw: bytes, message: str) -> None:
    with pytest.raises(BadInputError, match=re.escape(message)):
        read_ledger("claims.yaml", raw, data().vocabulary)


def test_adding_a_claim_touches_only_the_ledger() -> None:
    added = yaml.safe_dump({"C900": GOOD}).replace("\n", "\n  ").rstrip()
    raw = content().replace(b"\nclaims:\n", f"\nclaims:\n  {added}\n".encode(), 1)
    verdicts = evaluate(read_ledger("claims.yaml", raw, data().vocabulary), data())
    assert {each.claim.id: each.verdict for each in verdicts}["C900"] == "supported"
    others = [each.record() for each in verdicts if each.claim.id != "C900"]
    assert others == [each.record() for each in evaluate(ledger(), data())]


def test_the_register_is_complete() -> None:
    claims = {claim.id: claim for claim in ledger().claims}
    register = [f"C{number:03}" for number in range(1, 151)]
    assert set(register) <= set(claims)
    assert sum(bool(claims[name].variants) for name in register) >= 135
    assert all(len(claim.not_testable) > 20 for claim in claims.values() if not claim.variants)


def test_the_examples_of_the_documentation() -> None:
    text = (ROOT / "docs/claims.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```\n\nVerdict: `(\w+)`", text, re.DOTALL)
    assert len(examples) == 3
    for example, verdict in examples:
        assert [each.verdict for each in evaluate(small_ledger(example), data())] == [verdict]


def test_the_documentation_names_every_word_of_a_cluster_that_is_counted() -> None:
    text = (ROOT / "docs/claims.md").read_text(encoding="utf-8")
    assert [word for word in (*CHAIN_COUNTS, *CLUSTER_WORDS) if f"`{word}`" not in text] == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("C190", "found 'C190'; no claim has this id; did you mean C1"),  # C119, C109, ... share three characters
        ("C999", "key pairs.0.claims: found 'C999'; no claim has this id"),
    ],
)
def test_a_pair_of_an_unknown_claim_names_the_nearest(name: str, message: str) -> None:
    document = {
        "topics": ["counts"],
        "kinds": ["number"],
        "claims": {},
        "pairs": [{"claims": ["C150", name], "because": "x"}],
    }
    document["claims"] = {"C150": GOOD, "C119": GOOD}
    with pytest.raises(BadInputError) as caught:
        read_ledger("claims.yaml", yaml.safe_dump(document).encode(), data().vocabulary)
    (problem,) = caught.value.problems
    assert message in str(problem)
    assert ("did you mean" in str(problem)) == (name == "C190")
