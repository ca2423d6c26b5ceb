"""The real formgrader in a real server shows our scores and our feedback."""

import pytest
from formgrader_server import formgrader
from nbgrader_course import EMPTY, FULL, ROOMS, WRONG, Taught

pytestmark = pytest.mark.slow
SOFTMAX, INIT = ROOMS


def test_formgrader_shows_scores_comments_and_the_notebook(graded: Taught) -> None:
    """As an instructor sees them: assignments, students, then the notebook of one of them."""
    with formgrader(graded.root) as server:
        shown = {each["student"]: each for each in server.api("submissions", SOFTMAX)}
        assert {student: each["score"] for student, each in shown.items()} == {FULL: 20.0, EMPTY: 0.0, WRONG: 17.0}
        assert all(each["autograded"] and each["max_score"] == 20.0 for each in shown.values())
        assert {each["id"]: each["score"] for each in server.api("students")} == {FULL: 40.0, EMPTY: 0.0, WRONG: 17.0}
        assert server.api("submission", INIT, FULL)["timestamp"] == "2026-11-21T09:00:00"
        notebooks = {each["student"]: each["id"] for each in server.api("submitted_notebooks", SOFTMAX, SOFTMAX)}
        grades = server.of_notebook("grades", notebooks[WRONG])
        assert {name: each["auto_score"] for name, each in grades.items() if each["failed_tests"]} == {
            "check-accuracy": 0.0
        }
        comment = server.of_notebook("comments", notebooks[WRONG])["solution-accuracy"]
        assert "accuracy is 0.25; expected 0.6" in comment["auto_comment"]
        page = server.page("submissions", notebooks[WRONG], "")
    assert 'id="check-accuracy"' in page
    assert 'id="solution-accuracy-comment"' in page
    assert "accuracy is 0.25; expected 0.6" in page
