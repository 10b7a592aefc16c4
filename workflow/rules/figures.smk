rule figures:
    # Every figure, as SVG and PNG.
    input:
        clusters="results/report/clusters.csv",
        indices=expand("results/report/{reading}/indices.csv", reading=READINGS),
        governance="results/report/governance.csv",
        sectors="data/report/sectors.csv",
        schema="workflow/schemas/config.schema.yaml",
        code=library("figures", "averages"),
    output:
        png=expand("results/figures/{figure}.png", figure=FIGURES),
        svg=[
            report(
                f"results/figures/{figure}.svg",
                caption=f"../report/{figure}.rst",
                category="Figures",
                labels={"figure": figure.replace("_", " ")},
            )
            for figure in FIGURES
        ],
    log:
        "logs/figures.log",
    conda:
        "../../environment.yml"
    params:
        figures=FIGURES,
        choices=CHOICES,
    message:
        "Drawing the figures"
    script:
        "../scripts/figures.py"
