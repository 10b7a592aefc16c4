rule new_study:
    # Lays out the folder of a new study: snakemake --cores 1 new_study --config name=ethiopia
    # No benchmark: it has no output, and Snakemake takes a rule for done whose benchmark is there.
    input:
        code=library("studies.new_study"),
    log:
        "logs/new_study.log",
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=1,
    params:
        name=config["name"],
    message:
        "Laying out a new study"
    script:
        "../scripts/new_study.py"


rule study:
    # A study's clusters as it scores them, one row a cluster and rater, its raters combined, and its indices.
    input:
        files=files_of_study,
        master="data/report/clusters.csv",
        sectors="data/report/sectors.csv",
        code=library("studies.study_results"),
    output:
        ratings="results/studies/{study}/ratings.csv",
        clusters="results/studies/{study}/clusters.csv",
        indices="results/studies/{study}/indices.csv",
        notes="results/studies/{study}/notes.csv",
    log:
        "logs/studies/{study}/study.log",
    benchmark:
        "logs/studies/{study}/study.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1000,
        runtime=5,
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
        checks="data/studies/_checks.yaml",
        code=library("studies.study_audit", "studies.audit_page"),
    output:
        cells="results/studies/{study}/audit/cells.csv",
        findings="results/studies/{study}/audit/findings.csv",
        rounding="results/studies/{study}/audit/rounding.csv",
        checks="results/studies/{study}/audit/checks.csv",
        lines="results/studies/{study}/audit/summary.txt",
        page=report(
            "results/studies/{study}/audit/index.html",
            caption="../collective_efficiency/templates/captions/param.rst",
            category="Studies",
            labels={"study": "{study}", "exhibit": "audit of what it prints"},
        ),
    log:
        "logs/studies/{study}/study_audit.log",
    benchmark:
        "logs/studies/{study}/study_audit.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        raters=config["raters"],
        missing=config["missing"],
        caption="The verdict on every index, degree, total and average that the study prints itself.",
    message:
        "Auditing what the study {wildcards.study} prints"
    script:
        "../scripts/study_audit.py"


rule reliability:
    # How far the raters of a study agree, and what they should talk about.
    input:
        ratings="results/studies/{study}/ratings.csv",
        clusters="results/studies/{study}/clusters.csv",
        code=library(
            "studies.reliability", "studies.disagreements", "studies.rater_pages", "studies.reliability_figure"
        ),
    output:
        alphas="results/studies/{study}/reliability.csv",
        disagreements="results/studies/{study}/disagreements.csv",
        page=report(
            "results/studies/{study}/disagreements.html",
            caption="../collective_efficiency/templates/captions/param.rst",
            category="Studies",
            labels={"study": "{study}", "exhibit": "raters"},
        ),
        png="results/studies/{study}/reliability.png",
        caption="results/studies/{study}/reliability.md",
        svg=report(
            "results/studies/{study}/reliability.svg",
            caption="../collective_efficiency/templates/captions/param.rst",
            category="Studies",
            labels={"study": "{study}", "exhibit": "agreement of raters by item"},
        ),
    log:
        "logs/studies/{study}/reliability.log",
    benchmark:
        "logs/studies/{study}/reliability.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        choices=CHOICES,
        plan=INFERENCE,
        caption=caption_of_raters,
    message:
        "Comparing the raters of the study {wildcards.study}"
    script:
        "../scripts/reliability.py"


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
        caption="results/studies/{study}/bland_altman.md",
        svg=report(
            "results/studies/{study}/bland_altman.svg",
            caption="../collective_efficiency/templates/captions/param.rst",
            category="Studies",
            labels={"study": "{study}", "exhibit": "scored again"},
        ),
    log:
        "logs/studies/{study}/agreement.log",
    benchmark:
        "logs/studies/{study}/agreement.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        caption=caption_of_agreement,
    message:
        "Comparing the study {wildcards.study} with the report"
    script:
        "../scripts/agreement.py"


rule extended:
    # The report's clusters and the new ones of every enabled study, and the sectors of them all.
    input:
        clusters="results/report/clusters.csv",
        sectors="data/report/sectors.csv",
        studies=expand("results/studies/{study}/clusters.csv", study=STUDIES),
        described=expand("data/studies/{study}/study.yaml", study=STUDIES),
        code=library("studies.extended", "studies.described"),
    output:
        clusters="results/extended/clusters.csv",
        sectors="results/extended/sectors.csv",
    log:
        "logs/extended/extended.log",
    benchmark:
        "logs/extended/extended.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=2,
    message:
        "Adding the clusters of the studies to those of the report"
    script:
        "../scripts/extended.py"


rule comparison:
    # What the new clusters change: in five sentences, and every average, order, cross-tabulation and association.
    input:
        averages=expand("results/report/{reading}/sector_averages.csv", reading=READINGS),
        new_averages=expand("results/extended/{reading}/sector_averages.csv", reading=READINGS),
        crosstabs=expand("results/report/{reading}/crosstabs.csv", reading=READINGS),
        new_crosstabs=expand("results/extended/{reading}/crosstabs.csv", reading=READINGS),
        associations=associations_of("report"),
        new_associations=associations_of("extended"),
        indices=expand("results/extended/{reading}/indices.csv", reading=READINGS),
        clusters="results/extended/clusters.csv",
        sectors="results/extended/sectors.csv",
        described=expand("data/studies/{study}/study.yaml", study=STUDIES),
        code=library("studies.comparison", "studies.comparison_pages", "choices"),
    output:
        csv="results/extended/comparison.csv",
        changes="results/extended/changes.csv",
        md="results/extended/comparison.md",
        html=report(
            "results/extended/comparison.html",
            caption="../collective_efficiency/templates/captions/param.rst",
            category="Studies",
            labels={"study": "all", "exhibit": "what the new clusters change"},
        ),
    log:
        "logs/extended/comparison.log",
    benchmark:
        "logs/extended/comparison.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=2,
    params:
        missing=config["missing"],
        families=INFERENCE["families"],
        caption=said("comparison", "report and extended", *READINGS),
    message:
        "Comparing the extended dataset with the report's"
    script:
        "../scripts/comparison.py"
