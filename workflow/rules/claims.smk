rule claims:
    # Every checkable statement of the report's text, executed against its tables under both readings.
    input:
        ledger="data/report/claims.yaml",
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        indices=expand("results/report/{reading}/indices.csv", reading=READINGS),
        schema="workflow/schemas/claims.schema.yaml",
        config_schema="workflow/schemas/config.schema.yaml",
        template="workflow/report/claims.html.j2",
        code=library("claims", "claim_pages", "claim_figure"),
    output:
        csv="results/audit/claims.csv",
        pairs="results/audit/contradictions.csv",
        md="results/audit/claims.md",
        html=report(
            "results/audit/claims.html",
            caption="../report/claims.rst",
            category="Audit",
            labels={"page": "Claims"},
        ),
        png="results/figures/claims.png",
        svg=report(
            "results/figures/claims.svg",
            caption="../report/claims.rst",
            category="Figures",
            labels={"figure": "claims"},
        ),
    log:
        "logs/claims.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
    message:
        "Testing the claims of the report"
    script:
        "../scripts/claims.py"
