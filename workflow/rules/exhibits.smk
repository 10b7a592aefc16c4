rule tables:
    # Every table of the report, regenerated in its own layout, in the words of the audit.
    input:
        report=REPORT_DATA,
        clusters="results/report/clusters.csv",
        indices="results/report/recomputed/indices.csv",
        verdicts="results/audit/cells.csv",
        rounding="results/audit/rounding.csv",
        templates=captions_in("tables"),
        code=library("exhibits.tables", "exhibits.audited", "report.ingest"),
    output:
        csv=expand("results/tables/{table}.csv", table=TABLES),
        md=expand("results/tables/{table}.md", table=TABLES),
        captions=expand("results/tables/captions/{table}.md", table=TABLES),
        html=[
            report(
                f"results/tables/{table}.html",
                caption=made_caption(f"results/tables/captions/{table}.md"),
                category="Tables",
                subcategory="Annex 1" if table.startswith("A") else "Body",
                labels={"table": table_number(table), "title": PLAN.tables[table]},
            )
            for table in TABLES
        ],
    log:
        "logs/tables.log",
    benchmark:
        "logs/tables.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        tables=TABLES,
        choices=CHOICES,
    message:
        "Regenerating the tables of the report"
    script:
        "../scripts/tables.py"


rule figures:
    # Every figure, as SVG and PNG, with what it draws as CSV and its caption.
    input:
        clusters="results/report/clusters.csv",
        indices=expand("results/report/{reading}/indices.csv", reading=READINGS),
        governance="results/report/governance.csv",
        sectors="data/report/sectors.csv",
        templates=captions_in("figures"),
        code=library("exhibits.figures"),
    output:
        png=expand("results/figures/{figure}.png", figure=FIGURES),
        csv=expand("results/figures/{figure}.csv", figure=FIGURES),
        md=expand("results/figures/{figure}.md", figure=FIGURES),
        svg=[
            report(
                f"results/figures/{figure}.svg",
                caption=made_caption(f"results/figures/{figure}.md"),
                category="Figures",
                labels={"figure": FIGURE_TITLES[figure]},
            )
            for figure in FIGURES
        ],
    log:
        "logs/figures.log",
    benchmark:
        "logs/figures.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        dataset="report",
        figures=FIGURES,
        choices=CHOICES,
    message:
        "Drawing the figures"
    script:
        "../scripts/figures.py"


use rule figures as extended_figures with:
    # The same figures of the extended dataset, its new clusters hollow.
    input:
        clusters="results/extended/clusters.csv",
        indices=expand("results/extended/{reading}/indices.csv", reading=READINGS),
        governance="results/extended/governance.csv",
        sectors="results/extended/sectors.csv",
        templates=rules.figures.input.templates,
        code=rules.figures.input.code,
    output:
        png=expand("results/extended/figures/{figure}.png", figure=FIGURES),
        csv=expand("results/extended/figures/{figure}.csv", figure=FIGURES),
        md=expand("results/extended/figures/{figure}.md", figure=FIGURES),
        svg=[
            report(
                f"results/extended/figures/{figure}.svg",
                caption=made_caption(f"results/extended/figures/{figure}.md"),
                category="Studies",
                labels={"study": "all", "exhibit": FIGURE_TITLES[figure]},
            )
            for figure in FIGURES
        ],
    log:
        "logs/extended/extended_figures.log",
    benchmark:
        "logs/extended/extended_figures.tsv"
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        dataset="extended",
        figures=FIGURES,
        choices=CHOICES,
    message:
        "Drawing the figures of the extended dataset"


rule exports:
    # A dataset for the field's tools: CSV with a data package, Stata, a workbook, and scripts that use them.
    input:
        clusters="results/{dataset}/clusters.csv",
        indices=expand("results/{{dataset}}/{reading}/indices.csv", reading=READINGS),
        sectors=sectors_of,
        described=described_studies,
        tables="data/report/tables.yaml",
        citation=local("CITATION.cff"),
        code=library("exhibits.exports"),
    output:
        csv="results/{dataset}/export/clusters.csv",
        package="results/{dataset}/export/datapackage.json",
        stata="results/{dataset}/export/clusters.dta",
        workbook="results/{dataset}/export/clusters.xlsx",
        scripts=expand("results/{{dataset}}/export/clusters.{ending}", ending=["do", "R", "py"]),
    log:
        "logs/{dataset}/exports.log",
    benchmark:
        "logs/{dataset}/exports.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        choices=CHOICES,
    message:
        "Exporting dataset {wildcards.dataset}"
    script:
        "../scripts/exports.py"
