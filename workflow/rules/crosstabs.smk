rule crosstabs:
    # Mean upgrading by degree of collective efficiency, for each sector and for all.
    input:
        clusters="results/{dataset}/clusters.csv",
        indices=expand("results/{{dataset}}/{reading}/indices.csv", reading=READINGS),
        code=library("measures.crosstabs", "measures.averages"),
    output:
        crosstabs=expand("results/{{dataset}}/{reading}/crosstabs.csv", reading=READINGS),
    log:
        "logs/{dataset}/crosstabs.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
    message:
        "Crossing the degree with upgrading, dataset {wildcards.dataset}"
    script:
        "../scripts/crosstabs.py"
