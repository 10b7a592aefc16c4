"""To how many decimals a column is rounded, by hand."""

import pytest

from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.audit.engine import audit_report
from collective_efficiency.report.ingest import read_report

TABLES = """\
source: {title: made up, authors: [x], year: 2000, publisher: x}
formats: {n: {decimal: "."}}
layouts: {l: {a: {kind: item, format: n, max: 9}, half: {kind: derived, format: n}}}
tables: {T1: {title: t, layout: l, sector: s, rows: clusters, lines: [1, 2]}}
"""
CHECKS = "checks: [{id: h, kind: row_sum, asserts: h, source: x, layouts: [l], target: half, of: {a: 1/4}}]"


@pytest.mark.parametrize(
    ("printed", "decimals", "wrong"),
    [
        ("0.3 0.5 0.8 0.3", 1, []),  # 0.25 and 0.75 rounded up
        ("0.3 0.57 0.8 0.3", 1, ["0.57"]),  # one digit too many does not make the others look cut
        ("0.25 0.5 0.75 0.25", 2, []),  # exact, with as few decimals as each needs
        ("0.25 0.5 0.7 0.25", 2, ["0.7"]),  # and then 0.7 is no way to print 0.75
    ],
)
def test_one_cell_alone_does_not_say_how_its_column_is_rounded(printed, decimals, wrong):
    rows = "".join(f"{row},{row},{a},{half}\n" for row, a, half in zip("pqrs", "1231", printed.split(), strict=True))
    files = {
        "tables.yaml": TABLES,
        "sectors.csv": "sector,name,short_name\ns,S,S\n",
        "clusters.csv": "cluster,name,sector,industry,country\n" + "".join(f"{row},{row},s,x,y\n" for row in "pqrs"),
        "T1.csv": f"row,label,a,half\n{rows}",
    }
    report = read_report({name: text.encode() for name, text in files.items()})
    done = audit_report(report, read_checks(CHECKS.encode()))
    assert done.model.decimals["T1", "half"] == decimals
    assert [finding.printed for finding in done.findings if finding.severity in ("decision", "numeric")] == wrong
