# The whole workflow: what is made, and the rules in the order in which the data flow.
# `snakemake --cores 4` makes everything; `snakemake --report report.html` then packs it into one page.

from snakemake.utils import min_version

min_version("9.0")


configfile: "config.yaml"


report: "workflow/report/workflow.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/ingest.smk"
include: "workflow/rules/clusters.smk"
include: "workflow/rules/studies.smk"
include: "workflow/rules/indices.smk"
include: "workflow/rules/averages.smk"
include: "workflow/rules/crosstabs.smk"
include: "workflow/rules/governance.smk"
include: "workflow/rules/audit.smk"
include: "workflow/rules/tables.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/claims.smk"
include: "workflow/rules/inference.smk"
include: "workflow/rules/notebook.smk"
include: "workflow/rules/summary.smk"


rule all:
    default_target: True
    input:
        "results/summary.txt",
        rules.audit.output,
        rules.tables.output,
        rules.figures.output,
        rules.claims.output,
        expand(rules.averages.output, dataset=DATASETS),
        expand(rules.crosstabs.output, dataset=DATASETS),
        expand(rules.governance.output, dataset=DATASETS),
        expand(rules.inference_pages.output, dataset=TESTED),
        expand(rules.study.output, study=STUDIES),
        expand(rules.study_audit.output, study=STUDIES),
        rules.notebook.output,
        rules.inference_notebook.output,
    message:
        "Everything is made"


onsuccess:
    summaries = [f"results/studies/{study}/audit/summary.txt" for study in STUDIES]
    for path in map(Path, ("results/summary.txt", "results/audit/summary.txt", *summaries)):
        if path.is_file() and "new_study" not in sys.argv:
            print(path.read_text(encoding="utf-8"), end="")
    for dataset in set(DATASETS) - set(TESTED):
        print(f"Not tested: {dataset}, {SIZES[dataset]:,} clusters; config.yaml says inference.largest.")
