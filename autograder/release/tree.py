"""A release as a whole: every file that students receive, by its path, made in memory.

A release is itself a course that `read_course` reads. It knows the right answers as recordings only: no source of the
reference, of a mistake or of a hidden check is in it, and `leaks` holds it to that before anything is written.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from autograder.course.model import Course, Room
from autograder.course.reading import COURSE_FILE, SCHEMA
from autograder.errors import AutograderError
from autograder.release.documents import toml_text
from autograder.release.front import front_files
from autograder.release.recording import record_room
from autograder.release.rooms import Choice, room_files, stub
from autograder.release.wheel import build_wheel, wheel_name

ASSIGNMENTS, STUBS, RECORDINGS, WHEELS = "assignments", "stubs", "recordings", "wheels"
PYTEST_FILE = "pytest.ini"
Tree = dict[str, bytes]
Tell = Callable[[str], None]


def release_tree(course: Course, rooms: Sequence[Room], choice: Choice, tell: Tell) -> Tree:
    """Return the files of a release of `rooms` by their paths; `tell` hears the name of each room that is done.

    Raises `CourseError` when something of a room cannot be released, `AutograderError` when the autograder is not
    properly installed.
    """
    if course.is_release:
        raise AutograderError(f"{course.path} is a release itself; make releases of the course that it was made from")
    return {
        f"{WHEELS}/{wheel_name()}": build_wheel(),
        **front_files(course, rooms, choice),
        **course_tree(course, rooms, choice, tell),
    }


def course_tree(course: Course, rooms: Sequence[Room], choice: Choice, tell: Tell) -> Tree:
    """Return what of a release makes it a course: its rooms, their stubs and the recordings. Raises `CourseError`."""
    tree = {f"{ASSIGNMENTS}/{COURSE_FILE}": _course_file(course, rooms).encode()}
    if (course.path / PYTEST_FILE).is_file():
        tree[f"{ASSIGNMENTS}/{PYTEST_FILE}"] = (course.path / PYTEST_FILE).read_bytes()
    for room in rooms:
        tree |= {f"{ASSIGNMENTS}/{room.name}/{name}": each for name, each in room_files(course, room, choice).items()}
        tree[f"{STUBS}/{room.module}.py"] = stub(course, room)
        tree[f"{RECORDINGS}/{room.name}.npz"] = record_room(course, room)
        tell(room.name)
    return tree


def _course_file(course: Course, rooms: Sequence[Room]) -> str:
    due = {room.name: datetime.fromisoformat(course.due[room.name]) for room in rooms if room.name in course.due}
    return toml_text(
        {
            "schema": SCHEMA,
            "reference": f"../{STUBS}",
            "recordings": f"../{RECORDINGS}",
            "title": course.title,
            "notes": course.notes,
            **({"due": due} if due else {}),
        }
    )
