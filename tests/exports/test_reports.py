"""Which reports are handed on, and where their exercises stand in a student's repository."""

import os
from dataclasses import replace

import pytest

from autograder.course import read_course
from autograder.errors import AutograderError
from autograder.exports.places import Place, place_of, places_in
from autograder.exports.reports import handed_on, require_verified
from autograder.report import Fault, settled


def test_scores_of_students_own_machines_are_refused_unless_they_are_allowed(sample):
    """The refusal names whose they are and the option that allows them."""
    told = replace(sample, verified=False)
    require_verified([sample], allow=False)
    require_verified([sample, told], allow=True)
    with pytest.raises(AutograderError, match=r"machine: 张三, 张三, 张三 and 1 more\..*--allow-unverified"):
        require_verified([sample, *[told] * 4], allow=False)


def test_only_scores_that_say_something_are_handed_on(sample):
    """Not of an attempt that does not count, of an unreadable one, of an exempt student, of a grader that failed."""
    others = [
        replace(sample, counts=False),
        settled(replace(sample, exempt=True)),
        settled(replace(sample, status="unreadable", problem="x")),
        settled(replace(sample, exercises=(), points=0.0, faults=(Fault("grader", "killed"),))),
    ]
    assert handed_on([*others, sample]) == [sample]


def test_functions_are_found_in_the_students_own_file(course_copy):
    """The file is named from the repository's root; its line is that of the last `def` of the name."""
    stub = course_copy / "a05_softmax" / "softmax.py"
    stub.write_text("x = 1\ndef softmax(Z):\n    pass\n\ndef softmax (Z):\n    def one_hot(y): ...\n", encoding="utf-8")
    places = places_in(read_course(course_copy), course_copy.parent)
    assert places["a05_softmax", "softmax"] == Place("assignments/a05_softmax/softmax.py", 5)
    assert places["a05_softmax", "one_hot"].line == 1


def test_a_file_that_is_none_gives_the_first_line(course_copy):
    """Neither a link is followed nor a pipe opened; and a room that nobody knows has the usual file."""
    course = read_course(course_copy)
    stub = course_copy / "a05_softmax" / "softmax.py"
    stub.unlink()
    stub.symlink_to(course_copy.parent / "reference" / "softmax.py")
    assert places_in(course, course_copy.parent)["a05_softmax", "softmax"].line == 1
    stub.unlink()
    os.mkfifo(stub)
    assert places_in(course, course_copy.parent)["a05_softmax", "softmax"].line == 1
    assert place_of("a07_regularize", "f", {}) == Place("assignments/a07_regularize/regularize.py", 1)
    assert place_of("../../etc", "f", {}).file == "assignments/_.._etc/.._etc.py"


def test_remarks_stand_at_the_notebook_where_that_is_what_was_written(course_copy):
    """An untouched module gives way to the notebook beside it; a module with work in it does not."""
    room = course_copy / "a05_softmax"
    (room / "softmax.ipynb").write_text("{}", encoding="utf-8")
    course = read_course(course_copy)
    place = places_in(course, course_copy.parent)["a05_softmax", "softmax"]
    assert place == Place("assignments/a05_softmax/softmax.ipynb", 1)
    (room / "softmax.py").write_text("def softmax(Z):\n    return Z\n", encoding="utf-8")
    assert places_in(course, course_copy.parent)["a05_softmax", "softmax"].file.endswith("softmax.py")
