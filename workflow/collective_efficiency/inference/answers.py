"""Stage `answers`: what the tests say, for people: in words, as a page with the tables behind them, as figures."""

from collections.abc import Sequence

from collective_efficiency.exhibits.captions import caption_markdown, caption_text
from collective_efficiency.files.pages import markdown_text, page
from collective_efficiency.inference.answer_figures import ANSWER_FIGURES, drawn_answer
from collective_efficiency.inference.answer_tables import answer_tables_page
from collective_efficiency.inference.basis import AnswerBasis, columns_words, predictor_words
from collective_efficiency.inference.frames import AnswerFrames
from collective_efficiency.inference.wording import Answer, answers_in_words

MEANING = (  # said once, before any p-value
    "What a p-value means here: had the outcomes been handed out by lot among the clusters of one sector, so"
    " often would an"
    " association at least as strong have come up. What it does not: the clusters are published case studies,"
    " which were"
    " chosen to be studied and scored by a few people who knew the argument; they are no sample of the clusters of a"
    " country, they need not be exchangeable within a sector, and several are of one country. A small p is no evidence"
    " about clusters that nobody studied, nor of cause; the errors of the scores and the cut-offs of the degree are in"
    " none of these numbers. The number that counts is the one adjusted within its declared family; the rest describes."
)


def answers_of_reading(frames: AnswerFrames, basis: AnswerBasis) -> dict[str, bytes]:
    """By name, the files of results/{dataset}/{reading}/inference for people.

    They are answers.md, answers.html, the tables behind them, and each figure with its caption beside it. frames: the
    text frames of the stages `inference` and `models`, by name.
    """
    answers = answers_in_words(frames, basis)
    files = {
        "answers.md": answers_markdown(answers, basis).encode(),
        "answers.html": page("answers.html.j2", answers=answers, basis=basis, meaning=MEANING).encode(),
        "answer_tables.html": answer_tables_page(frames, basis).encode(),
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
        pooled_shown=predictor_words(basis.pooled[1]) if basis.pooled else "nothing",
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
        *map(markdown_text, (basis.choices_line, MEANING, basis.plan_line)),
    ]
    for answer in answers:
        lines += [f"## {markdown_text(answer.question)}", *map(markdown_text, answer.sentences)]
    return "\n\n".join(lines) + "\n"
