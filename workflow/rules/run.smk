NOTEBOOKS = {
    "traditional": "From printed scores to a cross-tabulation",
    "inference": "Which test for small, tied, stratified scores",
}
if STUDIES:
    NOTEBOOKS["studies"] = "What the enabled studies add"


rule notebooks:
    # Each notebook, run from top to bottom, as a page; one job, for a kernel takes longer to start than to work.
    input:
        notebooks=[local(f"notebooks/{name}.ipynb") for name in NOTEBOOKS],
        read=[  # by relative paths, as a reader's own copy of a notebook does it
            "results/report/cells.csv",
            "results/report/clusters.csv",
            "results/report/recomputed/indices.csv",
            "results/report/recomputed/crosstabs.csv",
            "results/report/recomputed/inference/associations.csv",
            "results/report/recomputed/inference/power.csv",
        ],
        read_of_studies=(
            [
                "results/extended/clusters.csv",
                "results/extended/recomputed/indices.csv",
                "results/extended/comparison.csv",
            ]
            if STUDIES
            else []
        ),
        code=library(
            "run.notebooks",
            "run.notebook_config",
            "choices",
            "measures.averages",
            "measures.crosstabs",
            "measures.indices",
            "inference.effects",
            "inference.enumeration",
            "inference.exact",
            "inference.plan",
            "numbers.scores",
            "words",
        ),
    output:
        pages=[
            report(
                f"results/notebooks/{name}.html",
                caption=f"../collective_efficiency/templates/captions/notebook_{name}.rst",
                category="Notebooks",
                labels={"notebook": title},
            )
            for name, title in NOTEBOOKS.items()
        ],
    log:
        "logs/notebooks.log",
    benchmark:
        "logs/notebooks.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        choices=CHOICES,
        raters=config["raters"],
        plan=INFERENCE,
    message:
        "Running the notebooks"
    script:
        "../scripts/notebooks.py"


rule summary:
    # A few lines: what was made, what was found, what the choices change, where to look.
    input:
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        printed="results/report/printed/indices.csv",
        code=library("run.summary"),
    output:
        lines="results/summary.txt",
    log:
        "logs/summary.log",
    benchmark:
        "logs/summary.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=200,
        runtime=5,
    params:
        choices=CHOICES,
        tables=len(TABLES),
        figures=len(FIGURES) + 1,  # and the claims
    message:
        "Summing up"
    script:
        "../scripts/summary.py"
