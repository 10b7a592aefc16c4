"""What a module rests on, against what Python itself loads for it."""

import os
import re
import subprocess
import sys

import pytest

from collective_efficiency.files.package import PACKAGE
from collective_efficiency.run.sources import sources

MODULES = sorted(
    path.relative_to(str(PACKAGE)).with_suffix("").as_posix().replace("/", ".")
    for room in PACKAGE.iterdir()
    if room.is_dir() and room.name not in ("schemas", "templates", "__pycache__")
    for path in room.rglob("*.py")
    if path.name != "__init__.py"
)


def test_a_module_brings_its_room_and_what_it_imports():
    listed = sources("report.clusters")
    assert {"__init__.py", "report/__init__.py", "report/clusters.py", "words.py"} <= set(listed)
    assert listed == sorted(listed)
    assert not any(name.startswith("inference/") for name in listed)


def test_a_module_brings_the_schemas_and_templates_that_it_names():
    assert "schemas/tables.schema.yaml" in sources("report.ingest")
    assert not any(name.startswith(("schemas/", "templates/")) for name in sources("files.package"))  # in its examples


def test_every_file_named_exists():
    for name in sources(*MODULES):
        assert PACKAGE.joinpath(name).is_file(), name


def test_a_module_that_does_not_exist_is_an_error():
    with pytest.raises(FileNotFoundError):
        sources("report.clusterz")


def test_what_python_loads_is_listed(project):
    """In one process: of each module, what of the package it loads when it is imported."""
    code = (
        "import sys, importlib\n"
        "for name in sys.argv[1:]:\n"
        "    for loaded in [m for m in sys.modules if m.split('.')[0] == 'collective_efficiency']:\n"
        "        del sys.modules[loaded]\n"
        "    importlib.import_module('collective_efficiency.' + name)\n"
        "    print(name, *(m for m in sys.modules if m.split('.')[0] == 'collective_efficiency'))\n"
    )
    environment = os.environ | {"PYTHONPATH": str(project / "workflow")}
    done = subprocess.run(
        [sys.executable, "-c", code, *MODULES], env=environment, capture_output=True, text=True, check=True
    )
    for line in done.stdout.splitlines():
        name, *loaded = line.split()
        listed = {f"collective_efficiency/{file}" for file in sources(name)}
        for module in loaded:
            path = module.replace(".", "/")
            assert {f"{path}.py", f"{path}/__init__.py"} & listed, (name, module)


def test_every_rule_lists_what_its_script_imports(project):
    """An edit of any module that a script imports, directly or not, must rerun its rule."""
    checked = 0
    for path in sorted((project / "workflow/rules").glob("*.smk")):
        for rule in path.read_text(encoding="utf-8").split("\nrule ")[1:]:
            script = re.search(r'"\.\./scripts/(\w+)\.py"', rule)
            code = re.search(r"code=library\(([^)]*)\)", rule)
            if script and code:
                text = (project / f"workflow/scripts/{script[1]}.py").read_text(encoding="utf-8")
                imported = re.findall(r"^\s*from collective_efficiency\.([\w.]+) import", text, re.MULTILINE)
                missing = set(sources(*imported)) - set(sources(*re.findall(r'"([\w.]+)"', code[1])))
                assert not missing, (rule.split(":")[0], missing)
                checked += 1
    assert checked >= 10
