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


def test_the_reports_own_rules_stay_where_an_analyst_chooses_otherwise(clusters, cells):
    """By hand, Blumenau under weights 1/4 and 3/4: 9.5 / 4 + 9 x 3 / 4 = 9.125, High from 9 on."""
    shifted = Choices("omit", Fraction(9), Fraction(6), Fraction(1, 4), Fraction(3, 4))
    own, chosen = scenarios(clusters, cells, Choices()), scenarios(clusters, cells, shifted)
    assert {name: values for name, values in chosen.items() if not name.endswith("/yours")} == own
    yours = chosen["recomputed/yours"]
    assert (yours["index/blumenau-software/ce"], yours["index/blumenau-software/degree"]) == ("9.125", "High")
    assert yours["index/bucaramanga-garments/eei"] == "–"
    assert chosen["printed/yours"]["index/blumenau-software/ce"] == "9.50"
