"""What a printed number stands for: the sets against the definition of rounding, for every mode and value."""

from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collective_efficiency.audit.modes import infer, reproducing
from collective_efficiency.numbers.rounding import MODES, Interval, grim, rounded, stands_for, total

VALUES = st.fractions(min_value=-40, max_value=40, max_denominator=4000)
TIES = st.integers(-2000, 2000).map(lambda n: Fraction(n, 200))
DECIMALS = st.integers(0, 3)


@pytest.mark.parametrize("mode", MODES)
@given(value=VALUES | TIES, decimals=DECIMALS)
def test_every_value_lies_in_the_set_of_its_own_rounding_and_in_no_other(mode, value, decimals):
    unit = Fraction(1, 10**decimals)
    printed = rounded(value, decimals, mode)
    near = [printed + step * unit for step in (-2, -1, 0, 1, 2)]
    assert [each for each in near if value in stands_for(each, decimals, mode)] == [printed]


@pytest.mark.parametrize("mode", MODES)
@given(count=st.integers(-300, 300), decimals=DECIMALS)
def test_neighbours_tile_the_line_without_gap_or_overlap(mode, count, decimals):
    one, other = (stands_for(Fraction(count + step, 10**decimals), decimals, mode) for step in (0, 1))
    assert one.high == other.low
    assert one.high_closed != other.low_closed


@pytest.mark.parametrize(
    ("text", "mode", "shown"),
    [
        ("2.36", "half_up", "[471/200, 473/200)"),
        ("2.36", "half_down", "(471/200, 473/200]"),
        ("2.36", "half_even", "[471/200, 473/200]"),
        ("2.37", "half_even", "(473/200, 19/8)"),
        ("2.36", "truncation", "[59/25, 237/100)"),
        ("2.36", "ceiling", "(47/20, 59/25]"),
        ("0.0", "half_up", "(-1/20, 1/20)"),
        ("0.0", "half_down", "[-1/20, 1/20]"),
        ("0.0", "half_even", "[-1/20, 1/20]"),
        ("0.0", "truncation", "(-1/10, 1/10)"),
        ("0.0", "ceiling", "[0, 0]"),
        ("-2.36", "half_up", "(-473/200, -471/200]"),
        ("-2.36", "half_down", "[-473/200, -471/200)"),
        ("-2.36", "half_even", "[-473/200, -471/200]"),
        ("-2.37", "half_even", "(-19/8, -473/200)"),
        ("-2.36", "truncation", "(-237/100, -59/25]"),
        ("-2.36", "ceiling", "[-59/25, -47/20)"),
    ],
)
def test_ends_are_open_and_closed_where_they_should_be(text, mode, shown):
    assert str(stands_for(Fraction(text), len(text.partition(".")[2]), mode)) == shown


@pytest.mark.parametrize(
    ("mode", "of_decimal"),
    [("half_up", ROUND_HALF_UP), ("half_down", ROUND_HALF_DOWN), ("half_even", ROUND_HALF_EVEN),
     ("truncation", ROUND_DOWN), ("ceiling", ROUND_UP)],
)  # fmt: skip
@given(value=st.decimals(-99, 99, places=4))
def test_every_mode_is_the_one_of_python_s_decimal_whatever_the_sign(mode, of_decimal, value):
    assert rounded(Fraction(value), 2, mode) == Fraction(value.quantize(Decimal("0.01"), of_decimal))


@pytest.mark.parametrize("mode", [None, *MODES])
@pytest.mark.parametrize(
    ("written", "meant"),
    [  # what Python's repr, a spreadsheet's 15 digits and R's print(digits = 16) make of numbers
        ("2.3333333333333335", "7/3"), ("3.6000000000000005", "18/5"), ("0.30000000000000004", "3/10"),
        ("0.333333333333333", "1/3"), ("66.6666666666667", "200/3"), ("9.499999999999998", "19/2"),
        ("-2.3333333333333335", "-7/3"), ("1234567.8999999999", "12345679/10"),
    ],
)  # fmt: skip
def test_what_a_program_writes_stands_for_what_it_calculated(written, meant, mode):
    value, decimals = Fraction(written), len(written.partition(".")[2])
    assert Fraction(meant) in stands_for(value, decimals, mode)
    assert Fraction(meant) + Fraction(1, 10 ** (decimals - 5)) not in stands_for(value, decimals, mode)


@given(st.lists(st.integers(0, 10**7).map(lambda n: Fraction(n, 1000)), min_size=2))
def test_a_sum_that_python_wrote_stands_for_the_exact_one(parts):
    written = repr(sum(map(float, parts)))
    if "e" not in written:
        assert sum(parts) in stands_for(Fraction(written), len(written.partition(".")[2]))


@pytest.mark.parametrize(
    "written", ["1005.0", "2.3333333333333", "123456789012345", "12345678901234.56", "0.000000000000001"]
)
def test_a_number_of_fewer_digits_or_a_count_stands_for_itself(written):
    value = Fraction(written)
    assert stands_for(value, len(written.partition(".")[2])) == Interval(value, value)


@given(st.lists(st.tuples(st.fractions(-3, 3, max_denominator=8), VALUES, DECIMALS), min_size=1, max_size=4))
def test_a_weighted_sum_of_values_lies_in_the_sum_of_their_sets(parts):
    sets = [(weight, stands_for(rounded(value, d, "half_up"), d, "half_up")) for weight, value, d in parts]
    assert sum((weight * value for weight, value, _ in parts), Fraction(0)) in total(sets)


def test_sums_keep_the_openness_of_their_ends():
    half = Interval(Fraction(0), Fraction(1), True, False)
    assert str(half + half) == "[0, 2)"
    assert str(half.times(Fraction(-1))) == "(-1, 0]"
    assert str(total([(Fraction(1), half), (Fraction(-1), half)])) == "(-1, 1)"
    assert not half.meets(Interval(Fraction(1), Fraction(2)))
    assert half.meets(Interval(Fraction(0), Fraction(0)))


def pairs(table, column, *numbers):
    return [(table, column, reproducing(Fraction(x), Fraction(p), len(p.partition(".")[2]))) for x, p in numbers]


def test_two_cells_decide_a_mode_and_one_does_not():
    two = infer(pairs("A", "a", ("71/30", "2.36"), ("53/30", "1.76")))  # annex table 1
    assert (two["A", "a"].mode, two["A", "a"].n_informative) == ("truncation", 2)
    assert infer(pairs("A", "a", ("71/30", "2.36")))["A", "a"].mode == "undetermined"


def test_a_column_without_enough_asks_its_table_and_fifths_never_tell():
    found = infer(pairs("A", "a", ("71/30", "2.36"), ("53/30", "1.76")) + pairs("A", "b", ("23/15", "1.53")))
    assert found["A", "b"].mode == "truncation"
    fifths = infer(pairs("A", "a", *((f"{n}/5", f"{n / 5:.1f}") for n in range(15))))
    assert (fifths["A", "a"].mode, fifths["A", "a"].n_informative) == ("undetermined", 0)


def test_cells_that_disagree_leave_the_mode_undetermined():
    mixed = [("71/30", "2.36"), ("53/30", "1.76"), ("71/30", "2.37"), ("53/30", "1.77")]
    assert infer(pairs("A", "a", *mixed))["A", "a"].mode == "undetermined"


def test_a_tie_tells_half_up_from_half_even():
    nearest = [("23/9", "2.56"), ("17/18", "0.94"), ("19/9", "2.11"), ("14/9", "1.56")]  # annex table 5
    found = infer(pairs("A", "a", *nearest))["A", "a"]
    assert found.admits == {"half_up", "half_even", "half_down"}
    assert infer(pairs("A", "a", *nearest, ("1/8", "0.13")))["A", "a"].admits == {"half_up"}


@given(st.integers(2, 12), st.integers(0, 60), st.sampled_from(MODES))
def test_grim_never_refuses_a_mean_that_exists(n, halves, mode):
    mean = Fraction(halves, 2 * n)
    assert grim(rounded(mean, 2, mode), 2, n, Fraction(1, 2), frozenset({mode})).possible


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("step", [Fraction(1), Fraction(1, 2), Fraction(1, 4)])
def test_grim_equals_brute_force_under_every_rounding(mode, step):
    """Every mean of up to 60 values is written down; what is not among them cannot have been printed."""
    for n in (7, 49, 51):
        printable = {rounded(step * count / n, 2, mode) for count in range(4 * n)}
        for value in (Fraction(hundredths, 100) for hundredths in range(0, 96)):
            assert grim(value, 2, n, step, frozenset({mode})).possible == (value in printable), (n, value)


def test_a_weight_of_nothing_leaves_nothing_open():
    assert Interval(Fraction(1), Fraction(2), False, False).times(Fraction(0)) == Interval(Fraction(0), Fraction(0))


def test_grim_equals_brute_force_and_states_its_power():
    step, n, mode = Fraction(1, 2), 3, frozenset({"half_up"})
    means = {rounded(Fraction(halves, 2 * n), 2, "half_up") for halves in range(200)}
    refused = 0
    for hundredths in range(50):  # one period of the grid
        value = Fraction(hundredths, 100)
        result = grim(value, 2, n, step, mode)
        assert result.possible == (value in means)
        refused += not result.possible
    assert result.power == Fraction(refused, 50)
