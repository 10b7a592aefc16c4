rule multiverse:
    # Every combination of what an analyst could have chosen, tested one by one and together, as tables and a figure.
    input:
        clusters="results/{dataset}/clusters.csv",
        printed="results/{dataset}/printed/indices.csv",
        code=library("robustness.multiverse"),
    output:
        specifications="results/{dataset}/robustness/multiverse.csv",
        factors="results/{dataset}/robustness/multiverse_factors.csv",
        joint="results/{dataset}/robustness/multiverse_joint.csv",
        sentences="results/{dataset}/robustness/multiverse.md",
        png="results/{dataset}/robustness/multiverse_curves.png",
        caption="results/{dataset}/robustness/multiverse_curves.md",
        svg=report(
            "results/{dataset}/robustness/multiverse_curves.svg",
            caption="../collective_efficiency/templates/captions/param.rst",
            category="Robustness",
            labels={"dataset": "{dataset}", "what": "The multiverse of choices"},
        ),
    log:
        "logs/{dataset}/multiverse.log",
    benchmark:
        "logs/{dataset}/multiverse.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        caption=caption_of_multiverse,
        choices=CHOICES,
        plan=INFERENCE,
        grid=config["robustness"]["multiverse"],
    message:
        "Choosing otherwise, dataset {wildcards.dataset}"
    script:
        "../scripts/multiverse.py"


rule scoring_error:
    # How often each conclusion stays as it is if scores are off by half a point, as a table and a figure.
    input:
        clusters="results/{dataset}/clusters.csv",
        code=library("robustness.scoring_error", "robustness.scoring_figure"),
    output:
        lines="results/{dataset}/robustness/scoring_error.csv",
        sentences="results/{dataset}/robustness/scoring_error.md",
        png="results/{dataset}/robustness/scoring_error_shares.png",
        caption="results/{dataset}/robustness/scoring_error_shares.md",
        svg=report(
            "results/{dataset}/robustness/scoring_error_shares.svg",
            caption="../collective_efficiency/templates/captions/param.rst",
            category="Robustness",
            labels={"dataset": "{dataset}", "what": "Scores that are off by half a point"},
        ),
    log:
        "logs/{dataset}/scoring_error.log",
    benchmark:
        "logs/{dataset}/scoring_error.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        caption=caption_of_scoring_error,
        choices=CHOICES,
        plan=INFERENCE,
        scoring=config["robustness"]["scoring_error"],
    message:
        "Scoring half a point otherwise, dataset {wildcards.dataset}"
    script:
        "../scripts/scoring_error.py"


rule fragility:
    # The smallest number of half points that turns each degree and each order of two sectors, and the scores that do it.
    input:
        clusters="results/{dataset}/clusters.csv",
        code=library("robustness.fragility"),
    output:
        lines="results/{dataset}/robustness/fragility.csv",
    log:
        "logs/{dataset}/fragility.log",
    benchmark:
        "logs/{dataset}/fragility.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        choices=CHOICES,
    message:
        "Looking for the fewest half points that turn a conclusion, dataset {wildcards.dataset}"
    script:
        "../scripts/fragility.py"
