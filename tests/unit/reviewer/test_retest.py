"""The associations that the page tests anew, by templates/reviewer/exact.js under node, against inference.exact."""

import csv
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
from collective_efficiency.inference.exact import jonckheere_terpstra
from collective_efficiency.inference.samples import NoVariationError
from collective_efficiency.reviewer.retest import PREDICTORS, retest_data
from collective_efficiency.reviewer.suppose import what_follows
from collective_efficiency.words import UPGRADING

EXPECTED = PROJECT / "tests/expected/report"
ASK = """
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const { predictors, outcomes } = given.tested;
const said = (test) => test && [test.n, test.s, String(test.over), String(test.under)];
console.log(JSON.stringify(given.values.map((moved) => {
  const of = new Map(moved.map(([cell, value]) => [cell, Array.isArray(value) ? value[0] : Suppose.parse(value)]));
  const ask = (one, other) => said(Exact.test(Exact.units(given.tested, one, other, (cell) => of.get(cell), Suppose)));
  return predictors.map((one) => outcomes.map((other) => ask(one, other)));
})));
"""


def records(name):
    with (EXPECTED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def model(report):
    return build_model(report, read_checks((PROJECT / "data/report/checks.yaml").read_bytes()))


@pytest.fixture(scope="module")
def tested(model, report):
    layouts = {table.id: table.layout for table in report.tables.values()}
    return retest_data(model, records("clusters.csv"), records("printed/indices.csv"), layouts)


def in_javascript(tested, values):
    """n, s and p of every association, by node, for each of the `values` of cells that moved."""
    needs("node")
    told = [[[cell, [value] if isinstance(value, str) else str(value)] for cell, value in of.items()] for of in values]
    script = "".join(template(f"reviewer/{name}.js") for name in ("suppose", "exact")) + ASK
    given = json.dumps({"tested": tested, "values": told})
    done = subprocess.run(["node", "-e", script], input=given, capture_output=True, text=True, check=True)
    return [
        {
            (one, other): test and (test[0], test[1], Fraction(int(test[2]), int(test[3])))
            for one, row in zip(PREDICTORS, answer, strict=True)
            for other, test in zip(UPGRADING, row, strict=True)
        }
        for answer in json.loads(done.stdout)
    ]


def test_as_printed_they_are_those_of_the_inference_stage(tested):
    (answer,) = in_javascript(tested, [{}])
    lines = [
        row
        for row in records("printed/inference/associations.csv")
        if (row["missing"], row["family"]) == ("zero", "collective_efficiency")
    ]
    assert answer == {
        (row["predictor"], row["outcome"]): (int(row["n"]), int(row["s"]), Fraction(row["p_exact"])) for row in lines
    }
    assert len(lines) == 16


def test_when_scores_move_they_are_as_python_tests_them(model, tested):
    """Forty suppositions, of one to thirty cells of indices, degrees, scores and kinds of upgrading."""
    draw, places = random.Random(23), list(model.cells)
    number = {place: at for at, place in enumerate(places)}
    ways = Conventions(model, "zero")
    cells = [
        cell for cell in model.cells.values() if cell.value is not None and cell.kind in ("item", "derived", "class")
    ]
    values = []
    for _ in range(40):
        some = draw.sample(cells, draw.choice((1, 3, 30)))
        edit = {
            (cell.table, cell.row, cell.column): draw.choice(tested["degrees"])
            if cell.kind == "class"
            else Fraction(draw.randrange(7), 2)
            for cell in some
        }
        moves = {place: move.after for place, move in what_follows(model, ways, edit).items()}
        values.append({number[place]: value for place, value in (moves | edit).items()})
    assert in_javascript(tested, values) == [in_python(tested, of) for of in values]


def in_python(tested, moved):
    def value(cluster, name):
        other = next((moved[cell] for cell in cluster["cells"][name] if cell in moved), None)
        found = cluster["values"][name] if other is None else other
        if name == "degree":
            return tested["degrees"].index(found)
        return None if found is None else Fraction(found)

    answer = {}
    for one in PREDICTORS:
        for other in UPGRADING:
            pairs = [(value(each, one), value(each, other), each["sector"]) for each in tested["clusters"]]
            x, y, strata = zip(*(pair for pair in pairs if None not in pair), strict=True)
            try:
                test = jonckheere_terpstra(x, y, strata)
                answer[one, other] = (len(x), test.observed, test.p("distance"))
            except NoVariationError:
                answer[one, other] = None
    return answer
