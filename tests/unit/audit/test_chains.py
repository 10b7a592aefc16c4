"""Cells that rest on many others in turn: by hand."""

from small_reports import small_audit


def test_a_running_total_of_a_thousand_rows():
    """Each row rests on all before it; one is 1 too high, and so is none of the others."""
    totals = [at * (at + 1) // 2 for at in range(1, 1001)]
    totals[499] += 1
    body = "\n".join(f"r{at},{at},{total}" for at, total in enumerate(totals, 1))
    check = {"id": "r", "kind": "formula", "layouts": ["t"], "target": "cum", "formula": "before(cum) + x"}
    (finding,) = small_audit({"t": f"row,x,cum\n{body}\n"}, check).findings
    assert (finding.cells, finding.expected) == ((("T1", "r500", "cum"),), "125250")
