"""What people wrote, checked before anything is made of it: config.yaml, data/report and the enabled studies.

In: their bytes. Out: the `Plan` of the run, or one BadInputError with every problem of all of them.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from collective_efficiency.audit.adjudications import ADJUDICATIONS_FILE, read_adjudications
from collective_efficiency.audit.checks.reading import CHECKS_FILE, check_problems, listed_checks
from collective_efficiency.audit.refused import refused_checks
from collective_efficiency.choices import CONFIG_FILE, Choices, read_choices
from collective_efficiency.claims.ledger import read_ledger
from collective_efficiency.claims.worlds import ReportRecords
from collective_efficiency.files.csv_files import csv_text
from collective_efficiency.files.yaml_files import checked_yaml
from collective_efficiency.policy.advice import POLICY_FILE, read_policy
from collective_efficiency.problems import PROBLEM_COLUMNS, BadInputError, Problem, allowed, problem_record
from collective_efficiency.report.ingest import cell_records, read_report
from collective_efficiency.report.text_lines import text_length
from collective_efficiency.report.transcription import Report
from collective_efficiency.robustness.grid import read_multiverse
from collective_efficiency.run.config_files import ConfigSources
from collective_efficiency.run.plan import Plan
from collective_efficiency.studies.described import YAML
from collective_efficiency.studies.study import Study, check_name, known_of, read_studies

Files = Mapping[str, bytes]  # the content of files by their names
FoundFiles = Mapping[str, bytes | None]  # None: a symbolic link, which is not followed


def enabled_studies(config: Mapping[str, Any]) -> list[str]:
    """The names of the studies that `config` enables, sorted; none where config.yaml holds no list of them."""
    return _names(config.get("studies"))


def audits_named(config: Mapping[str, Any]) -> list[str]:
    """The names of the other reports that `config` has audited, sorted; none where it holds no list of them."""
    return _names(config.get("audits"))


def _names(listed: object) -> list[str]:
    return sorted(map(str, listed)) if isinstance(listed, list) else []


def check_inputs(
    config: Mapping[str, Any],
    report: Files,
    folders: Collection[str],
    studies: Mapping[str, FoundFiles],
    sources: ConfigSources,
    text_is_there: bool = True,
    audits: Mapping[str, Collection[str] | None] | None = None,
) -> Plan:
    """What is to be made.

    config: the whole config, merged of `sources`. report: the files of data/report. folders: what data/studies holds.
    studies: the files of those of its folders that are enabled. text_is_there: whether the text of the report is a file
    where the config names one. audits: for each folder of data/audits the names of its files (None: with a symbolic
    link among them); what is bad about such a report is a result of its audit. Raises BadInputError with every problem
    of everything.
    """
    problems: list[Problem] = []
    if not text_is_there:
        problems.append(Problem(CONFIG_FILE, "", "report_text", str(config["report_text"]), "there is no such file"))
    printed = _check_report(report, problems)
    problems += _check_folders(enabled_studies(config), folders, studies)
    problems += _check_audits(audits_named(config), audits or {})
    read: list[Study] = []
    try:
        read_multiverse(config, read_choices(config))
        if printed is not None:
            read = _read_studies(studies, printed, config["raters"])
    except BadInputError as error:
        problems += error.problems
    if problems or printed is None:
        raise BadInputError(map(sources.located, problems))
    known = {cluster["cluster"] for cluster in printed.clusters}
    described = checked_yaml(report["tables.yaml"])["tables"]
    return Plan(
        {"report": len(known), "extended": len(known.union(*(study.clusters["cluster"] for study in read)))},
        {name: table["title"] for name, table in described.items()},
        {study.name: tuple(sorted((YAML, study.file.rpartition("/")[2]))) for study in read},
        tuple(study.name for study in read if any(study.ratings["rater"])),
        tuple(study.name for study in read if known.intersection(study.clusters["cluster"])),
        {name: tuple(sorted((audits or {})[name] or ())) for name in audits_named(config)},
    )


def _check_report(files: Files, problems: list[Problem]) -> Report | None:
    """The transcription; None where it cannot be read. The claims name its tables, so they wait until it can, and so
    does the advice, which names claims.
    """
    for file in ("claims.yaml", POLICY_FILE, CHECKS_FILE, ADJUDICATIONS_FILE):
        if file not in files:
            problems.append(Problem(file, "", "", "", "the file is missing"))
    try:
        if ADJUDICATIONS_FILE in files:
            read_adjudications(files[ADJUDICATIONS_FILE])
    except BadInputError as error:
        problems += error.problems
    checks = listed_checks(files[CHECKS_FILE], problems) if CHECKS_FILE in files else []
    report = None
    try:
        report = read_report(files)
        words = ReportRecords(cell_records(report), report.clusters, {}, Choices()).vocabulary
        if "claims.yaml" in files:
            length = text_length(files["tables.yaml"])
            ledger = read_ledger("claims.yaml", files["claims.yaml"], words, length)
            if POLICY_FILE in files:
                read_policy(files[POLICY_FILE], [claim.id for claim in ledger.claims], words.clusters, length)
    except BadInputError as error:
        problems += error.problems
    problems += check_problems(checks) if report is None else refused_checks(checks, report)
    return report


def _check_folders(
    names: Iterable[str], folders: Collection[str], studies: Mapping[str, FoundFiles]
) -> Iterable[Problem]:
    """Names that are no study, and files that are links: nothing is read outside a study's folder."""
    for name in names:
        wrong = check_name(name)
        if wrong or name not in folders:
            wrong = wrong or f"there is no folder data/studies/{name}; {allowed(sorted(folders), name)}"
            yield Problem(CONFIG_FILE, "", "studies", name, wrong)
        for file, content in studies.get(name, {}).items():
            if content is None:
                yield Problem(f"data/studies/{name}/{file}", "", "", "", "allowed: a file of its own, no link")


def _check_audits(names: Iterable[str], audits: Mapping[str, Collection[str] | None]) -> Iterable[Problem]:
    """Names of which data/audits holds no folder, and folders with links: nothing is read outside of them."""
    for name in names:
        if name not in audits:
            wrong = f"there is no folder data/audits/{name}; {allowed(sorted(audits), name)}"
            yield Problem(CONFIG_FILE, "", "audits", name, wrong)
        elif audits[name] is None:
            yield Problem(f"data/audits/{name}", "", "", "", "allowed: a folder and files of its own, no link")


def _read_studies(studies: Mapping[str, FoundFiles], report: Report, raters: str) -> list[Study]:
    found = {
        name: {file: content for file, content in files.items() if content is not None}
        for name, files in studies.items()
        if not check_name(name)
    }
    return read_studies(found, known_of(report.sectors, report.clusters), raters)


def problems_of_study(name: str, problems: Iterable[Problem]) -> str:
    """The problems of one study as a CSV, to sort and tick off; empty where it has none."""
    listed = [problem_record(problem) for problem in problems if problem.file.startswith(f"data/studies/{name}/")]
    return csv_text(PROBLEM_COLUMNS, listed) if listed else ""
