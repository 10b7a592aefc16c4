"""Several reviewers' marks, read together: beside the decisions, with every mistake said at once."""

import json

import pytest

from collective_efficiency.audit.reviews import disputes, read_reviews, reviews_in_words
from collective_efficiency.problems import BadInputError

PRINTED = {"sum.T1.a.x": "9", "sum.T1.b.x": "7; 8"}


def marks(reviewer, *entries):
    keys = ("finding", "expect", "stance", "date", "note")
    listed = [dict(zip(keys, entry, strict=True)) for entry in entries]
    return json.dumps({"report": "A report", "reviewer": reviewer, "marks": listed}).encode()


def test_two_reviewers_stand_side_by_side():
    files = {
        "bo.json": marks("Bo", ("sum.T1.a.x", "9", "agreed", "2026-11-02", "")),
        "ana.yaml": (
            b"reviewer: Ana Sil\xc3\xa1\nmarks:\n- {finding: sum.T1.a.x, expect: '9', stance: disputed, "
            b"date: '2026-11-01', note: '9 is right'}\n"
        ),
    }
    reviews = read_reviews(files, PRINTED)
    said = "disputed by Ana Silá, 2026-11-01: 9 is right | agreed by Bo, 2026-11-02"
    assert reviews_in_words(reviews) == {"sum.T1.a.x": said}
    assert disputes(reviews) == ["sum.T1.a.x"]
    assert read_reviews({}, PRINTED) == []


def test_every_mistake_of_every_file_is_said_at_once():
    files = {
        "ana.json": marks(
            "Ana", ("sum.T1.c.x", "1", "agreed", "2026-11-01", ""), ("sum.T1.a.x", "8", "agreed", "2026-11-01", "")
        ),
        "ana2.json": marks("Ana", ("sum.T1.b.x", "7; 8", "agreed", "2026-11-01", "")),
        "ana3.json": marks("Ana", ("sum.T1.b.x", "7; 8", "disputed", "2026-11-01", "")),
        "bo.json": marks("Bo", ("sum.T1.a.x", "9", "unsure", "yesterday", "")),
    }
    with pytest.raises(BadInputError) as error:
        read_reviews(files, PRINTED)
    said = error.value.listed()
    for text in ("no such finding", "the printed value is now '9'", "Ana has marked it already", "unsure", "yesterday"):
        assert text in said
