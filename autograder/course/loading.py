"""Execute the Python files of a course, which are trusted, and collect what they define.

Each file becomes a module under a private name made from its path: two rooms may both have a mistakes.py, and
`import reference` or a package of the same name installed on this machine can never answer instead.
"""

import ast
import hashlib
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FunctionType, ModuleType

from autograder.course.mistakes import Mistake, Variant, record_of
from autograder.course.model import Course, Room
from autograder.course.spelling import did_you_mean
from autograder.errors import CourseError


def load_module(file: Path, given: Mapping[str, object] | None = None) -> ModuleType:
    """Return the executed `file` as a new module, in which the public names of `given` stand from the start.

    Raises CourseError naming file and line when the file cannot be read, compiled or executed.
    """
    file = file.resolve()
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CourseError(f"{file}: cannot be read ({error.strerror}); expected a Python file.") from error
    name = f"_course_{hashlib.sha256(str(file).encode()).hexdigest()[:12]}_{file.stem}"
    module = ModuleType(name)
    module.__file__ = str(file)
    vars(module).update({key: value for key, value in (given or {}).items() if not key.startswith("_")})
    # Compiled from the source that was read, so that stale bytecode beside it cannot answer.
    try:
        code = compile(content, str(file), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise CourseError(f"{file}:{error.lineno or 1}: is not valid Python: {error.msg}.") from error
    except ValueError as error:
        raise CourseError(f"{file}:1: is not Python source: {error}.") from error
    # dataclasses and typing look a class's module up by name while the file runs.
    sys.modules[name] = module
    try:
        exec(code, vars(module))  # noqa: S102 - running the course's own files is what loading means
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        lines = [step.lineno for step in traceback.extract_tb(error.__traceback__) if step.filename == str(file)]
        message = str(error) if isinstance(error, CourseError) else f"{type(error).__name__}: {error}"
        raise CourseError(f"{file}:{lines[-1] if lines else 1}: cannot be imported: {message}") from error
    return module


def reference_text(course: Course, room: Room) -> str:
    """Return the source of the reference solution of `room`. Raises CourseError when it cannot be read."""
    file = course.reference / f"{room.module}.py"
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file}: cannot be read ({error}); expected the reference of room {room.name}.") from error


def load_reference(course: Course, room: Room) -> ModuleType:
    """Return the reference solution of `room`, <reference>/<module>.py, which must define every exercise."""
    file = course.reference / f"{room.module}.py"
    module = load_module(file)
    for exercise in room.exercises:
        if not isinstance(vars(module).get(exercise.name), FunctionType):
            functions = [name for name, value in vars(module).items() if isinstance(value, FunctionType)]
            raise CourseError(
                f"{file}: has no function {exercise.name!r}, an exercise of room {room.name}."
                f"{did_you_mean(exercise.name, functions)}"
                f" Write it, or take it out of {room.path / 'assignment.toml'}."
            )
    return module


def load_mistakes(room: Room, given: Mapping[str, object] | None = None) -> tuple[Mistake, ...]:
    """Return the functions marked @mistake in the room's mistakes.py, in the order of their definitions.

    `given` are names that the functions may use without importing them, such as `vars(load_reference(…))`.
    """
    records = _records(room, "mistakes.py", given)
    return tuple(record for record in records if isinstance(record, Mistake))


def load_variants(room: Room, given: Mapping[str, object] | None = None) -> tuple[Variant, ...]:
    """Return the functions marked @variant or @equivalent: those of variants.py, then those of mistakes.py.

    `given` is as in `load_mistakes`.
    """
    records = (*_records(room, "variants.py", given), *_records(room, "mistakes.py", given))
    return tuple(record for record in records if isinstance(record, Variant))


def _records(room: Room, file_name: str, given: Mapping[str, object] | None) -> Iterator[Mistake | Variant]:
    file = room.path / file_name
    module = load_module(file, given)
    _refuse_doubles(file)
    exercises = [exercise.name for exercise in room.exercises]
    for name, value in vars(module).items():
        record = record_of(value) if isinstance(value, FunctionType) else None
        # An alias of a marked function, or a mark imported from elsewhere, is not a second record.
        if record is None or value.__module__ != module.__name__ or name != record.name:
            continue
        place = f"{file}:{value.__code__.co_firstlineno}"
        if record.exercise not in exercises:
            near = did_you_mean(record.exercise, exercises)
            known = f"{near} Room {room.name} has: {', '.join(exercises)}."
            raise CourseError(f"{place}: {name} is marked for {record.exercise!r}, which is no exercise here.{known}")
        if name in exercises:
            raise CourseError(
                f"{place}: {name} has an exercise's own name, which other functions call;"
                " expected a name that says what is different."
            )
        if file_name == "variants.py" and isinstance(record, Mistake):
            raise CourseError(f"{place}: {name} is a mistake among variants; move it to mistakes.py.")
        yield record


def _refuse_doubles(file: Path) -> None:
    first: dict[str, int] = {}
    for node in ast.parse(file.read_bytes()).body:
        if isinstance(node, ast.FunctionDef):
            if node.name in first:
                message = f"{node.name} is defined a second time (first in line {first[node.name]})"
                raise CourseError(f"{file}:{node.lineno}: {message}, so the first would be lost; rename one.")
            first[node.name] = node.lineno
