# What the rules share: the library on the path, the plan of the run, and the names of things.

import os
import re
import shlex
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError

sys.path.insert(0, str(Path(workflow.basedir, "workflow")))

# Snakemake 9 writes sys.executable into the shell command of every script (snakemake/script), and of every job that it
# spawns or submits, and never quotes it: an interpreter below a folder with a space in its name would not start. There
# is no setting for it. Elsewhere, and where the path holds nothing to quote, this changes nothing.
if shlex.quote(sys.executable) != sys.executable:
    sys.executable = shlex.quote(sys.executable)

from collective_efficiency.run.plan import packed, unpacked
from collective_efficiency.run.sources import sources
from collective_efficiency.words import READINGS

LIBRARY = "workflow/collective_efficiency"
FOLDER_OF_REPORT = Path("data/report")
FOLDER_OF_STUDIES = Path("data/studies")


def read_report_files():
    """The content of every CSV and YAML file of data/report by its name."""
    if not FOLDER_OF_REPORT.is_dir():
        raise WorkflowError("There is no data/report here: run snakemake in the project's folder.")
    paths = sorted(path for path in FOLDER_OF_REPORT.iterdir() if path.suffix in (".csv", ".yaml"))
    return {path.name: path.read_bytes() for path in paths}


def folders_of_studies():
    """The folders of data/studies by their names; those that begin with _ or . are no studies."""
    folders = FOLDER_OF_STUDIES.iterdir() if FOLDER_OF_STUDIES.is_dir() else []
    return {path.name: path for path in folders if path.is_dir() and path.name[0] not in "_."}


def read_study_files(folder):
    """The content of the files of a study that the workflow reads; None for a symbolic link, which it does not follow."""
    from collective_efficiency.studies.study import FILES

    paths = [folder / name for name in FILES if (folder / name).is_symlink() or (folder / name).is_file()]
    return {path.name: None if path.is_symlink() or folder.is_symlink() else path.read_bytes() for path in paths}


def make_plan():
    """What is to be made. Stops, before anything is, with every problem of what people wrote."""
    from collective_efficiency.problems import BadInputError
    from collective_efficiency.run.check import check_inputs, enabled_studies

    printed, folders = read_report_files(), folders_of_studies()
    studies = {name: read_study_files(folders[name]) for name in enabled_studies(config) if name in folders}
    try:
        plan = check_inputs(config, printed, folders, studies)
    except BadInputError as error:
        if not workflow.output_settings.dryrun:
            write_problems(studies, error.problems)
        raise WorkflowError(str(error)) from None
    return plan


def write_problems(studies, problems):
    """The problems of each study in results/studies/<study>/problems.csv; no such file where a study has none."""
    from collective_efficiency.run.check import problems_of_study

    for study in studies:
        path, text = Path("results/studies", study, "problems.csv"), problems_of_study(study, problems)
        path.unlink(missing_ok=True)
        if text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")


if workflow.is_main_process:  # a job that it sends elsewhere rebuilds the rules, too, from the same plan
    os.environ["COLLECTIVE_EFFICIENCY_PLAN"] = packed(make_plan())


envvars:
    "COLLECTIVE_EFFICIENCY_PLAN",


def check_new_study():
    """Stop where the name of the study that is to be laid out is missing, bad or taken: a failed job says much more."""
    from collective_efficiency.problems import BadInputError
    from collective_efficiency.studies.new_study import new_study_name

    try:
        new_study_name(config["name"], {path.name for path in FOLDER_OF_STUDIES.iterdir()})
    except BadInputError as error:
        raise WorkflowError(str(error.problems[0])) from None


onstart:
    write_problems(STUDIES, ())  # of an earlier run: there is none now
    if "new_study" in workflow.dag_settings.targets:
        check_new_study()


PLAN = unpacked(os.environ["COLLECTIVE_EFFICIENCY_PLAN"])
STUDIES = sorted(PLAN.studies)  # enabled by name in config.yaml
SIZES, RATED, SCORED_AGAIN = PLAN.sizes, PLAN.rated, PLAN.scored_again
DATASETS = ("report", "extended") if STUDIES else ("report",)
REPORT_DATA = [f"data/report/{name}.csv" for name in sorted([*PLAN.tables, "clusters", "sectors"])]
REPORT_DATA += ["data/report/tables.yaml"]
TABLES = [f"A{number}" for number in range(1, 9)] + [f"T{number}" for number in range(3, 20)]
FIGURES = (
    "ce_by_cluster",
    "eei_jai",
    "item_profiles",
    "degree_upgrading",
    "crosstabs",
    "governance",
    "printed_recomputed",
)
INFERENCE = config["inference"]
INFERENCE_FRAMES = ("associations", "influence", "nulls", "means", "sectors", "paired", "scales", "power")
INFERENCE_FIGURES = ("association", "influence", "null", "power")
TESTED = [dataset for dataset in DATASETS if SIZES[dataset] <= INFERENCE["largest"]]
CHOICES = {key: config[key] for key in ("missing", "degree", "index_weights")}  # a change reruns what rests on them


wildcard_constraints:
    dataset="|".join(DATASETS),
    reading="|".join(READINGS),
    study="|".join(map(re.escape, STUDIES)) or "none",


def library(*names):
    """The files of these library modules and of all that they import or fill: an edit to any of them reruns the rule.

    They are no data, so no storage provider is asked for them.
    """
    return [local(f"{LIBRARY}/{file}") for file in sources(*names)] + [local("workflow/scripts/_stage.py")]


def caption_of(table):
    """The caption of a table's layout, in words that hold its formula."""
    return f"{LIBRARY}/templates/captions/{PLAN.tables[table].layout}.rst"


def title_of(table):
    return PLAN.tables[table].title


def files_of_study(wildcards):
    """The files of a study that are read."""
    return [f"data/studies/{wildcards.study}/{name}" for name in PLAN.studies[wildcards.study]]


def indices_of_studies(wildcards):
    """The indices of the studies that a dataset holds."""
    return expand("results/studies/{study}/indices.csv", study=STUDIES) if wildcards.dataset == "extended" else []


def sectors_of(wildcards):
    """The list of a dataset's sectors."""
    return "results/extended/sectors.csv" if wildcards.dataset == "extended" else "data/report/sectors.csv"


def described_studies(wildcards):
    """What describes the studies that a dataset holds."""
    return expand("data/studies/{study}/study.yaml", study=STUDIES) if wildcards.dataset == "extended" else []
