rule inference:
    # Exact tests, effect sizes and power of every question, for both readings under both treatments of n.a.
    input:
        clusters="results/{dataset}/clusters.csv",
        printed="results/{dataset}/printed/indices.csv",
        code=library("inference.inference"),
    output:
        associations=expand("results/{{dataset}}/{reading}/inference/associations.csv", reading=READINGS),
        influence=expand("results/{{dataset}}/{reading}/inference/influence.csv", reading=READINGS),
        nulls=expand("results/{{dataset}}/{reading}/inference/nulls.csv", reading=READINGS),
        means=expand("results/{{dataset}}/{reading}/inference/means.csv", reading=READINGS),
        sectors=expand("results/{{dataset}}/{reading}/inference/sectors.csv", reading=READINGS),
        paired=expand("results/{{dataset}}/{reading}/inference/paired.csv", reading=READINGS),
        scales=expand("results/{{dataset}}/{reading}/inference/scales.csv", reading=READINGS),
        power=expand("results/{{dataset}}/{reading}/inference/power.csv", reading=READINGS),
    log:
        "logs/{dataset}/inference.log",
    benchmark:
        "logs/{dataset}/inference.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1500,
        runtime=10,
    params:
        choices=CHOICES,
        plan=INFERENCE,
    message:
        "Testing the questions, dataset {wildcards.dataset}"
    script:
        "../scripts/inference.py"


rule models:
    # Ordered logits of upgrading on the indices, for both readings: the only job that loads statsmodels.
    input:
        clusters="results/{dataset}/clusters.csv",
        printed="results/{dataset}/printed/indices.csv",
        code=library("inference.models"),
    output:
        models=expand("results/{{dataset}}/{reading}/inference/models.csv", reading=READINGS),
    log:
        "logs/{dataset}/models.log",
    benchmark:
        "logs/{dataset}/models.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        choices=CHOICES,
        plan=INFERENCE,
    message:
        "Fitting ordered logits, dataset {wildcards.dataset}"
    script:
        "../scripts/models.py"


rule answers:
    # The answers in words, their tables, and the figures.
    input:
        frames=expand(
            "results/{{dataset}}/{reading}/inference/{frame}.csv",
            reading=READINGS,
            frame=INFERENCE_FRAMES + ("models",),
        ),
        sectors=sectors_of,
        template="workflow/collective_efficiency/templates/answers.html.j2",
        code=library("inference.answers"),
    output:
        png=expand("results/{{dataset}}/{reading}/inference/{figure}.png", reading=READINGS, figure=INFERENCE_FIGURES),
        markdown=expand("results/{{dataset}}/{reading}/inference/answers.md", reading=READINGS),
        html=[
            report(
                f"results/{{dataset}}/{reading}/inference/answers.html",
                caption="../collective_efficiency/templates/captions/inference_answers.rst",
                category="Inference",
                labels={"dataset": "{dataset}", "reading": reading, "what": "answers and tables"},
            )
            for reading in READINGS
        ],
        svg=[
            report(
                f"results/{{dataset}}/{reading}/inference/{figure}.svg",
                caption=f"../collective_efficiency/templates/captions/inference_{figure}.rst",
                category="Inference",
                labels={"dataset": "{dataset}", "reading": reading, "what": figure},
            )
            for reading in READINGS
            for figure in INFERENCE_FIGURES
        ],
    log:
        "logs/{dataset}/answers.log",
    benchmark:
        "logs/{dataset}/answers.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        plan=INFERENCE,
        readings=READINGS,
    message:
        "Writing and drawing the answers, dataset {wildcards.dataset}"
    script:
        "../scripts/answers.py"
