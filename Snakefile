# The whole workflow: what is made, and the rules in the order in which the data flow.
# `snakemake --cores 4` makes everything; `snakemake --report report.html` then packs it into one page.

from snakemake.utils import min_version

min_version("9.0")


configfile: "config.yaml"


report: "workflow/collective_efficiency/templates/captions/workflow.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/ingest.smk"
include: "workflow/rules/clusters.smk"
include: "workflow/rules/studies.smk"
include: "workflow/rules/measures.smk"
include: "workflow/rules/audit.smk"
include: "workflow/rules/tables.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/claims.smk"
include: "workflow/rules/page.smk"
include: "workflow/rules/inference.smk"
include: "workflow/rules/notebook.smk"
include: "workflow/rules/reliability.smk"
include: "workflow/rules/agreement.smk"
include: "workflow/rules/comparison.smk"
include: "workflow/rules/exports.smk"
include: "workflow/rules/summary.smk"


rule all:
    default_target: True
    input:
        "results/summary.txt",
        rules.audit.output,
        rules.tables.output,
        rules.figures.output,
        rules.claims.output,
        rules.page.output,
        expand(rules.measures.output, dataset=DATASETS),
        expand(rules.inference_pages.output, dataset=TESTED),
        expand(rules.study.output, study=STUDIES),
        expand(rules.study_audit.output, study=STUDIES),
        expand(rules.reliability.output, study=RATED),
        expand(rules.agreement.output, study=SCORED_AGAIN),
        rules.extended_figures.output if "extended" in TESTED else [],
        rules.comparison.output if STUDIES else [],
        rules.studies_notebook.output if STUDIES else [],
        expand(rules.exports.output, dataset=DATASETS),
        rules.notebook.output,
        rules.inference_notebook.output,
    message:
        "Everything is made"


onsuccess:
    summaries = [f"results/studies/{study}/audit/summary.txt" for study in STUDIES]
    for path in map(Path, ("results/summary.txt", "results/audit/summary.txt", *summaries)):
        if path.is_file() and "new_study" not in sys.argv:  # it is not where a single target was asked for
            print(path.read_text(encoding="utf-8"), end="")
    if STUDIES and Path("results/extended/comparison.html").is_file():
        print("What the studies change: results/extended/comparison.html.")
    for dataset in set(DATASETS) - set(TESTED):
        print(f"Not tested: {dataset}, {SIZES[dataset]:,} clusters; config.yaml says inference.largest.")
