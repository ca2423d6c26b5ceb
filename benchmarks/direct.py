"""Read checks and call them in this interpreter, with no sandbox and no pytest: the least that grading can cost."""

import inspect
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checking.check import Check
from autograder.course.loading import load_module, load_reference
from autograder.course.model import Course
from benchmarks.course import checks_file


def read_checks(course: Course) -> list[Check]:
    """Return all checks of the course in the order of their files."""
    return [check for room in course.rooms for check in _checks_of(room.name, load_module(checks_file(room)))]


def _checks_of(room: str, module: ModuleType) -> Iterator[Check]:
    for name, value in vars(module).items():
        if isinstance(value, np.ndarray):
            # A submission that edits its argument in place would spoil this input for all that come after it.
            value.flags.writeable = False
        if name.startswith("test_"):
            marks = {mark.name: mark.args for mark in value.pytestmark}
            yield Check(
                room=room,
                exercise=marks["exercise"][0],
                name=name.removeprefix("test_"),
                title="",
                law="",
                visibility="hidden" if "hidden" in marks else "public",
                points=float(marks["points"][0]),
                see="",
                suggest="",
                function=value,
                wants=tuple(inspect.signature(value).parameters),
            )


class Interpreter:
    """The checks and the reference, loaded once."""

    def __init__(self, course: Course, secret: bytes) -> None:
        self.secret = secret
        self.checks = read_checks(course)
        self.files = {room.name: f"{room.module}.py" for room in course.rooms}
        self.oracles = {room.name: load_reference(course, room) for room in course.rooms}

    def grade(self, sources: Mapping[str, str]) -> dict[str, bool]:
        """Run a submission's files here and call every check on them; say which passed."""
        students = {room: _execute(file, sources[file]) for room, file in self.files.items()}
        return {f"{check.room}:{check.name}": self._passes(check, students[check.room]) for check in self.checks}

    def _passes(self, check: Check, student: ModuleType) -> bool:
        given: dict[str, Any] = {}
        if "student" in check.wants:
            given["student"] = student
        if "oracle" in check.wants:
            given["oracle"] = self.oracles[check.room]
        if "rng" in check.wants:
            given["rng"] = check.generator(self.secret)
        try:
            check.function(**given)
        except Exception:  # noqa: BLE001 - what wrong code raises has no bound
            return False
        return True


def _execute(file: str, source: str) -> ModuleType:
    module = ModuleType(file.removesuffix(".py"))
    exec(compile(source, file, "exec"), vars(module))
    return module
