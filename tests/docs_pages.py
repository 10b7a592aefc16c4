"""Makes the pages of docs/ that follow from schemas, rules and registries: `python tests/docs_pages.py`."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from collective_efficiency.audit.checks.keys import COMMON_KEYS
from collective_efficiency.audit.checks.kinds import Key, RelationKind
from collective_efficiency.audit.checks.registry import CHECK_KINDS
from collective_efficiency.claims.language.registry import REGISTRY
from collective_efficiency.files import package
from collective_efficiency.files.pages import markdown_text
from collective_efficiency.files.yaml_files import own_yaml

PROJECT = Path(__file__).resolve().parents[1]


def data_dictionary(project: Path) -> str:
    """Every key of config.yaml and tables.yaml, and every column of the results, with its meaning."""
    lines = [
        "# Data dictionary",
        "",
        "Made from the schemas in workflow/collective_efficiency/schemas; a test keeps it current.",
        "",
    ]
    for path in sorted((project / "workflow/collective_efficiency/schemas").glob("*.schema.yaml")):
        schema = yaml.safe_load(path.read_text(encoding="utf-8"))
        lines += [f"## {schema['title']}", "", schema["description"], "", "| key | type | meaning |", "|---|---|---|"]
        lines += list(_rows("", schema))
        lines.append("")
    lines += ["## data/report/checks.yaml", "", "What is checked of the printed tables: [checks.md](checks.md).", ""]
    lines += list(_study_columns(project))
    results = package.schema("results")
    for name, entry in results.items():
        lines += [f"## results/{name}", "", f"One row a {entry['row']}.", ""]
        if "columns_of" in entry:
            lines += [f"Columns as in results/{entry['columns_of']}.", ""]
        else:
            lines += ["| column | meaning |", "|---|---|"]
            lines += [f"| `{column}` | {meaning} |" for column, meaning in entry["columns"].items()]
            lines.append("")
    return "\n".join(lines)


def _study_columns(project):
    words = package.schema("study_columns")
    yield from [
        "## The table in data/studies/<name>",
        "",
        "Columns in any order, under these headings or those that study.yaml maps (formats.md).",
    ]
    yield f"A missing score is an empty cell, {', '.join(f'`{mark}`' for mark in words['missing'])}, in any case."
    yield from ["", "| column | holds | other headings |", "|---|---|---|"]
    yield from (
        f"| `{name}` | {each['holds']} | {', '.join(each['headings'])} |" for name, each in words["columns"].items()
    )
    yield from ["", "With a row a score (`layout: long`):", "", "| column | holds | other headings |", "|---|---|---|"]
    yield from (
        f"| `{name}` | {each['holds']} | {', '.join(each['headings'])} |" for name, each in words["long"].items()
    )
    yield ""


def _rows(place, schema):
    for key, spec in schema.get("properties", {}).items():
        name = f"{place}{key}"
        yield f"| `{name}` | {_type(spec)} | {spec.get('description', '')} |"
        yield from _below(name, spec)


def _below(name, spec):
    yield from _rows(f"{name}.", spec)
    extra = spec.get("additionalProperties")
    if isinstance(extra, dict):
        yield from _below(f"{name}.*", extra)
    items = spec.get("items")
    if isinstance(items, dict):
        yield from _below(f"{name}[]", items)


def _type(spec):
    if "enum" in spec:
        return "one of " + ", ".join(str(word) for word in spec["enum"])
    if "oneOf" in spec:
        return "; or ".join(_type(each) for each in spec["oneOf"])
    kind = spec.get("type", "")
    return " or ".join(kind) if isinstance(kind, list) else kind


RULE = re.compile(r"^(?:use )?rule (?:\w+ as )?(\w+)(?: with)?:\n((?:    .*\n|\n)+)", re.MULTILINE)


def rules_of(project: Path) -> Iterator[tuple[str, list[str], str, str]]:
    """Of each rule its name, its outputs, its first comment and its script, in the order in which the data flow."""
    snakefile = (project / "Snakefile").read_text(encoding="utf-8")
    for name in re.findall(r'include: "(workflow/rules/\w+\.smk)"', snakefile):
        text = (project / name).read_text(encoding="utf-8")
        for rule, body in re.findall(
            r"^(?:use )?rule (?:\w+ as )?(\w+)(?: with)?:\n((?:    .*\n|\n)+)", text, re.MULTILINE
        ):
            comment = re.search(r"^    # (.*)$", body, re.MULTILINE)
            script = re.search(r'"../scripts/(\w+\.py)"', body)
            outputs = body[body.index("    output:") :] if "    output:" in body else ""
            outputs = outputs[: re.search(r"^    (?!output)\w+:|\Z", outputs, re.MULTILINE).start()]
            made = [path.replace("{{", "{").replace("}}", "}") for path in re.findall(r'"(results/[^"]+)"', outputs)]
            yield rule, made, comment[1] if comment else "", script[1] if script else ""


def files_page(project: Path) -> str:
    """Which rule makes which file, from the rules."""
    lines = [
        "# Which rule made this file?",
        "",
        "Made from workflow/rules; a test keeps it current. A rule, its script, its module and its tests share a name.",
        "",
        "| rule | makes | from its first comment |",
        "|---|---|---|",
    ]
    for rule, made, comment, _ in rules_of(project):
        lines.append(f"| {rule} | {', '.join(f'`{path}`' for path in made) or 'no result'} | {comment} |")
    return "\n".join(lines) + "\n"


def reproduce_page(project: Path) -> str:
    """docs/reproduce.md with its table of the programs as they are."""
    lines = [f"| {script} | {comment} |" for _, _, comment, script in rules_of(project) if script]
    page = (project / "docs/reproduce.md").read_text(encoding="utf-8")
    return with_table(page, "| program (workflow/scripts) | what it does |\n|---|---|\n", lines)


def with_table(page: str, head: str, lines: list[str]) -> str:
    """The page with the lines of the table under `head` replaced."""
    before, _, after = page.partition(head)
    return before + head + "\n".join(lines) + "\n\n" + after.partition("\n\n")[2]


def architecture_page(project: Path) -> str:
    """docs/architecture.md with its table of the rooms as they are."""
    from test_layout import LAYERS, TREES

    head = "| room | what it is |\n|---|---|\n"
    said = {name: (ast.get_docstring(TREES[name]) or "").splitlines()[0] for layer in LAYERS for name in layer}
    lines = [f"| `{name}` | {first} |" for name, first in said.items()]
    return with_table((project / "docs/architecture.md").read_text(encoding="utf-8"), head, lines)


def claims_language() -> str:
    """Every function of the claims' language, from its registry."""
    lines = [
        "# The functions of the claims' language",
        "",
        "Made from workflow/collective_efficiency/claims/language/registry.py; a test keeps it current.",
        "What a claim is, and what else a predicate may hold, says [claims.md](claims.md). What stands in square",
        "brackets may be left out; `among` says which clusters are meant (all, where it is left out).",
        "",
        "| function | arguments | gives | what |",
        "|---|---|---|---|",
    ]
    for function in REGISTRY.values():
        arguments = "; ".join(f"`{each.name}`: {each.takes}" for each in function.parameters)
        lines.append(f"| `{function.signature}` | {arguments} | {function.gives} | {function.does} |")
    return "\n".join(lines) + "\n"


EXAMPLES = own_yaml((Path(__file__).parent / "cases" / "check_examples.yaml").read_text(encoding="utf-8"))


def checks_page() -> str:
    """Every kind of check with its keys, from the registry, an example, and what it does not see."""
    lines = [
        "# The checks of checks.yaml",
        "",
        "Made from the registry, workflow/collective_efficiency/audit/checks/registry.py; a test keeps it current.",
        "A key that a kind does not have, or lacks, is an error. What the audit does: [audit.md](audit.md).",
        "Each example is run by a test. Its findings: cell, printed, expected, what happened.",
        "",
        "Every check has",
        "",
        *_keys(COMMON_KEYS),
    ]
    parts = {
        "cells": "Relations: how a number is computed",
        "classes": "Relations: how a class follows",
        "facts": "Facts: what is not computed",
    }
    for part, title in parts.items():
        lines += [f"## {title}", ""]
        for kind in CHECK_KINDS.values():
            if part == (kind.gives if isinstance(kind, RelationKind) else "facts"):
                lines += [f"### `{kind.name}`", "", kind.asserts, "", *_keys(kind.keys), *_example(kind.name)]
                lines += [f"It does not see: {kind.cannot[:1].lower()}{kind.cannot[1:]}", ""]
    return "\n".join(lines)


def _example(kind: str) -> list[str]:
    """The example of a kind of check (tests/unit/audit/checks/test_check_registry.py runs it), as text."""
    example = EXAMPLES[kind]
    check = yaml.safe_dump(
        {"id": kind, "kind": kind} | example["check"], sort_keys=False, default_flow_style=None, width=100
    )
    lines = [
        f"A table of the layout `{name}`:\n\n```\n{text.strip()}\n```\n" for name, text in example["tables"].items()
    ]
    lines += [f"```yaml\n{check.strip()}\n```", ""]
    beside = [f"{name}: {text}" for key in ("columns", "notes") for name, text in example.get(key, {}).items()]
    said = f" (tables.yaml says `{'`, `'.join(beside)}`)" if beside else ""
    return [*lines, f"finds{said}", "", *(f"- {markdown_text(line)}" for line in example["finds"]), ""]


def _keys(keys: tuple[Key, ...]) -> list[str]:
    lines = ["| key | needed | holds | meaning |", "|---|---|---|---|"]
    lines += [f"| `{key.name}` | {'yes' if key.required else 'no'} | {key.holds} | {key.description} |" for key in keys]
    return [*lines, ""]


PEERS = own_yaml((Path(__file__).parent / "cases" / "peers.yaml").read_text(encoding="utf-8"))


def peers_page() -> str:
    """The examples of other tools with their verdicts and ours; tests/unit/audit/test_peers.py holds ours true."""
    cells = [
        (case["theirs"][key], case.get("ours", {}).get(key, case["theirs"][key]))
        for case in PEERS["cases"]
        for key in case["theirs"]
    ]
    agree = sum(theirs == ours for theirs, ours in cells)
    lines = [
        "# Other tools, and this audit",
        "",
        "The examples of other tools, with what they say of them by their own documents, and what the audit says, which"
        " tests/unit/audit/test_peers.py computes. Made from tests/cases/peers.yaml; a test keeps it current.",
        "",
        f"Of {len(cells)} cells the audit says the same of {agree}; each other one is explained. `maybe`: one of some"
        " that may be wrong; `open`: nothing printed tells.",
        "",
    ]
    for tool in dict.fromkeys(case["tool"] for case in PEERS["cases"]):
        lines += [f"## {tool}", ""]
        for case in PEERS["cases"]:
            if case["tool"] == tool:
                lines += _peer(case)
    lines += [
        "## scrutiny, unround",
        "",
        "The exact numbers that print as x (help page of unround, and its table of ranges); ours are the same.",
        "",
    ]
    lines += ["| x | rounding | range | our word for it |", "|---|---|---|---|"]
    lines += [f"| {case['x']} | {case['rounding']} | {case['range']} | {case['ours']} |" for case in PEERS["unround"]]
    return "\n".join(lines) + "\n"


def _peer(case: dict[str, Any]) -> list[str]:
    """One example: tables, checks, both verdicts, and why they differ."""
    shown = [
        "\n".join([f"{name}:", text.strip()]) if len(case["tables"]) > 1 else text.strip()
        for name, text in case["tables"].items()
    ]
    checks = yaml.safe_dump(case["checks"], sort_keys=False, default_flow_style=None, width=110).strip()
    lines = [f"### {markdown_text(case['case'])}", "", f"{markdown_text(case['source'])}.", ""]
    lines += ["```", *shown, "```", "", "```yaml", checks, "```", ""]
    lines += [f"- theirs: {_words(case['theirs'])}"]
    ours = case.get("ours", {})
    lines += [f"- ours: {_words(ours)}, else the same: {case['why']}"] if ours else ["- ours: the same"]
    return [*lines, ""]


def _words(verdicts: dict[str, str]) -> str:
    """Verdicts with the cells that have each: `wrong` a/x, b/x; ..."""
    return "; ".join(
        f"{word} {', '.join(key for key, of in verdicts.items() if of == word)}"
        for word in dict.fromkeys(verdicts.values())
    )


PAGES: dict[str, Callable[[Path], str]] = {
    "architecture.md": architecture_page,
    "checks.md": lambda project: checks_page(),
    "claims-language.md": lambda project: claims_language(),
    "data-dictionary.md": data_dictionary,
    "files.md": files_page,
    "peers.md": lambda project: peers_page(),
    "reproduce.md": reproduce_page,
}

if __name__ == "__main__":
    for name, made in PAGES.items():
        (PROJECT / "docs" / name).write_text(made(PROJECT), encoding="utf-8")
