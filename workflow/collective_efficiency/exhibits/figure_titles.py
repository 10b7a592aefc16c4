"""The titles of the figures, for pages that list them; by the names of their files, in the order of the listing."""

from typing import Final

FIGURE_TITLES: Final = {
    "ce_by_cluster": "Collective efficiency of each cluster",
    "eei_jai": "External economies against joint action",
    "item_profiles": "The eight scores of each cluster",
    "degree_upgrading": "Upgrading by degree of collective efficiency",
    "crosstabs": "Mean upgrading by degree, kind and sector",
    "governance": "Value chains by sector, and where they lead",
    "printed_recomputed": "The printed index against the recomputed one",
}
