# What tells of a run as a whole: notebooks, the closing lines, the crate, the way in.

NOTEBOOKS = {
    "traditional": "From printed scores to a cross-tabulation",
    "inference": "Which test for small, tied, stratified scores",
}
if STUDIES:
    NOTEBOOKS["studies"] = "What the enabled studies add"


rule notebooks:
    # Each notebook, run from top to bottom, as a page; one job, for a kernel takes longer to start than to work.
    input:
        notebooks=[local(f"notebooks/{name}.ipynb") for name in NOTEBOOKS],
        read=[  # by relative paths, as a reader's own copy of a notebook does it
            "results/report/cells.csv",
            "results/report/clusters.csv",
            "results/report/recomputed/indices.csv",
            "results/report/recomputed/crosstabs.csv",
            "results/report/recomputed/inference/associations.csv",
            "results/report/recomputed/inference/power.csv",
        ],
        read_of_studies=(
            [
                "results/extended/clusters.csv",
                "results/extended/recomputed/indices.csv",
                "results/extended/comparison.csv",
            ]
            if STUDIES
            else []
        ),
        code=library(
            "run.notebooks",
            "run.notebook_config",
            "choices",
            "measures.averages",
            "measures.crosstabs",
            "measures.indices",
            "inference.effects",
            "inference.enumeration",
            "inference.exact",
            "inference.plan",
            "numbers.scores",
            "words",
        ),
    output:
        pages=[
            report(
                f"results/notebooks/{name}.html",
                caption=f"../collective_efficiency/templates/captions/notebook_{name}.rst",
                category="Notebooks",
                labels={"notebook": title},
            )
            for name, title in NOTEBOOKS.items()
        ],
    log:
        "logs/notebooks.log",
    benchmark:
        "logs/notebooks.tsv"
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        choices=CHOICES,
        raters=config["raters"],
        plan=INFERENCE,
    message:
        "Running the notebooks"
    script:
        "../scripts/notebooks.py"


rule summary:
    # A few lines: what was made, what was found, what the choices change, where to look.
    input:
        cells="results/report/cells.csv",
        clusters="results/report/clusters.csv",
        printed="results/report/printed/indices.csv",
        advice="results/policy/policy.csv",
        code=library("run.summary"),
    output:
        lines="results/summary.txt",
    log:
        "logs/summary.log",
    benchmark:
        "logs/summary.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=200,
        runtime=5,
    params:
        choices=CHOICES,
        tables=len(TABLES),
        figures=len(FIGURES) + 2,  # and those of the claims and the policy advice
    message:
        "Summing up"
    script:
        "../scripts/summary.py"


RESULTS = [  # all that a whole run makes, but for what tells of the run
    *rules.reviewer_page.output,
    "results/summary.txt",
    "results/report/cells.csv",
    *rules.audit.output,
    *rules.tables.output,
    *rules.figures.output,
    *rules.claims.output,
    *rules.policy.output,
    *rules.notebooks.output,
    *(rules.extended_figures.output if STUDIES else []),
    *(rules.comparison.output if STUDIES else []),
    # Paths, not `expand(rules.X.output)`, which Snakemake refuses where files come from a storage provider.
    *expand(
        "results/{dataset}/{reading}/sector_{table}.csv",
        dataset=DATASETS,
        reading=READINGS,
        table=["averages", "counts"],
    ),
    *expand("results/{dataset}/clusters.csv", dataset=DATASETS),
    *(["results/extended/sectors.csv"] if STUDIES else []),
    *expand("results/{dataset}/{reading}/indices.csv", dataset=DATASETS, reading=READINGS),
    *expand("results/{dataset}/{reading}/crosstabs.csv", dataset=DATASETS, reading=READINGS),
    *expand("results/{dataset}/governance.csv", dataset=DATASETS),
    *expand(
        "results/{dataset}/export/{file}",
        dataset=DATASETS,
        file=["datapackage.json", *(f"clusters.{ending}" for ending in ("csv", "dta", "xlsx", "do", "R", "py"))],
    ),
    *expand(
        "results/{dataset}/{reading}/inference/{page}",
        dataset=TESTED,
        reading=READINGS,
        page=["answers.html", "answers.md", "answer_tables.html"],
    ),
    *expand(
        "results/{dataset}/{reading}/inference/{frame}.csv",
        dataset=TESTED,
        reading=READINGS,
        frame=INFERENCE_FRAMES + ("models",),
    ),
    *expand(
        "results/{dataset}/{reading}/inference/{figure}.{kind}",
        dataset=TESTED,
        reading=READINGS,
        figure=INFERENCE_FIGURES,
        kind=["png", "svg", "md"],
    ),
    *expand(
        "results/{dataset}/robustness/{file}",
        dataset=TESTED,
        file=[
            *(f"multiverse{part}.csv" for part in ("", "_factors", "_joint")),
            "multiverse.md",
            *(f"multiverse_curves.{kind}" for kind in ("png", "svg", "md")),
            "fragility.csv",
            "scoring_error.csv",
            "scoring_error.md",
            *(f"scoring_error_shares.{kind}" for kind in ("png", "svg", "md")),
        ],
    ),
    *expand("results/studies/{study}/{table}.csv", study=STUDIES, table=["ratings", "clusters", "indices", "notes"]),
    *expand(
        "results/studies/{study}/audit/{table}.csv",
        study=STUDIES,
        table=["cells", "findings", "rounding", "checks"],
    ),
    *expand("results/studies/{study}/audit/{file}", study=STUDIES, file=["summary.txt", "index.html"]),
    *expand(
        "results/studies/{study}/{file}",
        study=RATED,
        file=[
            "disagreements.csv",
            "disagreements.html",
            *(f"reliability.{kind}" for kind in ("csv", "svg", "png", "md")),
        ],
    ),
    *(["results/audits/reports.csv", "results/audits/findings.csv"] if AUDITS else []),
    *expand("results/studies/{study}/{table}.csv", study=SCORED_AGAIN, table=["agreement", "limits", "differences"]),
    *expand("results/studies/{study}/bland_altman.{kind}", study=SCORED_AGAIN, kind=["png", "svg", "md"]),
]
PROGRAM = [
    "Snakefile",
    *sorted(str(path) for path in Path("workflow").glob("**/*.*") if path.suffix not in ("", ".pyc")),
]
WRITTEN = [  # by people
    *REPORT_DATA,
    *expand("data/report/{name}.yaml", name=["adjudications", "checks", "claims", "policy"]),
    *REVIEWS,
    *[f"data/studies/{study}/{file}" for study in STUDIES for file in PLAN.studies[study]],
    *[f"data/audits/{name}/{file}" for name in AUDITS for file in PLAN.audits[name]],
]


rule crate:
    # What the run started from, what it ran and what it made, as an RO-Crate.
    input:
        written=WRITTEN,
        citation=local("CITATION.cff"),
        program=[local(path) for path in PROGRAM],
        made=RESULTS,
        code=library("run.crate", "run.folders", "run.index", "choices"),
    output:
        crate="results/ro-crate-metadata.json",
    log:
        "logs/crate.log",
    benchmark:
        "logs/crate.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=500,
        runtime=5,
    params:
        config=config,
        datasets=DATASETS,
        rules=makers(RESULTS),
        later=["index.html", "glossary.html"],
    message:
        "Describing the run for archives"
    script:
        "../scripts/crate.py"


MADE = [*RESULTS, *rules.crate.output]  # and the page that links to it
if workflow.is_main_process:
    stop_at_problems(check_results, Path(), map(str, MADE))


rule index:
    # The way in: what the run was, what it found, and links to all that it made; and the glossary.
    input:
        counts="results/audit/summary.json",
        findings="results/audit/findings.csv",
        claims="results/audit/claims.csv",
        closing="results/summary.txt",
        written=WRITTEN,
        made=MADE,
        code=library("run.index", "run.folders", "run.glossary"),
    output:
        page="results/index.html",
        glossary="results/glossary.html",
    log:
        "logs/index.log",
    benchmark:
        "logs/index.tsv"
    localrule: True
    conda:
        "../envs/workflow.yaml"
    resources:
        mem_mb=200,
        runtime=5,
    params:
        choices=CHOICES,
        raters=config["raters"],
        sizes={dataset: SIZES[dataset] for dataset in DATASETS},
        untested=[dataset for dataset in DATASETS if dataset not in TESTED],
        studies=STUDIES,
        titles={table: f"Table {table_number(table)}. {PLAN.tables[table]}" for table in TABLES} | FIGURE_TITLES,
    message:
        "Laying out the way in"
    script:
        "../scripts/index.py"
