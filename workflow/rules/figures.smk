rule figures:
    # Every figure, as SVG and PNG.
    input:
        clusters="results/report/clusters.csv",
        indices=expand("results/report/{reading}/indices.csv", reading=READINGS),
        governance="results/report/governance.csv",
        sectors="data/report/sectors.csv",
        code=library("exhibits.figures", "measures.averages"),
    output:
        png=expand("results/figures/{figure}.png", figure=FIGURES),
        svg=[
            report(
                f"results/figures/{figure}.svg",
                caption=f"../collective_efficiency/templates/captions/{figure}.rst",
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


rule extended_figures:
    # The same figures of the extended dataset, its new clusters hollow.
    input:
        clusters="results/extended/clusters.csv",
        indices=expand("results/extended/{reading}/indices.csv", reading=READINGS),
        governance="results/extended/governance.csv",
        sectors="results/extended/sectors.csv",
        code=library("exhibits.figures", "measures.averages"),
    output:
        png=expand("results/extended/figures/{figure}.png", figure=FIGURES),
        svg=[
            report(
                f"results/extended/figures/{figure}.svg",
                caption=f"../collective_efficiency/templates/captions/{figure}.rst",
                category="Studies",
                labels={"study": "all", "exhibit": figure.replace("_", " ")},
            )
            for figure in FIGURES
        ],
    log:
        "logs/extended/figures.log",
    conda:
        "../../environment.yml"
    params:
        figures=FIGURES,
        choices=CHOICES,
    message:
        "Drawing the figures of the extended dataset"
    script:
        "../scripts/figures.py"
