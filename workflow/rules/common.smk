# What the rules share: the plan of the run, and the names of things.

import re
import shlex

from snakemake.io import regex_from_filepattern

# Snakemake 9 writes sys.executable into the shell command of every script (snakemake/script), and of every job that it
# spawns or submits, and never quotes it: an interpreter below a folder with a space in its name would not start. There
# is no setting for it. Elsewhere, and where the path holds nothing to quote, this changes nothing.
if shlex.quote(sys.executable) != sys.executable:
    sys.executable = shlex.quote(sys.executable)

from collective_efficiency.exhibits.exhibit import table_number
from collective_efficiency.exhibits.figure_titles import FIGURE_TITLES
from collective_efficiency.run.folders import below
from collective_efficiency.run.leftovers import leftovers_line, possible_leftovers
from collective_efficiency.run.sources import sources
from collective_efficiency.words import READINGS


include: "plan.smk"


LIBRARY = "workflow/collective_efficiency"
STUDIES = sorted(PLAN.studies)  # enabled by name in config.yaml
AUDITS = sorted(PLAN.audits)  # other reports, by name in config.yaml
IN_A_JOB = config["audits_in_a_job"]
AUDIT_PARTS = [AUDITS[start : start + IN_A_JOB] for start in range(0, len(AUDITS), IN_A_JOB)]
SIZES, RATED, SCORED_AGAIN = PLAN.sizes, PLAN.rated, PLAN.scored_again
DATASETS = ("report", "extended") if STUDIES else ("report",)
REPORT_DATA = [f"data/report/{name}.csv" for name in sorted([*PLAN.tables, "clusters", "sectors"])]
REPORT_DATA += ["data/report/tables.yaml"]
REVIEWS = sorted(str(path) for path in Path("data/report/reviews").glob("*.json"))  # marks of reviewers, a file each
REVIEWS += sorted(str(path) for path in Path("data/report/reviews").glob("*.yaml"))
TABLES = [f"A{number}" for number in range(1, 9)] + [f"T{number}" for number in range(3, 20)]
FIGURES = tuple(FIGURE_TITLES)
INFERENCE = config["inference"]
INFERENCE_FRAMES = (
    "associations",
    "influence",
    "nulls",
    "means",
    "sectors",
    "paired",
    "scales",
    "power",
    "blocks",
    "parts",
    "pooling",
)
INFERENCE_FIGURES = {
    "association": "Associations with upgrading",
    "slopes": "Slopes by sector, partially pooled",
    "influence": "Associations without each cluster in turn",
    "null": "Associations if there were none",
    "power": "Power by strength of the association",
}
TESTED = [dataset for dataset in DATASETS if SIZES[dataset] <= INFERENCE["largest"]]
CHOICES = {key: config[key] for key in ("missing", "degree", "index_weights")}  # a change reruns what rests on them


wildcard_constraints:
    dataset="|".join(DATASETS),
    reading="|".join(READINGS),
    study="|".join(map(re.escape, STUDIES)) or "none",
    part="[0-9]+",


def library(*names):
    """The files of these library modules and of all that they import or fill: an edit to any of them reruns the rule.

    They are no data, so no storage provider is asked for them.
    """
    of_every_script = ("files.csv_files", "files.yaml_files", "problems")  # what _stage.py reads and writes with
    return [local(f"{LIBRARY}/{file}") for file in sources(*names, *of_every_script)] + [
        local("workflow/scripts/_stage.py")
    ]


def captions_in(folder):
    """The templates of the captions in a folder: an edit to any of them reruns the rule that fills them."""
    return [local(path) for path in sorted(map(str, Path(LIBRARY, "templates/captions", folder).glob("*.j2")))]


def made_caption(path):
    """A caption that a rule writes, for the page of `snakemake --report`; only that command reads it."""
    return str(Path(path).resolve())


def said(name, dataset, *readings):
    """A caption with the choices of this run, for where wildcards name the file; the params hold it as `caption`."""
    from collective_efficiency.choices import read_choices
    from collective_efficiency.exhibits.captions import caption_markdown, caption_text

    return caption_markdown(caption_text(name, read_choices(config), dataset, *readings))


def caption_of_agreement(wildcards):
    return said("bland_altman", f"{wildcards.study} and report", "recomputed")


def caption_of_raters(wildcards):
    return said("reliability", wildcards.study)


def caption_of_multiverse(wildcards):
    return said("multiverse", wildcards.dataset, *config["robustness"]["multiverse"]["factors"]["reading"])


def caption_of_scoring_error(wildcards):
    return said("scoring_error", wildcards.dataset, "recomputed")


def files_of_study(wildcards):
    """The files of a study that are read."""
    return [f"data/studies/{wildcards.study}/{name}" for name in PLAN.studies[wildcards.study]]


def reports_of_part(wildcards):
    """The other reports that a job audits."""
    return AUDIT_PARTS[int(wildcards.part)]


def files_of_part(wildcards):
    """The files of these reports."""
    return [f"data/audits/{name}/{file}" for name in reports_of_part(wildcards) for file in PLAN.audits[name]]


def indices_of_studies(wildcards):
    """The indices of the studies that a dataset holds."""
    return expand("results/studies/{study}/indices.csv", study=STUDIES) if wildcards.dataset == "extended" else []


def sectors_of(wildcards):
    """The list of a dataset's sectors."""
    return "results/extended/sectors.csv" if wildcards.dataset == "extended" else "data/report/sectors.csv"


def described_studies(wildcards):
    """What describes the studies that a dataset holds."""
    return expand("data/studies/{study}/study.yaml", study=STUDIES) if wildcards.dataset == "extended" else []


def associations_of(dataset):
    """The associations of a dataset under both readings; none where it is too large to be tested."""
    paths = expand("results/{dataset}/{reading}/inference/associations.csv", dataset=dataset, reading=READINGS)
    return paths if dataset in TESTED else []


def makers(paths):
    """The scripts of the rules that make `paths`, by name, each with what it makes, wherever storage keeps them."""
    patterns = [
        (re.compile(regex_from_filepattern(below("results", str(output)))), maker)
        for maker in workflow.rules
        for output in maker.output
    ]
    made = {}
    for name in (below("results", str(path)) for path in paths):
        maker = next(maker for pattern, maker in patterns if pattern.match(name))
        made.setdefault(maker.name, (Path(maker.script).stem, []))[1].append(name)
    return made
