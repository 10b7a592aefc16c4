rule audit:
    # A verdict on every printed cell, the findings with what explains them and what they change, held against decisions.
    input:
        report=REPORT_DATA,
        checks="data/report/checks.yaml",
        adjudications="data/report/adjudications.yaml",
        claims="data/report/claims.yaml",
        policy="data/report/policy.yaml",
        code=library("audit.audit"),
    output:
        cells="results/audit/cells.csv",
        findings="results/audit/findings.csv",
        put_right="results/audit/put_right.csv",
        rounding="results/audit/rounding.csv",
        checks="results/audit/checks.csv",
        missing="results/audit/missing.csv",
        summary="results/audit/summary.json",
        page="results/audit/summary.md",
        lines="results/audit/summary.txt",
    log:
        "logs/audit.log",
    benchmark:
        "logs/audit.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    message:
        "Auditing every printed cell"
    script:
        "../scripts/audit.py"
