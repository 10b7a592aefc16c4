rule claims:
    # Every checkable statement of the report's text, executed against its tables under both readings.
    input:
        ledger="data/report/claims.yaml",
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        associations=associations_of("report"),
        code=library("claims.claims"),
    output:
        csv="results/audit/claims.csv",
        readings="results/audit/claim_readings.csv",
        pairs="results/audit/contradictions.csv",
        md="results/audit/claims.md",
        html=report(
            "results/audit/claims.html",
            caption=made_caption("results/figures/claims.md"),
            category="Audit",
            labels={"page": "Claims"},
        ),
        png="results/figures/claims.png",
        marks="results/figures/claims.csv",
        caption="results/figures/claims.md",
        svg=report(
            "results/figures/claims.svg",
            caption=made_caption("results/figures/claims.md"),
            category="Figures",
            labels={"figure": "The claims of the text, and what becomes of them"},
        ),
    log:
        "logs/claims.log",
    benchmark:
        "logs/claims.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        choices=CHOICES,
    message:
        "Testing the claims of the report"
    script:
        "../scripts/claims.py"
