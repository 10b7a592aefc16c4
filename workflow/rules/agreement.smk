rule agreement:
    # Clusters of the report that a study scores again, compared with the report.
    input:
        report="results/report/clusters.csv",
        report_indices="results/report/recomputed/indices.csv",
        clusters="results/studies/{study}/clusters.csv",
        indices="results/studies/{study}/indices.csv",
        code=library("studies.agreement", "studies.agreement_figure"),
    output:
        agreement="results/studies/{study}/agreement.csv",
        limits="results/studies/{study}/limits.csv",
        differences="results/studies/{study}/differences.csv",
        png="results/studies/{study}/bland_altman.png",
        svg=report(
            "results/studies/{study}/bland_altman.svg",
            caption="../collective_efficiency/templates/captions/bland_altman.rst",
            category="Studies",
            labels={"study": "{study}", "exhibit": "scored again"},
        ),
    log:
        "logs/studies/{study}/agreement.log",
    conda:
        "../../environment.yml"
    message:
        "Comparing the study {wildcards.study} with the report"
    script:
        "../scripts/agreement.py"
