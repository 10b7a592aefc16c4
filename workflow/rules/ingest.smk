rule ingest:
    # The transcription, checked and typed, one row a printed cell.
    input:
        report=REPORT_DATA,
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
        text=config["report_text"] or [],
        code=library("report.check_text"),
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
