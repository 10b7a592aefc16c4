"""Which files of this package a module rests on: an edit to any of them makes anew what the module made.

Snakemake sees an edit of a script, but not of what the script imports, nor of a template or schema that is filled or
read there. So the rules list these files among their inputs.
"""

import re
from functools import cache

from collective_efficiency.files.package import PACKAGE
from collective_efficiency.files.pages import INCLUDED

DOCSTRING = re.compile(r'""".*?"""', re.DOTALL)  # its examples load nothing
IMPORT = re.compile(r"^\s*from collective_efficiency\.?([\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)
DATA = re.compile(r'\b(template|page|schema)\(\s*"([^"]+)"')


def sources(*modules: str) -> list[str]:
    """The files, relative to the package, of `modules` (named with dots) and of all that they import, sorted.

    A module brings the `__init__.py` of its folder, and the templates and schemas that it names as plain text in
    `template("...")`, `page("...")` and `schema("...")`, with what such a template includes.
    Raises FileNotFoundError for a module that does not exist.

    >>> sources("words")
    ['__init__.py', 'words.py']
    """
    found: set[str] = set()
    todo = ["", *modules]
    while todo:
        file, data, imported = _read(todo.pop())
        if file not in found:
            found |= {file, *data}
            todo += imported
    return sorted(found)


@cache
def _read(module: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The file of a module, the package data that it names, and the modules that it imports or lies in."""
    file = _file(module)
    code = DOCSTRING.sub("", PACKAGE.joinpath(file).read_text(encoding="utf-8"))
    data = [f"schemas/{name}.yaml" if kind == "schema" else f"templates/{name}" for kind, name in DATA.findall(code)]
    for name in data:  # grows with what its templates include
        if name.endswith(".j2"):
            data += [
                f"templates/{part}" for part in INCLUDED.findall(PACKAGE.joinpath(name).read_text(encoding="utf-8"))
            ]
    imported = [module.rpartition(".")[0]]
    for base, names in IMPORT.findall(code):
        imported.append(base)  # `from room.module import name`, or `from room import module`:
        inside = [f"{base}.{name}".lstrip(".") for name in re.findall(r"\w+", names)]
        imported += [name for name in inside if PACKAGE.joinpath(f"{name.replace('.', '/')}.py").is_file()]
    return file, tuple(data), tuple(imported)


def _file(module: str) -> str:
    folder = module.replace(".", "/")
    return f"{folder}/__init__.py".lstrip("/") if PACKAGE.joinpath(folder).is_dir() else f"{folder}.py"
