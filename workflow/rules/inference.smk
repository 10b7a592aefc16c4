rule inference:
    # Exact tests, effect sizes and power of every question, under both treatments of n.a.
    input:
        clusters="results/{dataset}/clusters.csv",
        indices="results/{dataset}/{reading}/indices.csv",
        code=library("inference.inference"),
    output:
        expand("results/{{dataset}}/{{reading}}/inference/{frame}.csv", frame=INFERENCE_FRAMES),
    log:
        "logs/{dataset}/{reading}/inference.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
        plan=INFERENCE,
        frames=INFERENCE_FRAMES,
        reading="{reading}",
    message:
        "Testing the questions, dataset {wildcards.dataset}, reading {wildcards.reading}"
    script:
        "../scripts/inference.py"


rule inference_models:
    # Ordered logits: the only job that loads statsmodels.
    input:
        clusters="results/{dataset}/clusters.csv",
        indices=expand("results/{{dataset}}/{reading}/indices.csv", reading=READINGS),
        code=library("inference.inference", "inference.models"),
    output:
        models=expand("results/{{dataset}}/{reading}/inference/models.csv", reading=READINGS),
    log:
        "logs/{dataset}/inference_models.log",
    conda:
        "../../environment.yml"
    params:
        choices=CHOICES,
        plan=INFERENCE,
        readings=READINGS,
    message:
        "Fitting ordered logits, dataset {wildcards.dataset}"
    script:
        "../scripts/inference_models.py"


rule inference_pages:
    # The answers in words, their tables, and the figures.
    input:
        frames=expand(
            "results/{{dataset}}/{reading}/inference/{frame}.csv",
            reading=READINGS,
            frame=INFERENCE_FRAMES + ("models",),
        ),
        sectors=sectors_of,
        template="workflow/collective_efficiency/templates/inference.html.j2",
        code=library("inference.answers", "inference.figures"),
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
        "logs/{dataset}/inference_pages.log",
    conda:
        "../../environment.yml"
    params:
        plan=INFERENCE,
        readings=READINGS,
        figures=INFERENCE_FIGURES,
    message:
        "Writing and drawing the answers, dataset {wildcards.dataset}"
    script:
        "../scripts/inference_pages.py"
