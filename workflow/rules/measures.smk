rule measures:
    # Indices, sector averages, cross-tabulations and value chains of a dataset, as printed and as recomputed.
    input:
        clusters="results/{dataset}/clusters.csv",
        cells="results/report/cells.csv",
        studies=indices_of_studies,
        code=library("measures.measures", "measures.governance"),
    output:
        indices=expand("results/{{dataset}}/{reading}/indices.csv", reading=READINGS),
        sector_averages=expand("results/{{dataset}}/{reading}/sector_averages.csv", reading=READINGS),
        sector_counts=expand("results/{{dataset}}/{reading}/sector_counts.csv", reading=READINGS),
        crosstabs=expand("results/{{dataset}}/{reading}/crosstabs.csv", reading=READINGS),
        governance="results/{dataset}/governance.csv",
    log:
        "logs/{dataset}/measures.log",
    benchmark:
        "logs/{dataset}/measures.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        choices=CHOICES,
    message:
        "Measuring the clusters of dataset {wildcards.dataset}"
    script:
        "../scripts/measures.py"
