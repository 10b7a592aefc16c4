"""Other reports in the workflow (config.yaml: audits): the same tables as by the command, however they are parted."""

import csv
import re
import shutil

from conftest import PROJECT, configure, snakemake

from collective_efficiency.__main__ import main
from collective_efficiency.files import package

NAMES = ["broken", "empty", "referendum", "titanic", "trade"]


def tables(folder):
    return {name: (folder / f"{name}.csv").read_bytes() for name in ("reports", "findings")}


def test_other_reports_are_audited_in_jobs_to_the_bytes_of_the_command(run, tmp_path):
    folder = shutil.copytree(run, tmp_path / "copy")
    audits = folder / "data/audits"
    (audits / "broken").mkdir()
    (audits / "broken/tables.yaml").write_text("layouts: [", encoding="utf-8")
    (audits / "empty").mkdir()
    configure(folder, audits=f"[{', '.join(NAMES)}]", audits_in_a_job=2)

    done = snakemake(folder, "--cores", "2")
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert len(re.findall(r"Auditing other reports, part \d", said)) == 3  # of two, two and one
    assert "Auditing every printed cell" not in said
    assert "Other reports: 5 reports: 2 nothing wrong, 1 findings, 2 bad input, 0 failed." in said
    made = tables(folder / "results/audits")
    described = package.schema("results")
    for name, content in made.items():
        header, *lines = csv.reader(content.decode().splitlines())
        assert header == list(described[f"audits/{name}.csv"]["columns"])
        assert {line[0] for line in lines} == {
            *(NAMES if name == "reports" else ("broken", "empty", "titanic", "trade"))
        }
    way_in = (folder / "results/index.html").read_text(encoding="utf-8")
    assert 'href="audits/findings.csv"' in way_in
    assert "Nothing to be done" in "".join([(again := snakemake(folder, "--cores", "1")).stdout, again.stderr])

    assert snakemake(folder, "--cores", "1", "--config", "audits_in_a_job=50").returncode == 0
    assert tables(folder / "results/audits") == made
    manifest = audits / "reports.csv"
    manifest.write_text("\n".join(["report,folder", *(f"{name}," for name in NAMES)]) + "\n", encoding="utf-8")
    assert main(["audit", "--manifest", str(manifest), "--output", str(tmp_path / "out"), "--cores", "1"]) == 2
    assert tables(tmp_path / "out") == made


def test_a_name_without_a_folder_stops_the_run_before_anything_is_made(run):
    done = snakemake(run, "--cores", "1", "-n", "--config", "audits=[titanik]")
    assert done.returncode == 1
    assert "there is no folder data/audits/titanik; allowed: referendum, titanic, trade; did you mean" in (
        done.stdout + done.stderr
    )


def test_the_examples_are_drafts_of_the_public_tables(tmp_path):
    for name in ("referendum", "titanic", "trade"):
        folder = tmp_path / name
        main(["draft", str(PROJECT / f"tests/public_tables/{name}.csv"), "--output", str(folder)])
        drafted = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert drafted == {path.name: path.read_bytes() for path in (PROJECT / "data/audits" / name).iterdir()}
