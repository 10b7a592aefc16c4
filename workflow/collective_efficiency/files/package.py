"""What the package holds beside its code: the schemas of its files, and the templates of its pages."""

from functools import cache
from importlib.resources import files
from typing import Any

from collective_efficiency.files.yaml_files import own_yaml

PACKAGE = files("collective_efficiency")


@cache
def schema(name: str) -> Any:
    """The document schemas/<name>.yaml, such as `schema("tables.schema")`. Never change what it gives.

    >>> schema("study_columns")["columns"]["inputs"]["holds"]
    'score'
    """
    return own_yaml(PACKAGE.joinpath("schemas", f"{name}.yaml").read_text(encoding="utf-8"))


def template(name: str) -> str:
    """The text of templates/<name>, such as `template("table.html.j2")`. Raises FileNotFoundError where it is not."""
    return PACKAGE.joinpath("templates", name).read_text(encoding="utf-8")
