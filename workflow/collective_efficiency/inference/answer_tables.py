"""The tables behind the answers: of each the number that counts is named; what is there to compare stands apart."""

from collective_efficiency.files.pages import page
from collective_efficiency.inference.basis import AnswerBasis, predictor_words
from collective_efficiency.inference.frames import AnswerFrames

ALL_COLUMNS: tuple[str, ...] = ()
TABLES = (  # title, frame, its columns: first the number that counts, the rest apart
    (
        "Associations with upgrading, by family",
        "associations",
        ("missing", "family", "scope", "predictor", "outcome", "n", "tau_b", "tau_b_low", "tau_b_high", "holm", "note"),
    ),
    (
        "The same: other tests, adjustments and effect sizes",
        "associations",
        (
            "missing", "family", "scope", "predictor", "outcome", "p", "p_mid", "p_greater", "p_gamma", "bh", "maxt",
            "somers_d", "gamma", "spearman",
        ),
    ),
    ("Associations by block", "blocks", ALL_COLUMNS),
    ("Associations without each country, sector and study", "parts", ALL_COLUMNS),
    ("Mean upgrading by degree", "means", ALL_COLUMNS),
    ("Differences between sectors", "sectors", ALL_COLUMNS),
    ("Scores of external economies against those of joint action", "paired", ALL_COLUMNS),
    ("The two item sets as scales", "scales", ALL_COLUMNS),
    ("Slopes by sector, partially pooled (exploratory)", "pooling", ALL_COLUMNS),
    ("Ordered logit with sector effects (exploratory)", "models", ALL_COLUMNS),
    (
        "The association that the design would find",
        "power",
        ("missing", "predictor", "outcome", "level", "significance", "detectable", "note"),
    ),
)  # fmt: skip
TABLE_NOTES = {
    "Associations with upgrading, by family": (
        "The number that counts is holm: the exact p of S, concordant less discordant pairs of clusters of one sector"
        " (Jonckheere and Terpstra), adjusted within its family by Holm. tau_b says how strong the association is, its"
        " interval (BCa of {level}, over all sectors only) how sure one can be of that."
    ),
    "The same: other tests, adjustments and effect sizes": (
        "Not to choose from: p is the unadjusted exact p, two-sided by distance, p_mid its mid-p, p_greater one-sided;"
        " p_gamma the exact test of gamma; bh and maxt other adjustments. For two groups (in a chain or not)"
        " somers_d is"
        " Cliff's delta. With these margins tau-b, tau-c and Somers' D have one test, counted once."
    ),
    "Associations by block": (
        "The number that counts is p within sectors, which were declared; the other rows say how far it depends"
        " on that."
        " Unadjusted; exact, or by shuffles where the note says so."
    ),
    "Associations without each country, sector and study": "Within sectors, exact, unadjusted.",
    "Mean upgrading by degree": (
        "The number that counts is mean, in points (0 to 3); intervals (BCa of {level}) over all sectors only. A"
        " class of"
        " one or two clusters has none worth the name."
    ),
    "Differences between sectors": (
        "The number that counts is maxt: Kruskal and Wallis' H under shuffles of the sectors, adjusted. p_low, p_high:"
        " bounds of the p of all shuffles. Below, without the sector that has the fewest clusters."
    ),
    "Scores of external economies against those of joint action": (
        "The number that counts is p_exact: Wilcoxon's signed rank test of EEI - JAI, zeros by Pratt. The mean"
        " difference"
        " is in points of indices without a common unit."
    ),
    "The two item sets as scales": (
        "Cronbach's alpha with BCa interval of {level}, McDonald's omega of one factor, item-rest correlations:"
        " under the"
        " assumption that the items are signs of one thing, which the report does not make."
    ),
    "Slopes by sector, partially pooled (exploratory)": (
        "The number that counts is slope, with its interval of {level}, from low to high: a sector's own, shrunk"
        " towards the common one (scope all), in log odds of a higher score for a point of an index, a class of the"
        " degree, or taking part. Under three prior scales of the spread between sectors: what holds under one alone"
        " rests on it. positive: the probability that the slope is above zero."
    ),
    "Ordered logit with sector effects (exploratory)": (
        "The number that counts is slope, the log odds of a higher score per point of the index, with its interval of"
        " {level} as odds ratios. ratio: likelihood ratio test, not adjusted; score: test of proportional odds."
        " With few"
        " clusters these are approximations: where the exact test disagrees, it counts."
    ),
    "The association that the design would find": (
        "The number that counts is detectable at level family: tau-b with {predictor} that the exact two-sided"
        " test finds"
        " with power {power} at the first step of Holm's adjustment, given the ties and sectors."
    ),
}


def answer_tables_page(frames: AnswerFrames, basis: AnswerBasis) -> str:
    """The tables behind the answers as a self-contained page; every value is escaped."""
    plan, tables = basis.plan, []
    for title, name, columns in TABLES:
        frame = frames[name]
        shown = frame[list(columns or frame.columns)].drop_duplicates()
        note = TABLE_NOTES[title].format(
            level=basis.level, predictor=predictor_words(plan.power_predictor), power=plan.power
        )
        tables.append({"title": title, "note": note, "columns": list(shown), "rows": shown.to_numpy().tolist()})
    return page("answer_tables.html.j2", tables=tables, basis=basis)
