"""The grid that config.yaml declares: its levels, constraints and ids by hand, and what it refuses."""

import pytest
from robustness_data import CONFIG, multiverse_config

from collective_efficiency.choices import read_choices
from collective_efficiency.problems import BadInputError
from collective_efficiency.robustness.grid import FACTORS, read_multiverse
from collective_efficiency.run.check import check_inputs
from collective_efficiency.run.config_files import ConfigSources


def grid_of(config):
    return read_multiverse(config, read_choices(config))


def test_the_declared_multiverse_is_counted_by_hand():
    """Recomputed: eei, jai, ce with 3 weights, degree with 3 weights and 5 pairs of cut-offs; printed: 4 predictors.

    Each with two treatments of n.a., three blocks, software in and out.
    """
    grid = grid_of(CONFIG)
    assert len(list(grid.specifications())) == (1 + 1 + 3 + 3 * 5 + 4) * 2 * 3 * 2 == 288
    assert len({each.id for each in grid.specifications()}) == 288


def test_the_default_is_the_first_and_follows_what_is_chosen_for_everything():
    config = multiverse_config(["product"]) | {"missing": "omit", "degree": {"high": 9, "low": 6}}
    config["index_weights"] = {"eei": 0.25, "jai": 0.75}
    grid = grid_of(config)
    first, *others = grid.specifications()
    assert first == grid.default
    assert first.id == "recomputed|omit|0.25|6 to 9|ce|sector|in|all|jonckheere_terpstra"
    assert len(others) == 2 * 2 * 2 - 1  # what is chosen, and what is listed


def test_an_id_does_not_depend_on_the_order_or_the_number_of_what_is_declared():
    config = multiverse_config(["product"], predictor=["jai", "ce"], block=["none", "sector"])
    turned = multiverse_config(["product"], block=["none"], predictor=["jai"])
    part = turned["robustness"]["multiverse"]
    part["factors"] = {factor: part["factors"][factor] for factor in reversed(FACTORS)}
    (only,) = grid_of(turned).specifications()
    assert only.id in {each.id for each in grid_of(config).specifications()}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weights": [0.123]}, "factors.weights: found '0.123'; allowed: at most two decimals"),
        ({"cutoffs": [{"low": 9, "high": 5}]}, "factors.cutoffs: found '9 and 5'; allowed: low below high"),
        ({"cutoffs": [{"low": 9, "high": 9.00001}]}, "allowed: at most four decimals"),
        ({"block": ["region"]}, "allowed: none, sector, country, sector_country"),
        ({"colour": ["red"]}, "unknown key"),
    ],
)
def test_a_level_that_makes_no_sense_is_refused(change, said):
    with pytest.raises(BadInputError) as error:
        grid_of(multiverse_config(["product"], **change))
    assert said in str(error.value)


def test_a_constraint_names_levels_that_there_are():
    constraints = [{"where": {"reading": ["printed"]}, "fixes": ["weights"]}]
    with pytest.raises(BadInputError) as error:
        grid_of(multiverse_config(["product"], constraints))
    assert "constraints.0.where.reading: found 'printed'; allowed: recomputed" in str(error.value)
    constraints = [{"where": {"block": ["sector"]}, "fixes": ["block"]}]
    with pytest.raises(BadInputError) as error:
        grid_of(multiverse_config(["product"], constraints))
    assert "constraints.0.fixes: found 'block'; it stands under where, too" in str(error.value)


def test_it_is_refused_before_anything_is_made(files):
    with pytest.raises(BadInputError) as error:
        check_inputs(multiverse_config(["product"], weights=[0.123]), files, (), {}, ConfigSources.read({}, {}))
    assert any("factors.weights" in problem.column for problem in error.value.problems)
