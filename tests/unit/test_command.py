"""The command `collective-efficiency`: on a second, made-up report, on folders that are not one, and asked for help."""

import csv
import os
import shutil
import subprocess
import sys

import pytest

from collective_efficiency import __version__
from collective_efficiency.__main__ import main
from collective_efficiency.studies.new_study import new_study_files


def test_a_new_study_is_laid_out_once(tmp_path, capsys):
    (tmp_path / "studies").mkdir()
    assert main(["new-study", "ethiopia", "--folder", str(tmp_path / "studies")]) == 0
    assert capsys.readouterr().out.startswith(f"Fill in {tmp_path}/studies/ethiopia/study.yaml and ")
    laid_out = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "studies/ethiopia").iterdir()}
    assert laid_out == new_study_files()
    assert main(["new-study", "ethiopia", "--folder", str(tmp_path / "studies")]) == 2
    assert "there is a folder ethiopia already" in capsys.readouterr().err
    assert main(["new-study", "Ethiopia", "--folder", str(tmp_path / "studies")]) == 2
    assert "small letters" in capsys.readouterr().err
    assert main(["new-study", "kenya", "--folder", str(tmp_path / "no")]) == 2
    assert "there is no such folder" in capsys.readouterr().err


@pytest.fixture
def second(project, tmp_path):
    return shutil.copytree(project / "tests/second_report", tmp_path / "second report")


def test_the_second_report_has_its_one_slip(second, tmp_path, capsys):
    assert main(["audit", str(second), "--output", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "numeric  index_sum.T1.beta.index: '9', expected '8'; replaced digit: 8 printed 9"
    assert said[-2] == "Found: 1 findings by severity: 0 decision, 1 numeric, 0 format, 0 lead."
    with (tmp_path / "out/cells.csv").open(encoding="utf-8", newline="") as file:
        verdicts = {(row["row"], row["column"]): row["verdict"] for row in csv.DictReader(file)}
    assert verdicts["beta", "index"] == verdicts["total", "index"] == "inconsistent"
    assert verdicts["average", "skills"] == "consistent_if"
    assert verdicts["beta", "rank"] == "consistent"
    assert (tmp_path / "out/summary.md").read_text(encoding="utf-8").startswith("# The audit of the printed tables")


def test_put_right_it_has_none(second, capsys):
    table = second / "T1.csv"
    text = table.read_text(encoding="utf-8").replace("3,5,9,", "3,5,8,").replace("11,11,23,", "11,11,22,")
    table.write_text(text.replace("5.75", "5.5"), encoding="utf-8")
    assert main(["audit", str(second)]) == 0
    assert "0 inconsistent" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("T1.csv", "beta,Beta,", "betta,Beta,", "found 'betta'; unknown row"),
        ("checks.yaml", "kind: total", "kind: totals", "unknown kind; allowed"),
        ("checks.yaml", "target: index\n    of", "targt: index\n    of", "found 'targt'; unknown key"),
        ("tables.yaml", "max: 5", "max: five", "found 'five'; allowed: number"),
    ],
)
def test_bad_folders_are_named(second, capsys, name, old, new, says):
    path = second / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert main(["audit", str(second)]) == 2
    assert says in capsys.readouterr().err


def test_folders_that_are_not_there(tmp_path, capsys):
    assert main(["audit", str(tmp_path / "nowhere")]) == 2
    assert "there is no such folder" in capsys.readouterr().err
    assert main(["audit", str(tmp_path)]) == 2
    assert "tables.yaml: the file is missing" in capsys.readouterr().err


def test_help_teaches_with_an_example(capsys):
    for asked in (["--help"], ["audit", "--help"]):
        with pytest.raises(SystemExit) as ended:
            main(asked)
        assert ended.value.code == 0
        assert "collective-efficiency audit my_tables --output my_audit" in capsys.readouterr().out


def test_no_command_and_an_unknown_one_are_said(capsys):
    for asked, says in (([], "COMMAND"), (["adit"], "invalid choice: 'adit'")):
        with pytest.raises(SystemExit) as ended:
            main(asked)
        assert ended.value.code == 2
        assert says in capsys.readouterr().err


def test_the_version_is_that_of_the_project(project, capsys):
    assert main(["version"]) == 0
    assert capsys.readouterr().out == f"{__version__}\n"
    assert f'version = "{__version__}"' in (project / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "statuses"),
    [
        (["--help"], (0, 141)),  # argparse itself lets go of what cannot be written, where nothing is buffered
        (["audit", "{folder}", "--output", "{out}"], (141,)),
        (["audit", "{folder}/no"], (2,)),  # said on the stream for errors, of which the reader is still there
    ],
)
def test_a_reader_that_leaves_is_no_error(arguments, statuses, second, project, tmp_path):
    reads, writes = os.pipe()
    os.close(reads)
    words = [word.format(folder=second, out=tmp_path / "out") for word in arguments]
    with os.fdopen(writes, "wb") as left:
        done = subprocess.run(
            [sys.executable, "-m", "collective_efficiency", *words],
            cwd=project / "workflow", stdout=left, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode in statuses
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
    assert (tmp_path / "out/findings.csv").exists() == ("--output" in arguments)
