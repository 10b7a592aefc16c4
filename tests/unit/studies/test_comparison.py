"""Stage `comparison`. Expected values are by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from inference_data import PLAN

from collective_efficiency.measures.averages import MEANS
from collective_efficiency.measures.missing import MissingScores
from collective_efficiency.studies.cluster_changes import Change
from collective_efficiency.studies.comparison import (
    ABOUT,
    about_words,
    association_changes,
    compare_datasets,
    measure_changes,
    sector_order,
    upgrading_sums,
)
from collective_efficiency.studies.comparison_pages import (
    Compared,
    compared_studies,
    comparison_markdown,
    comparison_page,
    difference,
    measure_heading,
)
from collective_efficiency.words import CLUSTER_COLUMNS, UPGRADING

NOBODY = pd.DataFrame(columns=list(CLUSTER_COLUMNS), dtype="str")


def averages(sector, n, **values):
    return {"sector": sector, "n": n} | dict.fromkeys(MEANS, "1.0000") | values


BEFORE = [averages("cops", "9", ce="6.0000"), averages("software", "5", ce="8.0000")]
AFTER = [averages("cops", "10", ce="8.5000"), averages("software", "5", ce="8.0000"), averages("leather", "2", ce="")]
CELL = {"sector": "all", "degree": "High", "upgrading": "product", "n": "2"}
TABLES = ([CELL | {"mean": "2.0000", "n_scored": "2"}], [CELL | {"mean": "2.5000", "n_scored": "3"}])


def rows():
    return list(measure_changes("recomputed", (BEFORE, AFTER), TABLES, {}))


def test_what_changes_is_marked():
    found = {(row["about"], row["sector"], row["measure"]): row for row in rows()}
    assert found["clusters", "cops", "n"]["changed"] == "yes"
    assert found["average", "software", "ce"]["changed"] == ""
    assert found["average", "leather", "eei"] == {
        "about": "average", "reading": "recomputed", "sector": "leather", "degree": "", "measure": "eei",
        "before": "", "after": "1.0000", "changed": "yes", "note": "",
    }  # fmt: skip
    cell = found["crosstab", "all", "product"]
    assert (cell["before"], cell["after"], difference(cell)) == ("2.0000 (2)", "2.5000 (3)", "+0.5000")


def test_the_order_of_the_sectors_says_ties():
    assert sector_order(BEFORE, "ce") == "software > cops"
    assert sector_order(AFTER, "ce") == "cops > software"
    assert sector_order(AFTER, "eei") == "cops = leather = software"


def test_orders_are_compared_among_the_sectors_that_both_have():
    """leather has no ce and comes in eei alone: that it is inserted changes no order of the others."""
    orders = {row["measure"]: row for row in rows() if row["about"] == "order"}
    assert (orders["ce"]["before"], orders["ce"]["after"]) == ("software > cops", "cops > software")
    eei = orders["eei"]
    assert (eei["before"], eei["after"], eei["changed"]) == ("cops = software", "cops = software", "")
    assert eei["note"] == "among the sectors that both have"


def scored(study, *scores):
    return {"sector": "traditional", "study": study} | dict(zip(UPGRADING, scores, strict=True))


def test_sums_of_upgrading_are_over_the_kinds_that_both_have():
    """Three kinds before, 14/3 on average of three; the study scores four: 1 + 1 + 1 by the common three, not 6."""
    report = [scored("report", "2.00", "2.00", text, "") for text in ("0.00", "1.00", "1.00")]
    new = [scored("new", "1.00", "1.00", "1.00", "3.00")]
    words = "over the kinds that both have: product, process, functional"
    assert upgrading_sums(pd.DataFrame(report + new), "zero") == {"traditional": ("4.6667", "4.2500", words)}
    half = [scored("new", "1.00", "n.a.", "", "3.00")]
    words = "over the kinds that both have: product, process"
    assert upgrading_sums(pd.DataFrame(report + half), "zero") == {"traditional": ("4.0000", "3.2500", words)}
    assert upgrading_sums(pd.DataFrame(report + half), "omit") == {"traditional": ("4.0000", "4.0000", words)}
    assert upgrading_sums(pd.DataFrame(report), "zero") == {}


def test_associations_are_those_of_the_configured_treatment():
    row = {
        "missing": "zero",
        "family": "collective_efficiency",
        "scope": "all",
        "predictor": "ce",
        "outcome": "product",
    }
    before = [row | {"n": "40", "tau_b": "0.1000", "p": "0.2", "p_exact": "1/5"}, row | {"missing": "omit", "n": "39"}]
    changes = list(association_changes("printed", before, (), "zero", PLAN.families[0], PLAN))
    assert [(row["measure"], row["before"], row["after"]) for row in changes] == [
        ("product n", "40", ""),
        ("product tau_b", "0.1000", ""),
        ("product p", "0.2", ""),
    ]


def test_the_association_compared_is_one_that_is_asked():
    """The first family within sectors, by the index or else its first predictor; none where each sector is asked."""
    governance, by_sector = PLAN.families[2:]
    assert about_words(PLAN)["association"] == "Upgrading and the collective efficiency index"
    plan = replace(PLAN, families=(by_sector, governance))
    assert about_words(plan)["association"] == "Upgrading and taking part in quasi-hierarchical chains"
    plan = replace(PLAN, families=(by_sector,))
    assert about_words(plan) == ABOUT


def test_the_rows_of_both_readings_stand_one_below_the_other():
    """2 readings; 3 sectors, 3 orders, 3 times the averages, 1 cell, 3 values of one association."""
    association = {"family": "collective_efficiency", "scope": "all", "predictor": "ce", "missing": "zero"}
    tested = [association | {"outcome": "product", "n": "40", "tau_b": "0.1", "p": "0.2", "p_exact": "1/5"}]
    datasets = ([BEFORE] * 2, [AFTER] * 2), tuple([table] * 2 for table in TABLES), ([tested] * 2, [])
    found = compare_datasets(*datasets, NOBODY, "zero", PLAN)
    assert [row["reading"] for row in found] == ["printed"] * (len(found) // 2) + ["recomputed"] * (len(found) // 2)
    assert len(found) == 2 * (3 + 3 + 3 * len(MEANS) + 1 + 3)
    assert found[-1] == {
        "about": "association", "reading": "recomputed", "sector": "all", "degree": "", "measure": "product p",
        "before": "0.2", "after": "", "changed": "yes", "note": "before p 0.200, exact",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("2.3649", "2.3650", "yes"),
        ("2.3651", "2.3749", "rounding"),
        ("-0.0049", "0.0049", "rounding"),
        ("-0.0200", "0.0200", "yes"),
        ("2.0000", "2.0000", ""),
        ("", "2.0000", "yes"),
    ],
)
def test_what_differs_only_beyond_the_decimals_of_the_report_is_rounding(before, after, changed):
    one = [averages("cops", "9", eei=before)], [averages("cops", "9", eei=after)]
    found = measure_changes("printed", one, ([], []), {})
    (row,) = [row for row in found if (row["about"], row["measure"]) == ("average", "eei")]
    assert row["changed"] == changed


def test_measures_and_differences_for_people():
    assert [measure_heading(word) for word in ("n", "ce", "upgrading_sum")] == [
        "clusters", "Collective efficiency index", "Sum of upgrading",
    ]  # fmt: skip
    for before, after, said in (("1", "3", "+2"), ("2.0", "1.25", "−0.75"), ("1.0", "1.00", ""), ("", "1", "")):
        assert difference({"before": before, "after": after}) == said


RESTS = "Dataset: report and extended."


def test_a_count_agrees_with_its_noun():
    studies = compared_studies({"one": "One", "two": "Two", "none": "None"}, ["report", "one", "two", "two"])
    text = comparison_markdown(Compared([], {}, studies, {}, ABOUT, RESTS))
    assert "- one: One (1 new cluster)\n- two: Two (2 new clusters)\n- none: None (0 new clusters)" in text
    single = [rows()[0] | {"about": "clusters"}]
    html = comparison_page(Compared(single, {}, studies, {}, ABOUT, RESTS))
    assert "(1 new cluster)." in html
    assert "1 of 1 changes." in html


def test_what_does_not_change_is_said():
    same = [rows()[0] | {"before": "9", "after": "9", "changed": ""}]
    text = comparison_markdown(Compared(same, {}, [], {}, ABOUT, RESTS))
    assert "## Clusters by sector, recomputed\n\nNothing changes beyond rounding.\n" in text
    assert "|" not in text


def test_texts_of_studies_are_shown_not_obeyed():
    hostile = {"x": "<script>alert(1)</script> | *a*"}
    studies = compared_studies(hostile, ["x"])
    sectors = {"leather": "<b>Leather</b>"}
    said = {"printed": [Change("orders", True, "<b>said</b> *so*", "<i>sure</i>")]}
    lacking = [MissingScores("x", "<b>X</b>", 1, 2)]
    compared = Compared(rows(), said, studies, sectors, ABOUT, RESTS, lacking)
    html = comparison_page(compared)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;Leather" in html
    assert "<i>" not in html
    assert "&lt;b&gt;said" in html
    assert '&lt;b&gt;X&lt;/b&gt;</bdi></th><td class="number">1</td><td class="number">2</td>' in html
    text = comparison_markdown(compared)
    assert "1. \\<b>said\\</b> \\*so\\* (\\<i>sure\\</i>.)" in text
    assert "\\<script>alert(1)\\</script> \\| \\*a\\*" not in html
    assert "- x: \\<script>alert(1)\\</script> \\| \\*a\\* (1 new cluster)" in text
    assert "| \\<b>Leather\\</b> |" in text
