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
