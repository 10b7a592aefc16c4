"""The files that set config.yaml's keys: what cannot be read is said with its line, and a bad value with who set it."""

import pytest

from collective_efficiency.problems import BadInputError, Problem
from collective_efficiency.run.config_files import ConfigSources

CONFIG = b"missing: zero\ndegree:\n  high: 9.5\n  low: 5\nstudies: [a, b]\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (CONFIG + b"missing: omit\n", "my own.yaml, line 6: the key missing stands twice"),
        (CONFIG + b"name: S\xe3o Jos\xe9\n", "my own.yaml, line 6: found 'byte 0xe3'; allowed: text encoded as UTF-8"),
        (CONFIG + b"raters: [\n", "my own.yaml, line 7: "),
        (b"- missing\n", "my own.yaml: allowed: object (the keys of config.yaml)"),
        (b"", "my own.yaml: nothing stands here; allowed: object (the keys of config.yaml)"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_file_and_line(content, message):
    with pytest.raises(BadInputError) as error:
        ConfigSources.read({"config.yaml": CONFIG, "my own.yaml": content}, {})
    (problem,) = error.value.problems
    assert str(problem).startswith(message)


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("degree.high", "9.5", "config.yaml, line 3, key degree.high: "),
        ("degree.low", "6", "my own.yaml, line 2, key degree.low: "),
        ("", "colour", "my own.yaml, line 3: "),  # an unknown key stands as the value
        ("studies", "b", "config.yaml, line 5, key studies: "),
        ("missing", "drop", "--config, key missing: "),
        ("degree", "hihg", "--config, key degree: "),
        ("inference", "", "config.yaml, key inference: "),  # set nowhere
    ],
)
def test_a_bad_value_names_the_last_that_set_it(key, value, place):
    """The merged config holds the last of each key, as Snakemake merges: config.yaml, --configfile, --config."""
    own = b"degree:\n  low: 6\ncolour: red\n"
    sources = ConfigSources.read(
        {"config.yaml": CONFIG, "my own.yaml": own}, {"missing": "drop", "degree": {"hihg": 1}}
    )
    assert str(sources.located(Problem("config.yaml", "", key, value, "bad"))).startswith(place)


def test_a_number_in_braces_on_the_command_line_is_text_to_snakemake():
    sources = ConfigSources.read({"config.yaml": CONFIG}, {"degree": {"high": "9"}})
    said = str(sources.located(Problem("config.yaml", "", "degree.high", "9", "allowed: number")))
    assert said == (
        "--config, key degree.high: found '9'; allowed: number;"
        " Snakemake takes numbers in braces as text: set them in a file, and name it with --configfile"
    )


def test_problems_of_other_files_stay_where_they_are():
    problem = Problem("A1.csv", "5", "missing", "4", "allowed: 0 to 3")
    assert ConfigSources.read({"config.yaml": CONFIG}, {}).located(problem) == problem
