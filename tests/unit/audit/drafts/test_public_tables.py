"""Real tables from public reports (tests/public_tables), drafted: the relations that people know them to keep.

The relations stand here as the reports declare them, by the words of their headings. The wreck commissioner's table has
one slip of its own: 499 of 1,316 are 37.92 per cent.
"""

import re

import pytest

from collective_efficiency.audit.drafts.draft import draft
from collective_efficiency.audit.folder import audit_files_of_report

PERSONS = ("adult_males", "adult_females", "male_children", "female_children")
DECLARED = {
    "titanic": {
        "per_cent = saved / carried",
        *(
            f"all_of_{name} = sum of {', '.join(f'{name}_{person}' for person in PERSONS)}"
            for name in ("second_class", "third_class")
        ),
        "all_of_the_crew = sum of deck_department, engine_room_department, victualing_department",
        "total = sum of all_of_the_crew, passengers",
    },
    "referendum": {
        "turnout = votes_cast / electorate",
        "votes_cast = sum of valid_votes, rejected",
        "valid_votes = sum of remain, leave",
        "rejected = sum of no_official_mark, both_answers, writing_or_mark, unmarked_or_void",
        "remain_2 = remain / valid_votes",
        "leave_2 = leave / valid_votes",
        "rejected_2 = rejected / votes_cast",
    },
    "trade": {
        "trade_balance = exports - imports",
        "net_adjustments = total_bop_basis - total_census_basis",
    },
}
WRONG = {"titanic": [("passengers", "per_cent", "37.94", "37.92")], "referendum": [], "trade": []}


def said(check):
    """A check of one of these kinds in words."""
    match check["kind"]:
        case "sum":
            return f"{check['target']} = sum of {', '.join(check['of'])}"
        case "difference":
            return f"{check['target']} = {check['of']} - {check['minus']}"
        case "share":
            return f"{check['target']} = {check['part']} / {check['whole']}"
    return str(check)


@pytest.mark.parametrize("name", DECLARED)
def test_the_relations_of_a_public_table_are_found_and_no_others(name, project):
    drafted = draft(f"{name}.csv", (project / f"tests/public_tables/{name}.csv").read_bytes())
    assert {said(proposal.check) for proposal in drafted.proposals["T1"]} == DECLARED[name]
    audit = audit_files_of_report({file: text.encode() for file, text in drafted.files().items()})
    numeric = [finding.record("") for finding in audit.findings if finding.severity == "numeric"]
    columns = ("row", "column", "printed", "expected")
    assert [tuple(each[column] for column in columns) for each in numeric] == WRONG[name]
    documented = (project / "docs/audit.md").read_text(encoding="utf-8")
    line = re.search(rf"tests/public_tables/{name}\.csv\) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", documented)
    relations = len(DECLARED[name])
    assert line
    assert [int(count) for count in line.groups()] == [relations, relations, relations, len(WRONG[name])]
