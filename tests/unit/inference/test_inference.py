"""The stage's frames: order of clusters, constant outcomes, both treatments and readings, families, frozen numbers."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from conftest import PROJECT
from inference_data import CONFIG, MADE_UP, PLAN, SECTORS, asked_of, frames_of_made_up

from collective_efficiency.choices import Choices, read_choices
from collective_efficiency.inference import hypotheses
from collective_efficiency.inference.answer_figures import ANSWER_FIGURES, drawn_answer
from collective_efficiency.inference.answers import answers_markdown
from collective_efficiency.inference.basis import AnswerBasis
from collective_efficiency.inference.effects import EFFECT_SIZES, effect_sizes
from collective_efficiency.inference.exact import jonckheere_terpstra
from collective_efficiency.inference.frames import estimate_text, p_value_text
from collective_efficiency.inference.hypotheses import NEVER_SCORED, Hypotheses
from collective_efficiency.inference.inference import answered_readings
from collective_efficiency.inference.panels import panels
from collective_efficiency.inference.samples import NoVariationError
from collective_efficiency.inference.wording import answers_in_words
from collective_efficiency.measures.indices import as_printed, recompute, written
from collective_efficiency.problems import BadInputError
from collective_efficiency.words import READINGS

REPORT = [["42", "0.080941", "0.2546"], ["49", "0.023563", "0.3359"], ["42", "0.038071", "0.3368"]]
PAIRED = {
    "traditional": "5/8192", "natural_resource": "1/16", "cops": "1/64", "software": "1/16", "all": "309/8589934592",
}  # fmt: skip


def test_where_an_exact_count_is_out_of_reach_shuffles_answer(monkeypatch):
    plan = replace(PLAN, shuffles=4999, families=PLAN.families[:1])
    basis = AnswerBasis("report", "recomputed", Choices(), plan, SECTORS)
    exact = asked_of(MADE_UP, plan)
    monkeypatch.setattr(hypotheses, "WORK_OF_A_HYPOTHESIS", 10)
    found = asked_of(MADE_UP, plan)
    keys = ["missing", "predictor", "outcome"]
    before, shuffled = (frames["associations"].set_index(keys) for frames in (exact, found))
    assert set(shuffled["note"]) == {"by 4,999 shuffles: no exact count within reach"}
    assert (shuffled["p_exact"] == "").all()
    assert (shuffled[["s", "maxt", "tau_b"]] == before[["s", "maxt", "tau_b"]]).all(axis=None)
    # Shuffles hand out missing scores, too, and the exact test does not: they agree where none is left out.
    before, shuffled = before.loc["zero"], shuffled.loc["zero"]
    for column in ("p", "p_greater"):
        assert (abs(shuffled[column].astype(float) - before[column].astype(float)) < 0.03).all()
    assert found["nulls"].empty
    assert set(found["power"]["note"]) == {"no exact count within reach"}
    for name in ANSWER_FIGURES:
        assert drawn_answer(name, found, basis)
    text = answers_markdown(answers_in_words(found, basis), basis)
    assert "no exact count within reach" in text


def test_the_order_of_clusters_changes_nothing():
    frames = frames_of_made_up()
    within = [MADE_UP[MADE_UP["sector"] == sector].iloc[::-1] for sector in SECTORS]
    for name, frame in asked_of(pd.concat(within, ignore_index=True), PLAN).items():
        pd.testing.assert_frame_equal(frame, frames[name])


def test_what_is_constant_or_unscored_says_so():
    frames = frames_of_made_up()
    rows = frames["associations"]
    software = rows[(rows["scope"] == "software") & (rows["family"] == "collective_efficiency_by_sector")]
    assert set(software.loc[software["outcome"] != "intersectoral", "note"]) == {"undefined, no variation"}
    assert set(software.loc[software["outcome"] == "intersectoral", "note"]) == {NEVER_SCORED}
    assert set(software["p"]) == {""}
    for frame in frames.values():
        assert not frame.isin(["nan", "NaN", "inf", "-0.0000"]).any(axis=None)
    undefined = rows["p"] == ""
    assert (rows.loc[undefined, "note"] != "").all()
    assert (rows.loc[undefined, ["holm", "bh", "maxt", "tau_b"]] == "").all(axis=None)


def test_both_treatments_are_answered():
    frames = frames_of_made_up()
    for frame in frames.values():
        assert list(dict.fromkeys(frame["missing"])) == ["zero", "omit"]
    rows = frames["associations"].query(
        "family == 'collective_efficiency' and predictor == 'ce' and outcome == 'functional'"
    )
    assert rows["n"].astype(int).tolist() == [24, 23]


def test_adjusted_values_are_in_order():
    frames = frames_of_made_up()
    rows = frames["associations"]
    for _, group in rows[rows["p"] != ""].groupby(["missing", "family"]):
        p, holm, bh, maxt = (group[name].astype(float) for name in ("p", "holm", "bh", "maxt"))
        assert (p <= bh + 1e-6).all()
        assert (bh <= holm + 1e-6).all()
        assert (maxt <= 1).all()
        assert holm.min() == pytest.approx(min(1, p.min() * len(group)), abs=1e-5)


def test_a_reading_does_not_depend_on_the_other():
    """What is remembered of one reading is used for the other only where both ask the same: against a run by itself."""
    frames = frames_of_made_up()
    printed = written(recompute(MADE_UP, Choices()))
    printed["ce"] = printed["ce"].to_numpy()[::-1].copy()
    both = answered_readings(MADE_UP, printed, Choices(), PLAN)
    assert tuple(both) == READINGS
    for name, frame in both["recomputed"].items():
        pd.testing.assert_frame_equal(frame, frames[name])
    assert not both["printed"]["associations"].equals(frames["associations"])


def test_a_remembered_hypothesis_is_what_its_values_give():
    """Exact test and effect sizes by the codes equal those of the values themselves, for every panel and sector."""
    readings = panels(MADE_UP, written(recompute(MADE_UP, Choices())), Choices(), PLAN)
    everything = [panel for of_reading in readings.values() for panel in of_reading]
    remembered = Hypotheses(everything[0].design, PLAN)
    for panel in everything:
        for scope, sample in panel.design.samples.items():
            for outcome in ("product", "functional", "intersectoral"):
                x, y = np.where(sample.member, panel.values("ce"), np.nan), panel.values(outcome)
                known = ~(np.isnan(x) | np.isnan(y))
                try:
                    test = remembered.exact(x, y)
                except NoVariationError:
                    continue
                plain = jonckheere_terpstra(x[known], y[known], panel.frame["sector"][known])
                assert (test.observed, test.p()) == (plain.observed, plain.p())
                inside = effect_sizes(x[sample.member], y[sample.member], sample.stratum, sample.rows)[0]
                assert remembered.effect_sizes(scope, x, y).estimate.tolist() == inside.tolist()
                assert len(inside) == len(EFFECT_SIZES)


def test_numbers_as_text():
    assert (estimate_text(-0.00001), estimate_text(0.5), estimate_text(float("nan"))) == ("0.0000", "0.5000", "")
    assert (p_value_text(0.05), p_value_text(3.6e-8), p_value_text(float("nan"))) == ("0.050000", "3.60e-08", "")


def test_unknown_keys_of_the_plan_are_errors():
    families = CONFIG["inference"]["families"]
    wrong = families | {"collective_efficiency": families["collective_efficiency"] | {"outcomes": ["produkt"]}}
    bad = CONFIG | {"inference": CONFIG["inference"] | {"sead": 1, "families": wrong}}
    with pytest.raises(BadInputError) as error:
        read_choices(bad)
    assert "sead" in str(error.value)
    assert "product" in str(error.value)


def test_tests_need_no_statsmodels_and_no_numba():
    heavy = ("statsmodels", "numba", "matplotlib", "seaborn")
    code = f"import sys, collective_efficiency.inference.inference; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT / "workflow", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_answers_on_the_report_itself(clusters, cells):
    """Frozen exact numbers of the recomputed reading, n.a. as zero: integers and fractions, the same on any machine."""
    frames = answered_readings(clusters, written(as_printed(clusters, cells)), Choices(), PLAN)["recomputed"]
    found = frames["associations"].query("missing == 'zero' and family == 'collective_efficiency'")
    found = found.set_index(["predictor", "outcome"])
    assert found["n"].unique().tolist() == ["40", "20"]
    chosen = found.loc[[("ce", "product"), ("jai", "functional"), ("degree", "product")], ["s", "p", "tau_b"]]
    assert chosen.to_numpy().tolist() == REPORT
    paired = frames["paired"].query("missing == 'zero'").set_index("scope")["p_exact"]
    assert paired.to_dict() == PAIRED
    asked = {("jai", "functional"): (0.0236, 0.1525, 0.0440), ("degree", "product"): (0.0381, 0.0042, 0.0117),
             ("ce", "product"): (0.0809, 0.0205, 0.0980), ("ce", "functional"): (0.0543, 0.2103, 0.0173)}  # fmt: skip
    blocks = frames["blocks"].query("missing == 'zero'").set_index(["predictor", "outcome", "block"])
    for hypothesis, p_values in asked.items():  # counted twice, by programs that share no code with this one
        for block, p in zip(("sector", "country", "sector_country"), p_values, strict=True):
            assert float(blocks.loc[(*hypothesis, block), "p"]) == pytest.approx(p, abs=5e-5)
            assert blocks.loc[(*hypothesis, block), "p_exact"] != ""
    power = frames["power"].query("missing == 'zero'").drop_duplicates(["outcome", "level"])
    for level, known in (("unadjusted", (0.38, 0.39, 0.39, 0.47)), ("family", (0.50, 0.51, 0.51, np.nan))):
        found = power.loc[power["level"] == level, "detectable"].replace("", "nan").astype(float)
        assert found.tolist() == pytest.approx(known, abs=0.03, nan_ok=True)  # of 200 simulations, here
    sectors = frames["sectors"].query("missing == 'zero' and outcome == 'functional'").set_index("without")["p"]
    assert float(sectors[""]) < 0.01 < 0.35 < float(sectors["software"])
    parts = frames["parts"].query("missing == 'zero'").set_index(["predictor", "outcome", "kind"])
    assert parts.loc[("jai", "functional", "none"), "p"] == "0.023563"
