"""the names of all results and of what a run starts from -> ro-crate-metadata.json"""

from pathlib import Path

from _stage import read_yaml, stage

from collective_efficiency.choices import in_words, read_choices
from collective_efficiency.run.crate import CrateFacts, RuleRun, crate_document
from collective_efficiency.run.folders import below
from collective_efficiency.run.index import package_versions
from collective_efficiency.words import READINGS

with stage(snakemake.log):
    given, params = snakemake.input, snakemake.params
    choices = in_words(read_choices(snakemake.config), " and ".join(params.datasets), *READINGS)
    inputs = {f"data/{below('data', path)}": Path(path).read_bytes() for path in given.written}
    inputs |= {path: Path(path).read_bytes() for path in given.program}
    outputs = {below("results", path): Path(path).read_bytes() for path in given.made}
    rules = {name: RuleRun(f"workflow/scripts/{script}.py", made) for name, (script, made) in params.rules.items()}
    facts = CrateFacts(
        read_yaml(given.citation), choices, snakemake.config, package_versions(), inputs, outputs, params.later, rules
    )
    Path(snakemake.output.crate).write_text(crate_document(facts), encoding="utf-8", newline="\n")
