"""How a room is laid out in a notebook: its statement, cut at headings, with each exercise where it is spoken of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from autograder.course.model import Exercise, Room
from autograder.course.source import take_apart
from autograder.language import Language, say, speaking
from autograder.release.statements import statement

_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_HEADING = "## "


@dataclass(frozen=True)
class Prose:
    """A part of the statement, in Markdown."""

    text: str


@dataclass(frozen=True)
class Task:
    """The place of an exercise."""

    exercise: Exercise


Part: TypeAlias = Prose | Task


def lay_out(room: Room, language: Language) -> list[Part]:
    """Return the statement in its order, each exercise right after the section whose heading names it.

    An exercise that no heading names comes under a heading of its own, after those that one does.
    """
    waiting = {exercise.name: exercise for exercise in room.exercises}
    parts: list[Part] = []
    for section in _sections(statement(room, language).decode()):
        parts.append(Prose(section.strip("\n")))
        heading = section.split("\n", 1)[0]
        if heading.startswith(_HEADING):
            named = [name for name in re.findall(r"`(\w+)[`(]", heading) if name in waiting]
            parts += [Task(waiting.pop(name)) for name in named]
    if waiting:
        after = max((at for at, part in enumerate(parts) if isinstance(part, Task)), default=len(parts) - 1)
        parts[after + 1 : after + 1] = [
            part
            for exercise in waiting.values()
            for part in (Prose(f"{_HEADING}`{exercise.name}`\n\n{exercise.title[language]}"), Task(exercise))
        ]
    return parts


def how_to_work(room: Room, language: Language) -> str:
    """Return what a student has to know of the cells, in Markdown."""
    with speaking(language):
        return say(
            "Write each function in its cell and run it; the cell below it, `%check {name}`, says how it stands, and"
            " `%hint {name}` gives a hint. Cells of your own are welcome, for plots and experiments: here and when your"
            " work is graded, a check takes of them what your functions need, with numpy alone.",
            name=room.exercises[0].name,
        )


def setup_and_functions(stub: str, room: Room) -> tuple[str, dict[str, str]]:
    """Return what a stub holds beside its exercises, its docstring left out, and the text of each exercise."""
    pieces = take_apart(stub, f"stub of {room.name}")
    names = [exercise.name for exercise in room.exercises]
    functions = {name: piece.text for piece in pieces for name in piece.names if name in names}
    setup = ""
    for piece in pieces:
        if piece.names and not piece.names & set(names):
            setup += ("\n" * piece.gap if setup else "") + piece.comment + piece.text + "\n"
    return setup, functions


def _sections(text: str) -> Iterator[str]:
    """Yield the text cut before each heading of the second level; what looks like one in a block of code is none."""
    section: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        if line.startswith(_HEADING) and not fenced and section:
            yield "\n".join(section)
            section = []
        section.append(line)
    yield "\n".join(section)
