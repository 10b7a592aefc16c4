"""audit/summary.json, audit/claims.csv, summary.txt, and the names of all results -> index.html, glossary.html"""

from pathlib import Path

from _stage import read_rows, read_yaml, stage

from collective_efficiency.choices import in_words, read_choices
from collective_efficiency.files.texts import digests
from collective_efficiency.run.folders import below
from collective_efficiency.run.glossary import glossary_page
from collective_efficiency.run.index import RunFacts, headlines, index_page, listed_sections
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given, params, target = snakemake.input, snakemake.params, snakemake.output
    counts = read_yaml(given.counts)
    choices = in_words(read_choices(snakemake.config), " and ".join(params.sizes), *READINGS)
    read = digests({below("data", path): Path(path).read_bytes() for path in given.written})
    facts = RunFacts(choices, params.raters, params.sizes, params.untested, params.studies, read, counts["version"])
    found = headlines(
        counts, read_rows(given.findings), read_rows(given.claims), Path(given.closing).read_text(encoding="utf-8")
    )
    made = dict.fromkeys([*(below("results", path) for path in given.made), "glossary.html"])
    html = index_page(listed_sections(made, params.titles), facts, found)
    Path(target.page).write_text(html, encoding="utf-8", newline="\n")
    Path(target.glossary).write_text(glossary_page(), encoding="utf-8", newline="\n")
