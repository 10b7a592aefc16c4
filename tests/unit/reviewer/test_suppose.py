"""What follows from what a reviewer supposes: by hand on the report, and the same in Python as in JavaScript."""

import json
import random
import subprocess
from fractions import Fraction

import pytest
from conftest import PROJECT, needs

from collective_efficiency.audit.checks.apply import build_model
from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.audit.conventions import Conventions
from collective_efficiency.files.package import template
from collective_efficiency.reviewer.suppose import Move, rules_as_data, what_follows

SCRIPTS = [PROJECT / f"workflow/collective_efficiency/templates/reviewer/{name}.js" for name in ("suppose", "exact")]
SHOEMAKERS = "guadalajara-footwear"
FOLLOW = """
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const said = (value) => (Suppose.isNumber(value) ? Suppose.written(value) : value === null ? null : [value]);
const model = Suppose.model(given.rules);
console.log(JSON.stringify(given.edits.map((edit) => {
  const supposed = edit.map(([cell, value]) => [cell, Array.isArray(value) ? value[0] : Suppose.parse(value)]);
  return [...model.follow(new Map(supposed))].map(([cell, move]) => [cell, said(move.before), said(move.after)]);
})));
"""


@pytest.fixture(scope="module")
def model(report):
    return build_model(report, read_checks((PROJECT / "data/report/checks.yaml").read_bytes()))


@pytest.fixture(scope="module")
def ways(model):
    return Conventions(model, "zero")


def test_a_sum_that_is_put_right_moves_its_copies_its_index_and_their_means(model, ways):
    """By hand: Guadalajara's external economies are printed as 8 and its scores, 3, 2, 2 and 2, sum to 9.

    The columns of the 15 clusters sum to 114 and 94.75; tables 17 and 18 print their means as 7.6 and 6.31. Half the
    sum of the totals of table 3, 114 and 78.5, is 96.25.
    """
    moves = what_follows(model, ways, {("A1", SHOEMAKERS, "eei"): Fraction(9)})
    assert moves == {
        ("A1", "total", "eei"): Move(Fraction(114), Fraction(115)),
        ("A1", "average", "eei"): Move(Fraction(114, 15), Fraction(115, 15)),
        ("T3", SHOEMAKERS, "eei"): Move(Fraction(8), Fraction(9)),
        ("T3", SHOEMAKERS, "ce"): Move(Fraction(15, 2), Fraction(8)),
        ("T3", "total", "eei"): Move(Fraction(114), Fraction(115)),
        ("T3", "total", "ce"): Move(Fraction("96.25"), Fraction("96.75")),
        ("T3", "average", "eei"): Move(Fraction(114, 15), Fraction(115, 15)),
        ("T3", "average", "ce"): Move(Fraction("94.75") / 15, Fraction("95.25") / 15),
        ("T17", "traditional", "eei"): Move(Fraction("7.6"), Fraction(115, 15)),
        ("T18", "traditional", "eei"): Move(Fraction("7.6"), Fraction(115, 15)),
        ("T17", "traditional", "ce"): Move(Fraction("6.31"), Fraction("95.25") / 15),
    }


def test_an_index_that_reaches_the_cut_moves_the_class_and_its_copy(model, ways):
    """By hand: (8 + 11) / 2 is 9.5, which is High; table 3 prints 7.50 and Medium, which table 5 repeats."""
    moves = what_follows(model, ways, {("A2", SHOEMAKERS, "jai"): Fraction(11)})
    assert moves["T3", SHOEMAKERS, "degree"] == moves["T5", SHOEMAKERS, "degree"] == Move("Medium", "High")


def in_javascript(model, ways, edits):
    """What templates/reviewer/suppose.js says, under node."""
    needs("node")
    places, number = list(model.cells), {place: index for index, place in enumerate(model.cells)}
    told = [[[number[place], as_text(value)] for place, value in edit.items()] for edit in edits]
    given = json.dumps({"rules": rules_as_data(model, ways), "edits": told})
    script = template("reviewer/suppose.js") + FOLLOW
    done = subprocess.run(["node", "-e", script], input=given, capture_output=True, text=True, check=True)
    return [
        {places[cell]: Move(of_text(before), of_text(after)) for cell, before, after in moves}
        for moves in json.loads(done.stdout)
    ]


def as_text(value):
    """A number as text, a word in a list, as `rules_as_data` writes them."""
    return [value] if isinstance(value, str) else str(value)


def of_text(value):
    return value[0] if isinstance(value, list) else None if value is None else Fraction(value)


def test_the_page_follows_as_python_does(model, ways):
    """Four hundred suppositions, of one cell and of many; every value that moves, in its order, as a fraction."""
    draw = random.Random(2004)
    known = [place for place, cell in model.cells.items() if cell.value is not None]
    edits = [
        {place: _another(draw, model.cells[place]) for place in draw.sample(known, draw.choice((1, 1, 2, 5, 40)))}
        for _ in range(400)
    ]
    expected = [what_follows(model, ways, edit) for edit in edits]
    assert sum(map(len, expected)) > 5_000
    assert in_javascript(model, ways, edits) == expected


def _another(draw, cell):
    if isinstance(cell.value, str):
        return draw.choice(("Low", "Medium", "High"))
    return Fraction(draw.randrange(0, 25), draw.choice((1, 2, 10)))


def test_the_scripts_keep_their_own_tests_and_their_types():
    """By node's test runner, and by TypeScript, which reads the types in the comments."""
    needs("node")
    needs("tsc")
    strictly = ["--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022", "--lib", "es2022"]
    for command in (["node", "--test", PROJECT / "tests/page/suppose.test.js"], ["tsc", *strictly, *SCRIPTS]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
