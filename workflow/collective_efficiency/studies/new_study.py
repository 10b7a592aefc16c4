"""Stage `new_study`: the folder of a new study, laid out from templates/study or from a table, never over another."""

from collections.abc import Container
from pathlib import Path

from collective_efficiency.choices import CONFIG_FILE
from collective_efficiency.files.csv_files import records
from collective_efficiency.files.package import template
from collective_efficiency.problems import BadInputError, Problem, visible
from collective_efficiency.studies.described import YAML
from collective_efficiency.studies.guessed_study import guess_study
from collective_efficiency.studies.study import Known, check_name, known_of
from collective_efficiency.words import counted


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


def lay_out_study_of(parent: Path, name: str, table: Path, report: Path, said_in: str) -> str:
    """Make the folder of a new study with a copy of a table, and a study.yaml that is guessed from it.

    report: the folder of the report's data, with which the table is compared if it is there. The answer says what was
    guessed and what is open. Raises BadInputError, before anything is made, where the name or the table is bad.
    """
    named = new_study_name(name, {path.name for path in parent.iterdir()}, said_in)
    if not table.is_file():
        raise BadInputError([Problem(str(table), "", "", "", "there is no such file")])
    content = table.read_bytes()
    files = {file: report / file for file in ("sectors.csv", "clusters.csv")}
    known = Known((), (), {})
    if all(path.is_file() for path in files.values()):
        known = known_of(*(records(path.read_text(encoding="utf-8")) for path in files.values()))
    guessed = guess_study(named, table.name, content, known)
    folder = parent / named
    folder.mkdir()
    (folder / table.name).write_bytes(content)
    (folder / YAML).write_text(guessed.text, encoding="utf-8", newline="\n")
    compared = "" if known.clusters else f"Its clusters were not compared with the report's: {report} holds none.\n"
    left = "".join(f"  {visible(text)}\n" for text in guessed.open)
    guesses = counted(guessed.guesses, "guess", "guesses")
    return (
        f"{guesses} in {folder / YAML}, each with its reason: look at them, and fill in the keys that are empty."
        f"\n{compared}{counted(len(guessed.open), 'thing is', 'things are')} open"
        f"{':' if left else '.'}\n{left}"
    ).rstrip("\n")


def lay_out_study(parent: Path, name: str | int | None, said_in: str = CONFIG_FILE) -> str:
    """Make the folder of a new study in `parent`; the answer says what is to be done next with it.

    Raises BadInputError, before anything is made, as `new_study_name` does.
    """
    folder = parent / new_study_name(name, {path.name for path in parent.iterdir()}, said_in)
    folder.mkdir()
    for file, text in new_study_files().items():
        (folder / file).write_text(text, encoding="utf-8", newline="\n")
    return f"Fill in {folder}/study.yaml and {folder}/clusters.csv; docs/add-a-study.md says how."
