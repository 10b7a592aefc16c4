rule averages:
    # Means by sector, and how many clusters stand behind each.
    input:
        clusters="results/{dataset}/clusters.csv",
        indices=expand("results/{{dataset}}/{reading}/indices.csv", reading=READINGS),
        schema="workflow/schemas/config.schema.yaml",
        code=library("averages"),
    output:
        averages=expand("results/{{dataset}}/{reading}/sector_averages.csv", reading=READINGS),
        counts=expand("results/{{dataset}}/{reading}/sector_counts.csv", reading=READINGS),
    params:
        choices=CHOICES,
    log:
        "logs/{dataset}/averages.log",
    message:
        "Averaging by sector, dataset {wildcards.dataset}"
    script:
        "../scripts/averages.py"
