"""What the tests of the inference share: a smaller plan than config.yaml's, and made-up clusters hard to test."""

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import yaml
from conftest import PROJECT

from collective_efficiency.choices import Choices
from collective_efficiency.inference.inference import answered_readings
from collective_efficiency.inference.models import modelled_readings
from collective_efficiency.inference.plan import read_plan
from collective_efficiency.measures.indices import recompute, written
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, ITEMS, UPGRADING

CONFIG = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))
PLAN = replace(read_plan(CONFIG), shuffles=499, resamples=300, simulations=200)
SECTORS = {"traditional": "Traditional", "natural_resource": "Natural resources", "software": "Software"}


def _made_up():
    """24 made-up clusters: software's upgrading is constant and intersectoral upgrading scored in one sector only."""
    rng = np.random.default_rng(5)
    rows = []
    for number in range(24):
        sector = list(SECTORS)[number % 3]
        row = {"cluster": f"c{number:02}", "name": f"C{number}", "sector": sector}
        row |= {"industry": "i", "country": "c", "study": "s"}
        row |= {item: f"{rng.integers(0, 7) / 2:.2f}" for item in ITEMS}
        for kind in UPGRADING:
            scored = kind != "intersectoral" or sector == "natural_resource"
            row[kind] = "" if not scored else "3.00" if sector == "software" else f"{rng.integers(0, 4):.2f}"
        row |= {chain: "" if sector == "software" else str(rng.integers(0, 3)) for chain in GOVERNANCE}
        rows.append(row)
    rows[0]["information"] = rows[0]["functional"] = "n.a."
    return pd.DataFrame(rows, columns=list(CLUSTER_COLUMNS))


MADE_UP = _made_up()


def asked_of(clusters, plan):
    """All frames of both stages, by name, of clusters whose indices are printed as they are recomputed."""
    printed = written(recompute(clusters, Choices()))
    tested = answered_readings(clusters, printed, Choices(), plan)["recomputed"]
    return tested | {"models": modelled_readings(clusters, printed, Choices(), plan)["recomputed"]}


@cache
def frames_of_made_up():
    """Those of the made-up clusters under the smaller plan. Never change them."""
    return asked_of(MADE_UP, PLAN)
