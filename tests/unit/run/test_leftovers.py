"""What disabled studies left, against the files that the rules make."""

import re

from collective_efficiency.run.leftovers import (
    OF_CLUSTERS_SCORED_AGAIN,
    OF_SEVERAL_RATERS,
    leftovers_line,
    possible_leftovers,
)
from collective_efficiency.run.plan import Plan


def plan(studies=(), rated=(), again=(), audits=("titanic",)):
    return Plan({}, {}, dict.fromkeys(studies, ("study.yaml",)), rated, again, dict.fromkeys(audits, ("tables.yaml",)))


def test_nothing_is_left_where_all_is_made():
    assert possible_leftovers(plan(["a"], ("a",), ("a",)), ["a"], ["report", "extended"]) == []
    assert leftovers_line([]) == ""


def test_a_study_that_is_enabled_no_more():
    assert possible_leftovers(plan(["a"], ("a",), ("a",)), ["b", "a"], ["report", "extended"]) == ["results/studies/b"]


def test_other_reports_that_are_audited_no_more():
    left = possible_leftovers(plan(["a"], ("a",), ("a",), audits=()), ["a"], ["report", "extended"])
    assert left == ["results/audits"]


def test_a_study_that_has_one_rater_now_and_a_dataset_too_large_to_be_tested():
    left = possible_leftovers(plan(["a"], (), ("a",)), ["a"], ["report"])
    assert left == [
        *(f"results/studies/a/{file}" for file in OF_SEVERAL_RATERS),
        "results/extended/printed/inference",
        "results/extended/recomputed/inference",
        "results/extended/robustness",
    ]


def test_the_files_are_those_of_the_rules(project):
    rules = (project / "workflow/rules/studies.smk").read_text(encoding="utf-8")
    for rule, files in (("reliability", OF_SEVERAL_RATERS), ("agreement", OF_CLUSTERS_SCORED_AGAIN)):
        (output,) = re.findall(rf"\nrule {rule}:.*?    output:\n(.*?)    log:", rules, re.DOTALL)
        assert sorted(re.findall(r'results/studies/\{study\}/([\w.]+)"', output)) == sorted(files)


def test_a_name_with_a_quote_is_quoted_for_a_shell():
    assert leftovers_line(["results/it's"]).endswith("rm -r 'results/it'\"'\"'s'\n")
