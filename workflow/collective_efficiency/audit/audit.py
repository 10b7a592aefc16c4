"""Stage `audit`: a verdict on every printed cell of the report, and the findings, held against what people decided.

In: the files of data/report by name. Out: the texts of the files in results/audit, by the names of the rule's outputs.
"""

import json
from collections.abc import Mapping

from collective_efficiency import __version__
from collective_efficiency.audit.adjudications import adjudicate, read_adjudications
from collective_efficiency.audit.checks.reading import read_checks
from collective_efficiency.audit.claims_changed import claims_changed
from collective_efficiency.audit.counts import audit_counts
from collective_efficiency.audit.engine import audit_report, refuse_idle_checks
from collective_efficiency.audit.records import csv_texts
from collective_efficiency.audit.reviews import disputes, read_reviews, reviews_in_words
from collective_efficiency.audit.summary import audit_lines, audit_page, disputed_line
from collective_efficiency.choices import OF_THE_REPORT, rules_in_words
from collective_efficiency.files.texts import digests
from collective_efficiency.report.ingest import read_report
from collective_efficiency.report.text_lines import text_length


def audit_texts(files: Mapping[str, bytes], reviews: Mapping[str, bytes]) -> dict[str, str]:
    """The audit of the report in `files`: its tables, checks.yaml, claims.yaml, policy.yaml and adjudications.yaml.

    reviews: the marks of reviewers, by file; a decision stays what it is, and a dispute is listed beside it.

    Raises BadInputError with every problem of these files, and for findings and adjudications that do not fit.
    """
    report = read_report(files)
    length = text_length(files["tables.yaml"])
    claims = claims_changed(report, files["claims.yaml"], files["policy.yaml"], length)
    audit = audit_report(report, read_checks(files["checks.yaml"]), claims=claims)
    refuse_idle_checks(audit)
    decisions = adjudicate(audit.findings, read_adjudications(files["adjudications.yaml"]))
    marked = read_reviews(reviews, {finding.id: finding.printed for finding in audit.findings})
    said, disputed = reviews_in_words(marked), disputes(marked)
    counts = audit_counts(audit)
    (rules,) = rules_in_words(OF_THE_REPORT, "report")
    summary = counts | {
        "rules": rules,
        "version": __version__,
        "disputed": disputed,
        "sha256": digests({**files, **reviews}),
    }
    return csv_texts(audit, decisions, said) | {
        "summary": json.dumps(summary, indent=2, ensure_ascii=False) + "\n",
        "page": audit_page(audit, counts, rules, decisions, said),
        "lines": audit_lines(counts, rules) + disputed_line(disputed),
    }
