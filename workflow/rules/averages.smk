rule averages:
    # Means by sector, and how many clusters stand behind each.
    input:
        clusters="results/{dataset}/clusters.csv",
        indices=expand("results/{{dataset}}/{reading}/indices.csv", reading=READINGS),
        code=library("measures.averages"),
    output:
        averages=expand("results/{{dataset}}/{reading}/sector_averages.csv", reading=READINGS),
        counts=expand("results/{{dataset}}/{reading}/sector_counts.csv", reading=READINGS),
    log:
        "logs/{dataset}/averages.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
    message:
        "Averaging by sector, dataset {wildcards.dataset}"
    script:
        "../scripts/averages.py"
