"""docs/architecture.md and CONTRIBUTING.md: the rooms, the way of a score and the five results are as they say."""

import csv
import importlib
import re

from docs_pages import architecture_page
from test_layout import LAYERS, LIBRARY, MODULES, PROJECT, ROOMS

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


def test_the_picture_of_the_rules_is_current():
    from rule_graph import PICTURE, described, graph

    own, added = graph(PROJECT)
    assert described(own + added).encode() in PICTURE.read_bytes(), "python tests/rule_graph.py draws it again"
