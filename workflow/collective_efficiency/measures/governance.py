"""Stage `governance`: which clusters take part in which kinds of value chain (report, tables 4, 8 and 12)."""

from collections.abc import Iterator, Mapping, Sequence

from collective_efficiency.words import ALL_SECTORS, BOTH, DOMESTIC, GLOBAL, GOVERNANCE, NOT_AVAILABLE

MORE_THAN_ONE = "more_than_one"
COLUMNS = ("sector", "chain", "n_coded", "n", "domestic", "global", "both", "clusters")
Row = Mapping[str, str]


def participation(clusters: Sequence[Row]) -> list[dict[str, str]]:
    """One row for each sector (and all together) and kind of chain, and one for more than one kind of chain.

    clusters: rows of clusters.csv. n_coded: clusters whose governance is coded (not `n.a.`, not absent from the
    tables); n: those that take part, of which in a domestic chain only (code 1), in a global one only (2), in both (3);
    clusters: their ids.
    """
    return [
        dict(zip(COLUMNS, map(str, row), strict=True))
        for sector in (*dict.fromkeys(row["sector"] for row in clusters), ALL_SECTORS)
        for row in _rows(sector, [row for row in clusters if sector in (ALL_SECTORS, row["sector"])])
    ]


def _rows(sector: str, clusters: Sequence[Row]) -> Iterator[tuple[object, ...]]:
    codes = {
        row["cluster"]: {chain: int(row[chain]) for chain in GOVERNANCE}
        for row in clusters
        if not {row[chain] for chain in GOVERNANCE} & {"", NOT_AVAILABLE}
    }
    for chain in GOVERNANCE:
        taking = [cluster for cluster, code in codes.items() if code[chain]]
        kinds = [sum(codes[cluster][chain] == kind for cluster in taking) for kind in (DOMESTIC, GLOBAL, BOTH)]
        yield sector, chain, len(codes), len(taking), *kinds, "; ".join(taking)
    several = [cluster for cluster, code in codes.items() if sum(map(bool, code.values())) > 1]
    yield sector, MORE_THAN_ONE, len(codes), len(several), "", "", "", "; ".join(several)
