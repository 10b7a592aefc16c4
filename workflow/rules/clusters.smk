rule clusters:
    # One row a cluster, with what the text layer lost and the printed sums give back.
    input:
        master="data/report/clusters.csv",
        cells="results/report/cells.csv",
        code=library("clusters"),
    output:
        clusters="results/report/clusters.csv",
        deduced="results/report/deduced.csv",
    log:
        "logs/clusters.log",
    message:
        "Laying out the clusters"
    script:
        "../scripts/clusters.py"
