"""The rows of nbgrader's gradebook and the notebooks beside it, written through nbgrader's interface."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.atomic import make_folder, write_atomically
from autograder.errors import AutograderError
from autograder.exports.nbgrader.course import TIMESTAMP, CourseFolder, read_below
from autograder.exports.nbgrader.notebook import Graded, as_code_block, autograded_notebook, cells_handed_in
from autograder.exports.nbgrader.planning import HandIn, planned
from autograder.exports.plain import line
from autograder.release.notebooks import cell_id
from autograder.report import ExerciseResult, Report


@dataclass(frozen=True)
class _Cells:
    """The cells of one assignment's notebook. checks, answers: by exercise; locked: type and text by cell's name."""

    notebook: Any
    checks: Mapping[str, Any]
    answers: Mapping[str, Any]
    locked: Mapping[str, tuple[str, str]]


def write_all(gradebook: Any, reports: Sequence[Report], course: CourseFolder) -> tuple[list[HandIn], list[str]]:
    """Write what the reports say; return what was written, and a sentence for each thing that was left out."""
    from nbgrader.api import MissingEntry
    from nbgrader.utils import parse_utc

    def has_entry(assignment: str, student: str) -> bool:
        try:
            return gradebook.find_submission(assignment, student) is not None
        except MissingEntry:
            return False

    students = {student.id for student in gradebook.students}
    folders = [entry.name for entry in os.scandir(course.submitted)] if course.submitted.is_dir() else []
    hand_ins, left_out = planned(reports, course, students | set(folders), parse_utc, has_entry)
    exercises: dict[str, dict[str, ExerciseResult]] = {}
    for hand_in in hand_ins:
        exercises.setdefault(hand_in.room, {}).update({each.name: each for each in hand_in.exercises})
    cells = {room: _cells(gradebook, room, list(each.values())) for room, each in exercises.items()}
    for student, person in {hand_in.student: hand_in.person for hand_in in hand_ins}.items():
        if student not in students:
            gradebook.add_student(student, email=person.ids.get("email"))
        row = gradebook.find_student(student)
        if row.first_name is None and row.last_name is None:
            row.last_name, row.first_name = _names(student, person.name)
    for hand_in in hand_ins:
        _write_rows(gradebook, hand_in, cells[hand_in.room])
    # Last, for files cannot be taken back: when one cannot be written, the gradebook says nothing of any.
    for hand_in in hand_ins:
        _write_files(course, hand_in, cells[hand_in.room])
    return hand_ins, left_out


def _names(student: str, name: str) -> tuple[str | None, str | None]:
    """Return a family name and what stands before it, as formgrader shows them; nothing where only the id is known."""
    if not name or name == student:
        return None, None
    last, comma, first = line(name, 100).partition(",")
    if not comma:
        first, _, last = last.rpartition(" ")
    return last.strip(), first.strip()


def _cells(gradebook: Any, room: str, exercises: Sequence[ExerciseResult]) -> _Cells:
    """Return the cells of an assignment, made where they are missing; comments need one that is an answer."""
    from nbgrader.api import MissingEntry

    gradebook.update_or_create_assignment(room)
    try:
        notebook, is_new = gradebook.find_notebook(room, room), False
    except MissingEntry:
        notebook, is_new = gradebook.add_notebook(room, room), True
    checks = {cell.name: cell for cell in notebook.grade_cells}
    answers = {cell.name: cell for cell in notebook.solution_cells}
    for exercise in exercises:
        name = _check_name(exercise)
        if name not in checks or checks[name].max_score != exercise.max_points:
            checks[name] = gradebook.update_or_create_grade_cell(
                name, room, room, max_score=exercise.max_points, cell_type="code"
            )
        if is_new:
            # In a notebook that nbgrader made, another cell would keep it from ever making that again.
            answers[name] = gradebook.add_solution_cell(name, room, room)
    answering = {each.name: [answers[name] for name in _answer_names(each) if name in answers] for each in exercises}
    return _Cells(
        notebook,
        checks={each.name: checks[_check_name(each)] for each in exercises},
        answers={name: found[0] for name, found in answering.items() if found},
        locked={cell.name: (cell.cell_type, cell.source or "") for cell in notebook.source_cells if cell.locked},
    )


def _check_name(exercise: ExerciseResult) -> str:
    return cell_id("check", exercise.name)


def _answer_names(exercise: ExerciseResult) -> tuple[str, ...]:
    return cell_id("solution", exercise.name), exercise.name, _check_name(exercise)


def _write_rows(gradebook: Any, hand_in: HandIn, cells: _Cells) -> None:
    from nbgrader.api import Comment, Grade, SubmittedNotebook

    known = {"timestamp": hand_in.submitted} if hand_in.is_in_course or hand_in.submitted else {}
    submission = gradebook.update_or_create_submission(hand_in.room, hand_in.student, **known)
    notebook = next((each for each in submission.notebooks if each.notebook_id == cells.notebook.id), None)
    if notebook is None:
        notebook = SubmittedNotebook(notebook=cells.notebook, assignment=submission)
    notebook.late_submission_penalty = hand_in.penalty or None
    grades = {grade.cell_id: grade for grade in notebook.grades}
    comments = {comment.cell_id: comment for comment in notebook.comments}
    for exercise in hand_in.exercises:
        check, answer = cells.checks[exercise.name], cells.answers.get(exercise.name)
        grade = grades.get(check.id) or Grade(cell_id=check.id, notebook=notebook)
        has_changed = grade.auto_score != exercise.points
        grade.auto_score = exercise.points
        # A score given by hand stays and goes before ours; like nbgrader itself, we ask for another look at it.
        if grade.manual_score is None or has_changed:
            grade.needs_manual_grade = grade.manual_score is not None
        if answer is not None:
            comment = comments.get(answer.id) or Comment(cell_id=answer.id, notebook=notebook)
            # nbgrader's feedback pages take a comment for Markdown, and HTML in it for HTML.
            comment.auto_comment = as_code_block(hand_in.feedback[exercise.name])
    # With all that hangs on it and is new.
    gradebook.db.add(notebook)
    gradebook.db.flush()


def _write_files(course: CourseFolder, hand_in: HandIn, cells: _Cells) -> None:
    """Write the notebook that formgrader opens; without its folder it shows no score."""
    graded = [
        Graded(
            check=cells.checks[exercise.name].name,
            answer=cells.answers[exercise.name].name if exercise.name in cells.answers else None,
            max_points=exercise.max_points,
            feedback=hand_in.feedback[exercise.name],
        )
        for exercise in hand_in.exercises
    ]
    folder = course.autograded(hand_in.student, hand_in.room)
    for place in (folder.parent, folder):
        if place.is_symlink():
            raise AutograderError(f"{place} is a link, and nothing is written to where it leads; remove it first.")
    make_folder(folder)
    handed_in = cells_handed_in(course, hand_in.student, hand_in.room)
    notebook = autograded_notebook(handed_in, hand_in.summary, graded, cells.locked)
    _write_changed(folder / f"{hand_in.room}.ipynb", notebook)
    timestamp = read_below(course.submitted, hand_in.student, hand_in.room, TIMESTAMP, limit=1000)
    if timestamp is not None:
        _write_changed(folder / TIMESTAMP, timestamp)


def _write_changed(path: Path, data: bytes) -> None:
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)
