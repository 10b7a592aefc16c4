rule notebook:
    # From the printed scores of one sector to its cross-tabulation, run from top to bottom.
    input:
        notebook="notebooks/traditional.ipynb",
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        indices="results/report/recomputed/indices.csv",
        crosstabs="results/report/recomputed/crosstabs.csv",
        code=library("measures.crosstabs", "measures.averages", "measures.indices"),
    output:
        report(
            "results/notebooks/traditional.html",
            caption="../collective_efficiency/templates/captions/notebook.rst",
            category="Notebooks",
            labels={"notebook": "From printed scores to a cross-tabulation"},
        ),
    log:
        "logs/notebook.log",
    conda:
        "../../environment.yml"
    message:
        "Running the notebook"
    script:
        "../scripts/notebook.py"


rule studies_notebook:
    # What the enabled studies add, step by step.
    input:
        notebook="notebooks/studies.ipynb",
        clusters="results/extended/clusters.csv",
        indices="results/extended/recomputed/indices.csv",
        comparison="results/extended/comparison.csv",
        code=library("words"),
    output:
        report(
            "results/notebooks/studies.html",
            caption="../collective_efficiency/templates/captions/studies_notebook.rst",
            category="Notebooks",
            labels={"notebook": "What the enabled studies add"},
        ),
    log:
        "logs/studies_notebook.log",
    conda:
        "../../environment.yml"
    message:
        "Running the notebook on the studies"
    script:
        "../scripts/notebook.py"
