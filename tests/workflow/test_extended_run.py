"""What a run makes of studies beside reading them: agreement, comparison, figures, exports, the notebook."""

import csv
import re

from conftest import STUDIES
from frictionless import Package

from collective_efficiency.measures.averages import MEANS
from collective_efficiency.words import INDICES, ITEMS


def rows(folder, name):
    with (folder / "results" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_raters_are_compared_item_by_item(studied):
    """inputs of example_raters: 7 equal pairs less one 2-3 and one 3-2 pair; 139/175 by hand from the coincidences."""
    folder, _ = studied
    found = {row["item"]: row for row in rows(folder, "studies/example_raters/reliability.csv")}
    assert found["labour_market"]["exact"] == "1"
    assert found["process"]["exact"] == "1/4"
    listed = {(row["cluster"], row["item"]) for row in rows(folder, "studies/example_raters/disagreements.csv")}
    assert ("made-up-tannery-east", "process") in listed
    assert not (folder / "results/studies/example_simple/reliability.csv").exists()


def test_clusters_scored_again_are_compared_and_not_added(studied):
    """Medellin with inputs 3 for 2, and nothing else changed: the index is half a point higher, by hand."""
    folder, _ = studied
    assert all(row["study"] != "scored_again" for row in rows(folder, "extended/clusters.csv"))
    found = {row["item"]: row for row in rows(folder, "studies/scored_again/agreement.csv")}
    assert (found["inputs"]["n"], found["inputs"]["equal"]) == ("2", "1")
    assert all(found[item]["equal"] == found[item]["n"] for item in ITEMS if item != "inputs")
    differ = rows(folder, "studies/scored_again/differences.csv")
    assert {(row["cluster"], row["column"], row["difference"]) for row in differ} == {
        ("medellin-textiles", "inputs", "1.00"),
        ("medellin-textiles", "eei", "1.00"),
        ("medellin-textiles", "ce", "0.50"),
    }
    limits = {row["index"]: row for row in rows(folder, "studies/scored_again/limits.csv")}
    assert (limits["eei"]["bias"], limits["jai"]["bias"]) == ("0.5000", "0.0000")
    assert (folder / "results/studies/scored_again/bland_altman.svg").is_file()


def test_the_comparison_is_of_the_averages_of_both_datasets(studied):
    folder, _ = studied
    found = rows(folder, "extended/comparison.csv")
    for reading in ("printed", "recomputed"):
        own = {row["sector"]: row for row in rows(folder, f"report/{reading}/sector_averages.csv")}
        new = {row["sector"]: row for row in rows(folder, f"extended/{reading}/sector_averages.csv")}
        shown = {
            (row["sector"], row["measure"]): (row["before"], row["after"])
            for row in found
            if (row["about"], row["reading"]) == ("average", reading) and row["measure"] != "upgrading_sum"
        }
        assert shown == {
            (sector, name): (own[sector][name] if sector in own else "", new[sector][name])
            for sector in new
            for name in MEANS
            if name != "upgrading_sum"  # over the kinds that both have: tests/unit/studies/test_comparison.py
        }
    assert {row["after"] for row in found if row["measure"] == "product n"} == {"48"}
    page = (folder / "results/extended/comparison.html").read_text(encoding="utf-8")
    assert "Leather and leather goods" in page
    links = re.findall(r'(?:src|href)="([^"]*)"', page)
    audits = {f"../studies/{study}/audit/index.html" for study in STUDIES}
    assert set(links) == {"#main", "../index.html", "../glossary.html", *audits}  # and it loads nothing


def test_new_clusters_are_hollow_in_figures_of_their_own(studied):
    folder, _ = studied
    for path in (folder / "results/figures").glob("*.svg"):
        if path.stem not in ("claims", "policy"):  # they are of the report's text
            assert (folder / "results/extended/figures" / path.name).read_bytes() != path.read_bytes()


def test_the_extended_export_is_valid_and_names_its_sources(studied):
    folder, _ = studied
    package = Package(str(folder / "results/extended/export/datapackage.json"))
    assert package.validate().valid
    assert len(package.sources) == 4
    exported = rows(folder, "extended/export/clusters.csv")
    assert len(exported) == 48
    indices = {row["cluster"]: row for row in rows(folder, "extended/recomputed/indices.csv")}
    assert all(row[f"{name}_recomputed"] == indices[row["cluster"]][name] for row in exported for name in INDICES)


def test_the_notebook_ran(studied):
    folder, _ = studied
    page = (folder / "results/notebooks/studies.html").read_text(encoding="utf-8")
    assert "made-up-shoes" in page
