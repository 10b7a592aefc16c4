"""Which clusters take part in which kinds of value chain (report, tables 4, 8 and 12)."""

from collections.abc import Iterator, Sequence

from collective_efficiency.files.csv_files import Record
from collective_efficiency.words import ALL_SECTORS, BOTH, DOMESTIC, GLOBAL, GOVERNANCE, NOT_AVAILABLE

MORE_THAN_ONE = "more_than_one"
CHAIN_COLUMNS = ("sector", "chain", "n_coded", "n", "domestic", "global", "both", "clusters")


def participation(clusters: Sequence[Record]) -> list[dict[str, str]]:
    """The lines of governance.csv: one for each sector (and all together) and kind of chain, and for more than one.

    clusters: the records of clusters.csv. n_coded: clusters whose governance is coded (not `n.a.`, not absent from the
    tables); n: those that take part, of which in a domestic chain only (code 1), in a global one only (2), in both (3);
    clusters: their ids.

    >>> coded = {"market": "3", "network": "0", "quasi_hierarchy": "2", "hierarchy": "0"}
    >>> lines = participation([{"cluster": "leon-footwear", "sector": "traditional"} | coded])
    >>> [(line["chain"], line["n"], line["global"], line["both"]) for line in lines[:3]]
    [('market', '1', '0', '1'), ('network', '0', '0', '0'), ('quasi_hierarchy', '1', '1', '0')]
    """
    return [
        dict(zip(CHAIN_COLUMNS, map(str, values), strict=True))
        for sector in (*dict.fromkeys(record["sector"] for record in clusters), ALL_SECTORS)
        for values in _of_sector(sector, [record for record in clusters if sector in (ALL_SECTORS, record["sector"])])
    ]


def _of_sector(sector: str, clusters: Sequence[Record]) -> Iterator[tuple[object, ...]]:
    codes = {
        record["cluster"]: {chain: int(record[chain]) for chain in GOVERNANCE}
        for record in clusters
        if not {record[chain] for chain in GOVERNANCE} & {"", NOT_AVAILABLE}
    }
    for chain in GOVERNANCE:
        members = [cluster for cluster, code in codes.items() if code[chain]]
        by_code = [sum(codes[cluster][chain] == code for cluster in members) for code in (DOMESTIC, GLOBAL, BOTH)]
        yield sector, chain, len(codes), len(members), *by_code, "; ".join(members)
    several = [cluster for cluster, code in codes.items() if sum(map(bool, code.values())) > 1]
    yield sector, MORE_THAN_ONE, len(codes), len(several), "", "", "", "; ".join(several)
