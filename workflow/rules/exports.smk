rule exports:
    # A dataset for the field's tools: CSV with a data package, Stata, a workbook.
    input:
        clusters="results/{dataset}/clusters.csv",
        indices=expand("results/{{dataset}}/{reading}/indices.csv", reading=READINGS),
        sectors=sectors_of,
        described=described_studies,
        tables="data/report/tables.yaml",
        meanings="workflow/collective_efficiency/schemas/results.yaml",
        code=library("exhibits.exports"),
    output:
        csv="results/{dataset}/export/clusters.csv",
        package="results/{dataset}/export/datapackage.json",
        stata="results/{dataset}/export/clusters.dta",
        workbook="results/{dataset}/export/clusters.xlsx",
    log:
        "logs/{dataset}/exports.log",
    conda:
        "../../environment.yml"
    message:
        "Exporting dataset {wildcards.dataset}"
    script:
        "../scripts/exports.py"
