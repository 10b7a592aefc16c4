import pytest

from collective_efficiency.problems import PROBLEM_COLUMNS, SHOWN, BadInputError, Problem, problem_record
from scripts._stage import stage


def problems(count: int) -> list[Problem]:
    return [Problem("a.csv", str(row), "ce", "4", "allowed: 0 to 3") for row in range(count)]


def test_a_problem_is_said_once_and_on_one_line():
    error = BadInputError([*problems(1), *problems(1), Problem("b.csv", "", "", "x\ny\x1b[2J", "bad")])
    assert str(error).splitlines() == [
        "2 problems in the input; nothing was written.",
        "  a.csv, row 0, column ce: found '4'; allowed: 0 to 3",
        r"  b.csv: found 'x\ny\x1b[2J'; bad",
    ]


@pytest.mark.parametrize("count", [1, SHOWN, SHOWN + 7])
def test_the_log_of_a_stage_has_every_problem_and_the_terminal_says_so_where_it_has_fewer(tmp_path, count):
    log = tmp_path / "stage.log"
    with pytest.raises(SystemExit) as stopped, stage([str(log)]):
        raise BadInputError(problems(count))
    shown, listed = str(stopped.value), log.read_text(encoding="utf-8")
    assert listed.count("a.csv, row") == count
    assert shown.count("a.csv, row") == min(count, SHOWN)
    assert shown.endswith(f"  ... and 7 more\n  all of them: {log}") == (count > SHOWN)


def test_problems_as_rows():
    row = problem_record(Problem("f", "2", "c", "v", "unknown column; allowed: a, b; did you mean a?"))
    assert tuple(row) == PROBLEM_COLUMNS
    assert list(row.values()) == ["f", "2", "c", "v", "unknown column", "a, b; did you mean a?"]
    assert problem_record(Problem("f", "", "", "", "the file is empty"))["message"] == "the file is empty"
