"""What is said below a table or a figure: in the words of its template, with the numbers of the run's choices.

The same text stands beside the exhibit and in the page that `snakemake --report` makes, which reads it as reStructured
Text: the escapes of `markdown_text` mean the same there, and a brace would be obeyed, so none is left.
"""

from typing import Any

from collective_efficiency.choices import OF_THE_REPORT, Choices, in_words
from collective_efficiency.files.pages import markdown_text, page
from collective_efficiency.numbers.printed import shortest

NO_BRACES = str.maketrans("{}", "()")


def caption_text(name: str, choices: Choices, dataset: str, *readings: str, **values: Any) -> str:
    """The caption templates/captions/<name>.md.j2 filled, and the line of the choices as its last paragraph.

    values: what the template asks for beside the choices (as text: eei_weight, jai_weight, high, low; divisor, what
    means divide by; omit, whether scores that are not available are left out; of_the_report, whether the choices are
    the report's own). readings: those that the exhibit shows.
    """
    omit = choices.missing == "omit"
    said = page(
        f"captions/{name}.md.j2",
        eei_weight=shortest(choices.eei_weight),
        jai_weight=shortest(choices.jai_weight),
        high=shortest(choices.high),
        low=shortest(choices.low),
        omit=omit,
        divisor="the number of clusters that are scored" if omit else "the number of clusters",
        of_the_report=choices == OF_THE_REPORT,
        **values,
    )
    paragraphs = [" ".join(paragraph.split()) for paragraph in said.split("\n\n")]
    return "\n\n".join([*filter(None, paragraphs), in_words(choices, dataset, *readings)])


def caption_markdown(text: str) -> str:
    """A caption as Markdown, for a file: paragraphs with the marks of Markdown escaped.

    >>> caption_markdown("Mean of\\nCE*.\\n\\nDataset: {report}.")
    'Mean of CE\\\\*.\\n\\nDataset: (report).\\n'
    """
    return "\n\n".join(markdown_text(paragraph.translate(NO_BRACES)) for paragraph in text.split("\n\n")) + "\n"
