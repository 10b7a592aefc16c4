rule clusters:
    # One row a cluster: its scores, its upgrading and its governance, as printed.
    input:
        master="data/report/clusters.csv",
        cells="results/report/cells.csv",
        code=library("report.clusters"),
    output:
        clusters="results/report/clusters.csv",
    log:
        "logs/clusters.log",
    conda:
        "../../environment.yml"
    message:
        "Laying out the clusters"
    script:
        "../scripts/clusters.py"
