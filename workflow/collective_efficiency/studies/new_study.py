"""Stage `new_study`: the folder of a new study, laid out from templates/study, never over one that is there."""

from collections.abc import Container
from pathlib import Path

from collective_efficiency.choices import CONFIG_FILE
from collective_efficiency.files.package import template
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.studies.study import check_name


def new_study_name(name: str | int | None, taken: Container[str], said_in: str = CONFIG_FILE) -> str:
    """The name of the new study, as text (YAML may make a number of it).

    taken: the names of what lies beside it. said_in: where it was named. Raises BadInputError where it is missing, not
    allowed or taken.

    >>> new_study_name("ethiopia", {"_template"})
    'ethiopia'
    """
    message = check_name(str(name))
    if name is None:
        message = "name the new study: snakemake --cores 1 new_study --config name=ethiopia"
    elif not message and str(name) in taken:
        message = f"there is a folder {name} already; nothing was changed"
    if message:
        raise BadInputError([Problem(said_in, "", "name", "" if name is None else str(name), message)])
    return str(name)


def new_study_files() -> dict[str, str]:
    """The files of a new study, to be filled in, by their names."""
    return {"study.yaml": template("study/study.yaml"), "clusters.csv": template("study/clusters.csv")}


def lay_out_study(parent: Path, name: str | int | None, said_in: str = CONFIG_FILE) -> str:
    """Make the folder of a new study in `parent`; the answer says what is to be done next with it.

    Raises BadInputError, before anything is made, as `new_study_name` does.
    """
    folder = parent / new_study_name(name, {path.name for path in parent.iterdir()}, said_in)
    folder.mkdir()
    for file, text in new_study_files().items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return f"Fill in {folder}/study.yaml and {folder}/clusters.csv; docs/add-a-study.md says how."
