"""What answers earn that know nothing: measured where a room pays for nothing, and where not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.audit.ignorant import Gift, blind_gifts, hollow_gifts, largest
from autograder.cli import main
from autograder.course import read_course
from autograder.course.model import Course, Room

pytestmark = pytest.mark.slow

OLD = 'assert_close(student.mean_of_columns(X + 2.0), oracle.mean_of_columns(X) + 2.0, name="mean")'
ITSELF = 'assert_close(student.mean_of_columns(X + 2.0), student.mean_of_columns(X) + 2.0, name="mean")'
TRUISM = "student.mean_of_columns(X)"


def read(course: Path) -> tuple[Course, Room]:
    whole = read_course(course)
    return whole, whole.room("a02_statistics")


def change(course: Path, new: str) -> None:
    checks = course / "a02_statistics" / "checks" / "test_statistics.py"
    text = checks.read_text(encoding="utf-8")
    assert OLD in text
    checks.write_text(text.replace(OLD, new), encoding="utf-8")


def test_the_room_of_the_authoring_page_pays_nothing_for_blind_answers(page_course: Path, backend: str) -> None:
    """Neither an argument handed back nor a constant, an array of an argument's shape or a refusal earns a point."""
    assert blind_gifts(*read(page_course), backend) == []


def test_the_price_of_form_is_told(page_course: Path) -> None:
    """Whatever numbers are in it, a result of the right shape passes the check of shapes, and no other."""
    gifts = hollow_gifts(*read(page_course), "bubblewrap")
    assert {(gift.points, gift.checks) for gift in gifts} == {(0.5, ("the_result_is_a_column",))}
    assert len(gifts) > 5
    assert "right in form" in str(largest(gifts)["mean_of_columns"])


def test_a_check_that_an_argument_handed_back_satisfies_is_named(page_course: Path) -> None:
    """A law that compares a student with the student holds for the identity too, and between two empty arrays."""
    change(page_course, ITSELF)
    gifts = blind_gifts(*read(page_course), "bubblewrap")
    assert [gift.answer for gift in gifts] == ["its first argument", "an empty array"]
    assert str(gifts[0]) == (
        "an answer that is its first argument earns 1 in mean_of_columns: adding_a_constant_moves_the_mean_by_it"
    )


def test_a_check_that_anything_satisfies_is_named_for_every_answer(page_course: Path) -> None:
    """Only an exception fails a check that looks at nothing, so a refusal alone earns nothing."""
    change(page_course, TRUISM)
    answers = {gift.answer for gift in blind_gifts(*read(page_course), "bubblewrap")}
    assert {"None", "0", "an empty dict", "its first argument"} <= answers
    assert "no answer but a ValueError" not in answers


def test_the_largest_gift_of_each_exercise_is_found() -> None:
    """The first of those that pay as much as any."""
    small, large, other = (
        Gift("0", "f", 0.5, ("a",)),
        Gift("1", "f", 1.0, ("a", "b")),
        Gift("None", "g", 0.25, ("c",)),
    )
    assert largest([small, large, Gift("2", "f", 1.0, ("a", "c")), other]) == {"f": large, "g": other}


def test_the_command_names_the_exercises_that_pay_for_nothing(course_folder: Path, page_course: Path) -> None:
    """Each once, with the answer that earns most; a room that pays nothing is at peace with it."""
    words = ["audit", "--ignorant", "a05_softmax", "--course", str(course_folder)]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, done.output) == (0, "0 of 5 exercises pay for an answer that knows nothing\n")
    change(page_course, ITSELF)
    done = CliRunner().invoke(main, ["audit", "--ignorant", "--course", str(page_course)])
    assert done.exit_code == 1
    assert "BROKEN  an answer that is its first argument earns 1 in mean_of_columns" in done.output
