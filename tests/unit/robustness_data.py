"""What the tests of the robustness share: a toy of eight clusters, and small multiverses."""

from copy import deepcopy
from dataclasses import replace
from functools import cache

import pandas as pd
import yaml
from conftest import PROJECT

from collective_efficiency.choices import Choices, read_choices
from collective_efficiency.inference.plan import read_plan
from collective_efficiency.measures.indices import recompute, written
from collective_efficiency.robustness.grid import read_multiverse
from collective_efficiency.robustness.multiverse import multiverse_frames
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, ITEMS, UPGRADING

CONFIG = yaml.safe_load((PROJECT / "config.yaml").read_text(encoding="utf-8"))
PLAN = replace(read_plan(CONFIG), shuffles=499)
SCORES = ("31231020", "10n12111", "22120130", "33322111", "01101000", "23213312", "11202111", "32132303")  # items
UPGRADED = (
    "2110",
    "10n0",
    "3121",
    "3210",
    "1101",
    "2320",
    "1110",
    "3n11",
)  # product, process, functional, intersectoral


def scored(text):
    return "n.a." if text == "n" else f"{text}.00"


def toy_clusters():
    """Eight made-up clusters of two sectors and two countries, one score of upgrading and one item n.a."""
    records = []
    for number, (items, kinds) in enumerate(zip(SCORES, UPGRADED, strict=True)):
        record = {"cluster": f"c{number}", "name": f"C{number}", "sector": "cops" if number % 2 else "traditional"}
        record |= {"industry": "i", "country": "Peru" if number < 5 else "Chile", "study": "report"}
        record |= dict(zip(ITEMS, map(scored, items), strict=True)) | dict(
            zip(UPGRADING, map(scored, kinds), strict=True)
        )
        records.append(record | dict.fromkeys(GOVERNANCE, "0"))
    return pd.DataFrame(records, columns=list(CLUSTER_COLUMNS))


def multiverse_config(outcomes, constraints=(), shuffles=199, **factors):
    """config.yaml with a multiverse of these factors, each other one at its default alone."""
    config = deepcopy(CONFIG)
    own = {name: levels[:1] for name, levels in CONFIG["robustness"]["multiverse"]["factors"].items()}
    config["robustness"]["multiverse"] = {
        "shuffles": shuffles, "outcomes": list(outcomes), "factors": own | factors, "constraints": list(constraints),
    }  # fmt: skip
    return config


def multiverse_of(clusters, config, plan=PLAN):
    printed = written(recompute(clusters, Choices()))
    return multiverse_frames(clusters, printed, read_multiverse(config, read_choices(config)), plan)


@cache
def toy_multiverse():
    """The toy's multiverse of three factors with several levels. Never change it."""
    return multiverse_of(toy_clusters(), THREE_FACTORS)


THREE_FACTORS = multiverse_config(
    ["product", "functional"], missing=["zero", "omit"], predictor=["ce", "jai", "degree"], block=["sector", "none"],
)  # fmt: skip
