rule tables:
    # Every table of the report, regenerated in its own layout.
    input:
        report=REPORT_DATA,
        clusters="results/report/clusters.csv",
        indices="results/report/recomputed/indices.csv",
        captions=sorted({caption_of(table) for table in TABLES}),
        template="workflow/collective_efficiency/templates/table.html.j2",
        code=library("exhibits.tables", "measures.averages"),
    output:
        csv=expand("results/tables/{table}.csv", table=TABLES),
        md=expand("results/tables/{table}.md", table=TABLES),
        html=[
            report(
                f"results/tables/{table}.html",
                caption=f"../../{caption_of(table)}",
                category="Tables",
                subcategory="Annex 1" if table.startswith("A") else "Body",
                labels={"table": table, "title": title_of(table)},
            )
            for table in TABLES
        ],
    log:
        "logs/tables.log",
    conda:
        "../../environment.yml"
    params:
        tables=TABLES,
        choices=CHOICES,
    message:
        "Regenerating the tables of the report"
    script:
        "../scripts/tables.py"
