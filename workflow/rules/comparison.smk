rule comparison:
    # What the new clusters change: averages, order of the sectors, cross-tabulations, association, before and after.
    input:
        averages=expand(
            "results/{dataset}/{reading}/sector_averages.csv", reading=READINGS, dataset=["report", "extended"]
        ),
        crosstabs=expand("results/{dataset}/{reading}/crosstabs.csv", reading=READINGS, dataset=["report", "extended"]),
        tested=expand("results/{dataset}/{reading}/inference/associations.csv", reading=READINGS, dataset=TESTED),
        clusters="results/extended/clusters.csv",
        sectors="results/extended/sectors.csv",
        described=expand("data/studies/{study}/study.yaml", study=STUDIES),
        template="workflow/collective_efficiency/templates/comparison.html.j2",
        code=library("studies.comparison"),
    output:
        csv="results/extended/comparison.csv",
        md="results/extended/comparison.md",
        html=report(
            "results/extended/comparison.html",
            caption="../collective_efficiency/templates/captions/comparison.rst",
            category="Studies",
            labels={"study": "all", "exhibit": "what the new clusters change"},
        ),
    log:
        "logs/extended/comparison.log",
    conda:
        "../../environment.yml"
    params:
        missing=config["missing"],
        datasets=TESTED,
    message:
        "Comparing the extended dataset with the report's"
    script:
        "../scripts/comparison.py"
