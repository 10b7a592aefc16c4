rule reliability:
    # How far the raters of a study agree, and where they do not.
    input:
        ratings="results/studies/{study}/ratings.csv",
        clusters="results/studies/{study}/clusters.csv",
        code=library("studies.reliability"),
    output:
        alphas="results/studies/{study}/reliability.csv",
        disagreements="results/studies/{study}/disagreements.csv",
    log:
        "logs/studies/{study}/reliability.log",
    conda:
        "../../environment.yml"
    message:
        "Comparing the raters of the study {wildcards.study}"
    script:
        "../scripts/reliability.py"
