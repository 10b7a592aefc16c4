"""The engine room: what a dry run leaves alone, what a log holds, and runs on other machines and other storage."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest
from conftest import STUDIES, copy_project, enable, needs, snakemake


def listing(folder):
    """Every file below `folder`, its time of change and its digest, but for Snakemake's own notes."""
    paths = (path for path in folder.rglob("*") if ".snakemake" not in path.parts and "__pycache__" not in path.parts)
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in paths
    }


def test_a_dry_run_changes_no_file(studied, tmp_path):
    """Neither where the studies are good, nor where one is bad, nor what an earlier run said of it."""
    folder = shutil.copytree(studied[0], tmp_path / "copy")
    said = folder / "results/studies/example_simple/problems.csv"
    said.write_text("of an earlier run\n", encoding="utf-8")
    before = listing(folder)
    assert snakemake(folder, "-n").returncode == 0
    assert listing(folder) == before
    for study in STUDIES[:2]:
        (folder / "data/studies" / study / "clusters.csv").write_text("cluster\n", encoding="utf-8")
    before = listing(folder)
    done = snakemake(folder, "-n")
    assert done.returncode == 1
    assert "problems in the input; nothing was written." in done.stdout + done.stderr
    assert listing(folder) == before
    assert snakemake(folder, "--cores", "1").returncode == 1
    assert said.read_text(encoding="utf-8").startswith("file,row,column,")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A copy of the project in which nothing was run, for the first rules only."""
    return copy_project(tmp_path_factory.mktemp("small"))


@pytest.mark.parametrize("where", ["imported", "called"])
def test_a_job_that_dies_leaves_its_traceback_in_its_log(small, tmp_path, where):
    folder = shutil.copytree(small, tmp_path / "copy")
    module = folder / "workflow/collective_efficiency/report/clusters.py"
    text = module.read_text(encoding="utf-8")
    if where == "imported":
        # In the job alone: the process that plans the run imports the module, too.
        text += "\n\nimport sys\n\nif sys.argv[0].endswith('.clusters.py'):\n    raise KeyError('spoiled')\n"
    else:
        start = text.index("def cluster_records(")
        text = text[:start] + "def cluster_records(*_):\n    raise KeyError('spoiled')\n"
    module.write_text(text, encoding="utf-8")
    done = snakemake(folder, "--cores", "1", "clusters")
    log = (folder / "logs/clusters.log").read_text(encoding="utf-8")
    assert done.returncode == 1
    assert "Traceback (most recent call last):" in log
    assert "KeyError: 'spoiled'" in log
    assert "rule clusters failed: KeyError: 'spoiled'; see logs/clusters.log" in done.stderr.splitlines()
    assert "Traceback" not in done.stdout + done.stderr


def test_a_log_holds_all_that_its_job_says(small, tmp_path):
    """Prints, warnings, and what a child or a library in C writes past Python; in the order in which they came."""
    folder = shutil.copytree(small, tmp_path / "copy")
    script = folder / "workflow/scripts/clusters.py"
    says = (
        "\nimport os, warnings\nprint('printed')\nwarnings.warn('warned')\nos.system('echo from a child')\n"
        "os.write(2, b'written\\n')\nimport ctypes\nctypes.string_at(0)\n"
    )
    script.write_text(script.read_text(encoding="utf-8") + says, encoding="utf-8")
    done = snakemake(folder, "--cores", "1", "clusters")
    log = (folder / "logs/clusters.log").read_text(encoding="utf-8")
    assert done.returncode == 1
    places = [
        log.index(text) for text in ("printed\n", "UserWarning: warned", "from a child\n", "written\n", "Segmentation")
    ]
    assert places == sorted(places)
    assert "printed" not in done.stdout
    assert "warned" not in done.stderr


def test_bad_input_in_a_job_is_on_the_terminal_and_in_its_log_without_a_traceback(small):
    done = snakemake(small, "--cores", "1", "check_text")
    log = (small / "logs/check_text.log").read_text(encoding="utf-8")
    expected = "config.yaml, key report_text: name the file that holds the text"
    assert done.returncode == 1
    assert expected in done.stderr
    assert expected in log
    assert "Traceback" not in done.stderr + log


def test_rules_list_the_modules_of_the_subpackage(run):
    """An edit to any module that a script imports, directly or not, must rerun its rule: so it is among the inputs."""
    name = "results/report/printed/inference/power.csv"
    said = snakemake(run, "--cores", "1", "--nolock", "--detailed-summary", name).stdout
    row = next(line for line in said.splitlines() if line.startswith(name))
    for module in ("inference/__init__.py", "inference/exact.py", "inference/multiplicity.py", "measures/averages.py"):
        assert f"workflow/collective_efficiency/{module}" in row
    assert "inference/figures.py" not in row


SUBMIT = """\
#!/bin/sh
# Runs the job script in the background, as a queue would, and says under which id to ask for it.
id="$PWD/queue/$(basename "$1")"
mkdir -p queue
(sh "$1" >"$id.out" 2>&1 && echo success >"$id.done" || echo failed >"$id.done") >/dev/null 2>&1 &
echo "$id"
"""
STATUS = """\
#!/bin/sh
cat "$1.done" 2>/dev/null || echo running
"""


def test_a_cluster_makes_the_same_bytes_and_reads_no_data_again(run, tmp_path_factory):
    """Each job is sent away by a script, under an interpreter in a folder with a space; no job plans the run again."""
    folder = copy_project(tmp_path_factory.mktemp("a cluster"))
    (folder / "my venv").symlink_to(sys.prefix)
    for name, text in (("submit.sh", SUBMIT), ("status.sh", STATUS)):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    check = folder / "workflow/collective_efficiency/run/check.py"
    counted = "\nwith open('planned', 'a') as file:\n    file.write('once\\n')\n"
    check.write_text(check.read_text(encoding="utf-8") + counted, encoding="utf-8")
    asked = [
        "--executor", "cluster-generic", "--jobs", "3", "--latency-wait", "20",
        "--cluster-generic-submit-cmd", "./submit.sh", "--cluster-generic-status-cmd", "./status.sh",
        "--max-status-checks-per-second", "20", "--seconds-between-status-checks", "0",
    ]  # fmt: skip
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [folder / "my venv/bin/python", "-m", "snakemake", *asked],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    outs = "".join(path.read_text(encoding="utf-8") for path in (folder / "queue").glob("*.out"))
    assert done.returncode == 0, done.stderr + outs
    assert len(list((folder / "queue").glob("*.done"))) >= 8
    assert (folder / "planned").read_text(encoding="utf-8") == "once\n"
    made, expected = ({name: of for name, (_, of) in listing(each / "results").items()} for each in (folder, run))
    crate = "ro-crate-metadata.json"  # it has the digest of each file of the program, and one of them counts here
    assert {name for name in made if made[name] != expected.get(name)} == {crate}
    assert made.keys() == expected.keys()
    told, other = (
        json.loads((each / "results" / crate).read_text(encoding="utf-8"))["@graph"] for each in (folder, run)
    )
    changed = [one["@id"] for one, two in zip(told, other, strict=True) if one != two]
    assert changed == ["#workflow/collective_efficiency/run/check.py"]


def test_the_first_rules_run_on_a_storage_provider(tmp_path):
    """With fs, whose storage is a folder: the data lie there, and so do the results."""
    needs("rsync")
    folder = copy_project(tmp_path / "project")
    storage = tmp_path / "storage"
    shutil.copytree(folder / "data", storage / "data")
    asked = ["--default-storage-provider", "fs", "--default-storage-prefix", str(storage)]
    done = snakemake(folder, "--cores", "1", *asked, "clusters")
    assert done.returncode == 0, done.stderr
    assert (storage / "results/report/cells.csv").is_file()
    assert (storage / "results/report/clusters.csv").is_file()


def test_with_studies_the_whole_workflow_is_planned_on_a_storage_provider(tmp_path):
    needs("rsync")
    folder = copy_project(tmp_path / "project")
    enable(folder, *STUDIES[:2])
    storage = shutil.copytree(folder, tmp_path / "storage")
    done = snakemake(folder, "-n", "--default-storage-provider", "fs", "--default-storage-prefix", str(storage))
    assert done.returncode == 0, done.stdout
    assert "Everything is made" in done.stdout
