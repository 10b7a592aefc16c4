"""Stage `study_audit`, for people: the verdict on every number that a study prints, as a self-contained page."""

from collective_efficiency.files.pages import page
from collective_efficiency.studies.study import Study
from collective_efficiency.studies.study_audit import VERDICTS_OF_DERIVED, StudyAudit
from collective_efficiency.words import LABELS, counted

MOST_SHOWN_CELLS = 1_000  # on the page; cells.csv has them all
HEAD_LINES = 2  # of the summary: what was found, and by which rules; then a line a finding


def study_audit_page(study: Study, done: StudyAudit) -> str:
    """The page of a study's audit: its summary, its findings, and all that it prints, the inconsistent first."""
    derived = [cell for cell in done.cells if cell["verdict"] in VERDICTS_OF_DERIVED]
    derived.sort(key=lambda cell: VERDICTS_OF_DERIVED.index(cell["verdict"]))
    more = len(derived) - MOST_SHOWN_CELLS
    return page(
        "study_audit.html.j2",
        study=study.name,
        title=study.described["title"],
        lines=done.summary.splitlines()[:HEAD_LINES],
        findings=done.findings,
        cells=derived[:MOST_SHOWN_CELLS],
        more=counted(more, "other") if more > 0 else "",
        names=dict(zip(study.clusters["cluster"], study.clusters["name"], strict=True)),
        labels=LABELS,
    )
