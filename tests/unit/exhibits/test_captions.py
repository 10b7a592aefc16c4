"""Captions say the numbers of the run's choices, and read the same as Markdown and as reStructuredText."""

from fractions import Fraction

import pytest
from docutils.core import publish_parts

from collective_efficiency.choices import OF_THE_REPORT, Choices, in_words
from collective_efficiency.exhibits.captions import caption_markdown, caption_text

OTHER = Choices("omit", Fraction(9), Fraction(6), Fraction(1, 4), Fraction(3, 4))


@pytest.mark.parametrize("choices", [OF_THE_REPORT, OTHER])
def test_a_caption_ends_with_the_choices(choices):
    said = caption_text("tables/index", choices, "report", "recomputed", computed=True, rounding="rounded half up")
    assert said.endswith(f"\n\n{in_words(choices, 'report', 'recomputed')}")
    assert ("0.25 EEI" in said) == (choices == OTHER)


def test_the_report_page_shows_what_the_file_says():
    """Snakemake fills a caption as a template and reads it as reStructuredText: nothing of either is obeyed."""
    nasty = "Mean of *all* `x` and wine_ | {{ 7 * 7 }} <b> [a]_ \\\\ x\n\nDataset: report."
    page = publish_parts(caption_markdown(nasty), writer="html")["body"]
    assert "<p>Mean of *all* `x` and wine_ | (( 7 * 7 )) &lt;b&gt; [a]_ " in page
    assert "<p>Dataset: report.</p>" in page
    assert "system-message" not in page
