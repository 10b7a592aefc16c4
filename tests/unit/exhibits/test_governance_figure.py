"""The figure of the value chains: its bars are the counts of tables 4, 8 and 12."""

from exhibits_data import drawn_data

from collective_efficiency.exhibits.governance_figure import governance_figure


def test_bars_are_the_counts_by_eye(report, clusters, cells):
    """Table 4: market chains domestic 6, global 2, both 3; table 8: quasi-hierarchies global 6, both 3."""
    traditional, natural, _ = governance_figure(drawn_data(report, clusters, cells)).axes
    market = [container[-1].get_width() for container in traditional.containers]
    quasi_hierarchy = [container[1].get_width() for container in natural.containers]
    assert (market, quasi_hierarchy) == ([6, 2, 3], [0, 6, 3])
