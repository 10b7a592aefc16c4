"""What printed numbers stand for, all the way through sums and means: by hand, or by Python's own doubles."""

import pytest
from audit_folders import rows, small_report

from collective_efficiency.audit.folder import audit_folder
from collective_efficiency.audit.model import place_names

SUM = {"id": "s", "kind": "row_sum", "layouts": ["lT1"], "target": "sum", "of": {"x": 1, "y": 1}}
TOTAL = {"id": "t", "kind": "total", "layouts": ["lT1"]}
MEAN = {"id": "m", "kind": "average", "layouts": ["lT1"]}


def wrong(folder) -> list[str]:
    """The cells of the findings that change a number."""
    return [place_names(each.cells) for each in audit_folder(folder).findings if each.severity == "numeric"]


def test_numbers_as_programs_write_them_hold_together(tmp_path):
    """3 x 1.2, 7/3 and their sums and means as Python writes them, and cut to fewer decimals."""
    ways = rows("x,y,sum", "a,3.6000000000000005,2.3333333333333335,5.933333333333334", "b,1.2,0.1,1.3",
                f"total,{3.6000000000000005 + 1.2!r},{7 / 3 + 0.1!r},{3.6000000000000005 + 1.2 + 7 / 3 + 0.1!r}",
                "average,2.4,1.22,3.6166666666666667")  # fmt: skip
    assert wrong(small_report(tmp_path, {"T1": ways}, [SUM, TOTAL, MEAN])) == []


@pytest.mark.parametrize("printed", ["2.3343333333333335", "2.333333333", "2.3333333433333335"])
def test_a_slip_in_what_a_program_wrote_is_found(tmp_path, printed):
    """A mean of 2, 2 and 3; one with fewer digits is no number of a program but rounded: right."""
    means = rows("x", "a,2", "b,2", "c,3", f"average,{printed}")
    assert wrong(small_report(tmp_path, {"T1": means}, [MEAN])) == (
        [] if printed == "2.333333333" else ["T1/average/x"]
    )
