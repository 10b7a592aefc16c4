rule ingest:
    # The transcription, checked and typed, one row a printed cell.
    input:
        report=REPORT_DATA,
        code=library("report.ingest"),
    output:
        cells="results/report/cells.csv",
    log:
        "logs/ingest.log",
    benchmark:
        "logs/ingest.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=200,
        runtime=5,
    message:
        "Checking the transcription and typing its cells"
    script:
        "../scripts/ingest.py"


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
    benchmark:
        "logs/clusters.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=200,
        runtime=5,
    message:
        "Laying out the clusters"
    script:
        "../scripts/clusters.py"


rule check_text:
    # Optional: transcription and facts against the reader's own copy of the report's text (config: report_text).
    input:
        report=REPORT_DATA + ["data/report/claims.yaml"],
        text=local(config["report_text"]) if config["report_text"] else [],
        code=library("report.check_text"),
    output:
        confirmed="results/report/text_check.txt",
    log:
        "logs/check_text.log",
    benchmark:
        "logs/check_text.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=200,
        runtime=5,
    message:
        "Comparing every transcribed cell and every fact with the text of the report"
    script:
        "../scripts/check_text.py"
