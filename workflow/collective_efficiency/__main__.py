"""The command `collective-efficiency`: what the library does without the workflow.

A sub-command is a function from the parsed options to the status with which the command ends, named where its parser is
declared in `parser`. It imports what it needs itself, so that `--help` answers at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from collective_efficiency import __version__
from collective_efficiency.problems import BadInputError, Problem

COMMAND = "collective-efficiency new-study"
NOTHING_WRONG, SLIPS, BAD_INPUT = 0, 1, 2  # the status with which the command ends; argparse itself ends with 2
READER_LEFT = 141  # as a shell says it of a program whose output nobody reads on (128 and the number of SIGPIPE)

EXAMPLES = """\
example: audit the tables of another report, and look at what was found

  collective-efficiency audit my_tables --output my_audit
  open my_audit/summary.md

The folder my_tables holds tables.yaml (what the columns hold), checks.yaml (which cell follows from which),
clusters.csv, sectors.csv and one CSV for each table, as printed: tests/second_report of the project is a small one to
copy.
"""

AUDIT = """\
Judge every number in a folder of tables: does it follow from the others, as they are printed?

Each finding is printed on a line: how much it matters, where it is, what is printed, what was expected, and what most
likely happened. Status 0: no number is wrong; 1: findings that change a number; 2: the folder cannot be read so.
"""

DRAFT = """\
Lay out a folder to audit from a file: its tables as printed, how they are to be read, and the relations that their
numbers seem to keep (sums, means, shares, differences, ratios, growth, copies), as records to keep or to delete.

  collective-efficiency draft report.xlsx --output my_tables
  collective-efficiency audit my_tables

Whatever is guessed is marked `guessed: true` in tables.yaml and checks.yaml, with the cells that speak against each
relation; the audit says first how much of it nobody has confirmed. A folder that is there is never written over.
"""

NEW_STUDY = """\
Lay out a folder for clusters that you add, to be filled in: study.yaml (what the study is), clusters.csv (its scores).

  cd data/studies
  collective-efficiency new-study ethiopia

With a table that you have (csv, tsv, xlsx, ods, dta, sav), study.yaml says how it is to be read, as far as that can be
guessed from it; the table is copied as it is, each guess has its reason beside it, and what is open is printed:

  collective-efficiency new-study ethiopia --from survey.xlsx

Then name it in config.yaml (studies: [ethiopia]) and run snakemake: every stage also runs with its clusters.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sub-command that `arguments` name (those of the command line by default); the answer is the status."""
    try:
        try:
            return _run(arguments)
        finally:
            sys.stdout.flush()  # what is buffered meets a reader that has left (`| head`) here, not when Python ends
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT


def _run(arguments: Sequence[str] | None) -> int:
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except BadInputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT


def parser() -> argparse.ArgumentParser:
    """The sub-commands and their options."""
    whole = argparse.ArgumentParser(
        prog="collective-efficiency",
        description="Audit printed tables of scores, sums, averages and classes; lay out studies that add clusters.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)

    audit = commands.add_parser(
        "audit",
        help="judge every number in a folder of tables",
        description=AUDIT,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = audit.add_mutually_exclusive_group(required=True)
    what.add_argument("folder", type=Path, nargs="?", help="the folder that holds tables.yaml, checks.yaml, the tables")
    what.add_argument(
        "--manifest", type=Path, help="a CSV (report, folder) of many reports, which are audited together"
    )
    audit.add_argument("--output", type=Path, help="write cells, findings, rounding, checks (CSV) and a summary here")
    audit.add_argument("--cores", type=int, help="with --manifest: how many processes (all cores)")
    audit.add_argument("--missing", choices=["zero", "omit"], default="zero", help="what n.a. counts as (zero)")
    audit.set_defaults(run=run_audit)

    draft = commands.add_parser(
        "draft",
        help="lay out a folder to audit from a spreadsheet, a page or a text",
        description=DRAFT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    draft.add_argument("file", type=Path, help="the file that holds the tables: xlsx, ods, csv, tsv, html, md")
    draft.add_argument("--output", type=Path, required=True, help="the folder to lay out, which must not be there yet")
    draft.set_defaults(run=run_draft)

    new_study = commands.add_parser(
        "new-study",
        help="lay out the folder of a new study, to be filled in",
        description=NEW_STUDY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    new_study.add_argument("name", help="small letters, digits, - and _: the folder's name")
    new_study.add_argument("--folder", type=Path, default=".", help="where to lay it out (the folder you are in)")
    new_study.add_argument("--from", dest="table", type=Path, metavar="FILE", help="guess study.yaml from this table")
    report = "the folder of the report's data, to compare with (report beside the folder of studies)"
    new_study.add_argument("--report", type=Path, help=report)
    new_study.set_defaults(run=run_new_study)

    version = commands.add_parser("version", help="print the version")
    version.set_defaults(run=run_version)
    return whole


def run_audit(options: argparse.Namespace) -> int:
    """Print what the audit of a folder found, and write it where --output says."""
    if options.manifest:
        return run_audit_of_many(options)
    from collective_efficiency.audit.counts import audit_counts
    from collective_efficiency.audit.folder import audit_files, audit_files_of_report, folder_files, rules_of_folder
    from collective_efficiency.audit.summary import audit_lines, guessed_line

    files = folder_files(options.folder)
    done = audit_files_of_report(files, options.missing)
    counts = audit_counts(done)
    if options.output:  # before anything is printed: who reads only the first lines of it has the files, too
        from collective_efficiency.reviewer.folder_page import folder_pages  # what few ask for takes long to import

        options.output.mkdir(parents=True, exist_ok=True)
        pages = folder_pages(done, files, rules_of_folder(done))
        for name, content in {**{name: text.encode() for name, text in audit_files(done).items()}, **pages}.items():
            (options.output / name).write_bytes(content)
    print(guessed_line(counts), end="")
    for finding in done.findings:
        values = f"{finding.printed!r}, expected {finding.expected!r}"
        print(f"{finding.severity:8} {finding.id}: {values}; {finding.explanation}")
    print(audit_lines(counts, rules_of_folder(done)), end="")
    if options.output:
        print(f"Written to {options.output}")
    wrong = any(finding.severity in ("decision", "numeric") for finding in done.findings)
    return SLIPS if wrong else NOTHING_WRONG


def run_audit_of_many(options: argparse.Namespace) -> int:
    """Audit the reports of a list, and write one table of reports and one of findings."""
    from collective_efficiency.audit.audits import outcome_line
    from collective_efficiency.audit.many.run import audit_many

    if not options.manifest.is_file():
        raise BadInputError([Problem(str(options.manifest), "", "", "", "there is no such file")])
    if options.output is None or (options.cores is not None and options.cores < 1):
        wrong = ("--output", "is needed") if options.output is None else ("--cores", "allowed: 1 and more")
        raise BadInputError([Problem(wrong[0], "", "", "", f"{wrong[1]}, with --manifest")])
    outcomes = audit_many(options.manifest, options.output, options.missing, options.cores, _progress)
    print(outcome_line(outcomes))
    print(f"Written to {options.output}: reports.csv, findings.csv")
    if outcomes["bad input"] or outcomes["failed"]:
        return BAD_INPUT
    return SLIPS if outcomes["findings"] else NOTHING_WRONG


def _progress(text: str) -> None:
    """One line that changes, where a person looks on."""
    if sys.stderr.isatty():
        print(f"\r{text}", end="\n" if text.split()[0] == text.split()[2] else "", file=sys.stderr, flush=True)


def run_draft(options: argparse.Namespace) -> int:
    """Lay out the folder of a draft, and print what was taken to be in it."""
    from collective_efficiency.audit.drafts.draft import draft, lay_out_draft

    try:
        content = options.file.read_bytes()
    except OSError as error:
        raise BadInputError([Problem(str(options.file), "", "", "", f"cannot be read: {error.strerror}")]) from None
    drafted = draft(options.file.name, content)
    lay_out_draft(drafted, options.output)
    print(*drafted.lines(), sep="\n")
    print(f"Laid out in {options.output}. Look through tables.yaml and checks.yaml; then")
    print(f"  collective-efficiency audit {options.output}")
    return NOTHING_WRONG


def run_new_study(options: argparse.Namespace) -> int:
    """Lay out a folder with a study.yaml and a table, to fill in or as it is; nothing that is there is touched."""
    from collective_efficiency.studies.new_study import lay_out_study, lay_out_study_of

    if not options.folder.is_dir():
        raise BadInputError([Problem(str(options.folder), "", "", "", "there is no such folder; name one by --folder")])
    if options.table:
        report = options.report or options.folder.resolve().parent / "report"
        print(lay_out_study_of(options.folder, options.name, options.table, report, COMMAND))
    else:
        print(lay_out_study(options.folder, options.name, COMMAND))
    return NOTHING_WRONG


def run_version(options: argparse.Namespace) -> int:
    """Print the version."""
    print(__version__)
    return NOTHING_WRONG


if __name__ == "__main__":
    sys.exit(main())
