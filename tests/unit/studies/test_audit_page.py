"""The page of a study's audit: findings, then all that the study prints, the inconsistent first, and texts as texts."""

import re

from studies_data import HEADER, PROJECT, ROWS, changed, read, table

from collective_efficiency.studies import audit_page
from collective_efficiency.studies.audit_page import study_audit_page
from collective_efficiency.studies.study_audit import study_audit

CHECKS = (PROJECT / "data/studies/_checks.yaml").read_bytes()
NAME = "<script>alert(1)</script> & co"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"


def page_of(rows, header):
    study = read(table(rows, header))
    return study_audit_page(study, study_audit(study, "median", "zero", CHECKS))


def bodies(html):
    """The tables of a page: the texts of the cells of each row."""
    return [
        [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr[^>]*>.*?</tr>", body)]
        for body in re.findall(r"<tbody>(.*?)</tbody>", html, re.DOTALL)
    ]


def bare(cells):
    return [re.sub(r"<.*?>", "", cell) for cell in cells]


def test_findings_stand_above_all_that_is_printed():
    first, second = changed(0, "name", NAME)
    html = page_of([(*first, "9", "Medium"), (*second, "4.5", "Low")], (*HEADER, "eei", "degree"))
    findings, printed = bodies(html)
    assert [bare(row)[:3] for row in findings] == [[f"{ESCAPED}, External economies index", "9", "8"]]
    first, *others = printed
    assert bare(first) == ["S1", ESCAPED, "External economies index", "9", "8", "inconsistent"]
    (target,) = re.findall(r'href="#(.*?)"', first[-1])
    assert f'<tr id="{target}">' in html
    assert {row[-1] for row in others} == {"consistent"}
    assert "<script>" not in html


def test_a_study_that_prints_nothing_says_so():
    html = page_of(ROWS, HEADER)
    assert "It prints no index, degree, total or average of its own." in html
    assert bodies(html) == []


def test_what_is_cut_is_said(monkeypatch):
    monkeypatch.setattr(audit_page, "MOST_SHOWN_CELLS", 1)
    html = page_of([(*ROWS[0], "8"), (*ROWS[1], "4.5")], (*HEADER, "eei"))
    assert [len(body) for body in bodies(html)] == [1]
    assert "And 1 other: cells.csv has them all." in html
