"""The whole workflow, run as a user runs it, in a copy of the project under a path with spaces and accents."""

import codecs
import csv
import filecmp
import math
import re
import shutil
import subprocess
import sys
from urllib.parse import unquote

import pytest
from conftest import PROJECT, copy_project, snakemake

from collective_efficiency.files import package

EXPECTED = PROJECT / "tests/expected"


def results(folder):
    return sorted(path.relative_to(folder) for path in (folder / "results").rglob("*") if path.is_file())


def test_every_golden_is_made_again_byte_by_byte(run):
    goldens = sorted(path.relative_to(EXPECTED) for path in EXPECTED.rglob("*.csv"))
    made = [path.relative_to("results") for path in results(run) if path.suffix == ".csv"]
    assert made == goldens
    differ = [str(name) for name in goldens if not same(run / "results" / name, EXPECTED / name)]
    assert differ == [], "changed values: `make goldens` if meant, and say so in CHANGELOG.md"


def same(made, golden):
    """The same bytes; for inference and robustness, whose floats may differ in their last bit on another machine, the
    same words and numbers that differ by at most 0.001 (a count of shuffles may move by a few in 20,000)."""
    if made.read_bytes() == golden.read_bytes():
        return True
    if not {"inference", "robustness"} & {*made.parts}:
        return False
    lines = [path.read_text(encoding="utf-8").splitlines() for path in (made, golden)]
    rows = [list(csv.reader(each)) for each in lines]
    return [len(row) for row in rows[0]] == [len(row) for row in rows[1]] and all(
        one == other or close(one, other)
        for first, second in zip(*rows, strict=True)
        for one, other in zip(first, second, strict=True)
    )


def close(one, other):
    try:
        return math.isclose(float(one), float(other), rel_tol=1e-3, abs_tol=1e-3)
    except ValueError:
        return False


def test_the_data_dictionary_has_the_columns_of_every_result(run):
    described = package.schema("results")
    described = {
        name: each for name, each in described.items() if not name.startswith(("studies/", "extended/", "audits/"))
    }
    for name, entry in described.items():
        columns = list(described[entry["columns_of"]]["columns"] if "columns_of" in entry else entry["columns"])
        for reading in ("printed", "recomputed"):
            path = run / "results" / name.format(dataset="report", reading=reading)
            assert path.read_text(encoding="utf-8").splitlines()[0].split(",") == columns, path
    made = {str(path.relative_to("results")) for path in results(run) if path.suffix == ".csv"}
    known = {name.format(dataset="report", reading=r) for name in described for r in ("printed", "recomputed")}
    assert {name for name in made if not name.startswith("tables/")} == known


def test_the_run_ends_with_four_lines(run):
    lines = (run / "results/summary.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(
        "Made: 25 tables and 9 figures from 1,266 printed cells of 40 clusters, 33 of them lost and 32 placed"
    )
    log = (run / "run.log").read_text(encoding="utf-8")
    assert all(line in log for line in lines)


def test_every_result_is_linked_from_the_way_in_and_every_page_links_back(run):
    root = run / "results"
    way_in = (root / "index.html").read_text(encoding="utf-8")
    linked = {unquote(path) for path in re.findall(r'href="([^"#]+)', way_in)}
    made = {str(path.relative_to("results")) for path in results(run)}
    assert linked == made - {"README.md"}
    assert str(run) not in way_in
    for path in root.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        for name in ("index.html", "glossary.html"):
            links = re.findall(rf'<a href="((?:\.\./)*{name})"', html)
            assert any((path.parent / link).resolve() == (root / name).resolve() for link in links), (path, name)


def test_a_second_run_has_nothing_to_do(run):
    done = snakemake(run, "--cores", "1")
    assert done.returncode == 0
    assert "Nothing to be done" in done.stdout + done.stderr


SETTINGS = {  # of a user, each of which would change a page or a figure that read it
    ".ipython/profile_default/startup/00.py": "import pandas as pd\npd.options.display.precision = 1\nprint('mine')\n",
    ".ipython/profile_default/ipython_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    ".jupyter/jupyter_nbconvert_config.py": "c.HTMLExporter.exclude_input = True\n",
    ".local/share/jupyter/nbconvert/templates/lab/index.html.j2": "mine",
    ".config/matplotlib/matplotlibrc": "font.size: 20\nsavefig.facecolor: black\nlines.linewidth: 7\n",
}


def foreign(folder, home):
    """A checkout as Git for Windows and a spreadsheet leave it, CRLF and byte order marks, and a user with SETTINGS."""
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b"\0"
        if b"\0" not in content:
            marked = path.suffix in (".csv", ".yaml") and ("data" in path.parts or path.name == "config.yaml")
            path.write_bytes((codecs.BOM_UTF8 if marked else b"") + content.replace(b"\n", b"\r\n"))
    for name, text in SETTINGS.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")


def test_the_same_bytes_from_a_foreign_checkout_under_another_user_locale_time_zone_and_hash_seed(run, tmp_path):
    folder, home = copy_project(tmp_path / "project"), tmp_path / "home"
    foreign(folder, home)
    turkish = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7"}
    done = snakemake(folder, "--cores", "1", HOME=str(home), **turkish)
    assert done.returncode == 0, done.stderr
    names = [str(name) for name in results(run) if name.name != "README.md"]  # it is of the checkout
    (folder / "results/README.md").unlink()
    assert names == [str(name) for name in results(folder)]
    _, differ, errors = filecmp.cmpfiles(run, folder, names, shallow=False)
    assert (differ, errors) == ([], [])


def test_the_report_is_one_page_that_loads_nothing(run):
    done = snakemake(run, "--report", "report.html")
    assert done.returncode == 0, done.stderr
    page = (run / "report.html").read_text(encoding="utf-8")
    assert "<script src=" not in page
    assert '<link rel="stylesheet" href=' not in page
    for name in ("T15.html", "printed_recomputed.svg", "traditional.html"):
        assert name in page


def test_an_edit_of_a_module_reruns_what_rests_on_it(run):
    module = run / "workflow/collective_efficiency/measures/crosstabs.py"
    module.write_text(module.read_text(encoding="utf-8") + "\n# edited\n", encoding="utf-8")
    done = snakemake(run, "-n")
    shutil.copy2(PROJECT / "workflow/collective_efficiency/measures/crosstabs.py", module)
    said = done.stdout + done.stderr
    assert "rule measures:" in said or "Measuring the clusters" in said
    assert "rule ingest:" not in said
    assert "Checking the transcription" not in said


@pytest.fixture
def spoiled(run, tmp_path):
    """A copy of a finished run, to spoil."""
    folder = tmp_path / "copy"
    shutil.copytree(run, folder)
    return folder


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_bad_input_stops_before_anything_is_touched(spoiled):
    replace(spoiled / "data/report/A1.csv", "Gamarra (Peru),2,", "Gamarra (Peru),4,")
    replace(spoiled / "data/report/A2.csv", "total,Total,21.5,20.5,11.0,24.5,78.5\n", "")
    replace(spoiled / "config.yaml", "missing: zero", "missing: zero\ncolour: red")
    before = {name: (spoiled / name).read_bytes() for name in results(spoiled)}
    done = snakemake(spoiled, "--cores", "1")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "Traceback" not in said
    assert (
        "found 'colour'; unknown key; allowed: missing, degree, index_weights, studies, audits, audits_in_a_job,"
        in said
    )
    replace(spoiled / "config.yaml", "\ncolour: red", "")
    said = snakemake(spoiled, "--cores", "1").stderr
    assert "2 problems in the input; nothing was written." in said
    assert "A1.csv, row 5 (gamarra-garments), column labour_market: found '4'; allowed: 0 to 3" in said
    assert "A2.csv, column row: the row total is missing" in said
    assert before == {name: (spoiled / name).read_bytes() for name in results(spoiled)}


def test_config_yaml_is_read_strictly_and_said_with_its_line(tmp_path):
    """Of which Snakemake's reader takes the last of two equal keys, and dies of bytes that are no text."""
    folder = copy_project(tmp_path)
    good = (folder / "config.yaml").read_bytes()
    last = good.count(b"\n")
    for content, asked, expected in (
        (good + b"missing: omit\n", [], f"config.yaml, line {last + 1}: the key missing stands twice"),
        (good + b"# S\xe3o Paulo\n", [], f"config.yaml, line {last + 1}: found 'byte 0xe3'; allowed: text encoded as"),
        (good + b" : [\n", [], f"config.yaml, line {last + 1}: "),
        (good, ["report_text=data"], "--config, key report_text: found 'data'; there is no such file"),
        (
            good.replace(b"high: 9.5", b"high: .nan"),
            [],
            "config.yaml, line 10, key degree.high: found 'nan';",
        ),
    ):
        (folder / "config.yaml").write_bytes(content)
        done = snakemake(folder, "-n", *(["--config", *asked] if asked else []))
        assert done.returncode == 1
        assert expected in done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
    (folder / "config.yaml").write_bytes(good)
    (folder / "my own.yaml").write_text("missing: omit\nraters: mean\n", encoding="utf-8")
    done = snakemake(folder, "-n", "clusters", "--configfile", "my own.yaml", "--config", "raters=first")
    assert "--config, key raters: found 'first'; allowed: median, mean" in done.stdout
    assert snakemake(folder, "-n", "clusters", "--configfile", "my own.yaml").returncode == 0


def test_a_bad_claim_stops_before_anything_runs(spoiled):
    replace(spoiled / "data/report/claims.yaml", "holds_if: rows(T2) == stated", "holds_if: rows(T2) == statd")
    done = snakemake(spoiled, "--cores", "1")
    assert done.returncode == 1
    assert "C001" in done.stderr
    assert "statd" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_choice_reruns_what_rests_on_it(spoiled):
    replace(spoiled / "config.yaml", "missing: zero", "missing: omit")
    done = snakemake(spoiled, "--cores", "2", "results/report/recomputed/sector_averages.csv")
    assert done.returncode == 0, done.stderr
    text = (spoiled / "results/report/recomputed/sector_averages.csv").read_text(encoding="utf-8")
    assert "1.8214" in text  # information, 25.5 / 14
    assert "Made: " not in done.stdout  # the summary that stands there is of the run before
    replace(spoiled / "config.yaml", "high: 9.5", "high: 9")
    (spoiled / "results/studies/my study").mkdir(parents=True)
    done = snakemake(spoiled, "--cores", "1", "--until", "summary")
    assert done.returncode == 0, done.stderr
    assert "Made: " not in done.stdout  # nor here is the audit of this run
    _, found, _, chosen, _ = (spoiled / "results/summary.txt").read_text(encoding="utf-8").splitlines()
    assert found.startswith(
        "Found: the recomputed index differs from the printed one in 9 of 40 clusters, the degree in 1"
    )
    assert chosen.startswith(
        "Under your choices: n.a. is left out. CE = 0.5 EEI + 0.5 JAI. Degree: High from 9, Low up to"
    )
    assert chosen.endswith((" clusters have no index.", "1 cluster has no index."))
    assert "Left by an earlier run, and not of this one: rm -r 'results/studies/my study'" in done.stdout


def test_an_interpreter_under_a_path_with_spaces_runs_the_scripts(spoiled):
    """As after `make` in such a folder, where the virtual environment lies below it."""
    (spoiled / "my venv").symlink_to(sys.prefix)
    command = [spoiled / "my venv/bin/python", "-m", "snakemake", "--cores", "1", "--force", "ingest"]
    done = subprocess.run(command, cwd=spoiled, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_wrong_folder_is_said(run, tmp_path):
    done = snakemake(
        tmp_path, "--cores", "1", "--snakefile", str(run / "Snakefile"), "--configfile", str(run / "config.yaml")
    )
    assert done.returncode == 1
    assert "run snakemake in the project's folder" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_the_check_against_the_text_needs_a_text_and_names_what_is_not_in_it(spoiled):
    done = snakemake(spoiled, "--cores", "1", "check_text")
    assert done.returncode == 1
    assert "report_text" in done.stdout + done.stderr
    (spoiled / "my copy.txt").write_text("nothing\n" * 9000, encoding="utf-8")
    replace(spoiled / "config.yaml", "report_text: null", "report_text: my copy.txt")
    done = snakemake(spoiled, "--cores", "1", "check_text")
    assert done.returncode == 1
    first, last = "A1.csv, row medellin-textiles, column labour_market: found '2'", "T2.csv, row austral-salmon"
    assert first in done.stderr
    assert last in done.stderr
    listed = (spoiled / "logs/check_text.log").read_text(encoding="utf-8")
    assert first in listed
    assert last in listed
    assert "Traceback" not in done.stderr
