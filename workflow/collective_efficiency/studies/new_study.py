"""Stage `new_study`: the folder of a new study, laid out from data/studies/_template, never over one that is there."""

from collections.abc import Container

from collective_efficiency.choices import CONFIG_FILE
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.studies.study import check_name


def new_study_name(name: str | int | None, taken: Container[str]) -> str:
    """The name of the new study, as text (YAML may make a number of it).

    taken: the names of what lies in data/studies. Raises BadInputError where the name is missing, not allowed or taken.

    >>> new_study_name("ethiopia", {"_template"})
    'ethiopia'
    """
    message = check_name(str(name))
    if name is None:
        message = "name the new study: snakemake --cores 1 new_study --config name=ethiopia"
    elif not message and str(name) in taken:
        message = f"there is a data/studies/{name} already; nothing was changed"
    if message:
        raise BadInputError([Problem(CONFIG_FILE, "", "name", "" if name is None else str(name), message)])
    return str(name)
