"""The trial exercise of the doctor: it goes through everything, and it notices when something does not work."""

from importlib.resources import as_file, files

import pytest

from autograder.audit import audit_room
from autograder.course import read_course
from autograder.grading import smoke


def test_the_trial_works_in_every_sandbox(backend: str) -> None:
    """A right answer gets full marks and a wrong one its name, and the sentence says where."""
    works, seen = smoke.try_out(backend)
    assert works, seen
    assert backend in seen


def test_a_student_without_a_sandbox_can_try_it_too() -> None:
    """`check` runs without one, so the trial does as well."""
    works, seen = smoke.try_out("none")
    assert works, seen
    assert "without a sandbox" in seen


def test_a_mistake_that_is_not_named_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the wrong answer does not get its name, the trial fails and says so."""
    monkeypatch.setattr(smoke, "function_source", lambda *_: "def centred(X):\n    return 2 * X\n")
    assert smoke.try_out("none") == (False, "a known mistake was not named")


def test_a_sandbox_that_is_not_there_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the sandbox's own."""
    monkeypatch.setenv("PATH", "/nowhere")
    works, seen = smoke.try_out("bubblewrap")
    assert not works
    assert "bubblewrap" in seen


def test_the_trial_keeps_the_laws_of_a_room() -> None:
    """It is a course like any other."""
    with as_file(files("autograder") / "smoke") as folder:
        course = read_course(folder / "assignments")
        assert audit_room(course, course.rooms[0], "none", 2, lambda: None).broken == []
