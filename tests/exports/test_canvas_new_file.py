"""A file for Canvas made of the roster's ids: Canvas finds every student, or nobody gets a file."""

import pytest
from handing_on import student, unreadable
from importers import CanvasCourse, canvas_import

from autograder.errors import AutograderError
from autograder.exports.canvas_csv import new_gradebook

COURSE = CanvasCourse({1: ("A", "s1", "ada"), 2: ("B", "s2", "li4"), 4: ("E", "s4", "eve")}, {12: "Homework 1"})


def test_a_new_file_is_made_of_the_ids_of_the_roster():
    """With the points that can be earned, and whoever has any id that Canvas knows."""
    reports = [
        student('Ada "A", B', 1.5, {"canvas": "1"}),
        student("=cmd", 13.0, {"login": "eve", "section": "A"}),
        student("李四", exempt=True, ids={"sis": "s2", "canvas": "1x", "login": "=x"}),
        unreadable("Zoe"),
    ]
    data, tally = new_gradebook(reports, "Homework 1 (12)")
    outcome = canvas_import(data, COURSE)
    assert outcome.points == {12: "13"}
    assert outcome.grades == {(1, 12): "1.5", (4, 12): "13", (2, 12): "EX"}
    assert (outcome.new_students, outcome.new_assignments) == ([], [])
    assert b"'=cmd" in data
    assert [each.name for each in tally.left] == ["Zoe"]


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        ([student("Ada"), student("Bo", ids={"canvas": "x"}), student("Li", ids={"sis": "1.2.3"})],
         "Canvas could not tell who these are, .*: Ada, Bo, Li. Grade with --roster"),
        ([student(f"S{n:02}") for n in range(12)], "S09 and 2 more"),
        ([student("A", ids={"sis": "1"}), student("B", ids={"sis": "1"})], "A and B have the same sis id"),
        ([student("Points Possible", ids={"sis": "1"})], "would take these for the row of Points Possible"),
        ([student("A", ids={"sis": "1"}), student("B", ids={"sis": "2"}, max_points=9.0)], r"earned \(9, 13\)"),
        ([unreadable("A")], "no report has a score to hand on"),
    ],
)  # fmt: skip
def test_a_new_file_is_refused_by_name(reports, told):
    """Ids that are missing, that Canvas would read otherwise, that two share; a name that is no name to Canvas."""
    with pytest.raises(AutograderError, match=told):
        new_gradebook(reports, "H")


@pytest.mark.parametrize("title", ["", " ", "Section", "Current Score", "=1", "a\nb"])
def test_a_title_that_canvas_takes_for_something_else_is_refused(title):
    """Its totals and the students' columns have names of their own."""
    with pytest.raises(AutograderError, match="would not take"):
        new_gradebook([student("A", ids={"sis": "1"})], title)
