"""What would S be, if there were no association? The exact null distributions of the first family."""

import pandas as pd

from collective_efficiency.inference.frames import text_frame
from collective_efficiency.inference.hypotheses import Hypotheses
from collective_efficiency.inference.panels import Panel
from collective_efficiency.inference.plan import InferencePlan
from collective_efficiency.inference.questions.associations import main_hypotheses
from collective_efficiency.inference.samples import NoVariationError, TooLargeError

NULL_COLUMNS = ("missing", "predictor", "outcome", "s", "probability", "observed")


def null_distributions(panel: Panel, hypotheses: Hypotheses, plan: InferencePlan) -> pd.DataFrame:
    """The whole exact null distribution of S for every hypothesis of the first family that is defined."""
    records = []
    for line, x, y in main_hypotheses(panel, plan):
        try:
            test = hypotheses.exact(x, y)
        except (NoVariationError, TooLargeError):
            continue  # associations.csv says so
        shares = zip(test.null.values.tolist(), test.null.probabilities().tolist(), strict=True)
        records += [line | {"s": s, "probability": f"{share:.6e}", "observed": test.observed} for s, share in shares]
    return text_frame(records, NULL_COLUMNS)
