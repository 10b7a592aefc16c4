"""The solver's remarks stay off the terminal."""

import os

from collective_efficiency.audit.programme import Programme


def test_what_the_solver_prints_from_c_reaches_nobody(monkeypatch, capfd):
    import scipy.optimize

    def loud(*arguments, solve=scipy.optimize.milp, **options):
        os.write(1, b"HiGHS has something to say\n")
        return solve(*arguments, **options)

    monkeypatch.setattr(scipy.optimize, "milp", loud)
    programme = Programme()
    (number,) = programme.block([0], [9], [1.0])
    programme.at_most({number: -1.0}, -3.0)
    assert [solution.values for solution in programme.optima(range(0))] == [[3]]
    print("after")
    assert capfd.readouterr().out == "after\n"
