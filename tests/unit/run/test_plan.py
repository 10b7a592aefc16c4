"""A plan survives its way through an environment variable and a shell."""

import os
import shlex
import subprocess
import sys

from collective_efficiency.run.plan import Plan, packed, unpacked

PLAN = Plan(
    {"report": 40, "extended": 48},
    {"T3": 'São José\'s "index" \\ $HOME `x` 5 % {a}'},
    {"example": ("study.yaml", "clusters.csv")},
    ("example",),
    (),
    {"titanic": ("T1.csv", "tables.yaml")},
)


def test_a_packed_plan_is_the_same_plan():
    assert unpacked(packed(PLAN)) == PLAN


def test_a_plan_with_very_many_reports_is_no_longer_than_a_variable_may_be():
    audits = {f"report-{number:05}": ("T1.csv", "T2.csv", "checks.yaml", "tables.yaml") for number in range(5000)}
    assert len(packed(Plan({}, {}, {}, (), (), audits))) < 128 * 1024 - 100  # MAX_ARG_STRLEN of Linux


def test_no_shell_changes_it_however_it_is_quoted():
    """As remote executors declare it: repr, no quotes at all, and once more through a shell in a shell."""
    for said in (repr(packed(PLAN)), packed(PLAN), shlex.quote(packed(PLAN))):
        done = subprocess.run(["sh", "-c", f"export P={said} && sh -c 'echo $P'"], capture_output=True, text=True)
        assert unpacked(done.stdout.strip()) == PLAN


def test_to_read_a_plan_loads_nothing_of_the_checks(project):
    code = "import sys, collective_efficiency.run.plan as p; print(sorted(m for m in sys.modules if 'collective' in m))"
    environment = os.environ | {"PYTHONPATH": str(project / "workflow")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(
        ["collective_efficiency", "collective_efficiency.run", "collective_efficiency.run.plan"]
    )
