"""Plain `pytest` in a room: the module that stands there is the submission, without a sandbox, on one's own machine."""

import os
import textwrap
from pathlib import Path

import pytest

from autograder.checking.examiner import Examiner
from autograder.checking.explaining import Sources
from autograder.course.model import Room
from autograder.course.reading import find_course, read_course
from autograder.errors import CourseError
from autograder.language import cells, language_of, phrase, say, speak
from autograder.report import Feedback
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host

SLOTS = (
    ("evidence", ""),
    ("pattern", phrase("pattern  ")),
    ("likely_cause", phrase("likely   ")),
    ("read", phrase("read     ")),
    ("next_step", phrase("try      ")),
)


def own_sources(rooms: list[Room]) -> Sources:
    """Return the modules that stand in `rooms`. Raises `CourseError` for one that cannot be read."""
    texts = {}
    for room in rooms:
        path = room.path / f"{room.module}.py"
        try:
            texts[path.name] = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CourseError(say("{path} cannot be read as UTF-8 text: {error}", path=path, error=error)) from error
    return Sources(texts, {})


def examiner_for_rooms(paths: set[Path]) -> Examiner:
    """Return an examiner for a plain run over the rooms at `paths`, in the language of AUTOGRADER_LANG.

    Raises `CourseError`, and `AutograderError` for a language that is not known.
    """
    speak(language_of())
    course = read_course(find_course(min(paths)))
    rooms = [room for room in course.rooms if room.path.resolve() in {path.resolve() for path in paths}]
    if len(rooms) != len(paths):
        raise CourseError(f"checks of two courses cannot run in one session: {', '.join(sorted(map(str, paths)))}")
    examiner = Examiner(course, rooms, Host(NONE), os.urandom(16))
    examiner.begin(own_sources(rooms))
    return examiner


def tell(examiner: Examiner, item: pytest.Function) -> str:
    """Run the check that `item` is; return what the student should read, or "" when it passed."""
    check = examiner.checks[item.nodeid]
    examination = examiner.current
    assert examination is not None
    exercise = examiner.course.room(check.room).exercise(check.exercise)
    item.user_properties += [
        ("exercise", f"{check.room}.{check.exercise}"),
        ("points", check.points),
        ("visibility", check.visibility),
    ]
    run = examination.run(check)
    where = f"{check.room}.{check.exercise}: {check.name}"
    for fault in examination.faults():
        if fault.where == where:
            return say(
                "this check itself is at fault, not your function; tell your instructor: {fault}", fault=fault.message
            )
    if run is None:
        return say("skipped: an earlier check of this exercise ran out of time")
    return "" if run.passed else format_feedback(examination.explain(run, exercise))


def format_feedback(feedback: Feedback) -> str:
    """Return the slots of `feedback` as lines of plain text."""
    lines = [feedback.verdict]
    for slot, name in SLOTS:
        text: str = getattr(feedback, slot)
        if text:
            label = say(name)
            lines.append(textwrap.indent(label + text.replace("\n", "\n" + " " * cells(label)), "  "))
    return "\n".join(lines)
