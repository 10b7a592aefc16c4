"""The glossary of the results: every word that they use in a sense of their own."""

from collective_efficiency.files.pages import page
from collective_efficiency.words import GLOSSARY


def glossary_page() -> str:
    """The page results/glossary.html: the terms in alphabetical order, each with an address of its own."""
    in_order = {term: GLOSSARY[term] for term in sorted(GLOSSARY, key=str.casefold)}
    return page("glossary.html.j2", glossary=in_order)
