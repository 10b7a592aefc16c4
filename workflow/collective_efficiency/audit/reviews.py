"""What reviewers say of the findings: a file a reviewer, as the reviewer's page exports it.

A review stands beside the decision of adjudications.yaml, never in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from collective_efficiency.files.package import schema
from collective_efficiency.files.yaml_files import read_yaml
from collective_efficiency.problems import BadInputError, Problem, allowed

DISPUTED = "disputed"


@dataclass(frozen=True)
class Review:
    """One reviewer's mark on one finding. stance: agreed or disputed; date: as 2026-11-25."""

    finding: str
    reviewer: str
    stance: str
    date: str
    note: str

    def __str__(self) -> str:
        said = f"{self.stance} by {self.reviewer}, {self.date}"
        return f"{said}: {self.note}" if self.note else said


def read_reviews(files: Mapping[str, bytes], printed: Mapping[str, str]) -> list[Review]:
    """The marks of all reviewers, by finding and reviewer. files: theirs, by name (JSON is YAML, too).

    printed: what each finding prints, by its id; a mark names what it was made on. Raises BadInputError with every mark
    on a finding that there is not, or that prints something else now, and every finding that a reviewer marks twice.
    """
    problems: list[Problem] = []
    reviews: dict[tuple[str, str], Review] = {}
    for file, content in sorted(files.items()):
        form: list[Problem] = []
        document = read_yaml(file, content, schema("reviews.schema"), form)
        problems += form
        for mark in [] if form else document["marks"]:
            name, reviewer = mark["finding"], document["reviewer"].strip()
            if problem := _problem(file, mark, printed):
                problems.append(problem)
            elif (name, reviewer) in reviews:
                problems.append(Problem(file, name, "finding", "", f"{reviewer} has marked it already"))
            else:
                note = " ".join(mark["note"].split())
                reviews[name, reviewer] = Review(name, reviewer, mark["stance"], mark["date"], note)
    if problems:
        raise BadInputError(problems)
    return [reviews[key] for key in sorted(reviews)]


def _problem(file: str, mark: Mapping[str, str], printed: Mapping[str, str]) -> Problem | None:
    name = mark["finding"]
    if name not in printed:
        return Problem(file, name, "finding", "", f"no such finding; {allowed(sorted(printed), name)}")
    if mark["expect"] != printed[name]:
        return Problem(
            file, name, "expect", mark["expect"], f"the printed value is now {printed[name]!r}: mark it again"
        )
    return None


def reviews_in_words(reviews: list[Review]) -> dict[str, str]:
    """What all reviewers say of each finding, by its id, as findings.csv has it.

    >>> reviews_in_words([Review("a", "Ana", "disputed", "2026-11-25", "7 is right")])
    {'a': 'disputed by Ana, 2026-11-25: 7 is right'}
    """
    said: dict[str, list[str]] = {}
    for review in reviews:
        said.setdefault(review.finding, []).append(str(review))
    return {finding: " | ".join(texts) for finding, texts in said.items()}


def disputes(reviews: list[Review]) -> list[str]:
    """The findings that any reviewer disputes."""
    return sorted({review.finding for review in reviews if review.stance == DISPUTED})
