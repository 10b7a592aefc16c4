"""The RO-Crate of a run, read by the library of the RO-Crate community (rocrate), its digests by hashlib."""

import hashlib
import json
from dataclasses import replace

import pytest
from rocrate.rocrate import ROCrate

from collective_efficiency.run.crate import CrateFacts, RuleRun, crate_document

CITATION = {
    "title": "A pipeline",
    "version": "1.2.3",
    "date-released": "2026-11-23",
    "license": "MIT",
    "authors": [{"name": "The developers"}],
}
FACTS = CrateFacts(
    CITATION,
    "n.a. counts as zero.",
    {"studies": ["é"], "missing": "zero"},
    {"Python": "3.12.1", "pandas": "3.1.1"},
    {"data/report/A1.csv": b"one", "workflow/scripts/measures.py": b"two"},
    {"report/indices.csv": b"three", "a folder/é.svg": b"four"},
    ["index.html"],
    {"measures": RuleRun("workflow/scripts/measures.py", ["report/indices.csv", "a folder/é.svg"])},
)


@pytest.fixture
def crate(tmp_path):
    for path, content in {**FACTS.outputs, "index.html": b""}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "ro-crate-metadata.json").write_text(crate_document(FACTS), encoding="utf-8")
    return ROCrate(tmp_path)


def test_the_library_finds_every_file_with_its_digest(crate):
    files = {entity["name"]: entity for entity in crate.data_entities}
    assert set(files) == {*FACTS.outputs, "index.html"}
    for path, content in FACTS.outputs.items():
        assert files[path]["sha256"] == hashlib.sha256(content).hexdigest()
        assert files[path]["contentSize"] == str(len(content))
    assert crate.root_dataset["license"]["name"] == "MIT"
    assert [author["name"] for author in crate.root_dataset["author"]] == ["The developers"]
    assert crate.root_dataset["datePublished"] == "2026-11-23"


def test_it_tells_what_was_read_run_and_made(crate):
    run, rule = crate.root_dataset["mentions"]
    assert run["instrument"]["softwareVersion"] == "1.2.3"
    needed = [(each["name"], each["softwareVersion"]) for each in run["instrument"]["softwareRequirements"]]
    assert needed == [("Python", "3.12.1"), ("pandas", "3.1.1")]
    read = {each["name"]: each.get("sha256") for each in run["object"]}
    assert read["data/report/A1.csv"] == hashlib.sha256(b"one").hexdigest()
    assert json.loads(crate.get("#config")["value"]) == FACTS.config
    assert rule["instrument"]["sha256"] == hashlib.sha256(b"two").hexdigest()
    assert [each["name"] for each in rule["result"]] == ["report/indices.csv", "a folder/é.svg"]


def test_no_path_of_a_users_machine_is_told():
    config = {**FACTS.config, "report_text": "/srv/ann/report.txt", "name": None}
    assert crate_document(replace(FACTS, config=config)) == crate_document(FACTS)


def test_every_reference_is_described():
    graph = {entity["@id"]: entity for entity in json.loads(crate_document(FACTS))["@graph"]}
    asked = set()
    for entity in graph.values():
        for value in entity.values():
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, dict):
                    asked.add(part["@id"])
    assert asked - {"https://w3id.org/ro/crate/1.1"} <= graph.keys()


def test_the_same_text_twice_and_no_time():
    assert crate_document(FACTS) == crate_document(FACTS)
    assert "Time" not in crate_document(FACTS)


def test_the_crate_of_a_run_holds_all_that_it_made(run):
    crate = ROCrate(run / "results")
    files = {entity["name"]: entity.get("sha256") for entity in crate.data_entities}
    made = {str(path.relative_to(run / "results")) for path in (run / "results").rglob("*.*")}
    assert set(files) == made - {"ro-crate-metadata.json", "README.md"}
    for name, digest in files.items():
        if name not in ("index.html", "glossary.html"):
            assert digest == hashlib.sha256((run / "results" / name).read_bytes()).hexdigest(), name
    made_by_rules = {part["name"] for rule in crate.root_dataset["mentions"][1:] for part in _listed(rule["result"])}
    assert made_by_rules == set(files) - {"index.html", "glossary.html"}


def _listed(entities):
    return entities if isinstance(entities, list) else [entities]
