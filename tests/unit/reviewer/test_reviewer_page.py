"""Stage `reviewer_page`: what the reviewer's page is made of. Expected values are by hand unless said otherwise."""

import json
import re
from fractions import Fraction

import pytest

from collective_efficiency.choices import Choices
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.report.transcription import Cell
from collective_efficiency.reviewer.reviewer_page import _json
from collective_efficiency.reviewer.stories import printed_interval
from collective_efficiency.reviewer.whatif import scenarios


def cell(printed, kind="average"):
    decimals = len(printed.partition(".")[2])
    return Cell("T3", "average", "ce", printed, Fraction(printed), decimals, kind, "read")


@pytest.mark.parametrize(
    ("printed", "mode", "said"),
    [
        ("7.6", "half_up", "[7.55 to 7.65) rounded to the nearest"),
        ("7.6", "truncation", "[7.6 to 7.7) truncated"),
        ("7.60", "ceiling", "(7.59 to 7.6] rounded up"),
        ("0", "half_up", "[0 to 0.5) rounded to the nearest"),
        ("7.6", "undetermined", "[7.55 to 7.65) rounded to the nearest, [7.6 to 7.7) truncated"),
    ],
)
def test_what_a_printed_average_stands_for(printed, mode, said):
    assert printed_interval(cell(printed), mode) == said


def test_a_score_stands_for_itself():
    assert printed_interval(cell("2", "item"), "") == ""


def test_a_derived_cell_is_rounded_to_the_decimals_of_its_column():
    assert printed_interval(cell("8", "derived"), "", 1) == "[7.95 to 8.05) rounded to the nearest"


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


def test_data_cannot_leave_their_script_element():
    """As the HTML standard says of script elements: only `</script` and `<!--` end or change them."""
    text = "</script><script>alert(1)</script><!-- & \u2028"
    found = _json({"name": text})
    assert not re.search("[<>&\u2028]", found)
    assert json.loads(found) == {"name": text}
