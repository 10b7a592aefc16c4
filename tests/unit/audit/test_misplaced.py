"""Scores in the wrong place, on tables worked out by hand."""

from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.audit.engine import audit_report
from collective_efficiency.report.ingest import read_report

TABLES = """\
source: {title: made up, authors: [x], year: 2000, publisher: x}
formats: {n: {decimal: "."}}
layouts:
  scores:
    a: &score {kind: item, format: n, max: 3}
    b: *score
    sum: &derived {kind: derived, format: n}
  index: {sum: *derived, half: *derived}
tables:
  T1: {title: scores, layout: scores, sector: s, rows: clusters, summary: [total], lines: [1, 2]}
  T2: {title: index, layout: index, sector: s, rows: clusters, lines: [1, 2]}
"""
CHECKS = """\
checks:
  - {id: sums, kind: row_sum, asserts: s, source: x, layouts: [scores], target: sum, of: {a: 1, b: 1}}
  - {id: totals, kind: total, asserts: s, source: x, layouts: [scores]}
  - {id: same, kind: copy, asserts: s, source: x, layouts: [index], from: [scores], columns: [sum]}
  - {id: half, kind: row_sum, asserts: s, source: x, layouts: [index], target: half, of: {sum: 1/2}}
"""
CLUSTERS = "cluster,name,sector,industry,country\n" + "".join(f"{row},{row},s,x,y\n" for row in "pqrs")
INDEX = "row,label,sum,half\np,p,3,1.5\nq,q,4,2\nr,r,2,1\ns,s,5,2.5\n"  # of p: 1, 2; q: 3, 1; r: 0, 2; s: 2, 3


def findings(scores: str):
    files = {
        "tables.yaml": TABLES,
        "sectors.csv": "sector,name,short_name\ns,S,S\n",
        "clusters.csv": CLUSTERS,
        "T1.csv": f"row,label,a,b,sum\n{scores}total,total,6,8,14\n",
        "T2.csv": INDEX,
    }
    report = read_report({name: text.encode() for name, text in files.items()})
    return audit_report(report, read_checks(CHECKS.encode())).findings


def test_as_it_should_be_nothing_is_found():
    assert findings("p,p,1,2,3\nq,q,3,1,4\nr,r,0,2,2\ns,s,2,3,5\n") == ()


def test_neighbouring_rows_in_each_others_place_are_one_finding():
    (finding,) = findings("p,p,1,2,3\nq,q,0,2,2\nr,r,3,1,4\ns,s,2,3,5\n")
    assert finding.explanation == "rows exchanged: q and r of T1"
    assert set(finding.cells) == {("T1", row, column) for row in "qr" for column in "ab"}


def test_a_row_typed_twice_is_the_one_that_another_table_has_otherwise():
    (finding,) = findings("p,p,1,2,3\nq,q,1,2,3\nr,r,0,2,2\ns,s,2,3,5\n")
    assert finding.explanation == "row typed twice: q repeats p"
    assert finding.expected == "3; 1"


def test_two_scores_of_a_row_in_each_others_column():
    (finding,) = findings("p,p,1,2,3\nq,q,1,3,4\nr,r,0,2,2\ns,s,2,3,5\n")
    assert set(finding.cells) == {("T1", "q", "a"), ("T1", "q", "b")}
    assert finding.explanation.startswith("cells exchanged")


# without totals


MEANS = """\
source: {title: made up, authors: [x], year: 2000, publisher: x}
formats: {n: {decimal: "."}}
layouts:
  scores:
    degree: {kind: class, allowed: [High, Low]}
    a: &score {kind: item, format: n, max: 9}
    b: *score
    sum: {kind: derived, format: n}
  means:
    a: &mean {kind: average, format: n}
    b: *mean
tables:
  T1: {title: scores, layout: scores, sector: s, rows: clusters, SUMMARY lines: [1, 2]}
  T2: {title: means, layout: means, sector: s, rows: [High, Low], lines: [1, 2]}
"""
MEAN_CHECKS = """\
checks:
  - {id: sums, kind: row_sum, asserts: s, source: x, layouts: [scores], target: sum, of: {a: 1, b: 1}}
  - {id: means, kind: average, asserts: s, source: x, layouts: [scores]}
  - {id: by_class, kind: crosstab, asserts: s, source: x, layouts: [means], from: [scores], class: degree}
  - {id: whole, kind: scale, asserts: s, source: x, layouts: [scores], step: 1, severity: lead}
"""


def means_findings(scores: str, classes: str, summary: str = ""):
    files = {
        "tables.yaml": MEANS.replace("SUMMARY", "summary: [average]," if summary else ""),
        "sectors.csv": "sector,name,short_name\ns,S,S\n",
        "clusters.csv": CLUSTERS,
        "T1.csv": f"row,label,degree,a,b,sum\n{scores}{summary}",
        "T2.csv": f"row,label,a,b\n{classes}",
    }
    checks = [line for line in MEAN_CHECKS.splitlines() if summary or "id: means" not in line]
    report = read_report({name: text.encode() for name, text in files.items()})
    return audit_report(report, read_checks("\n".join(checks).encode())).findings


def test_neighbouring_rows_exchanged_where_only_the_cross_tabulation_tells():
    """High: q and s, (7 + 4) / 2 and (3 + 1) / 2; Low: p and r, (1 + 8) / 2 and (5 + 2) / 2. r and s are exchanged."""
    (finding,) = means_findings(
        "p,p,Low,1,5,6\nq,q,High,7,3,10\nr,r,Low,4,1,5\ns,s,High,8,2,10\n", "High,High,5.5,2.0\nLow,Low,4.5,3.5\n"
    )
    assert finding.explanation == "rows exchanged: r and s of T1"
    assert set(finding.cells) == {("T1", row, column) for row in "rs" for column in "ab"}


def test_two_scores_exchanged_that_means_alone_tell():
    """q is 7, 3: the means of all are (1 + 7 + 8 + 4) / 4 and (5 + 3 + 2 + 1) / 4; by class as above."""
    (finding,) = means_findings(
        "p,p,Low,1,5,6\nq,q,High,3,7,10\nr,r,Low,8,2,10\ns,s,High,4,1,5\n",
        "High,High,5.5,2.0\nLow,Low,4.5,3.5\n",
        "average,average,,5.00,2.75,7.75\n",
    )
    assert finding.explanation == "cells exchanged: a and b of q in T1"
    assert finding.expected == "7; 3"


def test_a_row_typed_twice_that_means_alone_tell():
    """q is typed as p: by the means of all and of its class it was 7, 3."""
    (finding,) = means_findings(
        "p,p,Low,1,5,6\nq,q,High,1,5,6\nr,r,Low,8,2,10\ns,s,High,4,1,5\n",
        "High,High,5.5,2.0\nLow,Low,4.5,3.5\n",
        "average,average,,5.00,2.75,7.75\n",
    )
    assert finding.explanation == "row typed twice: q repeats p"
    assert finding.expected == "7; 3"


def test_scores_of_a_column_a_row_too_far():
    """The column a is 1, 3, 0, 2, printed a row further down, the last one first; its total is the same."""
    (finding,) = findings("p,p,2,2,3\nq,q,1,1,4\nr,r,3,2,2\ns,s,0,3,5\n")
    assert finding.explanation == "shifted: a of T1 by a row down"
    assert finding.expected == "1; 3; 0; 2"
