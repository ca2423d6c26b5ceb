"""Draw the pictures of a room with the student's own functions, and say which functions they ask to mend."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from autograder.checking.standalone import own_sources
from autograder.checking.subject import Oracle
from autograder.course.laboratory import load_lab
from autograder.course.loading import load_reference
from autograder.course.model import Course, Room
from autograder.course.texts import room_texts
from autograder.errors import AutograderError, CourseError
from autograder.language import learn, say, speaking
from autograder.pictures.looks import frame, language_of_pictures, new_figure, save, styled
from autograder.pictures.marks import FILE, MendError, Picture, load_pictures, write_mend
from autograder.pictures.own import Functions, OwnModule
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Drawn:
    """One picture in its file. to_mend: the functions without which it, or a panel of it, could not be drawn."""

    title: str
    file: Path
    to_mend: tuple[str, ...]


class Studio:
    """What the pictures of one room are drawn with; `close` ends the student's worker."""

    def __init__(self, course: Course, room: Room, host: Host) -> None:
        self.course, self.room = course, room
        self.reference = load_reference(course, room)
        self.oracle = Oracle(self.reference, frozenset(exercise.name for exercise in room.exercises))
        self.own = OwnModule(host, room, own_sources([room]), self.reference)
        self._lab: ModuleType | None = None

    @property
    def lab(self) -> ModuleType:
        """The course's lab, loaded when a picture first asks for it."""
        if self._lab is None:
            self._lab = load_lab(self.course)
        return self._lab

    def close(self) -> None:
        """End the student's worker."""
        self.own.close()


def draw_room(course: Course, room: Room, folder: Path, *, svg: bool = False) -> Iterator[Drawn]:
    """Draw the pictures of a room into a folder of its own below `folder`, one after the other.

    Raises `CourseError` for a picture that cannot be drawn from the right answers either.
    """
    pictures = load_pictures(room)
    if not pictures:
        return
    with Host(NONE) as host, contextlib.closing(Studio(course, room, host)) as studio:
        for picture in pictures:
            file = folder / room.name / f"{picture.name}{'.svg' if svg else '.png'}"
            with _speaking_for(room), styled():
                figure, to_mend = paint(picture, studio)
                try:
                    save(figure, file)
                except OSError as error:
                    told = say("{file} cannot be written: {reason}", file=file, reason=error.strerror)
                    raise AutograderError(told) from error
            yield Drawn(_texts(picture, room)[0], file, to_mend)


def paint(picture: Picture, studio: Studio) -> tuple["Figure", tuple[str, ...]]:
    """Return the figure, framed, and the functions that it asks to mend."""
    functions = Functions(studio.room, studio.own, studio.oracle)
    studio.own.next_picture()
    figure = new_figure(picture.height)
    try:
        _call(picture, figure, functions, studio)
    except MendError as problem:
        figure.clear()
        write_mend(figure.subplots(), problem)
    except AutograderError:
        raise
    except Exception as error:  # noqa: BLE001 - what a picture may raise on foreign values has no bound
        _prove(picture, studio, error)
        figure.clear()
        write_mend(figure.subplots(), _odd_values(functions, studio.room, error))
    frame(figure, *_texts(picture, studio.room))
    return figure, tuple(functions.to_mend)


def _call(picture: Picture, figure: "Figure", student: Any, studio: Studio) -> None:
    given: Mapping[str, Callable[[], Any]] = {
        "figure": lambda: figure,
        "axes": figure.subplots,
        "student": lambda: student,
        "lab": lambda: studio.lab,
    }
    picture.function(**{name: given[name]() for name in picture.wants})


def _prove(picture: Picture, studio: Studio, error: Exception) -> None:
    """Draw with the right answers: a picture that fails on them too is at fault itself."""
    try:
        _call(picture, new_figure(picture.height), studio.oracle, studio)
    except Exception:  # noqa: BLE001 - whatever it is, it is not the student's doing
        place = f"{studio.room.path / FILE}: {picture.name}"
        told = f"{place} cannot be drawn: {type(error).__name__}: {error}"
        raise CourseError(told) from error


def _odd_values(functions: Functions, room: Room, error: Exception) -> MendError:
    """Say that what was returned has the right form, and still nothing can be drawn from it."""
    names = ", ".join(functions.called)
    functions.to_mend |= functions.called
    told = say(
        "nothing can be drawn from what it gave ({error}); to see what is wrong: {command}",
        error=f"{type(error).__name__}: {error}"[:200],
        command=f"autograder check {room.name}",
    )
    return MendError(names, told)


def _texts(picture: Picture, room: Room) -> tuple[str, str]:
    texts = room_texts(room).pictures.get(picture.name, {})
    return texts.get("title", picture.title), texts.get("caption", picture.caption)


@contextlib.contextmanager
def _speaking_for(room: Room) -> Iterator[None]:
    """Speak the language for which there are letters, with the room's own sentences."""
    with speaking(language_of_pictures()):
        learn(room_texts(room).messages)
        yield
