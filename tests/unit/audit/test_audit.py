"""The audit of the report against a list of slips made by hand, and against what must not be called a slip."""

import csv
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
import yaml

from collective_efficiency.audit.adjudications import adjudicate
from collective_efficiency.audit.counts import audit_counts, cut_offs
from collective_efficiency.audit.engine import audit_report
from collective_efficiency.audit.records import audited_cells, check_records, missing_records
from collective_efficiency.choices import OF_THE_REPORT
from collective_efficiency.problems import BadInputError
from collective_efficiency.report.transcription import Report


@pytest.fixture(scope="module")
def checks(project):
    return yaml.safe_load((project / "data/report/checks.yaml").read_text(encoding="utf-8"))["checks"]


@pytest.fixture(scope="module")
def done(report, checks):
    return audit_report(report, checks)


@pytest.fixture(scope="module")
def found(done):
    return {finding.id: finding for finding in done.findings}


@pytest.mark.parametrize(
    ("finding", "printed", "expected", "explanation", "severity"),
    [  # the slips of the report, found with pencil and paper before the engine was written
        ("eei_sum.A1.guadalajara-footwear.eei", "8", "9", "replaced digit", "decision"),
        ("jai_sum.A2.chipilo-furniture.jai", "5", "4", "sum misprinted, index computed from the right items",
         "numeric"),
        ("ce_index.T3.santa-catarina-tiles.ce", "7.00", "8.00", "replaced digit", "numeric"),
        ("column_average.A3.average.labour_market", "2.55", "2.64", "stale draft value", "decision"),
        ("eei_sum.A5.sao-jose-dos-campos-aeronautics.eei", "10", "8", "stale draft value", "decision"),
        ("eei_sum.A5.campinas-high-tech.eei", "10", "8", "stale draft value", "decision"),
        ("column_average.T11.average.eei", "9.00; 7.36", "7.17; 4.76", "row copied from another table: average of T7",
         "numeric"),
        ("column_total.A8.total.backward", "6", "5", "replaced digit", "numeric"),
        ("eei_same.T15.aguascalientes-software.eei", "8; 10; 10; 10; 10", "7.5; 9.5; 9.5; 9.5; 9.5",
         "rounded before use", "decision"),
        ("index_averages_same.T17.natural_resource.ce", "8.20", "8.18", "rounded twice", "numeric"),
        ("index_averages_same.T17.cops.jai", "4.80", "4.76", "rounded twice", "numeric"),
    ],
)  # fmt: skip
def test_each_known_slip_is_found_in_its_cell_with_its_explanation(
    found, finding, printed, expected, explanation, severity
):
    record = found[finding]
    assert (record.printed, record.expected, record.severity) == (printed, expected, severity)
    assert record.explanation.startswith(explanation)


def test_no_other_number_is_called_a_slip(found):
    numeric = [finding for finding in found.values() if finding.severity in ("decision", "numeric")]
    assert len(numeric) == 11


def test_one_slip_is_one_finding_and_what_follows_hangs_under_it(done, found):
    follows = found["jai_sum.A2.chipilo-furniture.jai"].follows
    assert set(follows) == {
        ("A2", "total", "jai"), ("A2", "average", "jai"), ("T3", "chipilo-furniture", "jai"), ("T3", "total", "jai"),
        ("T3", "average", "jai"), ("T17", "traditional", "jai"), ("T18", "traditional", "jai"),
    }  # fmt: skip
    inconsistent = {place for place in done.model.cells if done.judge.judge(place).verdict == "inconsistent"}
    explained = {place for finding in found.values() for place in (*finding.cells, *finding.follows)}
    assert inconsistent <= explained


@pytest.mark.parametrize(
    ("place", "verdict", "assumption"),
    [
        (("A1", "average", "labour_market"), "consistent_if", "truncated"),  # 35.5 / 15 = 2.366...
        (("A1", "average", "information"), "consistent_if", "n.a. counted as zero"),  # 25.5 / 15
        (("A1", "bucaramanga-garments", "eei"), "consistent_if", "n.a. counted as zero"),
        (("T14", "Low", "product"), "consistent_if", "truncated"),  # 8 / 3
        (("T5", "average", "product"), "consistent_if", "truncated"),  # 28 / 15
        (("T18", "traditional", "inputs"), "consistent_if", "truncated"),
        (("A6", "total", "multilateral"), "consistent", ""),  # 11.88 printed 11.9
        (("T3", "chipilo-furniture", "ce"), "consistent", ""),
        (("T14", "High", "product"), "consistent", ""),  # a dash, and no cluster is High
        (("T10", "Medium", "process"), "consistent", ""),
        (("T19", "software", "intersectoral"), "not_checkable", ""),
        (("T7", "austral-salmon", "ce"), "lost", ""),
        (("A1", "gamarra-garments", "inputs"), "input", ""),
    ],
)
def test_what_is_merely_truncated_or_counted_as_zero_is_no_slip(done, place, verdict, assumption):
    judged = done.judge.judge(place)
    assert (judged.verdict, judged.assumption) == (verdict, assumption)


def test_a_degree_changes_only_by_the_rounding_of_software(found):
    changed = [finding.id for finding in found.values() if "degree of" in finding.consequence]
    assert changed == ["eei_same.T15.aguascalientes-software.eei"]
    text = found[changed[0]].consequence
    assert "degree of blumenau-software in T15: High -> Medium" in text
    assert "degree of blumenau-software in T16: High -> Medium" in text


def test_nothing_put_right_gives_the_report_as_printed(done):
    from collective_efficiency.audit.consequences import Rerun

    assert Rerun(done.judge, frozenset()).changes() == {}
    for place in done.model.derivations:
        value = Rerun(done.judge, frozenset()).value(place)
        assert done.model.cells[place].status == "lost" or value == done.judge.printed(place)


def test_every_numeric_cell_is_covered_or_listed(done):
    derived = set(done.model.derivations) | set(done.model.class_rules)
    listed = {tuple(name.split("/")) for name in audit_counts(done)["not_checkable"]}
    for place, cell in done.model.cells.items():
        if isinstance(cell.value, Fraction) and cell.kind not in ("item", "code", "fact"):
            assert place in derived or place in listed, place
            assert (done.judge.judge(place).verdict == "not_checkable") == (place in listed)


def test_every_check_ran(done):
    assert [row["check"] for row in check_records(done) if row["n_cells"] == "0"] == []


def test_the_cut_offs_that_every_printed_degree_admits(done):
    cuts = cut_offs(done)
    assert cuts["printed"] == {
        "High above Medium": "above 9, at most 19/2",
        "Medium above Low": "above 5, at most 21/4",
    }
    assert cuts["recomputed"]["High above Medium"] == "above 35/4, at most 37/4"


def test_missing_scores_were_counted_as_zero(done):
    rows = {(row["table"], row["column"]): row for row in missing_records(done)}
    assert rows["A1", "information"]["reproduced_by"] == "n.a. counted as zero"
    assert rows["A1", "information"]["left_out"] == "1.8"


@pytest.mark.parametrize("file", ["data/report/checks.yaml", "data/studies/_checks.yaml"])
def test_the_rules_that_are_named_are_those_of_the_checks(project, file):
    """What pages call the report's own rules is what the checks of the report and of a study compute by."""
    by_id = {check["id"]: check for check in yaml.safe_load((project / file).read_text(encoding="utf-8"))["checks"]}
    weights = {name: Fraction(text) for name, text in by_id["ce_index"]["of"].items()}
    assert weights == {"eei": OF_THE_REPORT.eei_weight, "jai": OF_THE_REPORT.jai_weight}
    (degree,) = [check for check in by_id.values() if check["kind"] == "class" and check["target"] == "degree"]
    (high, *high_cut), (medium, *medium_cut), _ = degree["classes"]
    assert [high, high_cut[0], Fraction(high_cut[1])] == ["High", ">=", OF_THE_REPORT.high]
    assert [medium, medium_cut[0], Fraction(medium_cut[1])] == ["Medium", ">", OF_THE_REPORT.low]


def shuffled(report, seed):
    """The same report with its tables, rows and columns in another order."""
    order = random.Random(seed)

    def mix(items):
        return dict(order.sample(list(items.items()), len(items)))

    tables = {
        name: replace(
            table,
            rows=tuple(order.sample(table.rows, len(table.rows))),
            columns=tuple(order.sample(table.columns, len(table.columns))),
            cells=mix(table.cells),
        )
        for name, table in mix(report.tables).items()
    }
    return Report(report.sectors, tuple(order.sample(report.clusters, 40)), tables)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shuffling_changes_nothing_in_the_findings(report, checks, done, seed):
    again = audit_report(shuffled(report, seed), checks)
    assert [finding.record() for finding in again.findings] == [finding.record() for finding in done.findings]
    assert sorted(map(str, audited_cells(again))) == sorted(map(str, audited_cells(done)))


@pytest.fixture
def decided(project):
    return yaml.safe_load((project / "data/report/adjudications.yaml").read_text(encoding="utf-8"))["adjudications"]


def test_every_finding_is_adjudicated_with_a_reason(done, decided):
    decisions = adjudicate(done.findings, decided)
    assert Counter(decisions.values())["printing slip"] > 10
    assert all(entry["reason"] for entry in decided)


def test_the_findings_and_the_decisions_on_them_stay_what_they_are(done, decided, project):
    """Against the golden of the run; what claims say of a finding, its consequence and severity, is left out here."""
    with (project / "tests/expected/audit/findings.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    decisions = adjudicate(done.findings, decided)
    by_claims = ("consequence", "severity")

    def told(records):
        return sorted([text for name, text in record.items() if name not in by_claims] for record in records)

    assert told(finding.record(decisions[finding.id]) for finding in done.findings) == told(expected)


def test_adjudications_that_do_not_fit_are_all_named(done, decided):
    wrong = [dict(entry) for entry in decided]
    gone = wrong.pop(0)
    wrong[0]["expect"] = "?"
    wrong[1]["finding"] += "x"
    with pytest.raises(BadInputError) as caught:
        adjudicate(done.findings, wrong)
    said = [str(problem) for problem in caught.value.problems]
    assert any(gone["finding"] in each and "has no adjudication" in each for each in said)
    assert any("decide again" in each for each in said)
    assert any("no such finding" in each and "did you mean" in each for each in said)
    assert len(said) == 4  # the renamed one is missing, too


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "row_summ"}, "found 'row_summ'; unknown kind"),
        ({"layouts": ["index_table"]}, "no table has this layout"),
        ({"id": "jai_sum"}, "the check stands twice"),
    ],
)
def test_a_bad_check_is_named(report, checks, change, says):
    with pytest.raises(BadInputError) as caught:
        audit_report(report, [checks[0] | change, *checks[1:]])
    assert says in str(caught.value)
