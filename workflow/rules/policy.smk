rule policy:
    # Every piece of the report's policy advice, with what becomes of the claims on which it rests.
    input:
        advice="data/report/policy.yaml",
        ledger="data/report/claims.yaml",
        tables="data/report/tables.yaml",
        sectors="data/report/sectors.csv",
        claims="results/audit/claims.csv",
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        tests=(
            [
                "results/report/recomputed/inference/associations.csv",
                "results/report/recomputed/inference/sectors.csv",
            ]
            if "report" in TESTED
            else []
        ),
        code=library("policy.policy"),
    output:
        csv="results/policy/policy.csv",
        lineage="results/policy/lineage.csv",
        md="results/policy/policy.md",
        html=report(
            "results/policy/policy.html",
            caption=made_caption("results/figures/policy.md"),
            category="Audit",
            labels={"page": "Policy advice"},
        ),
        png="results/figures/policy.png",
        marks="results/figures/policy.csv",
        caption="results/figures/policy.md",
        svg=report(
            "results/figures/policy.svg",
            caption=made_caption("results/figures/policy.md"),
            category="Figures",
            labels={"figure": "The policy advice, and what becomes of its grounds"},
        ),
    log:
        "logs/policy.log",
    benchmark:
        "logs/policy.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        choices=CHOICES,
    message:
        "Holding the policy advice against the claims on which it rests"
    script:
        "../scripts/policy.py"
