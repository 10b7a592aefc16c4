"""docs/architecture.md and CONTRIBUTING.md: the rooms, the way of a score and the five results are as they say."""

import csv
import importlib
import re
from fnmatch import fnmatch

import pytest
from docs_pages import architecture_page, files_page
from test_layout import LAYERS, LIBRARY, MODULES, PROJECT, ROOMS, rules

PAGE = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def table(title: str) -> list[list[str]]:
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def golden(name: str) -> list[dict[str, str]]:
    with (PROJECT / "tests/expected" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_room_is_listed_in_its_order_with_what_it_says_of_itself():
    assert architecture_page(PROJECT) == PAGE
    assert [row[0].strip("`") for row in table("The rooms")] == [name for layer in LAYERS for name in layer]
    assert set(ROOMS) <= {name for layer in LAYERS for name in layer}


def test_every_name_of_the_library_that_the_page_uses_is_one():
    named = [name for name in re.findall(r"`([a-z_]+(?:\.\w+)+)`", PAGE) if (LIBRARY / name.split(".")[0]).exists()]
    assert len(named) > 10
    for name in named:
        module, _, last = name.rpartition(".")
        if name not in MODULES:
            assert hasattr(importlib.import_module(f"collective_efficiency.{module}"), last), name


def test_every_file_that_the_pages_name_is_there():
    made = re.findall(r"`(results/[^`]+)`", files_page(PROJECT))
    for page in (PAGE, (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for path in re.findall(r"(?<![\w<>*/])((?:data|docs|tests|workflow|results)/[\w./-]*[\w])", page):
            known = any(fnmatch(path, re.sub(r"\{\w+\}", "*", each)) for each in made)
            assert known or (PROJECT / path).exists(), path


def test_the_score_travels_as_described():
    text = section("From a score to a verdict")
    with (PROJECT / "data/report/A1.csv").open(encoding="utf-8", newline="") as file:
        printed = {row["row"]: row for row in csv.DictReader(file)}["medellin-textiles"]
    cluster = {row["cluster"]: row for row in golden("report/clusters.csv")}["medellin-textiles"]
    index = {row["cluster"]: row for row in golden("report/recomputed/indices.csv")}["medellin-textiles"]
    claim = {row["claim"]: row for row in golden("audit/claims.csv")}["C056"]
    for value in (
        *(printed[name] for name in ("market_access", "eei")),
        cluster["market_access"],
        *(index[name] for name in ("eei", "ce", "degree")),
        claim["verdict"],
    ):
        assert f"`{value}`" in text, value


@pytest.mark.parametrize("row", table("Five results, traced by names alone"), ids=lambda row: row[2].strip("`"))
def test_a_result_is_traced_by_names_alone(row):
    result, path, rule, files = (cell.replace("`", "") for cell in row)
    (room,) = [file for file, name, _ in rules() if name == rule]
    expected = f"workflow/scripts/{rule}.py, {room}/{rule}.py, tests/unit/{room}/test_{rule}.py"
    assert files == expected
    for name in (f"workflow/scripts/{rule}.py", f"tests/unit/{room}/test_{rule}.py"):
        assert (PROJECT / name).is_file()
    assert (LIBRARY / room / f"{rule}.py").is_file()
    (line,) = [line for line in files_page(PROJECT).splitlines() if line.startswith(f"| {rule} |")]
    makes = [re.sub(r"\{\w+\}", "*", each) for each in re.findall(r"`(results/[^`]+)`", line)]
    assert any(fnmatch(f"results/{path}", each) for each in makes), path
    value = re.search(r": (\S+)$", result)
    if value:  # the fifth is a figure
        assert any(value[1] in record.values() for record in golden(path)), value[1]


def test_the_picture_of_the_rules_is_current():
    from rule_graph import PICTURE, described, graph

    own, added = graph(PROJECT)
    assert described(own + added).encode() in PICTURE.read_bytes(), "python tests/rule_graph.py draws it again"
