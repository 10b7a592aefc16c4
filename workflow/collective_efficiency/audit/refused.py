"""All that is wrong with the checks of a report, at once: in themselves, in what they name, and in what they see."""

from collections.abc import Sequence

from collective_efficiency.audit.checks.apply import build_model, observe
from collective_efficiency.audit.checks.kinds import Check
from collective_efficiency.audit.checks.reading import CHECKS_FILE, check_problems
from collective_efficiency.audit.checks.references import reference_problems, unmatched_problems
from collective_efficiency.audit.judge import Judge
from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.report.transcription import Report


def refused_checks(checks: Sequence[Check], report: Report, file: str = CHECKS_FILE) -> list[Problem]:
    """Every problem of `checks`; of a check that has one the first kind of problem alone."""
    problems = check_problems(checks, file)
    sound = _without(checks, problems)
    problems += reference_problems(sound, report, file)
    sound = _without(sound, problems)
    try:
        judge = Judge(build_model(report, sound))
    except BadInputError as error:
        return [*problems, *error.problems]
    _, looked = observe(report, judge, sound)
    return [*problems, *unmatched_problems(sound, looked, report, file)]


def _without(checks: Sequence[Check], problems: Sequence[Problem]) -> list[Check]:
    refused = {problem.row for problem in problems}
    return [check for check in checks if str(check["id"]) not in refused]
