# What the rules share: the library on the path, the checked choices, and the names of things.

import re
import shlex
import sys
from pathlib import Path

import yaml
from snakemake.exceptions import WorkflowError

sys.path.insert(0, str(Path(workflow.basedir, "workflow")))
sys.executable = shlex.quote(sys.executable)  # Snakemake 9 runs scripts with it and does not quote it itself

from collective_efficiency.choices import Choices, read_choices
from collective_efficiency.claims import Data, read_ledger
from collective_efficiency.ingest import cell_records, read_report
from collective_efficiency.inputs import read_documents
from collective_efficiency.problems import BadInputError
from collective_efficiency.words import READINGS

LIBRARY = "workflow/collective_efficiency"
DATASETS = ("report",)
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


def library(*names):
    """The files of these library modules and of all that they import: an edit to any of them reruns the rule.

    A module of a subpackage is named with dots; it brings the subpackage's own file with it.
    """
    found, todo = {}, ["__init__", *names]
    while todo:
        name = todo.pop()
        if name not in found:
            path = Path(*name.split("."))
            path = path / "__init__.py" if Path(workflow.basedir, LIBRARY, path).is_dir() else path.with_suffix(".py")
            text = Path(workflow.basedir, LIBRARY, path).read_text(encoding="utf-8")
            found[name] = f"{LIBRARY}/{path.as_posix()}"
            todo += re.findall(r"^\s*from collective_efficiency\.([\w.]+) import", text, re.MULTILINE)
            todo += [name.rpartition(".")[0]] if "." in name else []
    return sorted(found.values()) + ["workflow/scripts/_stage.py"]


def read_yaml(path):
    """A YAML file of the project itself, read from where snakemake runs."""
    return yaml.load(Path(path).read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def caption_of(table):
    """The caption of a table's layout, in words that hold its formula."""
    return f"workflow/report/{DESCRIBED[table]['layout']}.rst"


def title_of(table):
    return DESCRIBED[table]["title"]


def check_inputs():
    """Stop before any rule runs, and say every problem, if what people wrote in config.yaml or data/report is bad."""
    if not Path("data/report").is_dir():
        raise WorkflowError("There is no data/report here: run snakemake in the project's folder.")
    schemas = {path.name.partition(".")[0]: read_yaml(path) for path in Path("workflow/schemas").glob("*.schema.yaml")}
    try:
        read_choices(config, schemas["config"])
        printed = read_report({Path(path).name: Path(path).read_bytes() for path in REPORT_DATA}, schemas["tables"])
        words = Data(cell_records(printed), printed.clusters, {}, Choices()).vocabulary
        read_ledger("claims.yaml", Path("data/report/claims.yaml").read_bytes(), schemas["claims"], words)
        read_documents({name: Path(f"data/report/{name}.yaml").read_bytes() for name in DECISIONS}, schemas)
    except BadInputError as error:
        raise WorkflowError(str(error)) from None


check_inputs()
DESCRIBED = read_yaml("data/report/tables.yaml")["tables"]
INFERENCE = config["inference"]
CHOICES = {key: config[key] for key in ("missing", "degree", "index_weights")}  # a change reruns what rests on them
