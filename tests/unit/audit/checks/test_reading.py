"""checks.yaml with a mistake: refused, with the check, the key and what is allowed; by the file and by the library."""

import pytest

from collective_efficiency.audit.checks.keys import COMMON_KEYS
from collective_efficiency.audit.checks.reading import check_problems, read_checks
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.files.yaml_files import own_yaml
from collective_efficiency.problems import BadInputError

SECOND = """\
checks:
  - id: index_sum
    kind: row_sum
    asserts: the index is trust plus skills
    layouts: [villages]
    target: index
    of: {trust: 1, skills: 1/2}
    source: made up
  - id: rank_rule
    kind: class
    asserts: the rank follows from the index
    layouts: [villages]
    target: rank
    index: index
    classes: [[strong, ">=", 8], [weak, ">=", 0]]
    source: made up
  - id: score_scale
    kind: scale
    asserts: a score lies on the scale
    step: 1/2
    severity: lead
    source: made up
"""


def test_what_is_right_is_read():
    assert [check["id"] for check in read_checks(SECOND.encode())] == ["index_sum", "rank_rule", "score_scale"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "    of: {trust: 1, skills: 1/2}\n",
            "",
            "entry index_sum, key of: the key is missing; allowed: columns",
        ),
        (
            "    layouts: [villages]\n",
            "",
            "entry index_sum, key layouts: the key is missing; allowed: a list",
        ),
        (
            "    severity: lead\n",
            "",
            "entry score_scale, key severity: the key is missing; allowed: `format`",
        ),
        ("target: index", "targt: index", "entry index_sum, key targt: found 'targt'; unknown key"),
        ("target: index", "targt: index", "did you mean target?"),
        (
            "    step: 1/2\n",
            "    step: 1/2\n    of: {a: 1}\n",
            "unknown key of a check of kind scale; allowed: id",
        ),
        ("trust: 1", "trust: one", "entry index_sum, key of.trust: found 'one'; allowed: columns with weights"),
        ("skills: 1/2", "skills: 1/0", "entry index_sum, key of.skills: found '1/0'"),
        ("skills: 1/2", "skills: .inf", "entry index_sum, key of.skills: found"),
        ('">=", 8', '">=", eight', "entry rank_rule, key classes.0.2: found 'eight'"),
        ('">=", 8', '"=>", 8', "entry rank_rule, key classes.0.1: found '=>'"),
        ("step: 1/2", "step: 0", "entry score_scale, key step: found '0'; allowed: a number or ratio"),
        ("kind: scale", "kind: scales", "entry score_scale, key kind: found 'scales'; unknown kind; allowed"),
        ("id: rank_rule", "id: index_sum", "entry index_sum, key id: found 'index_sum'; the check stands twice"),
        (
            "layouts: [villages]",
            "layouts: villages",
            "entry index_sum, key layouts: found 'villages'; allowed: a",
        ),
    ],
)
def test_a_mistake_names_check_key_and_what_is_allowed(old, new, says):
    text = SECOND.replace(old, new, 1)
    with pytest.raises(BadInputError) as caught:
        read_checks(text.encode())
    assert says in str(caught.value)
    assert any(says in str(problem) for problem in check_problems(own_yaml(text)["checks"]))


@pytest.mark.parametrize("name", CHECK_KINDS)
def test_every_kind_says_what_it_asserts_and_what_its_keys_hold(name):
    kind = CHECK_KINDS[name]
    names = [key.name for key in (*COMMON_KEYS, *kind.keys)]
    assert len(names) == len(set(names))
    assert kind.asserts.endswith(".")
    assert all(key.holds and key.description.endswith(".") for key in kind.keys)
