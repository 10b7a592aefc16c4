"""Stage `crate`: what a run started from, what it ran and what it made, as an RO-Crate, for archives.

RO-Crate 1.1 with the profile Process Run Crate (w3id.org/ro/wfrun/process). The crate is the folder results/: its files
are the data, and what a run starts from is named beside, with digests. The same bytes on every run, so an action has no
time: what was run and on what tells two runs apart.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from collective_efficiency.files.texts import canonical

SPECIFICATION, PROFILE = "https://w3id.org/ro/crate/1.1", "https://w3id.org/ro/wfrun/process/0.5"
CONTEXT = [
    f"{SPECIFICATION}/context",
    "https://w3id.org/ro/terms/workflow-run/context",
]  # the second says what sha256 is
LICENCE = "https://spdx.org/licenses/"
MEDIA_TYPES = {
    "csv": "text/csv", "html": "text/html", "md": "text/markdown", "txt": "text/plain", "json": "application/json",
    "svg": "image/svg+xml", "png": "image/png", "R": "text/x-r", "py": "text/x-python", "do": "text/x-stata",
    "dta": "application/x-stata-dta",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
OF_NO_RESULT = ("name", "report_text")  # keys of config.yaml, of a new study and of the reader's own copy of the report
Entity = dict[str, Any]


@dataclass(frozen=True)
class RuleRun:
    """A rule of the workflow that made results: its script, by its path in the project, and these, below results/."""

    script: str
    made: Sequence[str]


@dataclass(frozen=True)
class CrateFacts:
    """What a run was.

    citation: CITATION.cff. choices: in words. config: as the run had it, whole. versions: of programs, by name. inputs:
    the bytes of what it read, data and program, by path in the project. outputs: the bytes of what it made, by path
    below results/. later: paths that are made after this crate. rules: those that made the outputs, by name.
    """

    citation: Mapping[str, Any]
    choices: str
    config: Mapping[str, Any]
    versions: Mapping[str, str]
    inputs: Mapping[str, bytes]
    outputs: Mapping[str, bytes]
    later: Sequence[str]
    rules: Mapping[str, RuleRun]


def crate_document(facts: CrateFacts) -> str:
    """The text of ro-crate-metadata.json."""
    graph = [*_described(facts), *_files(facts), *_inputs(facts), *_software(facts), *_actions(facts)]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, indent=1, ensure_ascii=False) + "\n"


def _id(identifier: str) -> dict[str, str]:
    return {"@id": identifier}


def _listed(identifiers: Iterable[str]) -> list[dict[str, str]]:
    return [_id(identifier) for identifier in identifiers]


def _path(path: str) -> str:
    """A path as an address in the crate."""
    return quote(path)


def _outside(path: str) -> str:
    """The name of a file that is not in the crate."""
    return f"#{quote(path)}"


def _described(facts: CrateFacts) -> list[Entity]:
    """The crate's own file, the crate as a whole, who made it, and its licence."""
    citation = facts.citation
    licence = f"{LICENCE}{citation['license']}"
    makers = [f"#{quote(author['name'])}" for author in citation["authors"]]
    own = {"@id": "ro-crate-metadata.json", "@type": "CreativeWork"}
    return [
        own | {"conformsTo": _id(SPECIFICATION), "about": _id("./")},
        {
            "@id": "./",
            "@type": "Dataset",
            "name": citation["title"],
            "description": f"Results of a run. {facts.choices}",
            "datePublished": str(citation["date-released"]),
            "version": str(citation["version"]),
            "license": _id(licence),
            "author": _listed(makers),
            "conformsTo": _id(PROFILE),
            "hasPart": _listed(map(_path, [*facts.outputs, *facts.later])),
            "mentions": _listed(["#run", *(f"#rule/{name}" for name in facts.rules)]),
        },
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": PROFILE.rpartition("/")[2]},
        {
            "@id": licence,
            "@type": "CreativeWork",
            "name": citation["license"],
            "description": "Of the code and its arrangement of the data; of the scores see data/report/README.md",
        },
        *(
            {"@id": name, "@type": "Organization", "name": author["name"]}
            for name, author in zip(makers, citation["authors"], strict=True)
        ),
    ]


def _files(facts: CrateFacts) -> list[Entity]:
    """The files of the crate."""
    made = [_file(_path(path), path, "File") | _digest(content) for path, content in facts.outputs.items()]
    return [*made, *(_file(_path(path), path, "File") for path in facts.later)]


def _inputs(facts: CrateFacts) -> list[Entity]:
    """What the run read, texts with LF at the end of lines as the project has them, and its config as it was merged,
    without the keys on which no result rests: a path on somebody's machine is nobody else's business.
    """
    read = [
        _file(_outside(path), path, "SoftwareSourceCode" if path.endswith(".py") else "CreativeWork")
        | _digest(canonical(content))
        for path, content in facts.inputs.items()
    ]
    config = {key: value for key, value in facts.config.items() if key not in OF_NO_RESULT}
    value = json.dumps(config, sort_keys=True, ensure_ascii=False, default=str)
    return [*read, {"@id": "#config", "@type": "PropertyValue", "name": "config", "value": value}]


def _file(identifier: str, path: str, kind: str) -> Entity:
    ending = path.rpartition(".")[2]
    form = {"encodingFormat": MEDIA_TYPES[ending]} if ending in MEDIA_TYPES else {}
    return {"@id": identifier, "@type": kind, "name": path, **form}


def _digest(content: bytes) -> Entity:
    return {"contentSize": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}


def _software(facts: CrateFacts) -> list[Entity]:
    """The workflow, and the programs that it needs."""
    programs = [
        {"@id": f"#{quote(name)}", "@type": "SoftwareApplication", "name": name, "softwareVersion": version}
        for name, version in facts.versions.items()
    ]
    workflow: Entity = {
        "@id": "#workflow",
        "@type": "SoftwareApplication",
        "name": facts.citation["title"],
        "softwareVersion": str(facts.citation["version"]),
        "softwareRequirements": _listed(program["@id"] for program in programs),
    }
    return [workflow, *programs]


def _actions(facts: CrateFacts) -> list[Entity]:
    """The run as a whole, and each rule: its script, and what it made."""
    run: Entity = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": "A run of the workflow",
        "description": facts.choices,
        "instrument": _id("#workflow"),
        "object": _listed([*map(_outside, facts.inputs), "#config"]),
        "result": _listed(map(_path, facts.outputs)),
    }
    return [run, *(_rule_action(name, rule) for name, rule in facts.rules.items())]


def _rule_action(name: str, rule: RuleRun) -> Entity:
    return {
        "@id": f"#rule/{name}",
        "@type": "CreateAction",
        "name": f"The rule {name}",
        "instrument": _id(_outside(rule.script)),
        "result": _listed(map(_path, rule.made)),
    }
