"""`pip install .` gives a library that works away from the project, and the command."""

import os
import subprocess
import sys
import sysconfig
import venv
from importlib.metadata import version

import pytest
from conftest import copy_project

from collective_efficiency import __version__


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The command in a fresh environment that holds nothing of the project but its wheel."""
    source, home = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("environment")
    # Offline where the pinned setuptools is installed (requirements.lock); an older environment lets pip fetch it.
    isolation = [] if int(version("setuptools").split(".")[0]) < 77 else ["--no-build-isolation"]
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    build = ["wheel", "--no-deps", *isolation, "--wheel-dir", str(home), str(copy_project(source))]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = home.glob("*.whl")
    venv.create(home / "venv", with_pip=False)
    python = home / "venv/bin/python"
    subprocess.run([*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = (home / "venv/lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home / "venv/bin/collective-efficiency"


def run(command, *arguments, folder):
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run([command, *arguments], cwd=folder, env=variables, capture_output=True, text=True, check=False)


def test_the_command_audits_a_folder_from_anywhere(installed, project, tmp_path):
    done = run(installed, "audit", str(project / "tests/second_report"), "--output", "out", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "index_sum.T1.beta.index: '9', expected '8'" in done.stdout  # its one slip (tests/second_report/README.md)
    assert (tmp_path / "out/findings.csv").is_file()


def test_the_command_says_its_version_and_what_is_wrong(installed, tmp_path):
    assert run(installed, "version", folder=tmp_path).stdout == f"{__version__}\n"
    done = run(installed, "audit", "nowhere", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere: there is no such folder" in done.stderr


def test_every_schema_and_template_is_in_the_wheel(installed, project):
    (library,) = (installed.parents[1] / "lib").glob("python*/site-packages/collective_efficiency")
    source = project / "workflow/collective_efficiency"
    listed = {path.relative_to(source) for path in source.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert {path for path in listed if not (library / path).is_file()} == set()
