# What people wrote, read and checked once a run, before anything is made; and the plan that comes of it.

from collective_efficiency.run.folders import check_folders, check_results
from collective_efficiency.run.plan import packed, unpacked

FOLDER_OF_REPORT = Path("data/report")
FOLDER_OF_STUDIES = Path("data/studies")
FOLDER_OF_AUDITS = Path("data/audits")
FOLDERS_OF_A_RUN = [".snakemake", "logs", "results"]  # which it writes to


def folders_in(folder):
    """The folders in data/studies or data/audits by their names; those that begin with _ or . are no studies, no reports."""
    folders = folder.iterdir() if folder.is_dir() else []
    return {path.name: path for path in folders if path.is_dir() and path.name[0] not in "_."}


def files_of_report(folder):
    """The names of the files of a report in data/audits; None where one is a symbolic link, which is not followed."""
    from collective_efficiency.audit.folder import report_paths

    paths = report_paths(folder)
    return None if any(path.is_symlink() for path in [folder, *paths]) else [path.name for path in paths]


def read_study_files(folder):
    """The content of the files of a study that the workflow reads; None for a symbolic link, which it does not follow."""
    from collective_efficiency.studies.study import study_files

    paths = [folder / name for name in study_files(path.name for path in folder.iterdir() if not path.is_dir())]
    return {path.name: None if path.is_symlink() or folder.is_symlink() else path.read_bytes() for path in paths}


def text_is_there():
    """Whether the reader's own text of the report is a file, where the config names one."""
    named = config.get("report_text")
    return Path(named).is_file() if isinstance(named, str) else True


def stop_at_problems(check, *arguments):
    """What `check` answers; its problems stop the run in words."""
    from collective_efficiency.problems import BadInputError

    try:
        return check(*arguments)
    except BadInputError as error:
        raise WorkflowError(str(error)) from None


def make_plan():
    """What is to be made. Stops, before anything is, with every problem of what people wrote."""
    from collective_efficiency.audit.folder import folder_files
    from collective_efficiency.problems import BadInputError
    from collective_efficiency.run.check import audits_named, check_inputs, enabled_studies

    if not FOLDER_OF_REPORT.is_dir():
        raise WorkflowError("There is no data/report here: run snakemake in the project's folder.")
    stop_at_problems(check_folders, Path(), FOLDERS_OF_A_RUN)
    printed, folders = folder_files(FOLDER_OF_REPORT), folders_in(FOLDER_OF_STUDIES)
    studies = {name: read_study_files(folders[name]) for name in enabled_studies(config) if name in folders}
    reports = folders_in(FOLDER_OF_AUDITS) if audits_named(config) else {}
    audits = {name: files_of_report(folder) for name, folder in reports.items()}
    try:
        plan = check_inputs(config, printed, folders, studies, CONFIG_SOURCES, text_is_there(), audits)
    except BadInputError as error:
        if not workflow.output_settings.dryrun:
            write_problems(studies, error.problems)
        raise WorkflowError(str(error)) from None
    return plan


def write_problems(studies, problems):
    """The problems of each study in results/studies/<study>/problems.csv; no such file where a study has none."""
    from collective_efficiency.run.check import problems_of_study

    for study in studies:
        path, text = Path("results/studies", study, "problems.csv"), problems_of_study(study, problems)
        path.unlink(missing_ok=True)
        if text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")


if workflow.is_main_process:  # a job that it sends elsewhere rebuilds the rules, too, from the same plan
    os.environ["COLLECTIVE_EFFICIENCY_PLAN"] = packed(make_plan())


envvars:
    "COLLECTIVE_EFFICIENCY_PLAN",


def check_new_study():
    """Stop where the name of the study that is to be laid out is missing, bad or taken: a failed job says much more."""
    from collective_efficiency.problems import BadInputError
    from collective_efficiency.studies.new_study import new_study_name

    try:
        new_study_name(config["name"], {path.name for path in FOLDER_OF_STUDIES.iterdir()})
    except BadInputError as error:
        raise WorkflowError(str(CONFIG_SOURCES.located(error.problems[0]))) from None


onstart:
    write_problems(PLAN.studies, ())  # of an earlier run: there is none now
    if "new_study" in workflow.dag_settings.targets:
        check_new_study()


PLAN = unpacked(os.environ["COLLECTIVE_EFFICIENCY_PLAN"])
