"""Canvas' own interface: what is shown is what is sent, what is sent is what was graded, and the token is nowhere."""

import logging
import traceback
from dataclasses import replace

import pytest
from any_report import MARK, marked
from canvas_server import HERE, TOKEN, Canvas, Fault, serving
from click.testing import CliRunner
from handing_on import SAMPLE, graded_folder, student, unreadable

from autograder.cli import main
from autograder.errors import AutograderError
from autograder.exports.canvas_connection import Patience, account
from autograder.exports.canvas_rest import Assignment, Change
from autograder.exports.comments import plain_comment
from autograder.exports.deliveries import LeftAlone

PATIENCE = Patience(answer_seconds=5.0, first_wait_seconds=0.004, longest_wait_seconds=0.01, tries=3, job_seconds=5.0)
POST = f"{HERE}/submissions/update_grades"


@pytest.fixture
def canvas():
    """A course of five, some of whom have grades."""
    names = {1: "Ada Lovelace", 2: "李四", 3: "Ada Lovelace", 4: "O'Brien, S.", 5: "Eve"}
    students = {
        user: {"name": name, "sis_user_id": f"s/{user}", "login_id": f"login{user}"} for user, name in names.items()
    }
    with serving(Canvas(students, {1: 3.0, 2: "EX", 3: 7.0})) as running:
        yield running


def connected(canvas, **patience):
    """The assignment, over a connection with little patience."""
    who = account(canvas.url, None, {"CANVAS_TOKEN": TOKEN})
    return Assignment(replace(who, patience=replace(PATIENCE, **patience)), 7, 1234)


def test_the_plan_shows_old_and_new_and_changes_nothing(canvas):
    """Students are found on all pages, by Canvas' id, by SIS id, by login or by a name that only one has."""
    reports = [
        student("A", 2 / 3, {"canvas": "1"}),
        student("B", 13.0, {"sis": "s/3"}),
        student("C", 0.0, {"login": "LOGIN4"}),
        student("Eve", exempt=True),
        unreadable("D", {"canvas": "2"}),
    ]
    plan = connected(canvas).plan(reports, comments=False)
    assert plan.changes == (
        Change(1, "A", "3", "0.666667", None),
        Change(3, "B", "7", "13", None),
        Change(4, "C", "–", "0", None),
        Change(5, "Eve", "–", "EX", None),
    )
    assert (plan.course, plan.assignment, plan.unknown) == ("Deep Networks", "Homework 1", ())
    assert {method for method, _, _ in canvas.requests} == {"GET"}
    assert sum("/submissions" in path for _, path, _ in canvas.requests) == 3


def test_what_was_planned_is_sent_in_one_post_with_the_right_fields(canvas):
    """Points to the last digit, an excuse for an exempt student, and feedback as a comment; then Canvas has it."""
    ada, eve = student("A", 2 / 3, {"canvas": "1"}), student("Eve", exempt=True, ids={"canvas": "5"})
    canvas.states = ["queued", "running", "running", "completed"]
    assignment = connected(canvas)
    heard = []
    assert assignment.send(assignment.plan([ada, eve]), heard.append) == ()
    assert canvas.forms == [
        [
            ("grade_data[1][posted_grade]", "0.666667"),
            ("grade_data[1][text_comment]", plain_comment(ada)),
            ("grade_data[5][excuse]", "true"),
            ("grade_data[5][text_comment]", plain_comment(eve)),
        ]
    ]
    assert canvas.grades == {1: 0.666667, 2: "EX", 3: 7.0, 5: "EX"}
    assert [path for method, path, _ in canvas.requests if method == "POST"] == [POST]
    assert sum("/progress/99" in path for _, path, _ in canvas.requests) == 4
    assert heard == sorted(heard)
    assert heard[-1] == 2


def test_to_send_again_sends_nothing_again(canvas):
    """What Canvas has already is left alone, also where its late policy takes points off; no comment comes twice."""
    canvas.late = 1.5
    reports = [student("A", 4.25, {"canvas": "1"})]
    assert connected(canvas).send(connected(canvas).plan(reports)) == ()
    again = connected(canvas).plan(reports)
    assert again.changes == ()
    assert again.left == (LeftAlone("A", "has this score already", expected=True),)
    assert connected(canvas).send(again) == ()
    assert len(canvas.forms) == len(canvas.comments[1]) == 1


def test_whoever_is_excused_in_canvas_stays_so(canvas):
    """Nobody decides here what was decided there."""
    plan = connected(canvas).plan([student("B", 4.0, {"canvas": "2"})])
    assert plan.changes == ()
    assert plan.left[0].why == "is excused in Canvas (EX), but not exempt here"


def test_nothing_is_sent_for_who_is_not_certain(canvas):
    """All of them are named, an id that is not there, a name that two have; the others get their scores."""
    lost = [student("Zoe", ids={"canvas": "77"}), student("Ada Lovelace"), student("A", ids={"canvas": "1"})]
    plan = connected(canvas).plan(lost)
    assert [(each.name, each.why) for each in plan.unknown] == [
        ("Zoe", "is not in the course in Canvas"),
        ("Ada Lovelace", "its name is that of several rows: user 1, user 3"),
    ]
    assert connected(canvas).send(plan) == ()
    assert [key for key, _ in canvas.forms[0] if "posted_grade" in key] == ["grade_data[1][posted_grade]"]
    assert len(canvas.forms) == 1


def test_sis_ids_that_the_list_does_not_show_are_asked_for(canvas):
    """One by one, with what is special in an address escaped; one that is not there is unknown."""
    canvas.shows_sis = False
    plan = connected(canvas).plan([student("A", 1.0, {"sis": "s/1"}), student("Z", 1.0, {"sis": "s/../9"})])
    assert [change.user for change in plan.changes] == [1]
    assert [each.name for each in plan.unknown] == ["Z"]
    asked = [path for _, path, _ in canvas.requests if "sis_user_id" in path]
    assert asked == [f"/api/v1/courses/7/users/sis_user_id:{each}" for each in ("s%2F1", "s%2F..%2F9")]


def test_a_comment_tells_no_more_than_a_student_may_see(canvas):
    """Nothing of a hidden check, and no comment at all where none is wanted."""
    report = replace(marked(SAMPLE), submission=student("A", ids={"canvas": "1"}).submission, hidden_results="hidden")
    change = connected(canvas).plan([report]).changes[0]
    assert "softmax" in change.comment
    assert MARK not in change.comment
    connected(canvas).send(connected(canvas).plan([report], comments=False))
    assert [key for key, _ in canvas.forms[0]] == ["grade_data[1][posted_grade]"]


def test_points_possible_that_differ_are_told_and_scaled_only_on_demand(canvas):
    """As in a file."""
    canvas.assignment = {"points_possible": 100}
    reports = [student("A", 4.5, {"canvas": "1"})]
    with pytest.raises(AutograderError, match=r"points possible of 'Homework 1' in Canvas is 100, but .* 13 points"):
        connected(canvas).plan(reports)
    assert connected(canvas).plan(reports, scale=True).changes[0].new == "34.615385"
    assert connected(canvas).plan(reports, scale=False).changes[0].new == "4.5"


def test_an_assignment_without_points_is_refused(canvas):
    """Complete or incomplete is no score."""
    canvas.assignment = {"grading_type": "pass_fail"}
    with pytest.raises(AutograderError, match="'Homework 1' is graded as pass_fail, not by points"):
        connected(canvas).plan([])


def test_a_job_that_fails_names_the_students_whose_grades_are_not_in(canvas):
    """Those that Canvas names with its words; the others are entered."""
    canvas.loses = (3,)
    assignment = connected(canvas)
    failed = assignment.send(assignment.plan([student("A", 1.0, {"canvas": "1"}), student("B", 1.0, {"canvas": "3"})]))
    why = "has 7 in Canvas, not 1: Couldn't find User(s) with API ids '3'"
    assert failed == (LeftAlone("B", why),)
    assert canvas.grades[1] == 1.0


def test_a_job_that_does_not_end_is_given_up(canvas):
    """With what to do about it."""
    canvas.states = ["running"]
    assignment = connected(canvas, job_seconds=0.05)
    with pytest.raises(AutograderError, match=r"has not entered the grades in 0\.05 s and may still be at it"):
        assignment.send(assignment.plan([student("A", 1.0, {"canvas": "1"})]))


@pytest.mark.parametrize(
    "fault",
    [
        Fault("GET", "/submissions", 429, {"Retry-After": "0"}, times=2),
        Fault("GET", "/submissions", 403, body="403 Forbidden (Rate Limit Exceeded)"),
        Fault("GET", "/submissions", 503, {"Retry-After": "Fri, 20 Nov 2026 08:00:00 GMT"}),
        Fault("GET", "/courses/7", 500, times=2),
        Fault("GET", "/progress/99", 502),
        Fault("GET", "/progress/99", "cut"),
        Fault("POST", "/update_grades", 429, {"Retry-After": "0.001"}),
        Fault("POST", "/update_grades", 403, body="403 Forbidden (Rate Limit Exceeded)"),
    ],
    ids=lambda fault: f"{fault.method} {fault.status}",
)
def test_a_busy_server_is_asked_again(canvas, fault):
    """What was not looked at, or changes nothing, is sent again after the time that was asked for."""
    canvas.faults = [fault]
    assignment = connected(canvas)
    assert assignment.send(assignment.plan([student("A", 1.0, {"canvas": "1"})])) == ()
    assert fault.times == 0
    assert canvas.grades[1] == 1.0
    assert len(canvas.comments[1]) == 1


@pytest.mark.parametrize("status", [500, 504, "cut", "hang"])
def test_a_post_that_may_have_been_carried_out_is_not_sent_again(canvas, status):
    """Else comments would come twice: the error says how to see what is entered."""
    canvas.faults = [Fault("POST", "/update_grades", status, carry_out=True)]
    assignment = connected(canvas, answer_seconds=0.2)
    with pytest.raises(AutograderError, match="some may be entered and some not; see which without --send"):
        assignment.send(assignment.plan([student("A", 1.0, {"canvas": "1"})]))
    assert len(canvas.forms) == 1
    assert connected(canvas).plan([student("A", 1.0, {"canvas": "1"})]).changes == ()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (
            Fault("GET", "/courses/7", 403, times=9),
            r"looking for course 7 in Canvas: this token may not do that \(403\)",
        ),
        (Fault("GET", "/1234", 404, times=9), r"assignment 1234 in Canvas: Canvas has no such thing \(404\): check"),
        (Fault("GET", "/courses/7", 401, body='{"errors":[]}'), "needs the rights of a teacher"),
        (Fault("GET", "/courses/7", 429, times=9), r"Canvas is busy and went on saying so \(429\)"),
        (Fault("GET", "/courses/7", 302, {"Location": "http://127.0.0.1:9/"}), "answered with a redirect"),
        (Fault("GET", "/courses/7", 200, body="<html>Log in"), "the answer is not one of Canvas"),
        (Fault("GET", "/courses/7", 200, body="[1]"), "the answer is not one of Canvas"),
        (Fault("GET", "/courses/7", 200, body="[" * 100_000), "the answer is not one of Canvas"),
        (Fault("GET", "/submissions", 200, body='[{"user_id": null}]'), "is the assignment anonymous"),
        (Fault("GET", "/submissions", 200, {"Link": '<http://evil.example/x>; rel="next"'}, "[]"), "not one of Canvas"),
        (Fault("GET", "/courses/7", "hang", times=9), "no answer in 0.2 s; try again later"),
        (Fault("GET", "/courses/7", "cut", times=9), r"cannot be reached \(ConnectionError\)"),
        (Fault("GET", "/courses/7", 400, body=f"you said {TOKEN}"), r"Canvas said: you said \[token\]"),
    ],
    ids=lambda value: str(getattr(value, "status", "")),
)
def test_whatever_goes_wrong_is_one_sentence_without_the_token(canvas, fault, told, caplog):
    """No traceback leads back to the request, whose headers hold it; the library's log does not hold it either."""
    caplog.set_level(logging.DEBUG)
    canvas.faults = [fault]
    with pytest.raises(AutograderError, match=told) as caught:
        connected(canvas, answer_seconds=0.2).plan([])
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__suppress_context__
    assert TOKEN not in caplog.text
    assert canvas.forms == []


def test_many_students_are_sent_in_parts(canvas, monkeypatch):
    """Each with a job of its own, and the bar goes on from one to the next."""
    import autograder.exports.canvas_rest as rest

    monkeypatch.setattr(rest, "_AT_ONCE", 2)
    assignment, heard = connected(canvas), []
    reports = [student(f"S{user}", float(user), {"canvas": str(user)}) for user in (1, 3, 4)]
    assert assignment.send(assignment.plan(reports, comments=False), heard.append) == ()
    assert [len(form) for form in canvas.forms] == [2, 1]
    assert (heard[0], heard[-1]) == (1, 3)
    assert canvas.grades == {1: 1.0, 2: "EX", 3: 3.0, 4: 4.0}


def test_where_canvasapi_is_missing_the_error_says_how_to_get_it(canvas, monkeypatch):
    """In one sentence."""
    import sys

    monkeypatch.setitem(sys.modules, "canvasapi", None)
    with pytest.raises(AutograderError, match=r"pip install 'deepnet-autograder\[canvas\]'"):
        connected(canvas)


def test_a_list_without_an_end_is_given_up(canvas, monkeypatch):
    """A page that names itself as the next one is not turned for ever."""
    import autograder.exports.canvas_connection as connection

    monkeypatch.setattr(connection, "_MOST_REQUESTS", 20)
    link = f'<{canvas.url}{HERE}/submissions?include[]=user>; rel="next"'
    canvas.faults = [Fault("GET", "/submissions", 200, {"Link": link}, "[]", times=1000)]
    with pytest.raises(AutograderError, match="pointed to another place, or on and on"):
        connected(canvas).plan([])


def test_a_wrong_token_is_told(canvas):
    """As what it is, and not in words of the server's."""
    who = account(canvas.url, None, {"CANVAS_TOKEN": "wrong"})
    with pytest.raises(AutograderError, match=r"does not know this token \(401\), or it has expired: make a new one"):
        Assignment(who, 7, 1234)


def run(canvas, grades, *arguments, token=TOKEN):
    command = ["export", "canvas", str(grades), "--url", canvas.url, "--course-id", "7", "--assignment-id", "1234"]
    return CliRunner().invoke(main, [*command, *arguments], env={"CANVAS_TOKEN": token})


def test_the_command_shows_first_and_sends_when_asked_to(canvas, tmp_path):
    """Without --send the table of old and new is all; with it the scores are in."""
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.5, {"canvas": "1"}), unreadable("Bo")])
    dry = run(canvas, grades)
    assert dry.exit_code == 1
    assert any(line.split() == ["Ada", "1", "3", "4.5"] for line in dry.output.splitlines())
    assert "left alone: 1 score\n  Bo: the submission could not be read" in dry.output
    assert "nothing was sent; add --send to send 1 score to 'Homework 1' of 'Deep Networks'" in dry.output
    assert canvas.forms == []
    sent = run(canvas, grades, "--send", "--no-comments")
    assert "sent 1 score to 'Homework 1' of 'Deep Networks'" in sent.output
    assert canvas.grades[1] == 4.5
    assert canvas.comments == {}
    assert TOKEN not in dry.output + sent.output


def test_the_command_says_who_is_unknown_and_who_failed(canvas, tmp_path):
    """Exit code 1, and the others have their scores: who has left the course keeps nobody from theirs."""
    nobody = graded_folder(
        tmp_path / "a", [student("Zoe", 1.0, {"canvas": "77"}), student("Ada", 1.0, {"canvas": "1"})]
    )
    assert run(canvas, nobody).exit_code == 1
    sent = run(canvas, nobody, "--send")
    assert sent.exit_code == 1
    assert "Zoe: is not in the course in Canvas" in sent.output
    assert "sent 1 score to" in sent.output
    assert canvas.grades[1] == 1.0
    canvas.loses = (1,)
    failed = run(canvas, graded_folder(tmp_path / "b", [student("Ada", 2.0, {"canvas": "1"})]), "--send")
    assert failed.exit_code == 1
    assert "sent 0 scores" in failed.output
    assert "not entered: Ada has 1 in Canvas, not 2: Couldn't find User(s) with API ids '1'" in failed.output


def test_the_command_wants_one_way_and_all_that_it_needs(canvas, tmp_path):
    """Wrong usage is exit code 2, as is a token that Canvas does not know; the token is not in the error."""
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.5, {"canvas": "1"})])
    assert CliRunner().invoke(main, ["export", "canvas", str(grades)]).exit_code == 2
    assert run(canvas, grades, "--title", "H").exit_code == 2
    only_url = ["export", "canvas", str(grades), "--url", canvas.url]
    assert "--url needs --course-id and --assignment-id" in CliRunner().invoke(main, only_url).output
    wrong = run(canvas, grades, token="wr0ngT0ken")
    assert (wrong.exit_code, "wr0ngT0ken" in wrong.output) == (2, False)
    assert "(401)" in wrong.output
