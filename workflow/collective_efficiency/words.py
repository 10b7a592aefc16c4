"""The words of the field, each decided once (Pietrobelli and Rabellotti 2004, pages 7 to 12 and Annex 1).

The keys of columns, rows and codes stand here in the order in which the report prints them; what people read instead of
a key is in LABELS. docs/data-dictionary.md says what each column holds.
"""

from typing import Final

EXTERNAL_ECONOMIES: Final = ("labour_market", "inputs", "information", "market_access")
JOINT_ACTIONS: Final = ("backward", "forward", "bilateral", "multilateral")
ITEMS: Final = EXTERNAL_ECONOMIES + JOINT_ACTIONS
INDICES: Final = ("eei", "jai", "ce")
UPGRADING: Final = ("product", "process", "functional", "intersectoral")
GOVERNANCE: Final = ("market", "network", "quasi_hierarchy", "hierarchy")
SCORES: Final = ITEMS + UPGRADING
DEGREES: Final = ("High", "Medium", "Low")
READINGS: Final = ("printed", "recomputed")

CLUSTER_FACTS: Final = ("cluster", "name", "sector", "industry", "country", "study")
CLUSTER_COLUMNS: Final = CLUSTER_FACTS + SCORES + GOVERNANCE
CELL_COLUMNS: Final = ("table", "row", "column", "printed", "value", "decimals", "kind", "status")

MAX_SCORE: Final = 3
MAX_INDEX: Final = MAX_SCORE * 4  # of eei, jai and ce: four items each
DOMESTIC, GLOBAL, BOTH = 1, 2, 3  # governance codes: the chain is domestic, global, both

LOST: Final = "[lost]"  # what stands in the transcription where the text layer lost a cell
NOT_AVAILABLE: Final = "n.a."  # how a score that the source does not have stands in tidy data

ALL_SECTORS: Final = "all"

LABELS: Final = {
    "labour_market": "Labour market",
    "inputs": "Inputs",
    "information": "Information",
    "market_access": "Market access",
    "backward": "Backward linkages",
    "forward": "Forward linkages",
    "bilateral": "Bilateral cooperation",
    "multilateral": "Multilateral cooperation",
    "eei": "External economies index",
    "jai": "Joint action index",
    "ce": "Collective efficiency index",
    "degree": "Degree",
    "product": "Product upgrading",
    "process": "Process upgrading",
    "functional": "Functional upgrading",
    "intersectoral": "Intersectoral upgrading",
    "upgrading_sum": "Sum of upgrading",
    "market": "Market",
    "network": "Network",
    "quasi_hierarchy": "Quasi-hierarchy",
    "hierarchy": "Hierarchy",
}


def counted(number: int, one: str, many: str = "") -> str:
    """A count in words: `one` names one of them, `many` two or more (`one` with an s where it is not given).

    >>> counted(1, "slip"), counted(2_000, "slip"), counted(0, "study", "studies")
    ('1 slip', '2,000 slips', '0 studies')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
