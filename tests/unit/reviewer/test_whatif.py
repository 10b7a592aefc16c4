"""What follows under each reading and treatment of missing scores, held against the stages themselves."""

from fractions import Fraction

from collective_efficiency.choices import Choices
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.reviewer.whatif import scenarios


def test_what_if_is_what_the_stages_compute(clusters, cells):
    """Against the stages themselves; Blumenau and the missing score of Bucaramanga by hand."""
    found = scenarios(clusters, cells, Choices())
    assert list(found) == ["printed/zero", "printed/omit", "recomputed/zero", "recomputed/omit"]
    assert len({tuple(values) for values in found.values()}) == 1
    for reading, frame in (("printed", as_printed(clusters, cells)), ("recomputed", recompute(clusters, Choices()))):
        for row in written(frame).to_dict("records"):
            assert found[f"{reading}/zero"][f"index/{row['cluster']}/degree"] == (row["degree"] or "–")
            shown = found[f"{reading}/zero"][f"index/{row['cluster']}/ce"]
            assert Fraction(shown) == Fraction(row["ce"])
    assert found["printed/zero"]["index/blumenau-software/ce"] == "9.50"
    assert found["recomputed/zero"]["index/blumenau-software/ce"] == "9.25"
    assert found["recomputed/zero"]["index/bucaramanga-garments/eei"] == "6.00"
    assert found["recomputed/omit"]["index/bucaramanga-garments/eei"] == "–"
    assert found["recomputed/omit"]["crosstab/traditional/Medium/n"] == "9"
    assert found["printed/zero"]["order/ce"] == "software > natural resource > traditional > cops"
