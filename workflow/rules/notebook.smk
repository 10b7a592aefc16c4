rule notebook:
    # From the printed scores of one sector to its cross-tabulation, run from top to bottom.
    input:
        notebook="notebooks/traditional.ipynb",
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        indices="results/report/recomputed/indices.csv",
        crosstabs="results/report/recomputed/crosstabs.csv",
        code=library("crosstabs", "averages", "indices"),
    output:
        report(
            "results/notebooks/traditional.html",
            caption="../report/notebook.rst",
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
