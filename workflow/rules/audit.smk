rule audit:
    # A verdict on every printed cell, the findings with what explains them and what they change, held against decisions.
    input:
        report=REPORT_DATA,
        checks="data/report/checks.yaml",
        adjudications="data/report/adjudications.yaml",
        claims="data/report/claims.yaml",
        policy="data/report/policy.yaml",
        reviews=REVIEWS,
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


rule audit_part:
    # Some of the other reports (data/audits), each audited by itself: what it came to and its findings, a line a report.
    input:
        files=files_of_part,
        code=library("audit.audit_part"),
    output:
        lines="results/audits/parts/{part}.jsonl",
    log:
        "logs/audits/{part}/audit_part.log",
    benchmark:
        "logs/audits/{part}/audit_part.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1000,
        runtime=30,
    params:
        reports=reports_of_part,
        missing=config["missing"],
    message:
        "Auditing other reports, part {wildcards.part}"
    script:
        "../scripts/audit_part.py"


rule audits:
    # What the audits of all other reports came to: a line a report, and a line a finding.
    input:
        parts=expand("results/audits/parts/{part}.jsonl", part=range(len(AUDIT_PARTS))),
        code=library("audit.audits"),
    output:
        reports="results/audits/reports.csv",
        findings="results/audits/findings.csv",
    log:
        "logs/audits.log",
    benchmark:
        "logs/audits.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    message:
        "Putting the audits of other reports together"
    script:
        "../scripts/audits.py"
