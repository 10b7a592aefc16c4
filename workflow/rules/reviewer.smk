rule reviewer_page:
    # The audit as one page for a reviewer, and as one workbook.
    input:
        report=REPORT_DATA,
        checks="data/report/checks.yaml",
        adjudications="data/report/adjudications.yaml",
        reviews=REVIEWS,
        ledger="data/report/claims.yaml",
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        audit=expand(
            "results/audit/{name}.csv", name=["cells", "findings", "put_right", "rounding", "claims", "claim_readings"]
        ),
        advice="results/policy/policy.csv",
        summary="results/audit/summary.json",
        figures=expand("results/figures/{name}.svg", name=["printed_recomputed", "claims"]),
        code=library("reviewer.reviewer_page", "reviewer.workbook"),
    output:
        page=report(
            "results/audit/index.html",
            caption="../collective_efficiency/templates/captions/reviewer_page.rst",
            category="Audit",
            labels={"page": "The reviewer's page"},
        ),
        workbook="results/audit/audit.xlsx",
    log:
        "logs/reviewer_page.log",
    benchmark:
        "logs/reviewer_page.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        choices=CHOICES,
    message:
        "Laying out the reviewer's page and workbook"
    script:
        "../scripts/reviewer_page.py"
