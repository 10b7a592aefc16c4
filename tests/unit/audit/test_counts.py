"""The audit in numbers."""

from pathlib import Path

from collective_efficiency.audit.counts import audit_counts
from collective_efficiency.audit.folder import audit_folder

CASES = Path(__file__).resolve().parents[2] / "cases" / "audit"


def test_numbers_in_no_relation_are_counted():
    """Public case 8: 18 + 6 + 6 = 30 and 60 % of it; all five numbers are read. Of `or_semantics` all four are."""
    assert audit_counts(audit_folder(CASES / "public" / "08"))["in_no_relation"] == 0
    assert audit_counts(audit_folder(CASES / "peers" / "va_hierarchy_T"))["in_no_relation"] == 0
    assert audit_counts(audit_folder(CASES / "public" / "11"))["in_no_relation"] == 2  # a column without a total
