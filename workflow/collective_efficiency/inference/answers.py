"""Stage `answers`: what the tests say, for people: in words, as a page with the tables behind them, as figures."""

from collections.abc import Sequence

from collective_efficiency.files.pages import page
from collective_efficiency.inference.answer_figures import ANSWER_FIGURES, drawn_answer
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.wording import Answer, AnswerFrames, SectorNames, answers_in_words

SHOWN_COLUMNS = {
    "associations": [
        "missing", "family", "scope", "predictor", "outcome", "n", "tau_b", "tau_b_low", "tau_b_high", "somers_d",
        "gamma", "spearman", "p_greater", "p", "p_mid", "p_gamma", "holm", "bh", "maxt", "note",
    ],
    "power": ["missing", "predictor", "outcome", "detectable", "note"],
}  # fmt: skip
TABLE_TITLES = {
    "associations": "Association of collective efficiency, and of governance, with upgrading",
    "means": "Mean upgrading by degree",
    "sectors": "Differences between sectors",
    "paired": "External economies against joint action",
    "scales": "The two item sets as scales",
    "models": "Ordered logit with sector effects",
    "power": "The association that the design would find",
}
TABLE_NOTES = {
    "associations": (
        "Exact Jonckheere-Terpstra test of S, concordant less discordant pairs of clusters of one sector; with these"
        " margins it is also the test of tau-b, tau-c and Somers' D, counted once. p: two-sided by distance; p_greater:"
        " one-sided; p_mid: mid-p; p_gamma: exact test of gamma. holm, bh, maxt: adjusted within the family. Intervals:"
        " BCa, resampled within sectors; approximate for few and tied clusters. For two groups (in a chain or"
        " not) somers_d is Cliff's delta."
    ),
    "means": "Means in points (0 to 3) with BCa intervals; a class of one or two clusters has none worth the name.",
    "sectors": "Kruskal and Wallis' H under shuffles of the sectors; p_low, p_high: bounds of the p of all shuffles.",
    "paired": "Wilcoxon's signed rank test of EEI - JAI, zeros by Pratt, exact; mean difference in points, BCa.",
    "scales": "Cronbach's alpha with BCa interval, McDonald's omega of one factor, item-rest correlations.",
    "models": (
        "Log odds of a higher score per point of the index. ratio: likelihood ratio test; score: test of proportional"
        " odds. With 20 to 40 clusters these are approximations: where the exact test disagrees, it counts."
    ),
    "power": "tau-b that the exact two-sided test finds with the power asked for, given the ties and sectors.",
}


def answers_of_reading(
    frames: AnswerFrames, reading: str, plan: InferencePlan, sectors: SectorNames
) -> dict[str, bytes]:
    """By name, the files of results/{dataset}/{reading}/inference for people: answers.md, answers.html, the figures.

    frames: the text frames of the stages `inference` and `models`, by name; sectors: their names by key, in order.
    """
    answers = answers_in_words(frames, plan, sectors)
    files = {
        "answers.md": answers_markdown(answers, reading).encode(),
        "answers.html": answers_page(answers, frames, reading).encode(),
    }
    for name in ANSWER_FIGURES:
        images = drawn_answer(name, frames, sectors, plan)
        files |= {f"{name}.{ending}": image for ending, image in images.items()}
    return files


def answers_markdown(answers: Sequence[Answer], reading: str) -> str:
    """The answers as Markdown."""
    parts = [f"# What the data can carry, {reading} reading\n"]
    parts += [f"## {answer.question}\n\n" + "\n\n".join(answer.sentences) + "\n" for answer in answers]
    return "\n".join(parts)


def answers_page(answers: Sequence[Answer], frames: AnswerFrames, reading: str) -> str:
    """The answers and the tables behind them as a self-contained page; every value is escaped."""
    tables = []
    for name, title in TABLE_TITLES.items():
        frame = frames[name]
        shown = frame[SHOWN_COLUMNS.get(name, list(frame.columns))].drop_duplicates()
        tables.append(
            {"title": title, "note": TABLE_NOTES[name], "columns": list(shown), "rows": shown.to_numpy().tolist()}
        )
    return page("answers.html.j2", answers=answers, tables=tables, reading=reading)
