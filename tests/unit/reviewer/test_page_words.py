"""The page's own words: every string that template and scripts name stands in the table, with the same places."""

import re

from collective_efficiency.files.package import template
from collective_efficiency.files.pages import INCLUDED
from collective_efficiency.reviewer.page_words import said, strings
from collective_efficiency.reviewer.payload import CELL_VERDICT_MEANINGS
from collective_efficiency.words import LABELS

PAGE = "reviewer/index.html.j2"
PLACES = re.compile(r"\{\d\}")


def named():
    """The strings that are named in plain text, as the first argument of the functions that say them."""
    parts = [template(name) for name in INCLUDED.findall(template(PAGE)) if name.endswith(".js")]
    markup, scripts = template(PAGE), "\n".join(parts)
    found = set(re.findall(r'(?<![\w.])t\("([^"]+)"', markup + scripts))
    found |= set(re.findall(r'data-t(?:-label|-placeholder)?="([^"{]+)"', markup))
    found |= set(re.findall(r'sort\("\w+", "([^"]+)"', markup)) | set(
        re.findall(r'select\(\w+, \w+, "([^"]+)"', markup)
    )
    for one, many in re.findall(r'counted(?:_t)?\([^"]+"([^"]+)", "([^"]+)"', markup + scripts):
        found |= {one, many}
    return found


def test_every_string_is_said_in_every_language():
    wanted = named() | set(LABELS.values()) | set(CELL_VERDICT_MEANINGS.values())
    assert len(wanted) > 200
    for language, table in strings().items():
        assert wanted - table.keys() == set(), language
        assert all(table.values()), language


def test_a_translation_has_the_places_of_its_english_text():
    for table in strings().values():
        differing = [text for text, other in table.items() if set(PLACES.findall(text)) != set(PLACES.findall(other))]
        assert differing == []


def test_values_fill_places_and_other_braces_stay():
    assert "3 of 5 shown</span>" in said("{0} of {1} shown", 3, 5)
    assert said("{x} {7}") == '<span data-t="{x} {7}">{x} {7}</span>'
    assert "&lt;b&gt;" in said("was {0}", "<b>")
