"""policy.yaml is read strictly: every problem at once, each with its place and what to write."""

import re

import pytest
from policy_data import content, golden, policy

from collective_efficiency.policy.advice import NamedTest
from collective_efficiency.problems import BadInputError


def problems(text: bytes) -> str:
    with pytest.raises(BadInputError) as error:
        policy(text)
    return str(error.value)


def test_every_piece_of_advice_is_there_with_its_part_and_its_lines() -> None:
    pieces = policy().advice
    assert [piece.id for piece in pieces] == [f"P{number:02}" for number in range(1, 40)]
    assert {piece.part for piece in pieces} == set(policy().parts)
    assert all(re.match(r"\d", piece.line) for piece in pieces)


def test_tests_are_of_an_association_or_of_the_sectors() -> None:
    of = {piece.id: piece.tests for piece in policy().advice}
    assert of["P34"] == (NamedTest("software", "ce", "product"),)
    assert NamedTest("", "sector", "functional") in of["P08"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (b"[C043, C044, C045]", b"[C043, C044, C999]", "entry P03, key grounds: found 'C999'; no claim has this id"),
        (b"bears: [C068, C129]", b"bears: [C068, C132]", "entry P07, key bears: found 'C132'; this claim is a ground"),
        (b"line: 5793-5836", b"line: 5793-99999", "entry P03, key line: found '5793-99999'; the text has 10666 lines"),
        (b"line: 5793-5836", b"line: 5836-5793", "lines 5836-5793 run backwards; write 5793-5836"),
        (
            b"part: software\n",
            b"part: sofware\n",
            "entry P34, key part: found 'sofware'; unknown part; allowed: general",
        ),
        (b"  P02:\n", b"  P01:\n", "the key P01 stands twice"),
        (b"  P02:\n", b"  A2:\n", "An id is P and two digits"),
        (
            b"  austral-salmon:",
            b"  austral-salmn:",
            "found 'austral-salmn'; no cluster has this id; did you mean austral-",
        ),
        (b"[C061]\n  espirito", b"[C061, C616]\n  espirito", "this claim is already one on chipilo-furniture"),
        (b"outcome: product}", b"outcome: profit}", "tests"),
        (b"    argued_from:", b"    argued:", "unknown key; allowed: part, line, paraphrase"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(old: bytes, new: bytes, says: str) -> None:
    assert old in content()
    assert says in problems(content().replace(old, new, 1))


def test_all_problems_are_said_at_once() -> None:
    bad = content().replace(b"[C043, C044, C045]", b"[C043, C998, C999]").replace(b"part: software\n", b"part: soft\n")
    said = problems(bad)
    assert said.count("no claim has this id") == 2
    assert said.count("unknown part") == 4


def test_the_golden_names_every_piece_once() -> None:
    assert [row["advice"] for row in golden("policy/policy.csv")] == [piece.id for piece in policy().advice]
