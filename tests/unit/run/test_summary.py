"""The summary says in three lines what the frames say."""

from collective_efficiency.run.summary import closing_lines


def test_three_lines():
    cells = [{"status": status} for status in ("read", "read", "lost", "inferred")]
    old = [{"cluster": "a", "ce": "9.5000", "degree": "High"}, {"cluster": "b", "ce": "5.0000", "degree": "Low"}]
    new = [{"cluster": "a", "ce": "9.2500", "degree": "Medium"}, {"cluster": "b", "ce": "5.0000", "degree": "Low"}]
    lines = closing_lines(cells, old, new, tables=3, figures=2).splitlines()
    assert (
        lines[0] == "Made: 3 tables and 2 figures from 4 printed cells of 2 clusters (1 lost, 1 placed by inference)."
    )
    assert lines[1].endswith("in 1 of 2 clusters, the degree in 1 (a High -> Medium).")
    assert len(lines) == 3
