"""Codes with labels, as Stata and SPSS files have them: which of the two counts."""

from collections.abc import Mapping, Sequence
from functools import cache

from collective_efficiency.files.package import schema
from collective_efficiency.studies.context import TableContext
from collective_efficiency.studies.facts import is_fact
from collective_efficiency.studies.headings import bare, folded


def labelled_texts(
    word: str, texts: list[str], labels: Mapping[str, str], lines: Sequence[int], context: TableContext
) -> list[str]:
    """The texts of a column whose codes have labels: of facts the labels; of scores those that study.yaml values.

    Codes that are scores already (1: low, 2: medium) stay; codes whose labels say otherwise are a problem, unless
    study.yaml says under `values` what the labels, or the codes, are worth.
    """
    holds = context.words.holds[word]
    listed = ", ".join(f"{code} = {label}" for code, label in labels.items())
    if is_fact(holds):
        context.note("labels", f"{word}: {listed}", "labels are read, not codes")
        return [labels.get(text, text) for text in texts]
    values = context.mapping.values_of(word, holds)
    told = values.keys() | context.words.missing
    named = {code: label for code, label in labels.items() if code not in values and folded(label) in told}
    for code, label in labels.items():
        if code in named or code in values or holds != "score" or code not in texts:
            continue
        if score_of_label(label) != code:
            message = f"the code is labelled {label!r}; say in study.yaml what that is worth: values: {{{label}: ...}}"
            context.bad(lines[texts.index(code)], word, code, message)
    context.note("labels", f"{word}: {listed}", "read by values in study.yaml" if named else "the codes are the scores")
    return [named.get(text, text) for text in texts] if named else texts


def score_of_label(label: str) -> str:
    """The score that a label usually names, in English, Spanish or Portuguese; empty if it names none.

    >>> score_of_label("Alta"), score_of_label("1 - low"), score_of_label("blue")
    ('3', '1', '')
    """
    text, scores = bare(label), usual_meanings("labels")
    return scores.get(text, scores.get(text.lstrip("0123456789"), ""))


@cache
def usual_meanings(kind: str) -> dict[str, str]:
    """What words usually mean, by their `bare` form. kind: `labels`, `codes`, `degrees`, `sectors` or `industries`."""
    return {bare(word): str(meant) for meant, words in schema("study_guesses")[kind].items() for word in words}
