"""The stage's answers: order of clusters, constant outcomes, both treatments, families, words made from numbers."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml

from collective_efficiency.choices import Choices, read_choices
from collective_efficiency.inference import inference as questions
from collective_efficiency.inference.answers import TITLES, answer, markdown, page
from collective_efficiency.inference.figures import FIGURES, draw
from collective_efficiency.inference.inference import (
    NEVER_SCORED,
    NO_VARIATION,
    Panel,
    answers,
    associations,
    decimal,
    external_above_joint,
    models,
    nulls,
    panels,
    power,
    probability,
)
from collective_efficiency.inference.plan import Plan, read_plan
from collective_efficiency.problems import BadInputError
from collective_efficiency.report.clusters import cluster_records
from collective_efficiency.report.ingest import cell_records, read_report
from collective_efficiency.words import CLUSTER_COLUMNS, GOVERNANCE, ITEMS, UPGRADING

REPORT = [["42", "0.080941", "0.2546"], ["49", "0.023563", "0.3359"], ["42", "0.038071", "0.3368"]]
PAIRED = {
    "traditional": "5/8192", "natural_resource": "1/16", "cops": "1/64", "software": "1/16", "all": "309/8589934592",
}  # fmt: skip
ROOT = Path(__file__).resolve().parents[3]
SECTORS = {"traditional": "Traditional", "natural_resource": "Natural resources", "software": "Software"}


def config() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="module")
def plan() -> Plan:
    return replace(read_plan(config()), shuffles=499, resamples=300, simulations=200)


@pytest.fixture(scope="module")
def clusters() -> pd.DataFrame:
    """24 made-up clusters: software's upgrading is constant and intersectoral upgrading scored in one sector only."""
    rng = np.random.default_rng(5)
    rows = []
    for number in range(24):
        sector = list(SECTORS)[number % 3]
        row = {
            "cluster": f"c{number:02}",
            "name": f"C{number}",
            "sector": sector,
            "industry": "i",
            "country": "c",
            "study": "s",
        }
        row |= {item: f"{rng.integers(0, 7) / 2:.2f}" for item in ITEMS}
        for kind in UPGRADING:
            scored = kind != "intersectoral" or sector == "natural_resource"
            row[kind] = "" if not scored else "3.00" if sector == "software" else f"{rng.integers(0, 4):.2f}"
        row |= {chain: "" if sector == "software" else str(rng.integers(0, 3)) for chain in GOVERNANCE}
        rows.append(row)
    rows[0]["information"] = rows[0]["functional"] = "n.a."
    return pd.DataFrame(rows, columns=list(CLUSTER_COLUMNS))


def test_where_an_exact_count_is_out_of_reach_shuffles_answer(clusters, plan, monkeypatch):
    plan = replace(plan, shuffles=4999)
    panel = panels(clusters, None, Choices(), plan)[0]
    exact = associations(panel, plan.families[0], plan).set_index(["predictor", "outcome"])
    monkeypatch.setattr(questions, "WORK", 10)
    shuffled = associations(panel, plan.families[0], plan).set_index(["predictor", "outcome"])
    assert set(shuffled["note"]) == {"by 4,999 shuffles: no exact count within reach"}
    assert (shuffled["p_exact"] == "").all()
    assert (shuffled[["s", "maxt", "tau_b"]] == exact[["s", "maxt", "tau_b"]]).all(axis=None)
    for column in ("p", "p_greater"):
        assert (abs(shuffled[column].astype(float) - exact[column].astype(float)) < 0.03).all()
    assert nulls(panel, plan.families[0]).empty
    assert set(power(panel, plan)["note"]) == {"no exact count within reach"}
    found = everything(clusters, plan)
    for name in FIGURES:
        assert draw(name, found, SECTORS, plan)
    assert "no exact count within reach" in markdown(answer(found, plan, SECTORS), "recomputed")


def everything(clusters: pd.DataFrame, plan: Plan) -> dict[str, pd.DataFrame]:
    found: list[Panel] = panels(clusters, None, Choices(), plan)
    return dict(answers(found, plan)) | {
        "models": pd.concat([models(panel, plan) for panel in found], ignore_index=True)
    }


@pytest.fixture(scope="module")
def frames(clusters: pd.DataFrame, plan: Plan) -> dict[str, pd.DataFrame]:
    return everything(clusters, plan)


def test_the_order_of_clusters_changes_nothing(
    clusters: pd.DataFrame, plan: Plan, frames: dict[str, pd.DataFrame]
) -> None:
    within = [clusters[clusters["sector"] == sector].iloc[::-1] for sector in SECTORS]
    for name, frame in everything(pd.concat(within, ignore_index=True), plan).items():
        pd.testing.assert_frame_equal(frame, frames[name])


def test_what_is_constant_or_unscored_says_so(frames: dict[str, pd.DataFrame]) -> None:
    rows = frames["associations"]
    software = rows[(rows["scope"] == "software") & (rows["family"] == "collective_efficiency_by_sector")]
    assert set(software.loc[software["outcome"] != "intersectoral", "note"]) == {NO_VARIATION}
    assert set(software.loc[software["outcome"] == "intersectoral", "note"]) == {NEVER_SCORED}
    assert set(software["p"]) == {""}
    for frame in frames.values():
        assert not frame.isin(["nan", "NaN", "inf", "-0.0000"]).any(axis=None)
    undefined = rows["p"] == ""
    assert (rows.loc[undefined, "note"] != "").all()
    assert (rows.loc[undefined, ["holm", "bh", "maxt", "tau_b"]] == "").all(axis=None)


def test_both_treatments_are_answered(frames: dict[str, pd.DataFrame]) -> None:
    for frame in frames.values():
        assert list(dict.fromkeys(frame["missing"])) == ["zero", "omit"]
    rows = frames["associations"].query(
        "family == 'collective_efficiency' and predictor == 'ce' and outcome == 'functional'"
    )
    assert rows["n"].astype(int).tolist() == [24, 23]


def test_adjusted_values_are_in_order(frames: dict[str, pd.DataFrame]) -> None:
    rows = frames["associations"]
    for _, group in rows[rows["p"] != ""].groupby(["missing", "family"]):
        p, holm, bh, maxt = (group[name].astype(float) for name in ("p", "holm", "bh", "maxt"))
        assert (p <= bh + 1e-6).all()
        assert (bh <= holm + 1e-6).all()
        assert (maxt <= 1).all()
        assert holm.min() == pytest.approx(min(1, p.min() * len(group)), abs=1e-5)


def test_text_follows_the_numbers(frames: dict[str, pd.DataFrame], plan: Plan) -> None:
    text = markdown(answer(frames, plan, SECTORS), "recomputed")
    assert "None holds at 0.05 after Holm's adjustment" in text
    changed = {name: frame.copy() for name, frame in frames.items()}
    rows = changed["associations"]
    chosen = rows.index[
        (rows["family"] == "collective_efficiency") & (rows["predictor"] == "jai") & (rows["outcome"] == "process")
    ]
    rows.loc[chosen, ["p", "holm", "bh", "maxt"]] = "0.000500"
    text = markdown(answer(changed, plan, SECTORS), "recomputed")
    assert "After Holm's adjustment 1 holds at 0.05: joint action index with process upgrading" in text


def test_page_escapes_and_holds_every_table(frames: dict[str, pd.DataFrame], plan: Plan) -> None:
    template = (ROOT / "workflow/collective_efficiency/templates/inference.html.j2").read_text(encoding="utf-8")
    changed = {name: frame.copy() for name, frame in frames.items()}
    changed["scales"].loc[:, "note"] = "<script>"
    html = page(answer(changed, plan, SECTORS), changed, "recomputed", template)
    assert "<script>" not in html
    assert all(title in html for title in TITLES.values())


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_the_same_bytes_on_every_run(name: str, frames: dict[str, pd.DataFrame], plan: Plan) -> None:
    images = draw(name, frames, SECTORS, plan)
    assert images == draw(name, frames, SECTORS, plan)
    assert images["png"].startswith(b"\x89PNG")


def test_a_plan_that_asks_for_less(clusters: pd.DataFrame, plan: Plan) -> None:
    """The families are the analyst's: whatever is not asked is left out of text and figures, and breaks neither."""
    chosen = replace(plan, families=(replace(plan.families[2], outcomes=("functional",)),))
    less = everything(clusters, chosen)
    assert set(less["associations"]["predictor"]) == set(chosen.families[0].predictors)
    assert "collective efficiency by sector" not in markdown(answer(less, chosen, SECTORS), "recomputed")
    for name in FIGURES:
        assert draw(name, less, SECTORS, chosen)["svg"].startswith(b"<?xml")


def test_numbers_as_text() -> None:
    assert (decimal(-0.00001), decimal(0.5), decimal(float("nan"))) == ("0.0000", "0.5000", "")
    assert (probability(0.05), probability(3.6e-8), probability(float("nan"))) == ("0.050000", "3.60e-08", "")


def test_unknown_keys_of_the_plan_are_errors() -> None:
    bad = config()
    bad["inference"]["families"]["collective_efficiency"]["outcomes"] = ["produkt"]
    bad["inference"]["sead"] = 1
    with pytest.raises(BadInputError) as error:
        read_choices(bad)
    assert "sead" in str(error.value)
    assert "product" in str(error.value)


def test_tests_need_no_statsmodels_and_no_numba() -> None:
    heavy = ("statsmodels", "numba", "matplotlib", "seaborn")
    code = f"import sys, collective_efficiency.inference.inference; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "workflow", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_answers_on_the_report_itself(plan: Plan) -> None:
    """Frozen exact numbers of the recomputed reading, n.a. as zero: integers and fractions, the same on any machine."""
    files = {path.name: path.read_bytes() for path in (ROOT / "data/report").glob("*.csv")}
    files["tables.yaml"] = (ROOT / "data/report/tables.yaml").read_bytes()
    report = read_report(files)
    rows = cluster_records(report.clusters, cell_records(report))
    panel = panels(pd.DataFrame(rows, columns=list(CLUSTER_COLUMNS)), None, Choices(), plan)[0]
    found = associations(panel, plan.families[0], plan).set_index(["predictor", "outcome"])
    assert found["n"].unique().tolist() == ["40", "20"]
    chosen = found.loc[[("ce", "product"), ("jai", "functional"), ("degree", "product")], ["s", "p", "tau_b"]]
    assert chosen.to_numpy().tolist() == REPORT
    paired = external_above_joint(panel, plan).set_index("scope")["p_exact"]
    assert paired.to_dict() == PAIRED
