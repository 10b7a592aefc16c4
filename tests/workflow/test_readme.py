"""The README, held against a run."""

import csv
from collections import Counter


def test_the_numbers_of_the_readme_are_those_of_the_run(project, run):
    def rows(name):
        with (run / "results" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    readme = " ".join((project / "README.md").read_text(encoding="utf-8").split())
    cells = rows("report/cells.csv")
    old = {row["cluster"]: row for row in rows("report/printed/indices.csv")}
    new = {row["cluster"]: row for row in rows("report/recomputed/indices.csv")}
    changed = [name for name in old if old[name]["ce"] != new[name]["ce"]]
    cross = {(r["sector"], r["degree"], r["upgrading"]): r["mean"] for r in rows("report/recomputed/crosstabs.csv")}
    eei = {row["sector"]: row["eei"] for row in rows("report/recomputed/sector_averages.csv")}
    verdicts = Counter(row["verdict"] for row in rows("audit/cells.csv"))
    unjudged = sum(verdicts[name] for name in ("input", "lost", "not_checkable"))
    slips = sum(row["severity"] in ("decision", "numeric") for row in rows("audit/findings.csv"))
    claims = Counter(row["verdict"] for row in rows("audit/claims.csv"))
    tested = [
        row
        for row in rows("report/recomputed/inference/associations.csv")
        if row["family"] == "collective_efficiency" and row["missing"] == "zero" and row["p"]
    ]
    positive = sum(float(row["tau_b"]) > 0 for row in tested)
    held = sum(float(row["holm"]) <= 0.05 for row in tested) or "none"
    names = {10: "Ten", 11: "Eleven", 12: "Twelve"}
    for phrase in (
        f"{len(cells):,} printed cells",
        f"{sum(cell['status'] == 'lost' for cell in cells)} of them are lost",
        f"differs from the printed one in {len(changed)} of the {len(old)} clusters",
        f"Blumenau is {old['blumenau-software']['degree']} as printed",
        f"{new['blumenau-software']['degree']} as recomputed ({float(new['blumenau-software']['ce']):.2f}",
        f"from 9.00 to {float(eei['cops']):.2f}",
        f"judges {sum(verdicts.values()) - unjudged} derived cells: {verdicts['consistent']} follow from the scores, "
        f"{verdicts['consistent_if']} under an assumption",
        f"{verdicts['inconsistent']} do not. {names[slips]} slips",
        f"Of {sum(claims.values())} claims of the text, held against its tables or other passages,",
        f"{claims['supported']} are supported, {claims['contradicted']} contradicted, {claims['depends']} depend on",
        f"and {claims['not_testable']} cannot be tested",
        f"{positive} of {len(tested)} associations are positive, and {held} of the {len(tested)} holds at 0.05",
        " / ".join(f"{float(cross['traditional', degree, 'product']):.2f}" for degree in ("High", "Medium", "Low")),
    ):
        assert phrase in readme, phrase
