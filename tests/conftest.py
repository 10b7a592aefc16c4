"""What the tests share: the project's folder, its report, and one whole run of the workflow in a copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pandas as pd
import pytest
from hypothesis import settings

from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.report.ingest import cell_records, read_report
from collective_efficiency.report.transcription import Report
from collective_efficiency.words import ITEMS

PROJECT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")  # on the path

# A deadline says more of the machine than of the code, and CI's machine does other work at the same time.
settings.register_profile("dev")
settings.register_profile("ci", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """The transcription as bytes by file name."""
    folder = PROJECT / "data/report"
    return {path.name: path.read_bytes() for path in [*folder.glob("*.csv"), folder / "tables.yaml"]}


@pytest.fixture(scope="session")
def report(files) -> Report:
    return read_report(files)


@pytest.fixture(scope="session")
def cells(report) -> list[dict[str, str]]:
    return cell_records(report)


@pytest.fixture(scope="session")
def clusters(report, cells) -> pd.DataFrame:
    return pd.DataFrame(cluster_records(report.clusters, cells), dtype="str")


def copy_project(target: Path) -> Path:
    """A fresh clone would hold these: what git tracks, as it is in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).is_file() and not name.startswith("tests/"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, target / name)
    return target


def snakemake(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run snakemake in `folder` as a user would, without this process's import paths."""
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, "-m", "snakemake", *arguments],
        cwd=folder,
        env=variables | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
    )


def absent(what: str) -> NoReturn:
    """Skip the test, for want of `what`, on a user's machine; fail it in CI, which must have all."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is not installed, and CI must have it")
    pytest.skip(f"{what} is not installed")


def needs(program: str) -> None:
    """A test for which `program` must be installed."""
    if not shutil.which(program):
        absent(program)


def rscript(*packages: str) -> str:
    """The path of Rscript, with these packages. Without them the test is skipped, but fails where CI is set."""
    asked = "; ".join(f"library({name})" for name in packages)
    found = shutil.which("Rscript")
    if found and not subprocess.run([found, "-e", asked], capture_output=True, check=False).returncode:
        return found
    absent(f"R with {', '.join(packages)}")


@pytest.fixture(scope="session")
def run(tmp_path_factory) -> Path:
    """A copy of the project, under a path with spaces and accents, after one whole run."""
    folder = copy_project(tmp_path_factory.mktemp("São José dos Campos"))
    done = snakemake(folder, "--cores", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "run.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    return folder


STUDIES = ("example_raters", "example_simple", "scored_again")


def enable(folder: Path, *names: str) -> None:
    """The studies enabled in config.yaml, as a user does it."""
    configure(folder, studies=f"[{', '.join(names)}]")


def configure(folder: Path, **values: object) -> None:
    """Keys of config.yaml with other values, each on the line of its key, as a user writes them."""
    path = folder / "config.yaml"
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, flags=re.M)
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def studied(run, tmp_path_factory) -> tuple[Path, str]:
    """A finished run to which STUDIES were added, and what snakemake said: both examples, and two clusters of the
    report scored again as they are, but for one item of one.
    """
    folder = shutil.copytree(run, tmp_path_factory.mktemp("studies") / "copy")
    clusters = pd.read_csv(run / "results/report/clusters.csv", dtype="str", keep_default_na=False)[:2]
    clusters.loc[clusters["cluster"] == "medellin-textiles", "inputs"] = "3"
    again = folder / "data/studies/scored_again"
    again.mkdir()
    clusters[["cluster", *ITEMS]].to_csv(again / "clusters.csv", index=False)
    described = "title: Scored again\nsource: Invented\nscorer: Nobody\ndate: 2026\nscale: 0 to 3\n"
    (again / "study.yaml").write_text(described, encoding="utf-8")
    enable(folder, *STUDIES)
    done = snakemake(folder, "--cores", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout + done.stderr


@pytest.fixture(scope="session")
def browser():
    """Chromium, headless. Without it the tests are skipped, but fail where CI is set."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        absent(f"Chromium ({', '.join(BROWSERS)})")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox does not run as root
        chromium = playwright.chromium.launch(executable_path=found, args=root)
        yield chromium
        chromium.close()
