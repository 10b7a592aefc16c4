"""What a study prints itself, audited: slips that must be found, and right numbers that must not."""

from itertools import combinations

import pytest
from studies_data import HEADER, PROJECT, ROWS, changed, known, read, table

from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.choices import Choices
from collective_efficiency.problems import BadInputError
from collective_efficiency.studies.study import read_studies
from collective_efficiency.studies.study_audit import (
    StudyAudit,
    as_report,
    audit_study,
    printed_cell_records,
    prints_numbers,
    study_audit,
    study_audit_summary,
)
from collective_efficiency.studies.study_results import study_clusters, study_indices

CHECKS = (PROJECT / "data/studies/_checks.yaml").read_bytes()
PRINTED = (*HEADER, "eei", "jai", "ce", "degree", "upgrading_sum")
GOOD = [(*ROWS[0], "8", "5", "6.5", "Medium", "5"), (*ROWS[1], "4.5", "4.5", "4.50", "Low", "2")]


@pytest.fixture(scope="module")
def checks():
    return read_checks(CHECKS)


def total(row="total", sector="", **numbers):
    """A row of totals or averages."""
    texts = {"cluster": row, "sector": sector} | numbers
    return tuple(texts.get(name, "") for name in PRINTED)


def audited(rows, checks):
    study = read(table(rows, PRINTED))
    return audit_study(study, study_clusters(study, "median").to_dict("records"), checks)


def slips(rows, checks):
    """Every finding as its id, what is printed and what was expected."""
    return [(each.id, each.printed, each.expected) for each in audited(rows, checks).findings]


SUMMARIES = (total(labour_market="4.5", eei="12.5", ce="11.0"), total("average", inputs="2", eei="6.25", jai="4.75"))


def test_right_numbers_are_consistent(checks):
    done = audited([*GOOD, *SUMMARIES], checks)
    verdicts = {(row["row"], row["column"]): row["verdict"] for row in printed_cell_records(done)}
    assert done.findings == ()
    assert set(verdicts.values()) == {"input", "consistent"}
    assert verdicts["total", "ce"] == verdicts["average", "jai"] == verdicts["addis-shoes", "degree"] == "consistent"
    assert verdicts["addis-shoes", "inputs"] == "input"
    assert len(verdicts) == 2 * (8 + 4 + 5) + 6


@pytest.mark.parametrize("by_sector", [False, True])
@pytest.mark.parametrize("printed", [some for size in range(6) for some in combinations(PRINTED[-5:], size)])
def test_a_study_may_print_any_of_the_columns(printed, by_sector):
    """Right numbers, some of the columns left out: nothing is found, and no check is refused for what is not there."""
    header = (*HEADER, *printed)
    first = dict(zip(PRINTED, GOOD[0], strict=True))
    average = total("average", labour_market="2.25")
    if by_sector:  # the first cluster is the only one of its sector
        average = total("average", first["sector"], labour_market=first["labour_market"])
    rows = [dict(zip(PRINTED, row, strict=True)) for row in (*GOOD, average)]
    study = read(table([[row[name] for name in header] for row in rows], header))
    done = study_audit(study, "median", "zero", CHECKS)
    assert done.findings == []
    assert {row["verdict"] for row in done.cells if row["row"] == "average"} == {"consistent"}


def test_averages_and_sums_as_programs_write_them_follow(checks):
    """7/3 and 0.1 + 0.2 as doubles; a digit that is wrong within 13 is a slip all the same."""
    rows = [(f"a{number}", *ROWS[0][1:5], score, *ROWS[0][6:], *[""] * 5) for number, score in enumerate("223")]
    tenth = [(*row[:6], "0.1", *row[7:]) for row in rows]
    means = total("average", labour_market="2.3333333333333335", inputs="0.10000000000000002")
    assert slips([*tenth, means, total(inputs="0.30000000000000004")], checks) == []
    wrong = total("average", labour_market="2.3333433333333335")
    assert [found[0] for found in slips([*rows, wrong], checks)] == ["column_average.S1.average.labour_market"]


@pytest.mark.parametrize(
    ("place", "column", "text", "expected"),
    [
        (0, "eei", "9", "eei_sum.S1.addis-shoes.eei"),
        (0, "ce", "6.75", "ce_index.S1.addis-shoes.ce"),
        (1, "degree", "Medium", "degree_rule.S1.jimma-coffee.degree"),
        (1, "upgrading_sum", "3", "upgrading_sum.S1.jimma-coffee.upgrading_sum"),
        (2, "eei", "15.2", "column_total.S1.total.eei"),
        (3, "eei", "6.52", "column_average.S1.average.eei"),
    ],
)
def test_one_slip_is_one_finding(place, column, text, expected, checks):
    rows = [list(row) for row in (*GOOD, *SUMMARIES)]
    rows[place][PRINTED.index(column)] = text
    ((found, printed, _),) = slips(rows, checks)
    assert (found, printed) == (expected, text)


def test_what_follows_from_a_slip_is_no_second_one(checks):
    rows = [list(row) for row in (*GOOD, total(eei="13.5", ce="11.5"))]
    for column, text in (("eei", "9"), ("ce", "7")):
        rows[0][PRINTED.index(column)] = text
    (finding,) = audited(rows, checks).findings
    assert finding.cells == (("S1", "addis-shoes", "eei"),)
    assert {place[1:] for place in finding.follows} == {("addis-shoes", "ce"), ("total", "eei"), ("total", "ce")}


def test_tables_by_sector_and_of_all(checks):
    rows = [
        *GOOD,
        total(sector="traditional", eei="8"), total(sector="natural_resource", eei="4.5"),
        total(eei="12.5"), total("average", eei="6.3", ce="5.4"),
    ]  # fmt: skip
    study = read(table(rows, PRINTED))
    report = as_report(study, study_clusters(study, "median").to_dict("records"))
    assert {name: (each.layout, each.sector, each.rows) for name, each in report.tables.items()} == {
        "S1": ("study", "traditional", ("addis-shoes", "total")),
        "S2": ("study", "natural_resource", ("jimma-coffee", "total")),
        "S0": ("whole", "", ("total", "average")),
    }
    assert slips(rows, checks) == [("column_average.S0.average.ce", "5.4", "5.5")]


def test_a_total_of_what_is_not_printed_by_cluster(checks):
    rows = [(*row[:-5], *[""] * 5) for row in GOOD] + [total(eei="12.5", ce="11.1")]
    assert slips(rows, checks) == [("column_total.S1.total.ce", "11.1", "11.0")]
    assert all(row["verdict"] != "lost" for row in printed_cell_records(audited(rows, checks)))


def test_scores_that_are_not_available(checks):
    rows = [list(row) for row in (*GOOD, total("average", inputs="1", eei="5.25"))]
    for column, text in (("inputs", "n.a."), ("eei", "6"), ("ce", "5.5")):
        rows[0][PRINTED.index(column)] = text
    done = audited(rows, checks)
    assert done.findings == ()
    assert {row["rounding"] for row in printed_cell_records(done) if row["verdict"] == "consistent_if"} == {
        "n.a. counted as zero"
    }


def test_kinds_of_upgrading_that_were_never_scored_are_left_out(checks):
    rows = [[*row[:-6], "", *row[-5:]] for row in GOOD]
    assert slips(rows, checks) == []


def test_a_mark_that_is_not_the_reports(checks):
    rows = [list(row) for row in GOOD]
    rows[0][PRINTED.index("degree")] = "MEDIUM"
    assert slips(rows, checks) == [("spelling.S1.addis-shoes.degree", "MEDIUM", "Medium")]


def test_nothing_printed():
    study = read()
    assert not prints_numbers(study)
    assert study_audit_summary(study, None) == (
        "Study ethiopia: 2 clusters in 2 rows of scores. It prints no index, degree, total or average of its own.\n"
    )


def example(name):
    files = {path.name: path.read_bytes() for path in (PROJECT / "data/studies" / name).iterdir()}
    return read_studies({name: files}, known(), "median")[0]


def test_the_simple_example_by_hand():
    study = example("example_simple")
    frame = study_indices(study, study_clusters(study, "median"), Choices())
    rows = frame[frame["reading"] == "recomputed"][["cluster", "eei", "jai", "ce", "degree"]].to_numpy().tolist()
    assert rows == [
        ["made-up-garments", "8.5000", "5.5000", "7.0000", "Medium"],  # 3+2+2+1.5, 1+1.5+1+2
        ["made-up-shoes", "11.5000", "7.5000", "9.5000", "High"],  # 3+3+2.5+3, 2+2+1.5+2: on the cut-off
        ["made-up-wine", "4.0000", "2.5000", "3.2500", "Low"],  # 2+1+0+1, 0.5+1+0+1; n.a. is zero
    ]


def test_the_example_with_raters_by_hand(checks):
    """East tannery: forward is the median of 2 and 1, so 1+1.5+1+2; the average of the joint action is 23.5 / 5."""
    study = example("example_raters")
    scored = study_clusters(study, "median")
    frame = study_indices(study, scored, Choices())
    rows = frame[frame["reading"] == "recomputed"][["cluster", "eei", "jai", "ce", "degree"]].to_numpy().tolist()
    assert rows == [
        ["made-up-coffee-coast", "5.0000", "4.0000", "4.5000", "Low"],
        ["made-up-coffee-hills", "10.0000", "9.0000", "9.5000", "High"],
        ["made-up-saddlers", "5.0000", "1.5000", "3.2500", "Low"],
        ["made-up-tannery-east", "9.5000", "5.5000", "7.5000", "Medium"],
        ["made-up-tannery-west", "7.5000", "3.5000", "5.5000", "Medium"],
    ]
    assert [row["sector"] for row in study.sectors] == ["leather"]
    done = audit_study(study, scored.to_dict("records"), checks)
    (finding,) = done.findings
    assert (finding.id, finding.printed, finding.expected) == ("column_average.S1.average.jai", "4,9", "4.7")
    assert finding.explanation == "replaced digit: 4.7 printed 4.9"
    assert study_audit_summary(study, done) == (
        "Study example_raters: 5 clusters in 10 rows of scores. It prints 37 numbers of its own: 33 follow from the"
        " scores, 3 under an assumption, 1 does not, 0 cannot be told. Findings: 1 numeric.\n"
        "The report's own rules, whatever config.yaml says. Dataset: example_raters. n.a. counts as zero."
        " CE = 0.5 EEI + 0.5 JAI. Degree: High from 9.5, Low up to 5.\n"
        "column_average.S1.average.jai: printed 4,9, expected 4.7; replaced digit: 4.7 printed 4.9\n"
    )


@pytest.fixture(scope="module")
def checks_file():
    return (PROJECT / "data/studies/_checks.yaml").read_bytes()


def test_what_is_written_of_a_study_with_a_slip(checks_file):
    """eei: 8 + 4.5 is 12.5, printed 13.5; jai: 5 + 4.5 is 9.5. Counts agree with their verbs."""
    study = read(table([(*row[:-5], *[""] * 5) for row in GOOD] + [total(eei="13.5", jai="9.5")], PRINTED))
    done = study_audit(study, "median", "zero", checks_file)
    assert [row["finding"] for row in done.findings] == ["column_total.S1.total.eei"]
    assert {row["adjudication"] for row in done.findings} == {"open"}
    assert {row["check"] for row in done.checks} >= {"column_total"}
    assert done.summary.splitlines()[0] == (
        "Study ethiopia: 2 clusters in 2 rows of scores. It prints 2 numbers of its own: 1 follows from the scores,"
        " 0 under an assumption, 1 does not, 0 cannot be told. Findings: 1 numeric."
    )


def test_nothing_is_written_of_a_study_that_prints_nothing(checks_file):
    done = study_audit(read(), "median", "zero", checks_file)
    assert done == StudyAudit(summary=study_audit_summary(read(), None))


def test_bad_checks_are_said():
    study = read(table(GOOD, PRINTED))
    with pytest.raises(BadInputError, match=r"checks\.yaml"):
        study_audit(study, "median", "zero", b"checks: 1")


@pytest.mark.parametrize(("missing", "fate"), [("zero", "count as zero"), ("omit", "are left out of sums and means")])
def test_which_scores_are_missing_and_what_becomes_of_them_is_said(missing, fate, checks_file):
    study = read(table(changed(0, "inputs", "n.a.", changed(0, "product", "na"))))
    said = study_audit(study, "median", missing, checks_file).summary.splitlines()
    assert said[-1] == f"ethiopia: n.a.: 2 scores of 1 of 2 clusters {fate}: addis-shoes (2)."
