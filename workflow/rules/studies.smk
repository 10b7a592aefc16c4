rule study:
    # A study's clusters as it scores them, one row a cluster and rater, its raters combined, and its indices.
    input:
        files=files_of_study,
        master="data/report/clusters.csv",
        sectors="data/report/sectors.csv",
        schema="workflow/collective_efficiency/schemas/study.schema.yaml",
        columns="workflow/collective_efficiency/schemas/study_columns.yaml",
        code=library("studies.results"),
    output:
        ratings="results/studies/{study}/ratings.csv",
        clusters="results/studies/{study}/clusters.csv",
        indices="results/studies/{study}/indices.csv",
        notes="results/studies/{study}/notes.csv",
    log:
        "logs/studies/{study}/study.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
        raters=config["raters"],
    message:
        "Reading the study {wildcards.study}"
    script:
        "../scripts/study.py"


rule study_audit:
    # What a study prints beside its scores (indices, degrees, totals, averages), judged as the report's numbers are.
    input:
        files=files_of_study,
        master="data/report/clusters.csv",
        sectors="data/report/sectors.csv",
        schema="workflow/collective_efficiency/schemas/study.schema.yaml",
        columns="workflow/collective_efficiency/schemas/study_columns.yaml",
        checks="data/studies/_checks.yaml",
        checks_schema="workflow/collective_efficiency/schemas/checks.schema.yaml",
        code=library("studies.results", "studies.study_audit"),
    output:
        cells="results/studies/{study}/audit/cells.csv",
        findings="results/studies/{study}/audit/findings.csv",
        rounding="results/studies/{study}/audit/rounding.csv",
        checks="results/studies/{study}/audit/checks.csv",
        lines="results/studies/{study}/audit/summary.txt",
    log:
        "logs/studies/{study}/study_audit.log",
    conda:
        "../../environment.yml"
    params:
        raters=config["raters"],
    message:
        "Auditing what the study {wildcards.study} prints"
    script:
        "../scripts/study_audit.py"


rule extended:
    # The report's clusters and the new ones of every enabled study, and the sectors of them all.
    input:
        clusters="results/report/clusters.csv",
        sectors="data/report/sectors.csv",
        studies=expand("results/studies/{study}/clusters.csv", study=STUDIES),
        described=expand("data/studies/{study}/study.yaml", study=STUDIES),
        schema="workflow/collective_efficiency/schemas/study.schema.yaml",
        code=library("studies.extended", "studies.described"),
    output:
        clusters="results/extended/clusters.csv",
        sectors="results/extended/sectors.csv",
    log:
        "logs/extended/extended.log",
    conda:
        "../../environment.yml"
    message:
        "Adding the clusters of the studies to those of the report"
    script:
        "../scripts/extended.py"


rule new_study:
    # Lays out the folder of a new study: snakemake --cores 1 new_study --config name=ethiopia
    input:
        template=expand("data/studies/_template/{file}", file=["study.yaml", "clusters.csv"]),
        code=library("studies.study"),
    log:
        "logs/new_study.log",
    conda:
        "../../environment.yml"
    params:
        name=config["name"],
    message:
        "Laying out a new study"
    script:
        "../scripts/new_study.py"
