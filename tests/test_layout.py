"""The laws of the house: what a newcomer may rely on when he looks for the code behind a result.

Each is read off the files; nothing is run but one import. docs/architecture.md says the same in words.
"""

import ast
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
WORKFLOW = PROJECT / "workflow"
LIBRARY = WORKFLOW / "collective_efficiency"
LONGEST = 350  # lines of a module: what a reader holds in one sitting
LAYERS = (  # lowest first; a module imports from its own room and from lower ones, never upwards
    ("words", "problems"),
    ("numbers",),
    ("files",),
    ("choices",),
    ("report",),
    ("measures",),
    ("exhibits",),
    ("claims",),
    ("policy",),
    ("audit",),
    ("inference",),
    ("robustness",),
    ("studies",),
    ("reviewer",),
    ("run",),
    ("__main__",),  # the command: it may call every room
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
HEAVY = ("pandas", "scipy", "statsmodels", "matplotlib", "seaborn", "jinja2", "jsonschema", "openpyxl", "xlsxwriter")
LIGHT = ("words", "problems", "numbers.printed", "report.ingest")  # what every job loads


def module_name(path: Path) -> str:
    """The name of a module below collective_efficiency, such as report.ingest; a room's own file has the room's."""
    parts = path.relative_to(LIBRARY).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_name(path): path for path in sorted(LIBRARY.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
ROOMS = sorted(path.parent.name for path in LIBRARY.glob("*/__init__.py"))


def rules() -> list[tuple[str, str, str]]:
    """Every rule but `all`: its rules file, its name, its text."""
    read = []
    for path in [PROJECT / "Snakefile", *sorted((WORKFLOW / "rules").glob("*.smk"))]:
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(r"^(?:rule|checkpoint) (\w+):\n((?:[ \t]+.*\n|\n)+)", text, re.MULTILINE):
            if name != "all":
                read.append((path.stem, name, body))
    return read


def imports(tree: ast.Module) -> list[tuple[str, str]]:
    """Every module of the library that a module imports from, at its top or in a function, and the imported name."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "collective_efficiency":
            module = (node.module or "").partition(".")[2]
            for alias in node.names:
                whole = f"{module}.{alias.name}".strip(".")
                found.append((whole, "") if whole in MODULES else (module, alias.name))
        elif isinstance(node, ast.Import):
            found += [
                (alias.name.partition(".")[2], "") for alias in node.names if "collective_efficiency" in alias.name
            ]
    return found


def definitions(tree: ast.Module) -> list[tuple[str, ast.stmt]]:
    """The names that a module defines at its top, and where."""
    found: list[tuple[str, ast.stmt]] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append((node.name, node))
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            leaves = [leaf for target in targets for leaf in ast.walk(target)]
            found += [(leaf.id, node) for leaf in leaves if isinstance(leaf, ast.Name)]
    return found


def public(name: str) -> bool:
    return not name.startswith("_")


@pytest.mark.parametrize(("file", "rule", "body"), rules(), ids=lambda text: text if text.isidentifier() else "")
def test_a_rule_its_script_its_module_and_its_test_have_one_name(file, rule, body):
    script = re.search(r'script:\s+"([^"]+)"', body)
    assert script is not None
    assert script[1] == f"../scripts/{rule}.py"
    assert (WORKFLOW / "scripts" / f"{rule}.py").is_file()
    assert file in ROOMS, f"the rules file {file}.smk is not named after a room"
    assert f"{file}.{rule}" in MODULES
    assert (PROJECT / f"tests/unit/{file}/test_{rule}.py").is_file()


def test_every_script_belongs_to_a_rule():
    names = {rule for _, rule, _ in rules()}
    assert {path.stem for path in (WORKFLOW / "scripts").glob("*.py") if public(path.name)} == names


def test_imports_go_one_way():
    upwards = [
        f"{name} imports {module}"
        for name, tree in TREES.items()
        for module, _ in imports(tree)
        if name and module and LEVEL[module.split(".")[0]] > LEVEL[name.split(".")[0]]
    ]
    assert upwards == []


def test_every_room_has_its_layer():
    tops = {name.split(".")[0] for name in MODULES if name}
    assert tops == set(LEVEL)


def test_a_name_is_imported_from_where_it_is_defined():
    defined = {name: {each for each, _ in definitions(tree)} for name, tree in TREES.items()}
    borrowed = [
        f"{name} imports {each} from {module}"
        for name, tree in TREES.items()
        for module, each in imports(tree)
        if each and each not in defined[module]
    ]
    assert borrowed == []


def test_no_module_is_longer_than_a_reader_bears():
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_a_function_is_as_complex_as_ruff_allows_or_says_why():
    """pyproject.toml bounds the complexity (C901); who steps over the bound gives a reason on the line."""
    for path in [*MODULES.values(), *(WORKFLOW / "scripts").glob("*.py")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "noqa: C901" in line:
                assert re.search(r"noqa: C901 \(.{10,}\)", line), f"{path.name}: {line.strip()}"


def test_a_file_of_tests_has_a_name_of_its_own():
    """pytest imports each as a module of that name, and takes no two of one name in a run of all."""
    names = Counter(path.name for path in (PROJECT / "tests").rglob("test_*.py"))
    assert [name for name, count in names.items() if count > 1] == []


def test_a_public_name_has_one_meaning():
    places = defaultdict(list)
    for module, tree in TREES.items():
        for name in dict.fromkeys(name for name, _ in definitions(tree)):
            if public(name):
                places[name].append(module)
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}


def test_the_library_knows_no_snakemake_and_no_path_but_its_own():
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                named = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
                assert not any(each.split(".")[0].startswith("snakemake") for each in named), name
            if isinstance(node, ast.Name):
                assert node.id != "__file__", f"{name}: package data is read by files.package"
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("Path", "open", "cwd", "chdir"):
                literal = [each for each in node.args if isinstance(each, ast.Constant)]
                opened = isinstance(node.func, ast.Name) or ast.unparse(node.func) in ("Path.cwd", "os.chdir")
                assert not (opened and (literal or not node.args)), f"{name}: {ast.unparse(node)}"


def test_what_every_job_loads_is_light():
    """Imports are a quarter of a run (benchmarks/workflow.md): a job that draws nothing loads nothing that draws."""
    code = "import sys\n" + "\n".join(f"import collective_efficiency.{name}" for name in LIGHT)
    code += f"\nprint(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=WORKFLOW, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def words_used() -> dict[Path, set[str]]:
    """The names that each file outside the tests uses."""
    used = {}
    for path in [*MODULES.values(), *(WORKFLOW / "scripts").glob("*.py"), *(PROJECT / "benchmarks").glob("*.py")]:
        used[path] = names_in(ast.parse(path.read_text(encoding="utf-8")))
    for path in [PROJECT / "Snakefile", *(WORKFLOW / "rules").glob("*.smk"), *(PROJECT / "notebooks").glob("*.ipynb")]:
        used[path] = set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return used


def names_in(tree: ast.AST) -> set[str]:
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    named |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    named |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    # a type may be named in quotes, where it is defined further down
    return named | {
        word
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 80
        for word in re.findall(r"[A-Za-z_]\w+", node.value)
    }


def public_face() -> set[str]:
    """What docs/architecture.md offers to users of the library beyond what the workflow calls."""
    page = (PROJECT / "docs/architecture.md").read_text(encoding="utf-8")
    section = page.partition("## The public face")[2].partition("\n## ")[0]
    return set(re.findall(r"`([\w.]+\.\w+)`", section))


def test_no_name_is_dead():
    """What nothing but a test uses is deleted, or offered to users in docs/architecture.md."""
    used = words_used()
    dead = set()
    for module, tree in TREES.items():
        for name, node in definitions(tree):
            if not public(name):
                continue
            elsewhere = any(name in names for path, names in used.items() if path != MODULES[module])
            beside = any(name in names_in(other) for other in tree.body if other is not node)
            if not elsewhere and not beside:
                dead.add(f"{module}.{name}")
    face = public_face()
    assert dead - face == set()
    assert {name for name in face if name.rpartition(".")[0] not in MODULES} == set()


def test_tests_mirror_the_library():
    folders = {path.name for path in (PROJECT / "tests/unit").iterdir() if path.is_dir() and path.name[0] != "_"}
    assert folders <= set(ROOMS)
    for room in ROOMS:
        assert list((PROJECT / "tests/unit" / room).glob("test_*.py")), f"no test of the room {room}"
