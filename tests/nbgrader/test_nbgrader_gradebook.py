"""What `grade COURSE/submitted` and `export nbgrader` put into nbgrader's own gradebook, read back through nbgrader."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from nbgrader_course import (
    EMPTY,
    FIRST,
    FULL,
    ROOMS,
    SECOND,
    WRONG,
    Taught,
    api,
    change,
    dump,
    files,
    hand_in,
    report_of,
    scores,
)

from autograder.exports.shown import decimal
from autograder.report import Lateness, Person

pytestmark = pytest.mark.slow
SOFTMAX, INIT = ROOMS


def test_formgrader_has_the_scores_of_everybody(graded: Taught) -> None:
    """Each score is that of the report, by assignment, and nothing waits for a grader."""
    assert scores(graded.root, SOFTMAX) == {FULL: 20.0, EMPTY: 0.0, WRONG: 17.0}
    assert scores(graded.root, INIT) == {FULL: 20.0, EMPTY: 0.0}
    for student in (FULL, EMPTY, WRONG):
        each = [scores(graded.root, room).get(student) or 0.0 for room in ROOMS]
        assert decimal(sum(each)) == decimal(report_of(graded.grades, student).score or 0.0)
    assert not any(each["needs_manual_grade"] for room in ROOMS for each in api(graded.root).get_submissions(room))
    average = {each["name"]: each["average_score"] for each in api(graded.root).get_assignments()}
    assert average == {SOFTMAX: pytest.approx(37 / 3), INIT: 10.0}


def test_times_are_those_of_the_hand_ins(graded: Taught) -> None:
    """nbgrader keeps a time for each assignment, and so does the report, which has the last."""
    seen = {room: api(graded.root).get_submission(room, FULL)["timestamp"] for room in ROOMS}
    assert seen == {SOFTMAX: "2026-11-20T08:24:20.797123", INIT: "2026-11-21T09:00:00"}
    report = report_of(graded.grades, FULL)
    assert report.submission.submitted == "2026-11-21T09:00:00.000Z"
    assert report.submission.people == (Person(FULL, {"nbgrader": FULL}),)
    assert report_of(graded.grades, WRONG).submission.people[0].ids == {"nbgrader": WRONG}


def test_comments_say_what_was_wrong_and_nothing_of_hidden_checks(graded: Taught) -> None:
    """The feedback stands at the answer's cell in the gradebook, and in nbgrader's feedback pages."""
    with api(graded.root).gradebook as gradebook:
        comment = gradebook.find_comment("solution-accuracy", SOFTMAX, SOFTMAX, WRONG).comment
        assert gradebook.find_comment("solution-softmax", SOFTMAX, SOFTMAX, FULL).comment
    assert "accuracy is 0.25; expected 0.6" in comment
    assert "0 of 0.5: hidden checks" in comment
    hidden = {check.sentence for exercise in report_of(graded.grades, WRONG).exercises for check in exercise.checks
              if check.visibility == "hidden"}  # fmt: skip
    assert hidden
    assert not any(sentence in comment for sentence in hidden)
    done = api(graded.root).generate_feedback(SOFTMAX, WRONG)
    assert done["success"], done
    page = (graded.root / "feedback" / WRONG / SOFTMAX / f"{SOFTMAX}.html").read_text(encoding="utf-8")
    assert "accuracy is 0.25; expected 0.6" in page


def test_writing_twice_changes_nothing(taught: Taught) -> None:
    """Neither a row of the gradebook nor a file beside it."""
    before = dump(taught.root), files(taught.root)
    result = taught.export()
    assert result.exit_code == 0, result.output
    assert "3 students in 2 assignments" in result.output
    assert (dump(taught.root), files(taught.root)) == before


def test_a_newer_hand_in_waits_until_it_is_graded(taught: Taught) -> None:
    """Until then formgrader takes it for not graded, and an export leaves it alone and says so."""
    hand_in(taught.root, taught.ours, WRONG, SOFTMAX, wrong={}, timestamp=SECOND)
    before = dump(taught.root)
    result = taught.export()
    assert result.exit_code == 1
    assert f"{WRONG}: {SOFTMAX} was handed in again" in result.output
    assert dump(taught.root) == before
    assert scores(taught.root, SOFTMAX)[WRONG] is None
    assert taught.grade().code == 0
    assert scores(taught.root, SOFTMAX) == {FULL: 20.0, EMPTY: 0.0, WRONG: 20.0}


def test_lateness_is_nbgraders_own_penalty(taught: Taught) -> None:
    """It is taken off the assignment that was late, and what nbgrader adds up is the report's score."""
    late = Lateness(3600.0, 2.123457, "an hour late")
    report = change(taught.grades, FULL, lateness=late, due="2026-11-20T23:00:00.000Z")
    change(taught.grades, WRONG, lateness=replace(late, penalty=30.0))
    result = taught.export()
    assert result.exit_code == 0, result.output
    with api(taught.root).gradebook as gradebook:
        penalties = {room: gradebook.find_submission(room, FULL).late_submission_penalty for room in ROOMS}
        assert penalties == {SOFTMAX: 0.0, INIT: 2.123457}
        rest = [max(0.0, each.score - each.late_submission_penalty) for each in gradebook.student_submissions(FULL)]
        assert decimal(sum(rest)) == decimal(report.score or 0.0) == "37.876543"
        assert gradebook.find_submission(SOFTMAX, WRONG).late_submission_penalty == 17.0


def test_a_penalty_larger_than_the_late_part_is_shared_by_all(taught: Taught) -> None:
    """The parts add up to the report's score to the last digit."""
    report = change(taught.grades, FULL, lateness=Lateness(3600.0, 33.333333, "late"), due="2026-11-20T23:00:00.000Z")
    assert taught.export().exit_code == 0
    with api(taught.root).gradebook as gradebook:
        rest = [max(0.0, each.score - each.late_submission_penalty) for each in gradebook.student_submissions(FULL)]
    assert decimal(sum(rest)) == decimal(report.score or 0.0) == "6.666667"


def test_what_was_given_by_hand_stays(taught: Taught) -> None:
    """A score and a comment of a person go before ours; when ours changes, nbgrader asks for another look."""
    with api(taught.root).gradebook as gradebook:
        gradebook.find_grade("check-accuracy", SOFTMAX, SOFTMAX, WRONG).manual_score = 2.5
        gradebook.find_comment("solution-accuracy", SOFTMAX, SOFTMAX, WRONG).manual_comment = "see me"
        gradebook.find_grade("check-softmax", SOFTMAX, SOFTMAX, FULL).extra_credit = 1.0
        gradebook.db.commit()
    report = report_of(taught.grades, WRONG)
    better = [replace(each, points=1.0) if each.name == "accuracy" else each for each in report.exercises]
    change(taught.grades, WRONG, exercises=tuple(better), points=report.points + 1)
    assert taught.export().exit_code == 0
    with api(taught.root).gradebook as gradebook:
        grade = gradebook.find_grade("check-accuracy", SOFTMAX, SOFTMAX, WRONG)
        assert (grade.auto_score, grade.score, grade.needs_manual_grade) == (1.0, 2.5, True)
        assert gradebook.find_comment("solution-accuracy", SOFTMAX, SOFTMAX, WRONG).comment == "see me"
    assert scores(taught.root, SOFTMAX)[FULL] == 21.0


def test_a_report_without_a_score_clears_none(taught: Taught) -> None:
    """An exempt student keeps what is there, and so does one whose other attempt counts."""
    change(taught.grades, FULL, exempt=True)
    change(taught.grades, WRONG, counts=False)
    before = dump(taught.root)
    assert taught.export().exit_code == 0
    assert dump(taught.root) == before


def test_a_locked_gradebook_is_named_and_left_alone(taught: Taught) -> None:
    """So is every file beside it."""
    change(taught.grades, FULL, lateness=Lateness(1.0, 1.0, "late"))
    before = files(taught.root)
    with closing(sqlite3.connect(taught.root / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = taught.export()
    assert result.exit_code == 2
    assert str(taught.root / "gradebook.db") in result.output
    assert "locked" in result.output
    assert files(taught.root) == before


def test_all_or_nothing(taught: Taught) -> None:
    """A notebook that cannot be written takes the scores of everybody back."""
    change(taught.grades, FULL, lateness=Lateness(1.0, 1.0, "late"))
    before = dump(taught.root)
    notebook = taught.root / "autograded" / FULL / SOFTMAX / f"{SOFTMAX}.ipynb"
    notebook.unlink()
    notebook.mkdir()
    result = taught.export()
    assert result.exit_code == 2
    assert str(notebook) in result.output
    assert dump(taught.root) == before


@pytest.mark.parametrize("kind", ["another program's", "no database"])
def test_a_foreign_database_is_refused(taught: Taught, kind: str) -> None:
    """Whatever it is, not a byte of it changes."""
    file = taught.root / "gradebook.db"
    file.unlink()
    if kind == "no database":
        file.write_text("grades of 2025\n" * 100)
    else:
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE student (name TEXT)")
    before = file.read_bytes()
    result = taught.export()
    assert result.exit_code == 2
    assert str(file) in result.output
    assert file.read_bytes() == before


def test_a_course_that_nbgrader_has_made_nothing_of_yet(ungraded: Taught) -> None:
    """Assignments, cells and students are made, and comments have a cell to stand at."""
    result = ungraded.export()
    assert result.exit_code == 0, result.output
    assert scores(ungraded.root, SOFTMAX) == {FULL: 20.0, EMPTY: 0.0, WRONG: 17.0}
    with api(ungraded.root).gradebook as gradebook:
        assert "expected 0.6" in gradebook.find_comment("check-accuracy", SOFTMAX, SOFTMAX, WRONG).comment
    done = api(ungraded.root).generate_feedback(SOFTMAX, WRONG)
    assert done["success"], done


def test_nobody_is_guessed(taught: Taught) -> None:
    """A report of another platform needs a student of nbgrader's; the others are written all the same."""
    submission = report_of(taught.grades, EMPTY).submission
    change(
        taught.grades, EMPTY, submission=replace(submission, student="Bo.", people=(Person("Bo.", {"email": "b@x"}),))
    )
    change(taught.grades, FULL, lateness=Lateness(1.0, 1.0, "late"))
    result = taught.export()
    assert result.exit_code == 1
    assert "Bo.: nbgrader knows no student of that name; it could be bo" in result.output
    with api(taught.root).gradebook as gradebook:
        assert sum(each.late_submission_penalty for each in gradebook.student_submissions(FULL)) == 1.0
        assert {student.id for student in gradebook.students} == {FULL, EMPTY, WRONG}


def test_two_reports_of_the_same_work_are_refused(taught: Taught) -> None:
    """Which of them would win is nobody's guess."""
    submission = report_of(taught.grades, EMPTY).submission
    change(taught.grades, EMPTY, submission=replace(submission, people=(Person("Ada", {"nbgrader": FULL}),)))
    before = dump(taught.root)
    result = taught.export()
    assert result.exit_code == 2
    assert f"two reports count for {FULL}" in result.output
    assert dump(taught.root) == before


def test_a_new_student_has_the_name_of_the_roster(taught: Taught) -> None:
    """Formgrader lists people by it, family name first; where only the id is known there is no name."""
    named = {EMPTY: "O'Neil,\nAnn", FULL: "Ada King Lovelace"}
    for student, name in named.items():
        submission = report_of(taught.grades, student).submission
        change(taught.grades, student, submission=replace(submission, people=(Person(name, {"nbgrader": student}),)))
    assert taught.export().exit_code == 0
    with api(taught.root).gradebook as gradebook:
        seen = {each.id: (each.last_name, each.first_name) for each in gradebook.students}
    assert seen == {EMPTY: ("O'Neil", "Ann"), FULL: ("Lovelace", "Ada King"), WRONG: (None, None)}


def test_an_id_that_would_leave_the_course_is_refused(taught: Taught) -> None:
    """Ids come from rosters and reports; they become names of folders."""
    submission = report_of(taught.grades, EMPTY).submission
    people = (Person("Bo", {"nbgrader": "../../escaped"}),)
    change(taught.grades, EMPTY, submission=replace(submission, people=people))
    assert taught.export().exit_code == 1
    assert not list(taught.root.parent.rglob("escaped*"))


def test_nothing_of_a_notebook_but_its_text_is_shown(taught: Taught) -> None:
    """Outputs, HTML and cells that claim to be somebody else's do not reach the browser of whoever grades."""
    file = taught.root / "submitted" / WRONG / SOFTMAX / f"{SOFTMAX}.ipynb"
    notebook = json.loads(file.read_text(encoding="utf-8"))
    attack = "<script>alert(1)</script>"
    notebook["cells"][0]["source"] = [attack]
    notebook["cells"][1]["outputs"] = [{"output_type": "display_data", "data": {"text/html": attack}, "metadata": {}}]
    notebook["cells"][2]["metadata"]["nbgrader"] |= {"grade_id": "check-accuracy", "points": 1000}
    notebook["cells"] += [{"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": attack}, 7]
    file.write_text(json.dumps(notebook), encoding="utf-8")
    assert taught.export().exit_code == 0
    page = api(taught.root).generate_feedback(SOFTMAX, WRONG)
    assert page["success"], page
    text = (taught.root / "feedback" / WRONG / SOFTMAX / f"{SOFTMAX}.html").read_text(encoding="utf-8")
    assert attack not in text
    assert "alert" in text
    shown = json.loads((taught.root / "autograded" / WRONG / SOFTMAX / f"{SOFTMAX}.ipynb").read_text())
    checks = [
        cell["metadata"]["nbgrader"] for cell in shown["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    assert sorted(check["grade_id"] for check in checks) == sorted({check["grade_id"] for check in checks})
    assert max(check["points"] for check in checks) == 7


def test_links_of_students_lead_nowhere(taught: Taught) -> None:
    """What they point to is neither shown nor taken for a time."""
    secret = taught.root / "secret.ipynb"
    secret.write_text(json.dumps({"cells": [{"cell_type": "code", "source": "the_key = 1"}]}))
    later = taught.root / "later.txt"
    later.write_text(SECOND)
    folder = taught.root / "submitted" / WRONG / SOFTMAX
    for name, target in ((f"{SOFTMAX}.ipynb", secret), ("timestamp.txt", later), ("more.py", secret)):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
    assert taught.export().exit_code == 0
    shown = taught.root / "autograded" / WRONG / SOFTMAX
    assert "the_key" not in (shown / f"{SOFTMAX}.ipynb").read_text()
    assert (shown / "timestamp.txt").read_text() == FIRST


def test_a_link_among_the_autograded_is_not_written_through(taught: Taught) -> None:
    """The export names it, and neither the place that it leads to nor the gradebook is touched."""
    elsewhere = taught.root / "elsewhere"
    elsewhere.mkdir()
    place = taught.root / "autograded" / WRONG
    place.parent.mkdir(exist_ok=True)
    shutil.rmtree(place, ignore_errors=True)
    place.symlink_to(elsewhere)
    result = taught.export()
    assert result.exit_code == 2
    assert "is a link" in result.output
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("c.CourseDirectory.db_url = os.environ['DB']", "line 2: c.CourseDirectory.db_url is worked out"),
        ("c.CourseDirectory.directory_structure = '{student_id}'", "only nbgrader's own"),
        ("c.CourseDirectory.db_url = ", "cannot be read"),
    ],
)
def test_a_configuration_that_is_not_plain_is_refused(taught: Taught, setting: str, said: str) -> None:
    """It is read and never run, and the message says where and what to do."""
    (taught.root / "nbgrader_config.py").write_text(f"import os\n{setting}\n")
    result = taught.export()
    assert result.exit_code == 2
    assert said in result.output
    assert "nbgrader_config.py" in result.output


def test_the_configuration_and_the_option_name_the_gradebook(taught: Taught) -> None:
    """A relative one is below the course, as nbgrader has it when it is run there."""
    (taught.root / "gradebook.db").rename(taught.root / "elsewhere.db")
    (taught.root / "nbgrader_config.py").write_text("c.CourseDirectory.db_url = 'sqlite:///elsewhere.db'\n")
    result = taught.export()
    assert "elsewhere.db" in result.output
    assert result.exit_code == 0
    (taught.root / "elsewhere.db").rename(taught.root / "third.db")
    assert taught.export("--db", f"sqlite:///{taught.root}/third.db").exit_code == 0
    assert not (taught.root / "elsewhere.db").exists()


def test_a_folder_that_is_no_course_is_refused(taught: Taught, tmp_path: Path) -> None:
    """The message says what a course of nbgrader's looks like."""
    (tmp_path / "empty").mkdir()
    result = replace(taught, root=tmp_path / "empty").export()
    assert result.exit_code == 2
    assert "--course-dir" in result.output
    assert not list((tmp_path / "empty").iterdir())


def test_grading_can_leave_the_gradebook_alone(ungraded: Taught) -> None:
    """`--no-nbgrader` writes the reports and nothing into the course."""
    done = ungraded.grade("--no-nbgrader")
    assert done.code == 0, done.err
    assert not (ungraded.root / "gradebook.db").exists()
    assert not (ungraded.root / "autograded").exists()


@pytest.mark.parametrize(
    "command",
    [
        "from autograder.cli import main; main()",
        "import autograder.exports.nbgrader_plugin",
    ],
)
def test_without_nbgrader_the_way_to_get_it_is_told(taught: Taught, command: str) -> None:
    """It is an extra; a machine that only grades need not have it."""
    code = f"import sys; sys.modules['nbgrader'] = None; {command}"
    words = [sys.executable, "-c", code, "export", "nbgrader", taught.grades, "--course-dir", taught.root]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode != 0
    assert "pip install 'deepnet-autograder[nbgrader]'" in done.stderr


def test_a_capstone_has_a_grade_cell_of_its_own(taught: Taught) -> None:
    """In a notebook that nbgrader made, its feedback stands below that cell: another answer's cell is not added."""
    report = report_of(taught.grades, FULL)
    first = report.exercises[0]
    capstone = replace(first, name="regression", points=2.5, max_points=4.0)
    change(taught.grades, FULL, exercises=(*report.exercises, capstone), points=42.5, max_points=44.0)
    assert taught.export().exit_code == 0
    assert scores(taught.root, SOFTMAX)[FULL] == 22.5
    with api(taught.root).gradebook as gradebook:
        cell = gradebook.find_grade_cell("check-regression", SOFTMAX, SOFTMAX)
        assert cell.max_score == 4.0
        assert "check-regression" not in {each.name for each in cell.notebook.solution_cells}
    shown = json.loads((taught.root / "autograded" / FULL / SOFTMAX / f"{SOFTMAX}.ipynb").read_text())
    last = shown["cells"][-1]
    assert last["metadata"]["nbgrader"]["grade_id"] == "check-regression"
    assert first.checks[0].sentence in last["outputs"][0]["text"]
