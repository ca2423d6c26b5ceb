"""What Gradescope says of a submission is taken over where it has the right form, and never trusted to have it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.intake.gradescope_metadata import MOST_BYTES, MOST_PEOPLE, Metadata, read_metadata
from autograder.report import Person

BEFORE = [
    {"submission_time": "2017-04-06T14:24:48.087023-07:00", "score": 3.5, "autograder_error": False},
    {"submission_time": "2017-04-07T14:24:48.087023-07:00", "score": "6.25", "autograder_error": False},
    {"submission_time": "2017-04-08T14:24:48.087023-07:00", "score": 0.0, "autograder_error": True, "results": {}},
]
WHOLE = {
    "id": 123456,
    "created_at": "2018-07-01T14:22:32.365935-07:00",
    "assignment": {
        "due_date": "2018-07-31T23:00:00.000000-07:00",
        "group_size": 4,
        "group_submission": True,
        "id": 25828,
        "course_id": 1234,
        "late_due_date": "2018-08-02T23:00:00.000000-07:00",
        "release_date": "2018-07-02T00:00:00.000000-07:00",
        "title": "Programming Assignment 1",
        "total_points": "20.0",
    },
    "submission_method": "upload",
    "users": [
        {"email": "ada@example.com", "id": 1234, "name": "Ada Lovelace"},
        {"email": "li@example.com", "id": 1235, "name": "李雷, Jr."},
    ],
    "previous_submissions": BEFORE,
}


def told(tmp_path: Path, document: object) -> Metadata:
    (tmp_path / "submission_metadata.json").write_text(json.dumps(document), encoding="utf-8")
    return read_metadata(tmp_path / "submission_metadata.json")


def test_a_group_is_all_its_members(tmp_path):
    """With what Gradescope knows them by, and when they handed in; due is when nobody can any more."""
    metadata = told(tmp_path, WHOLE)
    assert metadata.people == (
        Person("Ada Lovelace", {"gradescope": "1234", "email": "ada@example.com"}),
        Person("李雷, Jr.", {"gradescope": "1235", "email": "li@example.com"}),
    )
    assert metadata.student == "Ada Lovelace; 李雷, Jr."
    assert metadata.attempt == 4
    assert metadata.submitted == "2018-07-01T21:22:32.365Z"
    assert metadata.due == "2018-08-03T06:00:00.000Z"
    assert (
        told(tmp_path, {"assignment": {**WHOLE["assignment"], "late_due_date": None}}).due == "2018-08-01T06:00:00.000Z"
    )


@pytest.mark.parametrize(
    "order", [BEFORE, BEFORE[::-1], BEFORE[1:] + BEFORE[:1]], ids=["old first", "new first", "mixed"]
)
def test_the_score_before_is_the_latest_that_the_grader_did_not_fail_on(tmp_path, order):
    """In whatever order they come."""
    assert told(tmp_path, {"previous_submissions": order}).score_before == 6.25


@pytest.mark.parametrize("score", [None, True, "NaN", "1e999", -1, 1e300, [3], "", "7 points", 10**400])
def test_a_score_that_is_none_is_not_handed_on(tmp_path, score):
    """A number of points, or nothing."""
    assert told(tmp_path, {"previous_submissions": [{"score": score}]}).score_before is None


@pytest.mark.parametrize(
    "data",
    [
        None,
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"9" * 100_000,
        b"[1]",
        b"null",
        b'{"users": {}}',
        b" " * (MOST_BYTES + 1),
    ],
    ids=["missing", "empty", "bytes", "deep", "digits", "list", "null", "table", "large"],
)
def test_what_cannot_be_read_says_nothing(tmp_path, data):
    """A submission is graded without it."""
    file = tmp_path / "submission_metadata.json"
    if data is not None:
        file.write_bytes(data)
    assert read_metadata(file) == Metadata()


def test_names_are_bounded(tmp_path):
    """Each and all of them; somebody without a name goes by the address, and nobody is made up."""
    users = [
        {"name": "x" * 10_000, "email": 7, "id": 10**30},
        {"email": "only@example.com"},
        {"id": 3},
        {"name": " \n "},
    ]
    first, second = told(tmp_path, {"users": users}).people
    assert (first.name, first.ids) == ("x" * 200, {})
    assert second == Person("only@example.com", {"email": "only@example.com"})
    assert len(told(tmp_path, {"users": [{"name": str(i)} for i in range(500)]}).people) == MOST_PEOPLE


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, *WHOLE["assignment"],
    *BEFORE[2], "email", "name"]), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(document=_JSON)
def test_any_json_at_all_is_read(tmp_path_factory, document):
    """It raises nothing, and what it says is of the right kind."""
    metadata = told(tmp_path_factory.getbasetemp(), document)
    assert metadata.attempt >= 1
    assert metadata.score_before is None or metadata.score_before >= 0
