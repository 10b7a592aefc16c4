rule page:
    # The audit as one page for a reviewer, and as one workbook.
    input:
        report=REPORT_DATA,
        checks="data/report/checks.yaml",
        adjudications="data/report/adjudications.yaml",
        ledger="data/report/claims.yaml",
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        indices=expand("results/report/{reading}/indices.csv", reading=READINGS),
        audit=expand("results/audit/{name}.csv", name=["cells", "findings", "rounding", "claims"]),
        summary="results/audit/summary.json",
        figures=expand("results/figures/{name}.svg", name=["printed_recomputed", "claims"]),
        schemas=expand("workflow/collective_efficiency/schemas/{name}.schema.yaml", name=["claims"]),
        parts=expand(
            "workflow/collective_efficiency/templates/reviewer/{name}", name=["index.html.j2", "page.css", "page.js"]
        ),
        code=library("reviewer.payload", "reviewer.page", "reviewer.whatif", "reviewer.workbook"),
    output:
        page=report(
            "results/audit/index.html",
            caption="../collective_efficiency/templates/captions/page.rst",
            category="Audit",
            labels={"page": "The reviewer's page"},
        ),
        workbook="results/audit/audit.xlsx",
    log:
        "logs/page.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
    message:
        "Laying out the reviewer's page and workbook"
    script:
        "../scripts/page.py"
