"""The project as a whole: pins, documents that must stay true, and what must never be committed."""

import re
import shutil
import subprocess
import tomllib
from fnmatch import fnmatch

import pytest
import yaml
from docs_pages import PAGES, rules_of


@pytest.fixture(scope="module")
def pyproject(project):
    return tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def tracked(project):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=project, capture_output=True, check=True).stdout.decode()
    return [project / name for name in listed.split("\0") if name and (project / name).is_file()]


def name_of(pin):
    return pin.split("==")[0]


def pins_of(pyproject, *extras):
    return {*pyproject["dependencies"], *(pin for name in extras for pin in pyproject["optional-dependencies"][name])}


def locked(project, name):
    return set(re.findall(r"^([a-z0-9._-]+==[^ ;\\]+)", (project / name).read_text(encoding="utf-8"), re.M))


def test_the_locks_hold_the_pins_each_its_own(project, pyproject):
    run, all_of_them = pins_of(pyproject, "workflow"), pins_of(pyproject, "workflow", "test")
    assert all("==" in pin for pin in all_of_them)
    needed, added = locked(project, "requirements.lock"), locked(project, "requirements-test.lock")
    assert run <= needed
    assert all_of_them - run <= added
    assert {name_of(pin) for pin in needed}.isdisjoint({name_of(pin) for pin in added})
    assert not {name_of(pin) for pin in needed} & {"pytest", "playwright", "numba", "mypy", "frictionless"}


def test_conda_takes_the_same_pins(project, pyproject):
    def pip_part(name):
        return yaml.safe_load((project / name).read_text(encoding="utf-8"))["dependencies"][-1]["pip"]

    assert pip_part("environment.yml") == ["-r requirements.lock", "-r requirements-test.lock"]
    assert set(pip_part("workflow/envs/workflow.yaml")) == pins_of(pyproject, "workflow")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_pins_by_hash_and_names_no_index(project, name):
    text = (project / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_is_justified(project, pyproject):
    page = (project / "docs/dependencies.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.M))
    assert listed == {name_of(pin) for pin in pins_of(pyproject, "workflow", "test")}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_made_from_the_workflow_is_up_to_date(project, name):
    assert (project / "docs" / name).read_text(encoding="utf-8") == PAGES[name](project), "make docs"


# Where the tables that map an exhibit to its files stand: the columns of the rules and of the files.
MAPS = (
    ("README.md", "| exhibit of the report | rule |", 1, 2),
    ("docs/reproduce.md", "| exhibit of the report | file", 2, 1),
)


@pytest.mark.parametrize(("page", "head", "rule_column", "file_column"), MAPS)
def test_a_map_of_exhibits_follows_rules_to_files(project, page, head, rule_column, file_column):
    outputs = {rule: made for rule, made, _, _ in rules_of(project)}
    table = (project / page).read_text(encoding="utf-8").partition(head)[2].partition("\n\n")[0].split("\n")[2:]
    assert table
    for line in table:
        cells = line.strip("|").split("|")
        rules = re.findall(r"[a-z]\w+", cells[rule_column].replace(".py", ""))
        assert set(rules) <= outputs.keys(), line
        made = [path for rule in rules for path in outputs[rule]]
        files = re.sub(r"<\w+>", "*", cells[file_column].replace("`", "")).split()
        for file in (name for each in files if "/" in each or "." in each for name in alternatives(each.strip(","))):
            assert any(same_file(file, path) for path in made), (line, file)


def alternatives(name):
    """`a.{b,c}` as a.b and a.c."""
    braces = re.search(r"\{([^}]*)\}", name)
    words = braces[1].split(",") if braces else []
    return [each for word in words for each in alternatives(name.replace(braces[0], word, 1))] if braces else [name]


def same_file(named, path):
    """Whether a file as a document names it, from results/ or from the folder of the one before, is an output."""
    output = re.sub(r"\{\w+\}", "*", path)
    return any(fnmatch(full, output) or fnmatch(output, full) for full in (f"results/{named}", f"results/*/{named}"))


def test_links_of_the_documents_lead_somewhere(project):
    for page in [project / "README.md", project / "CONTRIBUTING.md", *(project / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists() or target.startswith("results/"), f"{page.name}: {target}"


def test_nothing_of_this_machine_is_committed(project):
    here = str(project)
    for path in tracked(project):
        content = path.read_bytes()
        assert here.encode() not in content, path
        if path.suffix not in (".png", ".lock"):
            assert re.search(rb"/(home|root|Users|work)/\w", content) is None, path


def test_the_text_of_the_report_is_not_here(project):
    """No long run of words: the transcription holds labels and numbers, the longest of them a title."""
    for path in (project / "data/report").glob("*.csv"):
        for field in re.split(r'[,"\n]', path.read_text(encoding="utf-8")):
            assert len(field.split()) <= 12, (path.name, field)


def test_make_clean_leaves_what_was_not_made_and_needs_no_git(project, tmp_path):
    """As in an unpacked archive of the project, which is no clone."""
    for name in ("Makefile", "results/README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy2(project / name, tmp_path / name)
    for name in ("results/audit/cells.csv", "results/.hidden/x", "logs/audit.log", ".snakemake/log/x", "data/a.csv"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("made", encoding="utf-8")
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"Makefile", "results/README.md", "data/a.csv"}
