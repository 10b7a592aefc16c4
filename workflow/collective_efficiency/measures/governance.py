"""Which clusters take part in which kinds of value chain (report, tables 4, 8 and 12)."""

from collections.abc import Iterator, Sequence

from collective_efficiency.files.csv_files import Record
from collective_efficiency.words import ALL_SECTORS, BOTH, DOMESTIC, GLOBAL, GOVERNANCE, NOT_AVAILABLE

MORE_THAN_ONE = "more_than_one"
CHAIN_COLUMNS = ("sector", "chain", "n_coded", "n", "domestic", "global", "both", "clusters")


def participation(clusters: Sequence[Record]) -> list[dict[str, str]]:
    """The lines of governance.csv: one for each sector (and all together) and kind of chain, and for more than one.

    clusters: the records of clusters.csv. n_coded: clusters coded for the kind (not `n.a.`, not absent from the
    tables), whatever is known of the others; n: those that take part, of which in a domestic chain only (code 1), in a
    global one only (2), in both (3); clusters: their ids. Of more than one kind n_coded counts the clusters of which
    that is known: all four are coded, or two at least are taken part in.

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
    codes = {record["cluster"]: known_codes(record) for record in clusters}
    for chain in GOVERNANCE:
        coded = {cluster: known[chain] for cluster, known in codes.items() if chain in known}
        members = [cluster for cluster, code in coded.items() if code]
        by_code = [list(coded.values()).count(code) for code in (DOMESTIC, GLOBAL, BOTH)]
        yield sector, chain, len(coded), len(members), *by_code, "; ".join(members)
    several = [cluster for cluster, known in codes.items() if sum(map(bool, known.values())) > 1]
    untold = [known for known in codes.values() if len(known) < len(GOVERNANCE) and sum(map(bool, known.values())) < 2]
    yield sector, MORE_THAN_ONE, len(codes) - len(untold), len(several), "", "", "", "; ".join(several)


def known_codes(cluster: Record) -> dict[str, int]:
    """The codes that a record of clusters.csv has, by kind of chain.

    >>> known_codes({"market": "3", "network": "n.a.", "quasi_hierarchy": "", "hierarchy": "0"})
    {'market': 3, 'hierarchy': 0}
    """
    return {chain: int(cluster[chain]) for chain in GOVERNANCE if cluster[chain] not in ("", NOT_AVAILABLE)}
