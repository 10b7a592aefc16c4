# What the rules share: the library on the path, the checked choices, and the names of things.

import csv
import re
import shlex
import sys
from pathlib import Path
from typing import NamedTuple

import yaml
from snakemake.exceptions import WorkflowError

sys.path.insert(0, str(Path(workflow.basedir, "workflow")))
sys.executable = shlex.quote(sys.executable)  # Snakemake 9 runs scripts with it and does not quote it itself

from collective_efficiency.choices import Choices, read_choices
from collective_efficiency.claims.claims import Data, read_ledger
from collective_efficiency.report.ingest import cell_records, read_report
from collective_efficiency.files.yaml_files import read_documents
from collective_efficiency.problems import PROBLEM_COLUMNS, BadInputError, Problem, allowed, problem_record
from collective_efficiency.studies.study import FILES, check_name, check_new, known_of, read_studies
from collective_efficiency.studies.tabular import read_words
from collective_efficiency.words import READINGS


def read_yaml(path):
    """A YAML file of the project itself, read from where snakemake runs."""
    return yaml.load(Path(path).read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def check_config():
    """Stop, and say every problem, if config.yaml is bad, or if this is not the project's folder."""
    if not Path("data/report").is_dir():
        raise WorkflowError("There is no data/report here: run snakemake in the project's folder.")
    try:
        read_choices(config)
    except BadInputError as error:
        raise WorkflowError(str(error)) from None


check_config()
LIBRARY = "workflow/collective_efficiency"
FOLDER_OF_STUDIES = Path("data/studies")
STUDIES = sorted(map(str, config["studies"]))  # enabled by name in config.yaml
DATASETS = ("report", "extended") if STUDIES else ("report",)
DECISIONS = ("checks", "adjudications")  # what people decided, in data/report
REPORT_DATA = sorted(str(path) for path in Path("data/report").glob("*.csv")) + ["data/report/tables.yaml"]
TABLES = [f"A{number}" for number in range(1, 9)] + [f"T{number}" for number in range(3, 20)]
FIGURES = (
    "ce_by_cluster",
    "eei_jai",
    "item_profiles",
    "degree_upgrading",
    "governance",
    "printed_recomputed",
)
INFERENCE_FRAMES = ("associations", "influence", "nulls", "means", "sectors", "paired", "scales", "power")
INFERENCE_FIGURES = ("association", "influence", "null", "power")


wildcard_constraints:
    dataset="|".join(DATASETS),
    reading="|".join(READINGS),
    study="|".join(map(re.escape, STUDIES)) or "none",


def library(*names):
    """The files of these library modules and of all that they import: an edit to any of them reruns the rule.

    A module of a subpackage is named with dots; it brings the subpackage's own file with it, and the schemas that it
    reads.
    """
    found, todo, schemas = {}, ["__init__", *names], set()
    while todo:
        name = todo.pop()
        if name not in found:
            path = Path(*name.split("."))
            path = path / "__init__.py" if Path(workflow.basedir, LIBRARY, path).is_dir() else path.with_suffix(".py")
            text = Path(workflow.basedir, LIBRARY, path).read_text(encoding="utf-8")
            found[name] = f"{LIBRARY}/{path.as_posix()}"
            todo += re.findall(r"^\s*from collective_efficiency\.([\w.]+) import", text, re.MULTILINE)
            todo += [name.rpartition(".")[0]] if "." in name else []
            schemas.update(re.findall(r'\bschema\("([\w.]+)"\)', text))
    return sorted([*found.values(), *(f"{LIBRARY}/schemas/{name}.yaml" for name in schemas)]) + ["workflow/scripts/_stage.py"]


def caption_of(table):
    """The caption of a table's layout, in words that hold its formula."""
    return f"workflow/collective_efficiency/templates/captions/{DESCRIBED[table]['layout']}.rst"


def title_of(table):
    return DESCRIBED[table]["title"]


def files_of_study(wildcards):
    """The files of a study that are read."""
    return sorted(str(path) for path in (FOLDER_OF_STUDIES / wildcards.study).iterdir() if path.name in FILES)


def indices_of_studies(wildcards):
    """The indices of the studies that a dataset holds."""
    return expand("results/studies/{study}/indices.csv", study=STUDIES) if wildcards.dataset == "extended" else []


def sectors_of(wildcards):
    """The list of a dataset's sectors."""
    return "results/extended/sectors.csv" if wildcards.dataset == "extended" else "data/report/sectors.csv"


def described_studies(wildcards):
    """What describes the studies that a dataset holds."""
    return expand("data/studies/{study}/study.yaml", study=STUDIES) if wildcards.dataset == "extended" else []


def check_new_study():
    """Stop where the name of the study that is to be laid out is missing, bad or taken."""
    taken = {path.name for path in FOLDER_OF_STUDIES.iterdir()}
    try:
        check_new(config["name"], taken)
    except BadInputError as error:
        raise WorkflowError(str(error.problems[0])) from None


def read_folder(name, problems):
    """The bytes of a study's files; problems where it does not exist, or a file lies elsewhere (a symbolic link)."""
    folder, listed = FOLDER_OF_STUDIES / name, []
    if FOLDER_OF_STUDIES.is_dir():
        listed = sorted(path.name for path in FOLDER_OF_STUDIES.iterdir() if path.is_dir() and path.name[0] not in "_.")
    wrong = check_name(name)
    if wrong or name not in listed:
        wrong = wrong or f"there is no folder {folder}; {allowed(listed, name)}"
        problems.append(Problem("config.yaml", "", "studies", name, wrong))
        return None
    files = {}
    for path in (folder / each for each in FILES):
        if path.is_symlink() or folder.is_symlink():
            problems.append(Problem(str(path), "", "", "", "allowed: a file of its own, no link"))
        elif path.is_file():
            files[path.name] = path.read_bytes()
    return files


def check_studies(report, schemas):
    """The enabled studies; raises every problem of them, and writes those of each to results/studies/<study>."""
    problems, studies = [], []
    found = {name: read_folder(name, problems) for name in STUDIES}
    folders = {name: files for name, files in found.items() if files is not None}
    known = known_of(report.sectors, report.clusters)
    words = read_words(read_yaml("workflow/collective_efficiency/schemas/study_columns.yaml"))
    try:
        studies = read_studies(folders, schemas["study"], words, known, config["raters"])
    except BadInputError as error:
        problems += error.problems
    for name in folders:
        write_problems(name, [each for each in problems if each.file.startswith(f"data/studies/{name}/")])
    if problems:
        raise BadInputError(problems)
    return studies


def write_problems(name, problems):
    """The problems of a study as a table in its results; no such file where there are none."""
    path = Path("results/studies", name, "problems.csv")
    path.unlink(missing_ok=True)
    if problems:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, PROBLEM_COLUMNS, lineterminator="\n")
            writer.writeheader()
            writer.writerows(map(problem_record, problems))


class Planned(NamedTuple):
    """What is made depends on it: the clusters of each dataset, and the studies with raters and with the report's ids."""

    sizes: dict
    rated: list
    scored_again: list


def check_inputs():
    """Stop before any rule runs, and say every problem, if what people wrote in data/report or data/studies is bad.

    Else what is to be made of them.
    """
    schemas = {path.name.partition(".")[0]: read_yaml(path) for path in Path("workflow/collective_efficiency/schemas").glob("*.schema.yaml")}
    try:
        printed = read_report({Path(path).name: Path(path).read_bytes() for path in REPORT_DATA})
        words = Data(cell_records(printed), printed.clusters, {}, Choices()).vocabulary
        read_ledger("claims.yaml", Path("data/report/claims.yaml").read_bytes(), schemas["claims"], words)
        read_documents({name: Path(f"data/report/{name}.yaml").read_bytes() for name in DECISIONS}, schemas)
        studies = check_studies(printed, schemas)
    except BadInputError as error:
        raise WorkflowError(str(error)) from None
    known = {row["cluster"] for row in printed.clusters}
    return Planned(
        {"report": len(known), "extended": len(known.union(*(study.clusters["cluster"] for study in studies)))},
        [study.name for study in studies if any(study.ratings["rater"])],
        [study.name for study in studies if known.intersection(study.clusters["cluster"])],
    )


SIZES, RATED, SCORED_AGAIN = check_inputs()
if "new_study" in sys.argv:
    check_new_study()  # here it is said in one sentence; a job that fails says much more
DESCRIBED = read_yaml("data/report/tables.yaml")["tables"]
INFERENCE = config["inference"]
TESTED = [dataset for dataset in DATASETS if SIZES[dataset] <= INFERENCE["largest"]]
CHOICES = {key: config[key] for key in ("missing", "degree", "index_weights")}  # a change reruns what rests on them
