"""Many reports by a list: each as it is audited alone, a bad one a line, the same bytes after an interruption."""

import csv
import os
import shutil
import subprocess
import sys
import time

import pytest

from collective_efficiency.__main__ import main
from collective_efficiency.audit.many.manifest import read_manifest
from collective_efficiency.audit.many.run import audit_many
from collective_efficiency.problems import BadInputError

TABLES = """
formats: {number: {decimal: "."}}
layouts:
  jobs: {farms: &n {kind: item, format: number}, mines: *n, both: *n}
tables: {T1: {title: Jobs, layout: jobs}}
"""
CHECKS = """
checks:
- {id: both, kind: sum, layouts: [jobs], target: both, of: [farms, mines]}
"""
GOOD, WRONG = "row,farms,mines,both\nnorth,120,34,154\n", "row,farms,mines,both\nnorth,120,34,145\n"


def lay_out(where, **tables):
    """A folder a report, by name, of which the text of its table is given."""
    for name, text in tables.items():
        (where / name).mkdir(parents=True)
        for file, content in (("tables.yaml", TABLES), ("checks.yaml", CHECKS), ("T1.csv", text)):
            (where / name / file).write_text(content, encoding="utf-8")
    lines = ["report,folder", *(f"{name}," for name in tables)]
    (where / "reports.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return where / "reports.csv"


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bytes_of(output):
    return {name: (output / name).read_bytes() for name in ("reports.csv", "findings.csv")}


def quiet(*_):
    pass


def test_each_report_has_its_line_and_its_findings(tmp_path, capsys):
    manifest = lay_out(tmp_path, a=GOOD, b=WRONG, c="row,farms\n")
    assert main(["audit", "--manifest", str(manifest), "--output", str(tmp_path / "out"), "--cores", "1"]) == 2
    assert capsys.readouterr().out.splitlines()[0] == ("3 reports: 1 nothing wrong, 1 findings, 1 bad input, 0 failed.")
    reports = rows(tmp_path / "out/reports.csv")
    assert [(row["report"], row["outcome"], row["numeric"]) for row in reports] == [
        ("a", "nothing wrong", "0"),
        ("b", "findings", "1"),
        ("c", "bad input", ""),
    ]
    assert "the column is missing" in reports[2]["error"]
    finding, bad = rows(tmp_path / "out/findings.csv")
    assert (finding["report"], finding["printed"], finding["expected"], finding["error"]) == ("b", "145", "154", "")
    assert {name: text for name, text in bad.items() if text} == {"report": "c", "error": reports[2]["error"]}
    assert finding["explanation"].startswith("transposition")


def test_an_interrupted_run_goes_on_to_the_same_bytes(tmp_path, monkeypatch):
    manifest = lay_out(tmp_path, **{f"r{number}": WRONG if number % 3 else GOOD for number in range(120)})
    audit_many(manifest, tmp_path / "once", cores=2, tell=quiet)
    done = []

    def interrupt(text):
        done.append(text)
        if len(done) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit_many(manifest, tmp_path / "twice", cores=1, tell=interrupt)
    assert not (tmp_path / "twice/reports.csv").exists()
    audit_many(manifest, tmp_path / "twice", cores=2, tell=quiet)
    assert bytes_of(tmp_path / "once") == bytes_of(tmp_path / "twice")


def test_a_run_that_is_killed_leaves_no_process_and_goes_on_to_the_same_bytes(tmp_path, project):
    manifest = lay_out(tmp_path, **{f"r{number}": WRONG if number % 3 else GOOD for number in range(400)})
    audit_many(manifest, tmp_path / "once", cores=1, tell=quiet)
    command = ["audit", "--manifest", str(manifest), "--output", str(tmp_path / "twice"), "--cores", "2"]
    killed = subprocess.Popen(
        [sys.executable, "-m", "collective_efficiency", *command], cwd=project / "workflow", stdout=subprocess.PIPE
    )
    while not (parts := list((tmp_path / "twice").glob("parts/*.jsonl"))):
        time.sleep(0.005)
    killed.kill()
    killed.communicate(timeout=60)  # until all that write to the pipe, its children, too, have ended
    assert 0 < len(parts) < 8
    assert not (tmp_path / "twice/reports.csv").exists()
    made = {path.name: path.stat().st_mtime_ns for path in parts}
    assert main([*command]) == 1
    assert bytes_of(tmp_path / "once") == bytes_of(tmp_path / "twice")
    assert {name: (tmp_path / "twice/parts" / name).stat().st_mtime_ns for name in made} == made
    assert all(path.suffix == ".jsonl" for path in (tmp_path / "twice/parts").iterdir())


def test_what_is_done_is_not_done_again_unless_a_file_changed(tmp_path):
    manifest = lay_out(tmp_path, **{f"r{number}": GOOD for number in range(60)})
    audit_many(manifest, tmp_path / "out", cores=1, tell=quiet)
    times = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out/parts").iterdir()}
    (tmp_path / "r55/T1.csv").write_text(WRONG, encoding="utf-8")
    assert audit_many(manifest, tmp_path / "out", cores=1, tell=quiet)["findings"] == 1
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out/parts").iterdir()}
    first = min(times)
    assert len(after) == 2
    assert after[first] == times[first]


def test_paths_never_leave_the_folder_of_the_list(tmp_path):
    secret = lay_out(tmp_path / "secret", s=GOOD).parent / "s"
    manifest = lay_out(tmp_path / "in", ok=GOOD)
    (tmp_path / "in/link").symlink_to(secret)
    shutil.copytree(tmp_path / "in/ok", tmp_path / "in/inner")
    (tmp_path / "in/inner/T1.csv").unlink()
    (tmp_path / "in/inner/T1.csv").symlink_to(secret / "T1.csv")
    (tmp_path / "in/pipe").mkdir()
    os.mkfifo(tmp_path / "in/pipe/T1.csv")
    named = ["../secret/s", str(secret), "link", "inner", "no", "C:\\x", "pipe"]
    lines = ["report,folder", "ok,ok", *(f"r{number},{folder}" for number, folder in enumerate(named))]
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    audit_many(manifest, tmp_path / "out", cores=1, tell=quiet)
    outcomes = [(row["outcome"], row["error"]) for row in rows(tmp_path / "out/reports.csv")]
    assert outcomes[0] == ("nothing wrong", "")
    leads_out = "allowed: a folder below that of the list; this leads out of it"
    assert [error for _, error in outcomes[1:]] == [
        leads_out,
        leads_out,
        "the folder is a link that leads out of that of the list",
        "a file is a link that leads out of the folder of the list",
        "there is no such folder",
        leads_out,
        "tables.yaml: the file is missing",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name\na\n", "the column is missing"),
        (b"report,folder\na,a\na,b\n", "the report stands twice"),
        (b"report,folder\n,b\n", "the cell is empty"),
    ],
)
def test_a_bad_list_is_said(content, says):
    with pytest.raises(BadInputError, match=says):
        read_manifest("reports.csv", content)
