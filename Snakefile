# The whole workflow: what is made, and the rules in the order in which the data flow.
# `snakemake --cores 4` makes everything; `snakemake --report report.html` then packs it into one page.

from snakemake.utils import min_version

min_version("9.27")


include: "workflow/rules/config.smk"  # reads config.yaml strictly, before Snakemake does


configfile: "config.yaml"


report: "workflow/collective_efficiency/templates/captions/workflow.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/studies.smk"
include: "workflow/rules/measures.smk"
include: "workflow/rules/audit.smk"
include: "workflow/rules/exhibits.smk"
include: "workflow/rules/claims.smk"
include: "workflow/rules/reviewer.smk"
include: "workflow/rules/inference.smk"
include: "workflow/rules/robustness.smk"
include: "workflow/rules/policy.smk"
include: "workflow/rules/run.smk"


rule all:
    default_target: True
    input:
        MADE,
        rules.index.output,
    message:
        "Everything is made"


onsuccess:
    settings = workflow.dag_settings
    if (
        {*settings.targets} <= {"all"} and not settings.until and not settings.omit_from
    ):  # the summaries are of this run
        summaries = ["results/summary.txt", "results/audit/summary.txt"]
        summaries += [f"results/studies/{study}/audit/summary.txt" for study in STUDIES]
        for path in filter(Path.is_file, map(Path, summaries)):  # a storage provider keeps them elsewhere
            print(path.read_text(encoding="utf-8"), end="")
        if STUDIES:
            print("What the studies change: results/extended/comparison.html.")
        for dataset in DATASETS:
            if dataset not in TESTED:
                print(f"Not tested: {dataset}, {SIZES[dataset]:,} clusters; config.yaml says inference.largest.")
    studied = [path.name for path in Path("results/studies").glob("*")]
    left = [path for path in possible_leftovers(PLAN, studied, TESTED) if Path(path).exists()]
    print(leftovers_line(left), end="")
