"""What every script shares: the library on the path, a log of all that the job says, and frames in and out.

Scripts import it before the library, so that also what the library says while it is imported is in the log.
"""

import csv
import faulthandler
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a job is one core; jobs beside it would wait for each other
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    import pandas as pd

    from collective_efficiency.studies.study import Study

TERMINAL = {1: 1, 2: 2}  # stdout and stderr as the job was given them, by the numbers that programs know them by


def log_all(rule: str, log: str) -> None:
    """Send all that this process and its children print to `log`; of its death, one line to the terminal as well.

    It is done to the descriptors, not to sys.stdout: a library in C and a child write past sys.stdout.
    """
    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
    for stream in TERMINAL:
        TERMINAL[stream] = os.dup(stream)
        os.dup2(file, stream)
    os.close(file)
    sys.stdout.reconfigure(line_buffering=True)  # what it printed before a warning stands before it
    faulthandler.enable()  # a crash inside a library in C leaves a traceback, too

    def died(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
        sys.__excepthook__(kind, error, trace)
        said = " ".join(f"{kind.__name__}: {error}".split())
        os.write(TERMINAL[2], f"rule {rule} failed: {said}; see {log}\n".encode())

    sys.excepthook = died


def tell(text: str) -> None:
    """Say one line to who runs the workflow; the log has it, too."""
    print(text)
    if TERMINAL[1] != 1:
        os.write(TERMINAL[1], f"{text}\n".encode())


@contextmanager
def stage(log: Iterable[str]) -> Iterator[None]:
    """Run a stage; BadInputError goes to the terminal and to `log` without a traceback, and ends it with status 1."""
    from collective_efficiency.problems import BadInputError

    try:
        yield
    except BadInputError as error:
        for path in log:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(f"{error.listed()}\n")
        all_of_them = "" if str(error) == error.listed() else f"\n  all of them: {', '.join(log)}"
        os.dup2(TERMINAL[2], 2)  # where sys.exit says it
        sys.exit(f"{error}{all_of_them}")


def read_bytes(paths: Iterable[str]) -> dict[str, bytes]:
    """The content of files by their names."""
    return {Path(path).name: Path(path).read_bytes() for path in paths}


def read_rows(path: str) -> list[dict[str, str]]:
    """The records of a CSV that the workflow wrote or has checked."""
    from collective_efficiency.files.csv_files import records

    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return records(file.read())


def write_rows(path: str, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Records as CSV: UTF-8, LF, no index."""
    from collective_efficiency.files.csv_files import csv_text

    Path(path).write_text(csv_text(columns, rows), encoding="utf-8", newline="")


def write_columns(path: str, names: Sequence[str], columns: Mapping[str, Sequence[str]]) -> None:
    """Columns of equal length as CSV: UTF-8, LF, no index."""
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(zip(*(columns[name] for name in names), strict=True))


def read_frame(path: str) -> "pd.DataFrame":
    """A CSV that the workflow wrote, as text: nothing is guessed, an empty cell is an empty text."""
    import pandas as pd

    return pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")


def write_frame(path: str, frame: "pd.DataFrame") -> None:
    """A frame as CSV: UTF-8, LF, no index."""
    frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def read_study(snakemake: "Any") -> "Study":
    """The study of a rule whose inputs have the names of the rule `study`. Raises BadInputError with its problems."""
    from collective_efficiency.studies.study import known_of, read_studies

    given = snakemake.input
    known = known_of(read_rows(given.sectors), read_rows(given.master))
    folders = {snakemake.wildcards.study: read_bytes(given.files)}
    return read_studies(folders, known, snakemake.params.raters)[0]


def read_yaml(path: str) -> "Any":
    """A YAML file that was checked when the run began."""
    from collective_efficiency.files.yaml_files import checked_yaml

    return checked_yaml(Path(path).read_bytes())


_job = getattr(sys.modules["__main__"], "snakemake", None)  # what Snakemake puts there for a script, and only there
if _job is not None and _job.log:
    log_all(_job.rule, _job.log[0])
