"""Put an exercise's stub back into a student's module, and lose nothing of what stood there."""

from pathlib import Path

from autograder.atomic import make_folder, write_atomically
from autograder.course.model import Capstone, Course, Exercise
from autograder.course.restubbing import fresh_stub
from autograder.errors import AutograderError
from autograder.language import say
from autograder.study.own_file import with_function


def put_back(course: Course, exercise: Exercise) -> Path:
    """Replace the function of `exercise` by its stub; return where the module as it was is kept.

    A module in which the function cannot be found, since it is gone or the file is no Python, becomes the room's fresh
    stub as a whole. Raises `AutograderError` when a file cannot be read or written; then nothing is changed.
    """
    if isinstance(exercise, Capstone):
        raise AutograderError(say("a capstone has no function of its own: there is nothing to put back"))
    room = course.room(exercise.room)
    file = room.path / f"{room.module}.py"
    if not file.exists() and file.with_suffix(".ipynb").exists():
        pristine = course.reference / file.name if course.is_release else file.name
        raise AutograderError(say("in a notebook this is done by hand: copy the function from {file}", file=pristine))
    try:
        before = file.read_bytes()
    except OSError as error:
        raise AutograderError(f"{file} cannot be read: {error.strerror or error}") from error
    stub = fresh_stub(course, room)
    after = with_function(before.decode("utf-8-sig", "replace"), exercise.name, stub) or stub
    kept = _free_name(make_folder(course.path / ".autograder" / "kept"), room.module)
    write_atomically(kept, before)
    write_atomically(file, after.encode())
    return kept


def _free_name(folder: Path, module: str) -> Path:
    number = 1
    while (folder / f"{module}.{number}.py").exists():
        number += 1
    return folder / f"{module}.{number}.py"
