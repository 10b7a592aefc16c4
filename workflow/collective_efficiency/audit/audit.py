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
from collective_efficiency.audit.summary import audit_lines, audit_page
from collective_efficiency.choices import OF_THE_REPORT, rules_in_words
from collective_efficiency.files.texts import digests
from collective_efficiency.report.ingest import read_report, transcription_files
from collective_efficiency.report.text_lines import text_length


def audit_texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The audit of the report in `files`: its tables, checks.yaml, claims.yaml, policy.yaml and adjudications.yaml.

    Raises BadInputError with every problem of these files, and for findings and adjudications that do not fit.
    """
    report = read_report(transcription_files(files))
    length = text_length(files["tables.yaml"])
    claims = claims_changed(report, files["claims.yaml"], files["policy.yaml"], length)
    audit = audit_report(report, read_checks(files["checks.yaml"]), claims=claims)
    refuse_idle_checks(audit)
    decisions = adjudicate(audit.findings, read_adjudications(files["adjudications.yaml"]))
    counts = audit_counts(audit)
    (rules,) = rules_in_words(OF_THE_REPORT, "report")
    summary = counts | {"rules": rules, "version": __version__, "sha256": digests(files)}
    return csv_texts(audit, decisions) | {
        "summary": json.dumps(summary, indent=2, ensure_ascii=False) + "\n",
        "page": audit_page(audit, counts, rules, decisions),
        "lines": audit_lines(counts, rules),
    }
