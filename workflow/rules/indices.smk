rule indices:
    # eei, jai, ce and degree: as printed, and recomputed from the items.
    input:
        clusters="results/{dataset}/clusters.csv",
        cells="results/report/cells.csv",
        studies=indices_of_studies,
        code=library("measures.indices", "studies.extended"),
    output:
        printed="results/{dataset}/printed/indices.csv",
        recomputed="results/{dataset}/recomputed/indices.csv",
    log:
        "logs/{dataset}/indices.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
    message:
        "Computing the indices of dataset {wildcards.dataset}"
    script:
        "../scripts/indices.py"
