"""Stage `answers`: what the tests say, for people: in words, as a page with the tables behind them, as figures."""

from collections.abc import Sequence

from collective_efficiency.exhibits.captions import caption_markdown, caption_text
from collective_efficiency.files.pages import markdown_text, page
from collective_efficiency.inference.answer_figures import ANSWER_FIGURES, drawn_answer
from collective_efficiency.inference.basis import AnswerBasis, columns_words, predictor_words
from collective_efficiency.inference.frames import AnswerFrames
from collective_efficiency.inference.wording import Answer, answers_in_words

SHOWN_COLUMNS = {
    "associations": [
        "missing", "family", "scope", "predictor", "outcome", "n", "tau_b", "tau_b_low", "tau_b_high", "somers_d",
        "gamma", "spearman", "p_greater", "p", "p_mid", "p_gamma", "holm", "bh", "maxt", "note",
    ],
    "power": ["missing", "predictor", "outcome", "detectable", "note"],
}  # fmt: skip
TABLE_TITLES = {
    "associations": "Associations with upgrading, by family",
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
        " one-sided; p_mid: mid-p; p_gamma: exact test of gamma. holm, bh, maxt: adjusted within the family. Intervals"
        " of {level}: BCa, resampled within sectors; approximate for few and tied clusters. For two groups (in a chain"
        " or not) somers_d is Cliff's delta."
    ),
    "means": (
        "Means in points (0 to 3) with BCa intervals of {level}; a class of one or two clusters has none worth the"
        " name."
    ),
    "sectors": "Kruskal and Wallis' H under shuffles of the sectors; p_low, p_high: bounds of the p of all shuffles.",
    "paired": (
        "Wilcoxon's signed rank test of EEI - JAI, zeros by Pratt, exact; mean difference in points, BCa interval of"
        " {level}."
    ),
    "scales": "Cronbach's alpha with BCa interval of {level}, McDonald's omega of one factor, item-rest correlations.",
    "models": (
        "Log odds of a higher score per point of the index, intervals of {level}. ratio: likelihood ratio test; score:"
        " test of proportional odds. With few clusters these are approximations: where the exact test disagrees,"
        " it counts."
    ),
    "power": (
        "tau-b with {predictor} that the exact two-sided test at {significance} finds with power {power}, given the"
        " ties and sectors."
    ),
}


def answers_of_reading(frames: AnswerFrames, basis: AnswerBasis) -> dict[str, bytes]:
    """By name, the files of results/{dataset}/{reading}/inference for people.

    They are answers.md, answers.html, and each figure with its caption beside it. frames: the text frames of the stages
    `inference` and `models`, by name.
    """
    answers = answers_in_words(frames, basis)
    files = {
        "answers.md": answers_markdown(answers, basis).encode(),
        "answers.html": answers_page(answers, frames, basis).encode(),
    }
    for name in ANSWER_FIGURES:
        images = drawn_answer(name, frames, basis)
        files |= {f"{name}.{ending}": image for ending, image in images.items()}
        files[f"{name}.md"] = caption_markdown(answer_caption(name, basis)).encode()
    return files


def answer_caption(name: str, basis: AnswerBasis) -> str:
    """What is said below the figure `name`."""
    plan = basis.plan
    return caption_text(
        f"inference/{name}",
        basis.choices,
        basis.dataset,
        basis.reading,
        shown=predictor_words(basis.shown),
        outcomes=columns_words(basis.shown_outcomes),
        main_outcomes=columns_words(basis.main_outcomes),
        power_shown=predictor_words(plan.power_predictor),
        missing="n.a. left out" if basis.choices.missing == "omit" else "n.a. as zero",
        level=basis.level,
        significance=f"{plan.significance:g}",
        power=f"{plan.power:g}",
        resamples=f"{plan.resamples:,}",
        shuffles=f"{plan.shuffles:,}",
        simulations=f"{plan.simulations:,}",
    )


def answers_markdown(answers: Sequence[Answer], basis: AnswerBasis) -> str:
    """The answers as Markdown."""
    lines = [
        f"# What the data can carry, {basis.reading} reading",
        *map(markdown_text, (basis.choices_line, basis.plan_line)),
    ]
    for answer in answers:
        lines += [f"## {markdown_text(answer.question)}", *map(markdown_text, answer.sentences)]
    return "\n\n".join(lines) + "\n"


def answers_page(answers: Sequence[Answer], frames: AnswerFrames, basis: AnswerBasis) -> str:
    """The answers and the tables behind them as a self-contained page; every value is escaped."""
    plan, tables = basis.plan, []
    for name, title in TABLE_TITLES.items():
        frame = frames[name]
        shown = frame[SHOWN_COLUMNS.get(name, list(frame.columns))].drop_duplicates()
        note = TABLE_NOTES[name].format(
            level=basis.level,
            predictor=predictor_words(plan.power_predictor),
            significance=plan.significance,
            power=plan.power,
        )
        tables.append({"title": title, "note": note, "columns": list(shown), "rows": shown.to_numpy().tolist()})
    return page("answers.html.j2", answers=answers, tables=tables, basis=basis)
