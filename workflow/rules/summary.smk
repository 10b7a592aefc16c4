rule summary:
    # Three lines: what was made, what was found, where to look.
    input:
        cells="results/report/cells.csv",
        indices=expand("results/report/{reading}/indices.csv", reading=READINGS),
        averages=expand("results/report/{reading}/sector_averages.csv", reading=READINGS),
        crosstabs=expand("results/report/{reading}/crosstabs.csv", reading=READINGS),
        code=library("run.summary"),
    output:
        "results/summary.txt",
    log:
        "logs/summary.log",
    conda:
        "../../environment.yml"
    params:
        tables=TABLES,
        figures=len(FIGURES) + 1,  # and the claims
    message:
        "Summing up"
    script:
        "../scripts/summary.py"
