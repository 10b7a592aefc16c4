"""What people wrote, checked at once: on the project's own files, and on files spoiled one by one."""

import pytest
import yaml

from collective_efficiency.problems import BadInputError
from collective_efficiency.run.check import check_inputs, enabled_studies, problems_of_study
from collective_efficiency.run.config_files import ConfigSources

EXAMPLES = ("example_raters", "example_simple")


@pytest.fixture(scope="module")
def config(project):
    return yaml.safe_load((project / "config.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def printed(project, files):
    folder = project / "data/report"
    return files | {path.name: path.read_bytes() for path in folder.glob("*.yaml")}


@pytest.fixture(scope="module")
def studies(project):
    return {
        name: {path.name: path.read_bytes() for path in (project / "data/studies" / name).iterdir()}
        for name in EXAMPLES
    }


NO_FILES = ConfigSources({})


def problems(*arguments, text_is_there=True):
    with pytest.raises(BadInputError) as error:
        check_inputs(*arguments, NO_FILES, text_is_there)
    return [str(problem) for problem in error.value.problems]


def test_the_plan_of_the_report_alone(config, printed):
    plan = check_inputs(config, printed, EXAMPLES, {}, NO_FILES)
    assert plan.sizes == {"report": 40, "extended": 40}
    assert (plan.studies, plan.rated, plan.scored_again) == ({}, (), ())
    assert plan.tables["T17"] == "Index of collective efficiency (averages)"


def test_the_plan_with_the_examples(config, printed, studies):
    """Eight made-up clusters, five of them scored by two raters; none of the report's."""
    plan = check_inputs(config | {"studies": list(EXAMPLES)}, printed, EXAMPLES, studies, NO_FILES)
    assert plan.sizes == {"report": 40, "extended": 48}
    assert plan.studies == dict.fromkeys(EXAMPLES, ("clusters.csv", "study.yaml"))
    assert (plan.rated, plan.scored_again) == (("example_raters",), ())


def test_other_reports_that_are_named_are_in_the_plan_whatever_is_in_them(config, printed):
    there = {"titanic": ["tables.yaml", "T1.csv"], "empty": [], "linked": None}
    named = config | {"audits": ["titanic", "empty"]}
    assert check_inputs(named, printed, EXAMPLES, {}, NO_FILES, audits=there).audits == {
        "empty": (),
        "titanic": ("T1.csv", "tables.yaml"),
    }
    wrong = config | {"audits": ["titanik", "linked"]}
    with pytest.raises(BadInputError) as error:
        check_inputs(wrong, printed, EXAMPLES, {}, NO_FILES, audits=there)
    assert [str(problem) for problem in error.value.problems] == [
        "data/audits/linked: allowed: a folder and files of its own, no link",
        "config.yaml, key audits: found 'titanik'; there is no folder data/audits/titanik; allowed: empty, linked, "
        "titanic; did you mean titanic?",
    ]


def test_clusters_of_the_report_are_scored_again_and_counted_once(config, printed, studies):
    again = {"study.yaml": studies["example_simple"]["study.yaml"]}
    again["clusters.csv"] = studies["example_simple"]["clusters.csv"].replace(b"made-up-wine", b"colchagua-wine")
    plan = check_inputs(config | {"studies": ["again"]}, printed, ["again"], {"again": again}, NO_FILES)
    assert plan.sizes == {"report": 40, "extended": 42}
    assert plan.scored_again == ("again",)


def test_every_problem_of_everything_is_said_at_once(config, printed, studies):
    bad = printed | {
        "A1.csv": printed["A1.csv"].replace(b"Gamarra (Peru),2,", b"Gamarra (Peru),4,"),
        "checks.yaml": printed["checks.yaml"] + b"\ncolour: red\n",
    }
    del bad["adjudications.yaml"]
    wrong = config | {"colour": "red", "studies": ["exampl_simple", "../report"]}
    said = problems(wrong, bad, EXAMPLES, {})
    for expected in (
        "config.yaml: found 'colour'; unknown key;",
        "A1.csv, row 5 (gamarra-garments), column labour_market: found '4'",
        "checks.yaml, line 211: found 'colour'; unknown key",
        "adjudications.yaml: the file is missing",
        "config.yaml, key studies: found '../report'; allowed: at most 60 small letters",
        "there is no folder data/studies/exampl_simple; allowed: example_raters, example_simple; did you mean",
    ):
        assert any(expected in problem for problem in said), (expected, said)


def test_a_claim_that_names_nothing_is_a_problem(config, printed):
    claims = printed["claims.yaml"].replace(b"holds_if: rows(T2) == stated", b"holds_if: rows(T2) == statd", 1)
    assert any("statd" in problem for problem in problems(config, printed | {"claims.yaml": claims}, (), {}))


def test_advice_that_names_no_claim_is_a_problem_and_so_is_its_lack(config, printed):
    policy = printed["policy.yaml"].replace(b"grounds: [C061]", b"grounds: [C998]", 1)
    said = problems(config, printed | {"policy.yaml": policy}, (), {})
    assert any("P14" in problem and "C998" in problem for problem in said)
    said = problems(config, {name: file for name, file in printed.items() if name != "policy.yaml"}, (), {})
    assert said == ["policy.yaml: the file is missing"]


def test_a_text_that_is_not_there_is_a_problem_at_the_start(config, printed):
    said = problems(config | {"report_text": "my copy.txt"}, printed, (), {}, text_is_there=False)
    assert said == ["config.yaml, key report_text: found 'my copy.txt'; there is no such file"]


def test_a_link_is_no_file_of_a_study(config, printed, studies):
    linked = {"example_simple": studies["example_simple"] | {"clusters.csv": None}}
    said = problems(config | {"studies": ["example_simple"]}, printed, EXAMPLES, linked)
    assert "data/studies/example_simple/clusters.csv: allowed: a file of its own, no link" in said


def test_the_problems_of_a_study_are_a_table_of_its_own(config, printed, studies):
    bad = {name: dict(files) for name, files in studies.items()}
    bad["example_simple"]["clusters.csv"] = b"cluster,name\n"
    with pytest.raises(BadInputError) as error:
        check_inputs(config | {"studies": list(EXAMPLES)}, printed, EXAMPLES, bad, NO_FILES)
    table = problems_of_study("example_simple", error.value.problems)
    assert table.startswith("file,row,column,value,message,allowed\ndata/studies/example_simple/clusters.csv,1,")
    assert problems_of_study("example_raters", error.value.problems) == ""


@pytest.mark.parametrize(
    ("written", "names"), [(["b", "a"], ["a", "b"]), ([], []), (None, []), ("a", []), ([["a"]], ["['a']"])]
)
def test_the_names_of_studies_even_where_the_list_is_bad(written, names):
    assert enabled_studies({"studies": written}) == names
