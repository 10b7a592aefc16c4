"""The page of a study's raters: texts are shown, not obeyed."""

from inference_data import PLAN

from collective_efficiency.studies.disagreements import DISAGREEMENT_COLUMNS
from collective_efficiency.studies.rater_pages import MOST_SHOWN, bootstrap_in_words, disagreements_page
from collective_efficiency.studies.reliability import ALPHA_COLUMNS

ROW = dict(
    zip(
        DISAGREEMENT_COLUMNS,
        ("1", "b", "inputs", "1.00", "1.50", "<i>N</i> 1.00; S 2.00", "5.0000", "5.5000", "Low", "Medium"),
        strict=True,
    )
)
ALPHA = dict.fromkeys(ALPHA_COLUMNS, "") | {
    "item": "inputs",
    "n_clusters": "3",
    "alpha": "0.5000",
    "values": "1.00 (6)",
}


def test_it_names_what_decides_a_degree():
    html = disagreements_page("x", [ALPHA, ALPHA | {"n_clusters": "0"}], [ROW], {"b": "<b>B</b>"}, "By hand.")
    assert "1 disagreement; 1 disagreement decides a degree" in html
    assert "&lt;b&gt;B&lt;/b&gt;" in html
    assert "<i>" not in html
    assert "Low or Medium" in html
    assert html.count("Inputs") == 2
    assert "1.00 (6)" in html


def test_a_long_list_is_cut_and_says_so():
    html = disagreements_page("x", [], [ROW] * (MOST_SHOWN + 2), {}, "By hand.")
    assert "And 2 others: disagreements.csv has them all." in html


def test_how_the_intervals_are_made():
    assert f"{PLAN.resamples:,} bootstrap draws" in bootstrap_in_words(PLAN)
