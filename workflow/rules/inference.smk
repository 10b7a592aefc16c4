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
        blocks=expand("results/{{dataset}}/{reading}/inference/blocks.csv", reading=READINGS),
        parts=expand("results/{{dataset}}/{reading}/inference/parts.csv", reading=READINGS),
        pooling=expand("results/{{dataset}}/{reading}/inference/pooling.csv", reading=READINGS),
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
    # The answers in words, their tables, and the figures with their captions.
    input:
        frames=expand(
            "results/report/{reading}/inference/{frame}.csv",
            reading=READINGS,
            frame=INFERENCE_FRAMES + ("models",),
        ),
        sectors="data/report/sectors.csv",
        templates=captions_in("inference"),
        code=library("inference.answers"),
    output:
        png=expand("results/report/{reading}/inference/{figure}.png", reading=READINGS, figure=INFERENCE_FIGURES),
        captions=expand("results/report/{reading}/inference/{figure}.md", reading=READINGS, figure=INFERENCE_FIGURES),
        markdown=expand("results/report/{reading}/inference/answers.md", reading=READINGS),
        tables=expand("results/report/{reading}/inference/answer_tables.html", reading=READINGS),
        html=[
            report(
                f"results/report/{reading}/inference/answers.html",
                caption="../collective_efficiency/templates/captions/param.rst",
                category="Inference",
                labels={"dataset": "report", "reading": reading, "what": "Answers and tables"},
            )
            for reading in READINGS
        ],
        svg=[
            report(
                f"results/report/{reading}/inference/{figure}.svg",
                caption=made_caption(f"results/report/{reading}/inference/{figure}.md"),
                category="Inference",
                labels={"dataset": "report", "reading": reading, "what": title},
            )
            for reading in READINGS
            for figure, title in INFERENCE_FIGURES.items()
        ],
    log:
        "logs/report/answers.log",
    benchmark:
        "logs/report/answers.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        dataset="report",
        caption=said("inference_answers", "report"),
        choices=CHOICES,
        plan=INFERENCE,
        readings=READINGS,
    message:
        "Writing and drawing the answers"
    script:
        "../scripts/answers.py"


use rule answers as extended_answers with:
    # The same of the extended dataset. A rule of its own, because no wildcard may stand in the path of a caption.
    input:
        frames=expand(
            "results/extended/{reading}/inference/{frame}.csv",
            reading=READINGS,
            frame=INFERENCE_FRAMES + ("models",),
        ),
        sectors="results/extended/sectors.csv",
        templates=rules.answers.input.templates,
        code=rules.answers.input.code,
    output:
        png=expand("results/extended/{reading}/inference/{figure}.png", reading=READINGS, figure=INFERENCE_FIGURES),
        captions=expand("results/extended/{reading}/inference/{figure}.md", reading=READINGS, figure=INFERENCE_FIGURES),
        markdown=expand("results/extended/{reading}/inference/answers.md", reading=READINGS),
        tables=expand("results/extended/{reading}/inference/answer_tables.html", reading=READINGS),
        html=[
            report(
                f"results/extended/{reading}/inference/answers.html",
                caption="../collective_efficiency/templates/captions/param.rst",
                category="Inference",
                labels={"dataset": "extended", "reading": reading, "what": "Answers and tables"},
            )
            for reading in READINGS
        ],
        svg=[
            report(
                f"results/extended/{reading}/inference/{figure}.svg",
                caption=made_caption(f"results/extended/{reading}/inference/{figure}.md"),
                category="Inference",
                labels={"dataset": "extended", "reading": reading, "what": title},
            )
            for reading in READINGS
            for figure, title in INFERENCE_FIGURES.items()
        ],
    log:
        "logs/extended/extended_answers.log",
    benchmark:
        "logs/extended/extended_answers.tsv"
    params:
        dataset="extended",
        caption=said("inference_answers", "extended"),
        choices=CHOICES,
        plan=INFERENCE,
        readings=READINGS,
    message:
        "Writing and drawing the answers of the extended dataset"
