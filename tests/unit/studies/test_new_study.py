"""Stage `new_study`: which names a new study may have. The folder itself is laid out in tests/workflow."""

import pytest

from collective_efficiency.problems import BadInputError
from collective_efficiency.studies.new_study import new_study_name


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        (None, (), "name the new study: snakemake --cores 1 new_study --config name=ethiopia"),
        ("_a", (), "found '_a'; allowed: at most 60 small letters, digits, - and _, the first a letter or a digit"),
        ("report", (), "found 'report'; the name is taken; reserved: report, extended, all, total, average, High"),
        (7, ("7",), "found '7'; there is a folder 7 already; nothing was changed"),
    ],
)
def test_a_name_that_is_missing_bad_or_taken_is_said(name, taken, expected):
    with pytest.raises(BadInputError) as caught:
        new_study_name(name, taken)
    assert str(caught.value.problems[0]).startswith(f"config.yaml, key name: {expected}")


def test_a_good_name_is_text():
    assert new_study_name("ethiopia", ("_template",)) == "ethiopia"
    assert new_study_name(2024, ()) == "2024"
