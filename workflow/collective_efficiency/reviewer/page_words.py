"""The page's own words in three languages: one table of strings, each named by its English text.

Names, numbers and what stands in the data are never translated; the script of the page does it, by the marks that
`said` and `said_of` leave in the markup.
"""

import json
import re
from collections.abc import Sequence

from markupsafe import Markup

from collective_efficiency.files.package import template
from collective_efficiency.files.yaml_files import own_yaml

LANGUAGES = {"en": "English", "es": "Español", "pt": "Português"}


def strings() -> dict[str, dict[str, str]]:
    """By language other than English, each string by its English text."""
    table: dict[str, dict[str, str]] = own_yaml(template("reviewer/strings.yaml"))
    return {
        language: {english: texts[language] for english, texts in table.items()}
        for language in LANGUAGES
        if language != "en"
    }


def said(english: str, *values: object) -> Markup:
    """A string of the page with values in its places, marked so that the script can say it in another language.

    >>> print(said("{0} of {1} shown", 3, 5))
    <span data-t="{0} of {1} shown" data-v="[&#34;3&#34;, &#34;5&#34;]">3 of 5 shown</span>
    """
    texts = [str(value) for value in values]
    held = Markup(' data-v="{}"').format(json.dumps(texts, ensure_ascii=False)) if texts else ""
    return Markup('<span data-t="{}"{}>{}</span>').format(english, held, _filled(english, texts))


def _filled(english: str, values: Sequence[str]) -> str:
    """`english` with the values in the places of {0}, {1}, ...; any other brace is a brace."""
    return re.sub(
        r"\{(\d)\}", lambda place: values[int(place[1])] if int(place[1]) < len(values) else place[0], english
    )


def counted_said(number: int, one: str, many: str, *values: object) -> Markup:
    """`said` of the form that the number asks for; the number is the first value."""
    return said(one if number == 1 else many, number, *values)
