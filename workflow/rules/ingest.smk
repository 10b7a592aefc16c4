rule ingest:
    # The transcription, checked and typed, one row a printed cell.
    input:
        report=REPORT_DATA,
        schema="workflow/collective_efficiency/schemas/tables.schema.yaml",
        code=library("report.ingest"),
    output:
        cells="results/report/cells.csv",
    log:
        "logs/ingest.log",
    conda:
        "../../environment.yml"
    message:
        "Checking the transcription and typing its cells"
    script:
        "../scripts/ingest.py"


rule check_text:
    # Optional: the transcription against the reader's own copy of the report's text (config: report_text).
    input:
        report=REPORT_DATA,
        tables="data/report/tables.yaml",
        text=config["report_text"] or [],
        schema="workflow/collective_efficiency/schemas/tables.schema.yaml",
        code=library("report.ingest"),
    output:
        "results/report/text_check.txt",
    log:
        "logs/check_text.log",
    conda:
        "../../environment.yml"
    message:
        "Comparing every transcribed cell with the text of the report"
    script:
        "../scripts/check_text.py"
