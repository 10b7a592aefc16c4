"""The whole workflow under configs that are not the default: each value of each key, and several at once.

What people read (captions, figures, pages, tables, notebooks, the closing lines) is held against the CSVs of the same
run: no number or word of the defaults may stay where something else was chosen.
"""

import re
import shutil
from copy import deepcopy
from decimal import ROUND_HALF_UP, Decimal

import pytest
import yaml
from conftest import PROJECT, snakemake
from sweep_pages import Swept, shown, tables

from collective_efficiency.choices import OF_THE_REPORT
from collective_efficiency.numbers.printed import shortest
from collective_efficiency.words import READINGS, UPGRADING

DEFAULT = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))
QUICK = {  # what the tests are of, not how precise
    "inference": {"shuffles": 199, "resamples": 199, "power": {"simulations": 100}},
    "robustness": {"multiverse": {"shuffles": 199}, "scoring_error": {"draws": 20, "shuffles": 99}},
}
GOVERNANCE = {"governance": {"predictors": ["quasi_hierarchy", "market"], "outcomes": ["functional", "upgrading_sum"]}}
IN_SECTORS = {"governance": GOVERNANCE["governance"] | {"scope": "sectors"}}
JOINT = {"joint_action": {"predictors": ["jai", "degree"], "outcomes": ["product"], "scope": "stratified"}}
WEIGHTS = {"index_weights": {"eei": 0.25, "jai": 0.75}}
CUTS = {"degree": {"high": 9, "low": 6}}
EXAMPLES = {"studies": ["example_raters", "example_simple"]}
CONFIGS = {
    "omit": {"missing": "omit"},
    "weights": WEIGHTS,
    "cuts": CUTS,
    "omit_cuts_weights": {"missing": "omit"} | CUTS | WEIGHTS,
    "one_index": {"index_weights": {"eei": 0, "jai": 1}, "degree": {"high": 7.25, "low": 2.5}},
    "governance": {"inference": {"families": {"governance": GOVERNANCE["governance"] | {"scope": "stratified"}}}},
    "plan": {
        "inference": {
            "families": JOINT, "sectors_differ": ["jai", "upgrading_sum"], "level": 0.9, "significance": 0.2,
            "seed": 7, "power": {"predictor": "jai", "target": 0.6},
        }
    },
    "studies": EXAMPLES | {"raters": "mean", "missing": "omit"},
    "everything": {"missing": "omit", "raters": "mean"} | CUTS | WEIGHTS | EXAMPLES | {
        "inference": {
            "families": IN_SECTORS | JOINT, "sectors_differ": ["jai", "process"], "level": 0.9, "significance": 0.1,
            "largest": 40, "power": {"predictor": "jai", "target": 0.7},
        }
    },
}  # fmt: skip
ON_THE_REPORTS_RULES = ("claims", "policy", "printed_recomputed")  # figures of verdicts, whatever is chosen
READ = ("**/*.html", "**/*.md", "**/*.txt", "**/*.svg")  # what people read
OF_THE_RUN = (  # what rests on the choices: each of them says so
    "tables/*.html", "tables/*.md", "notebooks/*.html", "report/*/inference/*.md", "report/*/inference/*.html",
    "report/*/inference/*.svg", "figures/*.md", "index.html",
)  # fmt: skip
NEVER = r"\bnan\b|\bNaN\b|\bNone\b(?! holds| would)|\bundefined\(|\bTraceback\b|\{\{|\}\}|-> ;|\(\s*\)(?! \|)"


def merged(default, over):
    """The default with what `over` says; families are replaced as a whole, as in a config.yaml that has no others."""
    result = deepcopy(default)
    for key, value in over.items():
        nested = isinstance(value, dict) and key != "families"
        result[key] = merged(result[key], value) if nested else deepcopy(value)
    return result


@pytest.fixture(scope="module")
def copied(run, tmp_path_factory):
    """A finished run of the defaults, in which only what rests on a choice is made anew."""
    return shutil.copytree(run, tmp_path_factory.mktemp("sweep") / "copy")


@pytest.fixture(scope="module", params=CONFIGS)
def swept(request, copied):
    config = merged(merged(DEFAULT, QUICK), CONFIGS[request.param])
    (copied / "config.yaml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    for left in (
        "extended",
        "studies",
    ):  # of a config before: nothing reads it, and its pages would be held to this one
        shutil.rmtree(copied / "results" / left, ignore_errors=True)
    (copied / "results/notebooks/studies.html").unlink(missing_ok=True)
    done = snakemake(copied, "--cores", "2")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return Swept(copied, config, done.stdout + done.stderr)


def test_the_sweep_leaves_no_key_at_its_default():
    """But for the size and the seed of the resampling, what only lays a study out, and the reader's own text; what may
    be chosen otherwise stands in the multiverse, whose grids are tests/unit/robustness'; other reports are audited in
    test_other_reports.py, and no choice reaches them."""
    left = {"name", "report_text", "robustness", "audits", "audits_in_a_job"}
    changed = {key for over in CONFIGS.values() for key in over}
    assert changed | left == DEFAULT.keys()
    inside = {key for over in CONFIGS.values() for key in over.get("inference", {})} | QUICK["inference"].keys()
    assert inside == DEFAULT["inference"].keys()


def test_nothing_is_said_of_what_is_not_there(swept):
    pages = swept.paths(*READ)
    said = {str(path): re.findall(f".{{0,60}}(?:{NEVER}).{{0,20}}", shown(path)) for path in pages}
    assert {path: found for path, found in said.items() if found} == {}
    assert not re.search(NEVER, swept.said)


def test_each_page_names_the_choices_of_the_run(swept):
    """A page says its own line, and no other: the report's own rules are named as such."""
    allowed = swept.lines()
    for path in swept.paths(*OF_THE_RUN):
        if path.stem not in ON_THE_REPORTS_RULES or swept.choices == OF_THE_REPORT:
            assert any(line in shown(path) for line in allowed), path
    own = "The report's own rules, whatever config.yaml says. "
    for path in swept.paths(*READ):
        text = re.sub(re.escape(own) + r"Dataset: .*? Low up to [\d.]+?\.(?!\d)", "", shown(path))
        for line in re.findall(r"Dataset: [\w ]+\..{0,40}? n\.a\..*?Low up to [\d.]+?\.(?!\d)", text):
            assert line in allowed, path


def test_no_word_of_the_defaults_stays(swept):
    """Cut-offs, weights and n.a. of what rests on the choices are those of the run."""
    choices = swept.choices
    stale = []
    if choices.high != OF_THE_REPORT.high:
        stale += [r"(?:from|≥|>=|if) ?9[.,]5\b(?!\d)", r"(?:up to|≤|<=) ?5\b(?![.,]\d)"]
    if choices.eei_weight != OF_THE_REPORT.eei_weight:
        stale += [r"\(EEI \+ JAI\) ?/ ?2", r"0\.5 EEI", r"\bmean of the two indices"]
    if choices.missing == "omit":
        stale += [
            r"n\.a\. counts as zero",
            r"n\.a\. as zero",
            r"sum over the clusters / the number of clusters\b(?! that)",
        ]
    for path in swept.paths(*OF_THE_RUN):
        if path.stem in ON_THE_REPORTS_RULES or (path.stem == "answers" and choices.missing == "omit"):
            continue  # pages of answers name both treatments
        found = [pattern for pattern in stale if re.search(pattern, text := shown(path))]
        assert found == [], (path, text)


def test_no_check_of_a_notebook_is_false(swept):
    for path in swept.paths("notebooks/*.html"):
        outputs = re.findall(r"<pre>\s*(True|False)\s*</pre>", path.read_text(encoding="utf-8"))
        assert "False" not in outputs, path


def test_the_notebooks_say_the_numbers_of_the_run(swept):
    rows = [row for row in swept.records("report/recomputed/indices.csv") if row["sector"] == "traditional"]
    counts = [f"{degree} {sum(row['degree'] == degree for row in rows)}" for degree in ("High", "Medium", "Low")]
    text = swept.text("notebooks/traditional.html")
    assert f"Clusters of each degree: {', '.join(counts)}" in text
    assert f"is not available: {sum(not row['degree'] for row in rows)}" in text
    cells = {row["degree"]: row["mean"] for row in swept.records("report/recomputed/crosstabs.csv")
             if (row["sector"], row["upgrading"]) == ("traditional", "product") and row["mean"]}  # fmt: skip
    shown_means = {line[0]: line[2] for line in tables(swept.paths("notebooks/traditional.html")[0])[-1][2:]}
    assert {degree: shown_means[degree] for degree in cells} == cells
    text, plan = swept.text("notebooks/inference.html"), swept.plan
    asked = [row for row in swept.records("report/recomputed/inference/associations.csv")
             if (row["family"], row["missing"]) == (plan.families[0].name, swept.choices.missing)]  # fmt: skip
    tested = [row for row in asked if row["p"]]
    small = sum(float(row["p"]) <= plan.significance for row in tested)
    assert f"{len(tested)} of {len(asked)} hypotheses can be tested." in text
    assert f"{plan.significance}. {small} have;" in text
    for line in tables(swept.paths("notebooks/inference.html")[0])[0][2:]:
        assert sum(map(int, line[1:])) <= 15  # clusters of a sector, by score
    scores = tables(swept.paths("notebooks/inference.html")[0])[0][0][1:]
    assert all(0 <= float(score) <= 3 for score in scores)


def sentences(swept, dataset, reading):
    """By family and treatment of n.a., what answers.md says of its hypotheses."""
    text = (swept.folder / f"results/{dataset}/{reading}/inference/answers.md").read_text(encoding="utf-8")
    for family in swept.plan.families:
        part = text.split(f"## Family {family.name.replace('_', ' ')}: does upgrading go with it?\n")[1].split("## ")[0]
        for missing, opening in (("zero", "With n.a. as zero: "), ("omit", "With n.a. left out: ")):
            yield family, missing, part.split(opening)[-1].split("With n.a.")[0] if opening in part else part


MENTIONED = re.compile(r"[:;] [\w -]+? with [\w -]+?(?: in [^;]+?)? \(tau-b (\S+), p ([^,]+), Holm ([^)]+)\)")


def test_the_answers_say_what_their_tables_hold(swept):
    """How many can be tested and would hold; each hypothesis that is named has its numbers in associations.csv."""
    for dataset in swept.tested:
        for reading in READINGS:
            rows = swept.records(f"{dataset}/{reading}/inference/associations.csv")
            for family, missing, said in sentences(swept, dataset, reading):
                lines = [row for row in rows if (row["family"], row["missing"]) == (family.name, missing) and row["p"]]
                small = [row for row in lines if float(row["p"]) <= swept.plan.significance]
                held = [row for row in lines if float(row["holm"]) <= swept.plan.significance]
                assert re.search(rf"\b{len(lines)} hypothes[ie]s can be tested", said), (family, said)
                named = held if family.scope == "sectors" else small  # a single sector has no power: only counted
                numbers = {(two(row["tau_b"]), four(row["p"]), four(row["holm"])) for row in named}
                mentioned = MENTIONED.findall(said)
                assert set(mentioned) == numbers, (dataset, reading, said)
                if len(small) > len(held):
                    assert f"Unadjusted, {len(small)} would" in said
                assert str(swept.plan.significance) in said


def two(text):
    return f"{float(text):.2f}"


def four(text):
    return f"{float(text):.4f}" if float(text) >= 0.0001 else "below 0.0001"


def test_the_tables_of_the_answers_are_the_csvs(swept):
    for dataset in swept.tested:
        for reading in READINGS:
            folder = f"{dataset}/{reading}/inference"
            made = tables(swept.folder / f"results/{folder}/answer_tables.html")
            names = ("associations", "associations", "blocks", "parts", "means", "sectors", "paired")
            for name, table in zip(names, made, strict=False):
                heads, *lines = table
                rows = swept.records(f"{folder}/{name}.csv")
                assert lines == [[row[head] for head in heads] for row in rows], name


WORDS = {"quasi_hierarchy": "taking part in quasi-hierarchical chains", "jai": "the joint action index",
         "ce": "the collective efficiency index", "eei": "the external economies index"}  # fmt: skip


def test_the_figures_of_the_inference_show_what_is_asked(swept):
    """Axes, estimates and captions are of a predictor that is asked about, and the numbers are those of the tables."""
    plan, missing = swept.plan, swept.choices.missing
    main = plan.families[0]
    predictor = "ce" if "ce" in main.predictors else main.predictors[0]
    for dataset in swept.tested:
        for reading in READINGS:
            folder = f"{dataset}/{reading}/inference"
            names = ("association", "influence", "null", "power")
            figures = {name: swept.text(f"{folder}/{name}.svg") for name in names}
            captions = {name: swept.text(f"{folder}/{name}.md") for name in figures}
            for name, figure in figures.items():
                words = WORDS[plan.power_predictor if name == "power" else predictor]
                assert words in figure, (folder, name)
                assert words in captions[name], (folder, name)
                assert swept.line(dataset, reading) in captions[name]
                assert swept.line(dataset, reading) in figure
                assert ("n.a. left out" if missing == "omit" else "n.a. as zero") in captions[name]
                if predictor != "ce" and name != "power":
                    assert "collective efficiency index" not in figure + captions[name].split("Dataset:")[0]
            assert f"{100 * plan.level:g}%" in figures["association"]
            assert f"BCa interval of {100 * plan.level:g}%" in captions["association"]
            assert f"significance {plan.significance}" in figures["power"]
            assert f"power {plan.power}" in figures["power"]
            rows = [row for row in swept.records(f"{folder}/associations.csv")
                    if (row["predictor"], row["missing"]) == (predictor, missing)]  # fmt: skip
            unique = {(row["scope"], row["outcome"]): row["p"] for row in rows if row["p"]}
            drawn = re.findall(r"\bp (\d\.\d{3})\b", figures["association"])
            assert sorted(drawn) == sorted(f"{float(p):.3f}" for p in unique.values())
            assert drawn
            nulls = {row["outcome"]: row["observed"] for row in swept.records(f"{folder}/nulls.csv")
                     if (row["predictor"], row["missing"]) == (predictor, missing)}  # fmt: skip
            assert sorted(re.findall(r"observed (-?\d+)", figures["null"])) == sorted(nulls.values())


def rounded(text, like):
    """A number with as many decimals as `like`, half up."""
    return str(Decimal(text).quantize(Decimal(1).scaleb(Decimal(like).as_tuple().exponent), ROUND_HALF_UP))


def test_the_indices_of_the_tables_are_those_of_the_run(swept):
    """Indices and degrees of the tables are those of the measures."""
    indices = {row["cluster"]: row for row in swept.records("report/recomputed/indices.csv")}
    compared = 0
    for table in ("T3", "T7", "T11", "T15"):
        for row in swept.records(f"tables/{table}.csv"):
            for name in ("eei", "jai", "ce"):
                if row["row"] in indices and indices[row["row"]][name]:
                    assert Decimal(row[name]) == Decimal(indices[row["row"]][name]), (table, row)
                    compared += 1
            if row["row"] in indices and indices[row["row"]]["degree"]:
                assert row["degree"] == indices[row["row"]]["degree"], (table, row)
    assert compared > 100


def test_the_averages_of_the_tables_are_those_of_the_run(swept):
    means = {row["sector"]: row for row in swept.records("report/recomputed/sector_averages.csv")}
    for table in ("T17", "T18", "T19"):
        for row in swept.records(f"tables/{table}.csv"):
            for name in means[row["row"]].keys() & row.keys():
                if means[row["row"]][name]:
                    assert abs(Decimal(row[name]) - Decimal(means[row["row"]][name])) <= Decimal("0.05"), (table, row)


def test_the_cross_tabulations_are_those_of_the_run(swept):
    cells = {(row["sector"], row["degree"], row["upgrading"]): row
             for row in swept.records("report/recomputed/crosstabs.csv")}  # fmt: skip
    for table, sector in (("T6", "traditional"), ("T10", "natural_resource"), ("T14", "cops")):
        for row in swept.records(f"tables/{table}.csv"):
            for kind in (kind for kind in UPGRADING if kind in row):
                cell = cells[sector, row["row"], kind]
                assert row[f"{kind}_n"] in (cell["n_scored"], cell["n"]), (table, row)
                if cell["mean"]:  # a column that the report truncates is truncated here, too, and says so
                    cut = cell["mean"][: len(row[kind])] if row.get(f"{kind}_note") == "truncated" else ""
                    assert row[kind] in (rounded(cell["mean"], row[kind]), cut), (table, row, cell)


def test_the_captions_of_tables_say_cuts_and_weights(swept):
    high, low = shortest(swept.choices.high), shortest(swept.choices.low)
    text = swept.text("tables/captions/T7.md")
    assert f"High if CE ≥ {high}, Low if CE ≤ {low}, else Medium" in text
    assert f"CE = {shortest(swept.choices.eei_weight)} EEI + {shortest(swept.choices.jai_weight)} JAI" in text


def test_the_closing_lines_are_of_the_run(swept, run):
    """The printed indices are held against the report's own rules; what the choices change is told apart."""
    own = {row["cluster"]: row for row in swept.records("report/recomputed/indices.csv")}
    with_default = Swept(run, DEFAULT, "").records("report/recomputed/indices.csv")
    changed = [row for row in with_default if row["degree"] != own[row["cluster"]]["degree"]]
    text = swept.text("summary.txt")
    assert "the recomputed index differs from the printed one in 9 of 40 clusters" in text
    assert ("Under your choices" in text) == (swept.choices != OF_THE_REPORT)
    if swept.choices != OF_THE_REPORT:
        assert f"The recomputed degree is another one in {len(changed)} of 40 clusters" in text
    assert all(line in swept.said for line in (swept.folder / "results/summary.txt").read_text("utf-8").splitlines())


def test_the_audit_and_the_verdicts_stand_on_the_reports_own_rules(swept, run):
    default = Swept(run, DEFAULT, "")
    for name in ("cells", "findings", "checks", "rounding", "contradictions"):
        assert swept.records(f"audit/{name}.csv") == default.records(f"audit/{name}.csv"), name
    assert swept.records("policy/policy.csv") == default.records("policy/policy.csv")
    verdicts = {row["claim"]: row["verdict"] for row in default.records("audit/claims.csv")}
    rows = swept.records("audit/claims.csv")
    assert {row["claim"]: row["verdict"] for row in rows} == verdicts
    beside = {row["claim"] for row in rows if row["under_your_choices"]}
    assert bool(beside) <= (swept.choices != OF_THE_REPORT)
    assert all(claim in swept.text("audit/claims.html") for claim in beside)
    changed = [row for row in rows if row["under_your_choices"] not in ("", row["verdict"])]
    if changed:
        assert f"{len(changed)} of {len(rows)} verdicts change under your choices" in swept.text("index.html")


def test_studies_say_their_choices_and_numbers(swept):
    if "extended" not in swept.datasets:
        return
    assert f"count as their {swept.config['raters']}." in swept.text("notebooks/studies.html")
    page = swept.text("extended/comparison.html")
    assert swept.line("report and extended", *READINGS) in page
    rows = swept.records("extended/comparison.csv")
    for row in rows:
        assert row["after"] in page or not row["changed"], row
    assert ("Not tested: extended" in swept.said) == ("extended" not in swept.tested)
    stratified = [family for family in swept.plan.families if family.scope == "stratified"]
    asked = stratified[0].predictors[0] if stratified else ""
    assert f"Upgrading and {WORDS[asked]}" in page
    outcomes = {row["measure"].split()[0] for row in rows if row["about"] == "association"}
    assert outcomes == set(stratified[0].outcomes)


def test_the_page_of_snakemakes_report_has_the_captions_of_the_run(swept):
    if swept.config["inference"]["families"].keys() != CONFIGS["everything"]["inference"]["families"].keys():
        return  # it takes long to make
    done = snakemake(swept.folder, "--report", "report.html")
    assert done.returncode == 0, done.stderr[-4000:]
    page = (swept.folder / "report.html").read_text(encoding="utf-8")
    for line in (swept.line("report", "recomputed"), swept.line("report", "printed")):
        assert line in page
    assert "with taking part in quasi-hierarchical chains, pairs within sectors" in page
    assert "Associations without each cluster in turn" in page
