"""Small reports to audit, written by a test: the tables as CSV, the rest made from them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

SUMMARY = ("total", "average")
SOURCE = {"title": "made for a test", "authors": ["x"], "year": 2000, "publisher": "x"}


def rows(*lines: str) -> str:
    """A table as CSV, from its header without `row,label` and its lines without labels.

    >>> rows("x,y", "a,1,2").split()
    ['row,label,x,y', 'a,a,1,2']
    """
    header, *rest = lines
    return "\n".join([f"row,label,{header}", *(f"{key},{key},{cells}" for key, cells in map(_split, rest))]) + "\n"


def _split(line: str) -> tuple[str, str]:
    key, _, cells = line.partition(",")
    return key, cells


def small_report(
    where: Path,
    tables: Mapping[str, str],
    checks: list[dict[str, Any]],
    columns: Mapping[str, Mapping[str, Any]] | None = None,
) -> Path:
    """A folder with these tables (as `rows` gives them) by id, each with a layout of its own, named `l` and its id.

    columns: what tables.yaml says of a column beside its kind, `item`, and its format.
    """
    described, layouts = {}, {}
    for name, text in tables.items():
        header, *lines = text.splitlines()
        keys = [line.partition(",")[0] for line in lines]
        layouts[f"l{name}"] = {
            column: {"kind": "item", "format": "n", **(columns or {}).get(column, {})}
            for column in header.split(",")[2:]
        }
        described[name] = {
            "title": name,
            "layout": f"l{name}",
            "lines": [1, 2],
            "rows": [key for key in keys if key not in SUMMARY],
            "summary": [key for key in keys if key in SUMMARY],
            "missing": {"n.a.": "not available"},
        }
    yamls = {
        "tables.yaml": {
            "source": SOURCE,
            "formats": {"n": {"decimal": ".", "thousands": ""}},
            "layouts": layouts,
            "tables": described,
        },
        "checks.yaml": {"checks": [{"asserts": "it holds", "source": "x", **check} for check in checks]},
    }
    where.mkdir(parents=True, exist_ok=True)
    for file, content in yamls.items():
        (where / file).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    for name, text in tables.items():
        (where / f"{name}.csv").write_text(text, encoding="utf-8")
    (where / "clusters.csv").write_text("cluster,name,sector,industry,country\n", encoding="utf-8")
    (where / "sectors.csv").write_text("sector,name,short_name\n", encoding="utf-8")
    return where
