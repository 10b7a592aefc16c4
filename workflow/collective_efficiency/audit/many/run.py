"""A list of reports audited on the cores of one machine, in parts that are kept: what was done is not done again.

A part is written under its number and the digest of what it rests on, whole or not at all. So a run that was
interrupted goes on where it was, and ends with the same bytes; one over reports that have changed does these anew.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from multiprocessing import parent_process
from pathlib import Path
from threading import Thread

from collective_efficiency.audit.audit_part import AUDITED_REPORT_COLUMNS, digest_of, files_of, part_text
from collective_efficiency.audit.audits import FINDINGS_OF_MANY, head_of, lines_of_parts
from collective_efficiency.audit.many.manifest import ListedReport, read_manifest

IN_A_PART = 50  # reports: some seconds of work that an interruption may cost
PARTS_FOLDER = "parts"  # below the output, in which they are kept


def audit_many(
    manifest: Path, output: Path, missing: str = "zero", cores: int | None = None, tell: Callable[[str], None] = print
) -> Mapping[str, int]:
    """Audits the reports of a list; writes reports.csv and findings.csv. The answer: how many came to which outcome.

    cores: how many processes (all cores). tell: is told how far it is. Raises BadInputError where the list is none.
    """
    listed = read_manifest(manifest.name, manifest.read_bytes())
    (output / PARTS_FOLDER).mkdir(parents=True, exist_ok=True)
    chunks = [listed[start : start + IN_A_PART] for start in range(0, len(listed), IN_A_PART)]
    paths: dict[int, Path] = {}
    with ProcessPoolExecutor(cores or len(os.sched_getaffinity(0)), initializer=_end_with_parent) as pool:
        waiting = {
            pool.submit(_part, number, chunk, manifest.parent, output / PARTS_FOLDER, missing): number
            for number, chunk in enumerate(chunks, 1)
        }
        try:
            for done in as_completed(waiting):
                paths[waiting[done]] = done.result()
                tell(f"{min(len(paths) * IN_A_PART, len(listed)):,} of {len(listed):,} reports")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    outcomes = _together([paths[number] for number in sorted(paths)], output)
    for path in (output / PARTS_FOLDER).iterdir():  # of a list or of reports that were others
        if path not in paths.values():
            path.unlink()
    return outcomes


def _end_with_parent() -> None:
    """Ends this process with the one that began it, which cannot do so itself where it is killed."""

    def watch() -> None:
        if (parent := parent_process()) is not None:
            parent.join()
            os._exit(1)

    Thread(target=watch, daemon=True).start()


def _part(number: int, chunk: Sequence[ListedReport], base: Path, parts: Path, missing: str) -> Path:
    """The part of a number, made unless it is there."""
    files = [(listed, files_of(base, listed)) for listed in chunk]
    path = parts / f"{number:05}-{digest_of(files, missing)}.jsonl"
    if not path.exists():
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.write_text(part_text(files, missing), encoding="utf-8", newline="\n")
        unfinished.replace(path)
    return path


def _together(paths: Sequence[Path], output: Path) -> Counter[str]:
    """The two tables of all parts, of which no more than one is in memory."""
    outcomes: Counter[str] = Counter()
    targets = {"reports.csv": AUDITED_REPORT_COLUMNS, "findings.csv": FINDINGS_OF_MANY}
    with ExitStack() as stack:
        written = [
            stack.enter_context((output / f"{name}.unfinished").open("w", encoding="utf-8", newline=""))
            for name in targets
        ]
        for file, columns in zip(written, targets.values(), strict=True):
            file.write(head_of(columns))
        for report, findings, outcome in lines_of_parts(_texts(paths)):
            written[0].write(report)
            written[1].write(findings)
            outcomes[outcome] += 1
    for name in targets:
        (output / f"{name}.unfinished").replace(output / name)
    return outcomes


def _texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        yield path.read_text(encoding="utf-8")
