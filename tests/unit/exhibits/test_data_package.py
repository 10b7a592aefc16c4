"""The data package: valid by the profile of the standard (datapackage.org, version 2.0) and by frictionless."""

import json
from pathlib import Path

import jsonschema
import pytest
from exhibits_data import export_of_the_report
from frictionless import Package

from collective_efficiency.exhibits.data_package import data_package, named_licence, package_contributors

PROFILE = (
    Path(__file__).parent / "profiles/datapackage-2.0.json"
)  # public domain, github.com/frictionlessdata/datapackage
ABOUT = {
    "description": "By hand.",
    "version": "1.0.0",
    "sources": [{"title": "A report", "description": "Someone (2004)"}],
    "contributors": [{"title": "Someone", "roles": ["author"]}],
    "licenses": [{"name": "other-open", "title": "=1+1"}],
}


@pytest.fixture(scope="module")
def exported(report, clusters, cells):
    return export_of_the_report(report, clusters, cells)


def written_package(folder, frame, columns):
    content = frame.to_csv(index=False, lineterminator="\n").encode()
    (folder / "clusters.csv").write_bytes(content)
    (folder / "datapackage.json").write_text(data_package("report", ABOUT, content, columns), encoding="utf-8")
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_the_profile_of_the_standard_finds_it_valid(exported, tmp_path):
    document = written_package(tmp_path, exported[1], exported[0])
    profile = json.loads(PROFILE.read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(profile).validate(document)
    document["licenses"] = [{"title": "no name"}]
    assert not jsonschema.Draft7Validator(profile).is_valid(document)


def test_frictionless_finds_it_valid(exported, tmp_path):
    columns, frame = exported
    written_package(tmp_path, frame, columns)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    assert report.tasks[0].stats["rows"] == len(frame)


def test_frictionless_finds_what_the_schema_forbids(exported, tmp_path):
    columns, frame = exported
    bad = frame.copy()
    bad.loc[3, "inputs"] = "4.00"
    bad.loc[4, "sector"] = "trade"
    document = written_package(tmp_path, bad, columns)
    found = Package(str(tmp_path / "datapackage.json")).validate().flatten(["rowNumber", "fieldName"])
    assert found == [[5, "inputs"], [6, "sector"]]
    assert document["resources"][0]["bytes"] == (tmp_path / "clusters.csv").stat().st_size


def test_categories_stand_in_the_order_of_their_codes(exported, tmp_path):
    document = written_package(tmp_path, exported[1], exported[0])
    fields = {field["name"]: field for field in document["resources"][0]["schema"]["fields"]}
    assert [each["value"] for each in fields["degree_printed"]["categories"]] == ["Low", "Medium", "High"]
    assert fields["degree_printed"]["categoriesOrdered"]
    assert not fields["sector"]["categoriesOrdered"]
    assert fields["sector"]["categories"][1] == {"value": "natural_resource", "label": "Natural resource-based"}
    assert fields["market"]["categories"][3] == {"value": 3, "label": "domestic and global chain"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa 4.0", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
        ("CC BY", "notspecified"),
        ("none stated", "notspecified"),
    ],
)
def test_a_licence_by_its_name(text, name):
    assert named_licence(text)["name"] == name


def test_a_scorer_of_two_studies_is_named_once():
    studies = {"one": {"scorer": "Ann"}, "two": {"scorer": ["Bo", "Ann"]}}
    report, citation = {"authors": ["C"], "publisher": "D"}, {"authors": [{"name": "E"}]}
    assert [each["title"] for each in package_contributors(report, studies, citation)] == ["C", "Ann", "Bo", "E"]
