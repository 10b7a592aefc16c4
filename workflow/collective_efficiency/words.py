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
SUMMARY_ROWS: Final = ("total", "average")  # the keys of the rows of a table that sum up those above them
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
    "upgrading_max": "Highest upgrading",
    "market": "Market",
    "network": "Network",
    "quasi_hierarchy": "Quasi-hierarchy",
    "hierarchy": "Hierarchy",
}

GLOSSARY: Final = {  # by term, what it means here, and where the report says it
    "n.a.": (
        "A score that the sources of the report do not have. It counts as zero, as in the report's own means, or is"
        " left out of every sum and mean, as config.yaml says (missing).",
        "",
    ),
    "item": (
        "One score of a cluster, from 0 (absent) to 3 (high): four external economies (labour market, inputs,"
        " information, market access) and four joint actions (backward, forward, bilateral, multilateral).",
        "Annex 1",
    ),
    "EEI": ("External economies index: the sum of the four scores of external economies, 0 to 12.", "pages 7 to 12"),
    "JAI": ("Joint action index: the sum of the four scores of joint action, 0 to 12.", "pages 7 to 12"),
    "CE": (
        "Collective efficiency index: in the report half the sum of EEI and JAI; with the weights of config.yaml"
        " elsewhere.",
        "notes of tables 3, 7, 11 and 15",
    ),
    "degree": (
        "The class of a cluster by its CE. In the report High from 9.5, Low up to 5, and Medium between; the cut-offs"
        " of config.yaml elsewhere.",
        "notes of tables 3, 7, 11 and 15",
    ),
    "upgrading": (
        "Four scores from 0 to 3: product, process, functional (taking over new functions, such as design or sales) and"
        " intersectoral (moving into another sector).",
        "pages 7 to 12",
    ),
    "governance": (
        "How the value chains of a cluster are governed: market, network, quasi-hierarchy, hierarchy. Codes: 0 none,"
        " 1 a domestic chain, 2 a global one, 3 both.",
        "pages 7 to 12",
    ),
    "reading": (
        "Which numbers a result starts from: printed (indices and degrees as the report prints them) or recomputed (all"
        " derived anew from the scores).",
        "",
    ),
    "dataset": ("report (its 40 clusters) or extended (these and the clusters of every enabled study).", ""),
    "study": ("A set of clusters that a researcher adds, as data alone, in data/studies.", ""),
    "lost": ("Said of a printed cell that the text layer of the report does not hold.", ""),
    "consistent": ("Said of a printed number that is what follows from the scores, rounded as its column is.", ""),
    "consistent if": (
        "Said of a printed number that follows from the scores under a named assumption: truncated where its column is"
        " rounded, or n.a. counted as zero.",
        "",
    ),
    "inconsistent": ("Said of a printed number that does not follow from the scores.", ""),
    "not checkable": ("Said of a printed number of which nothing printed tells what it should be.", ""),
    "finding": ("One discrepancy: where it is, what explains it, and what it changes.", ""),
    "decision": (
        "A finding that changes a degree, a cross-tabulation, the order of the sectors or the verdict on a claim.",
        "",
    ),
    "numeric": ("A finding that changes a number and nothing else.", ""),
    "format": ("A finding on spelling, decimals or marks.", ""),
    "lead": ("A finding that proves no slip but is worth a look.", ""),
    "claim": ("One statement of the report's text that its tables, or another passage, can test.", ""),
    "advice": (
        "One piece of the report's policy advice. Its grounds are the claims on which the report itself rests it.",
        "executive summary, box 2, pages 47 to 63",
    ),
    "stands": ("Said of advice of which every ground that can be tested is supported.", ""),
    "in part": ("Said of advice of which some grounds are contradicted, or depend on how they are read.", ""),
    "one case": ("Said of advice of which all grounds that are not contradicted speak of one cluster.", ""),
    "untested": ("Said of advice that rests on nothing that the tables test; that says nothing against it.", ""),
    "supported": ("Said of a claim that holds in both readings and however a reasonable reader takes it.", ""),
    "contradicted": ("Said of a claim that fails in both readings and however a reasonable reader takes it.", ""),
    "depends": ("Said of a claim on which the readings, or reasonable ways to take it, disagree.", ""),
    "not testable": ("Said of a claim that nothing printed can test.", ""),
    "specification": ("One choice for everything that an analyst may choose, among all that are reasonable.", ""),
}


def counted(number: int, one: str, many: str = "") -> str:
    """A count in words: `one` names one of them, `many` two or more (`one` with an s where it is not given).

    >>> counted(1, "slip"), counted(2_000, "slip"), counted(0, "study", "studies")
    ('1 slip', '2,000 slips', '0 studies')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
