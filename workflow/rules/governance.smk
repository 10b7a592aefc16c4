rule governance:
    # Which clusters take part in which kinds of value chain.
    input:
        clusters="results/{dataset}/clusters.csv",
        code=library("measures.governance"),
    output:
        governance="results/{dataset}/governance.csv",
    log:
        "logs/{dataset}/governance.log",
    conda:
        "../../environment.yml"
    message:
        "Counting the value chains, dataset {wildcards.dataset}"
    script:
        "../scripts/governance.py"
