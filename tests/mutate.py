"""Does a test fail when the code is changed? A bounded, seeded sample of small changes to the modules that decide.

`make mutate` writes docs/mutation.md. Ours, because the tools run every test for every change and have no bound: here
each change meets the tests of its room only, those of its own module first, and the same seed draws the same changes.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LIBRARY = "workflow/collective_efficiency"
TARGETS = (  # where a slip would change a verdict, a p-value or an index
    "audit/judge.py", "audit/localise.py", "audit/programme.py", "numbers/rounding.py", "inference/exact.py",
    "measures/indices.py", "claims/evaluation.py", "claims/worlds.py", "claims/language/*.py",
)  # fmt: skip
NEEDED = ("workflow", "tests", "data", "benchmarks", "docs", "notebooks", "config.yaml", "pyproject.toml", "Snakefile")
TIMEOUT = 180  # seconds: a change that makes a loop endless is noticed, too
WORKERS = os.cpu_count() or 1
SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.And: ast.Or, ast.Or: ast.And, ast.USub: ast.UAdd,
}  # fmt: skip
ONLY_FAST = """def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if not {"run", "studied"} & set(getattr(item, "fixturenames", ()))]
"""  # what runs the whole workflow has no place here
PAGE = """# Does a test fail when the code is changed?

Made by `make mutate`: comparisons, signs, and/or, not and whole numbers are changed one at a time in the modules that
decide verdicts, p-values and indices, and the tests of that room are run. Of {tried} changes drawn with the seed
{seed}, the tests noticed {noticed} ({share:.0%}).

| module | changes possible | drawn | noticed |
|---|---|---|---|
{table}

## What no test noticed

{survivors}
"""


def changes(tree: ast.Module) -> Iterator[tuple[ast.expr, Callable[[], None]]]:
    """Every expression that can be changed, and what changes it: comparisons, signs, and/or, not, whole numbers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for place, operator in enumerate(node.ops):
                yield node, partial(node.ops.__setitem__, place, SWAPS[type(operator)]())
        elif isinstance(node, ast.BinOp | ast.BoolOp | ast.UnaryOp) and type(node.op) in SWAPS:
            yield node, partial(setattr, node, "op", SWAPS[type(node.op)]())
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, partial(setattr, node, "operand", ast.UnaryOp(ast.Not(), node.operand))
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield node, partial(setattr, node, "value", node.value + 1)


def mutant(source: str, site: int) -> tuple[str, str]:
    """The source with one change, and the change in words."""
    tree = ast.parse(source)
    node, change = list(changes(tree))[site]
    line, before = source.splitlines()[node.lineno - 1].strip(), ast.unparse(node)
    change()
    return ast.unparse(tree), f"line {node.lineno}: `{before}` became `{ast.unparse(node)}` in `{line}`"


def passes(folder: Path, module: str, source: str) -> bool:
    """Whether the tests of the module's room pass with `source` in place of the module."""
    target, tests = folder / LIBRARY / module, folder / "tests/unit" / module.split("/")[0]
    original = target.read_text(encoding="utf-8")
    target.write_text(source, encoding="utf-8")
    named = [path for path in [tests / f"test_{target.stem}.py"] if path.is_file()]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *map(str, [*named, tests])]
    quiet = {"PYTHONDONTWRITEBYTECODE": "1"}  # a stale .pyc would hide the change
    try:
        return not subprocess.run(
            command, cwd=folder, env=os.environ | quiet, capture_output=True, timeout=TIMEOUT, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(original, encoding="utf-8")


def noticed(folder: Path, sources: dict[str, str], drawn: list[tuple[str, int]]) -> list[tuple[str, bool, str]]:
    """Each drawn change, tried in a copy of what the tests need: its module, whether a test failed, the change."""
    for name in NEEDED:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy2
        copy(PROJECT / name, folder / name)
    (folder / "conftest.py").write_text(ONLY_FAST, encoding="utf-8")
    answers = []
    for room, module in {module.split("/")[0]: module for module, _ in drawn}.items():
        if not passes(folder, module, sources[module]):
            raise RuntimeError(f"the tests of {room} fail, or take too long, as they are")
    for module, site in drawn:
        changed, words = mutant(sources[module], site)
        answers.append((module, not passes(folder, module, changed), words))
    return answers


def main() -> None:
    """Draw, change, test, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", type=int, default=12, help="changes drawn for each module (12)")
    parser.add_argument("--seed", type=int, default=2004)
    parser.add_argument("--only", default="", help="modules whose path holds this text")
    options, library = parser.parse_args(), PROJECT / LIBRARY
    paths = sorted(path for pattern in TARGETS for path in library.glob(pattern) if options.only in str(path))
    sources = {path.relative_to(library).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    sites = {name: len(list(changes(ast.parse(text)))) for name, text in sources.items()}
    draw = random.Random(options.seed)
    drawn = [(name, site) for name, n in sites.items() for site in sorted(draw.sample(range(n), min(n, options.draw)))]
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(WORKERS) as pool:
        folders = [Path(tempfile.mkdtemp(dir=home)) for _ in range(WORKERS)]
        parts = pool.map(noticed, folders, [sources] * WORKERS, [drawn[number::WORKERS] for number in range(WORKERS)])
        answers = sorted(answer for part in parts for answer in part)
    killed = {name: [fell for module, fell, _ in answers if module == name] for name in sites}
    table = "\n".join(
        f"| {name} | {sites[name]} | {len(each)} | {sum(each)} |" for name, each in killed.items() if each
    )
    survivors = "\n".join(f"- {module}, {words}" for module, fell, words in answers if not fell) or "None."
    count = sum(fell for _, fell, _ in answers)
    numbers = {"tried": len(answers), "noticed": count, "share": count / len(answers), "seed": options.seed}
    print(PAGE.format(table=table, survivors=survivors, **numbers), end="")


if __name__ == "__main__":
    main()
