"""Stage `comparison`. Expected values are by hand."""

from conftest import PROJECT

from collective_efficiency.measures.averages import MEANS
from collective_efficiency.studies.comparison import associations, compare, difference, markdown, order, page


def averages(sector, n, **values):
    return {"sector": sector, "n": n} | dict.fromkeys(MEANS, "1.0000") | values


BEFORE = [averages("cops", "9", ce="6.0000"), averages("software", "5", ce="8.0000")]
AFTER = [averages("cops", "10", ce="8.5000"), averages("software", "5", ce="8.0000"), averages("leather", "2", ce="")]
CELL = {"sector": "all", "degree": "High", "upgrading": "product", "n": "2"}
TABLES = ([CELL | {"mean": "2.0000", "n_scored": "2"}], [CELL | {"mean": "2.5000", "n_scored": "3"}])


def rows():
    return list(compare("recomputed", (BEFORE, AFTER), TABLES))


def test_what_changes_is_marked():
    found = {(row["about"], row["sector"], row["measure"]): row for row in rows()}
    assert found["clusters", "cops", "n"]["changed"] == "yes"
    assert found["average", "software", "ce"]["changed"] == ""
    assert found["average", "leather", "eei"] == {
        "about": "average", "reading": "recomputed", "sector": "leather", "degree": "", "measure": "eei",
        "before": "", "after": "1.0000", "changed": "yes",
    }  # fmt: skip
    cell = found["crosstab", "all", "product"]
    assert (cell["before"], cell["after"], difference(cell)) == ("2.0000 (2)", "2.5000 (3)", "+0.5000")


def test_the_order_of_the_sectors_says_ties():
    assert order(BEFORE, "ce") == "software > cops"
    assert order(AFTER, "ce") == "cops > software"
    assert order(AFTER, "eei") == "cops = leather = software"


def test_associations_are_those_of_the_configured_treatment():
    row = {
        "missing": "zero",
        "family": "collective_efficiency",
        "scope": "all",
        "predictor": "ce",
        "outcome": "product",
    }
    before = [row | {"n": "40", "tau_b": "0.1000", "p": "0.2"}, row | {"missing": "omit", "n": "39"}]
    found = list(associations("printed", (before, None), "zero"))
    assert [(each["measure"], each["before"], each["after"]) for each in found] == [
        ("product n", "40", ""),
        ("product tau_b", "0.1000", ""),
        ("product p", "0.2", ""),
    ]


def test_texts_of_studies_are_shown_not_obeyed():
    studies = [{"study": "x", "title": "<script>alert(1)</script> | *a*", "n": "1"}]
    sectors = {"leather": "<b>Leather</b>"}
    template = (PROJECT / "workflow/collective_efficiency/templates/comparison.html.j2").read_text(encoding="utf-8")
    html = page(rows(), studies, sectors, template)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;Leather" in html
    assert "\\<script>alert(1)\\</script> \\| \\*a\\*" not in html
    assert "\\<script" in markdown(rows(), studies, sectors).replace("\\<b", "")
