"""Make the zip that Gradescope builds an autograder from: two scripts, this package, a course and its secret.

It is the instructor's, and students never see a byte of it: it holds hidden checks, solutions and the secret of hidden
inputs. The same course, secret and package give the same bytes.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from autograder.course.digests import DATA_FOLDER, LAB_FOLDER
from autograder.course.model import CAPSTONE_CHECKS, Course, Room
from autograder.course.reading import COURSE_FILE, read_course
from autograder.course.tables import read_document
from autograder.errors import AutograderError, CourseError
from autograder.grading.environment import SECRET_FILE
from autograder.language import ENGLISH, Language
from autograder.release.documents import toml_text
from autograder.release.wheel import PROJECT, build_wheel, stored_zip, wheel_name
from autograder.strict import keep_repeated, read

SETTINGS_FILE, COURSE_FOLDER = "settings.json", "course/assignments"
REFERENCE_FOLDER = "course/reference"
EXECUTABLE = ("setup.sh", "run_autograder")
# Parts of the assignment's time limit: after the first no check begins, after the second no result is waited for, after
# the third the grader is stopped from outside. Gradescope itself would leave a 0.
LAST_CHECK, END, STOP = 0.7, 0.9, 0.95
_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)[^;]*(;.*)?")


@dataclass(frozen=True)
class Settings:
    """How the packaged grader grades.

    rooms: by name. seconds: the time limit that the assignment has on Gradescope. capstones: whether these are graded.
    allow_unsandboxed: where no sandbox works, run students' code as a user of its own all the same. language: of all
    that reports say.
    """

    rooms: tuple[str, ...]
    seconds: float
    capstones: bool = True
    allow_unsandboxed: bool = False
    language: Language = ENGLISH


def gradescope_zip(course: Course, settings: Settings, secret: bytes) -> bytes:
    """Return autograder.zip.

    Raises `CourseError` when the course lacks something, `AutograderError` for a secret that cannot be packed.
    """
    members = {
        "setup.sh": _template("gradescope-setup.sh"),
        "run_autograder": _template("gradescope-run_autograder").replace(
            b"@SECONDS@", str(round(STOP * settings.seconds)).encode()
        ),
        SETTINGS_FILE: (json.dumps(asdict(settings), indent=2) + "\n").encode(),
        "requirements.txt": "".join(f"{line}\n" for line in _requirements()).encode(),
        f"wheel/{wheel_name()}": build_wheel(),
        f"course/{SECRET_FILE.as_posix()}": _secret_text(secret),
    }
    members |= dict(_course_files(course, [course.room(name) for name in settings.rooms]))
    return stored_zip(members, executable=EXECUTABLE)


def read_settings(file: Path) -> Settings:
    """Return the settings that a package holds. Raises `AutograderError`."""
    try:
        document: Any = json.loads(file.read_bytes(), object_pairs_hook=keep_repeated)
    except (OSError, ValueError, RecursionError) as error:
        raise AutograderError(f"{file}: cannot be read ({error}); make the package again and upload it") from error
    return read(Settings, document)


def packaged_course(source: Path, settings: Settings) -> Course:
    """Return the course in an unpacked package, as it is to be graded. Raises `CourseError`."""
    course = read_course(source / COURSE_FOLDER)
    course = replace(course, rooms=tuple(course.room(name) for name in settings.rooms))
    return course if settings.capstones else course.without_capstones()


def _template(name: str) -> bytes:
    return files("autograder").joinpath("release", "templates", name).read_bytes()


def _secret_text(secret: bytes) -> bytes:
    try:
        text = secret.decode("ascii")
    except UnicodeDecodeError:
        text = " "
    if text != text.strip():
        raise AutograderError(
            "the course's secret has other than ASCII characters in it, or spaces around it, and cannot be packed;"
            " choose another"
        )
    return secret + b"\n"


def _requirements() -> Iterator[str]:
    """Yield what this package needs, in the versions that are here: points should not depend on where one grades."""
    for each in sorted(requires(PROJECT) or ()):
        found = _REQUIREMENT.fullmatch(each)
        if found is None or "extra ==" in each:
            continue
        try:
            yield f"{found[1]}=={version(found[1])}{' ' + found[2] if found[2] else ''}"
        except PackageNotFoundError:
            yield each


def _course_files(course: Course, rooms: Sequence[Room]) -> Iterator[tuple[str, bytes]]:
    names = {room.name for room in rooms}
    top = dict(read_document(course.path / COURSE_FILE).values)
    top["reference"] = "../reference"
    if isinstance(due := top.get("due"), dict):
        top["due"] = {room: when for room, when in due.items() if room in names}
    yield f"{COURSE_FOLDER}/{COURSE_FILE}", toml_text(top).encode()
    folders = [(room.path, f"{COURSE_FOLDER}/{room.name}") for room in rooms]
    # Also where capstones are not graded: what a room is known by, its digest, counts their lab and data.
    if any((room.path / "checks" / CAPSTONE_CHECKS).is_file() for room in rooms):
        folders += [(course.path / name, f"{COURSE_FOLDER}/{name}") for name in (LAB_FOLDER, DATA_FOLDER)]
    for folder, target in [*folders, (course.reference, REFERENCE_FOLDER)]:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and "__pycache__" not in name.parts:
                yield f"{target}/{name.as_posix()}", _content(path)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path}: cannot be read ({error.strerror}); the package needs it.") from error
