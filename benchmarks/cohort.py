"""Make the submissions that everything here is measured on, with the course's own tools."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import compose_source, function_source, load_mistakes, load_reference, load_variants
from autograder.course.model import Course, Room

# The first ten submissions are a cohort in small, and so is every ten after them.
PATTERN = ("right", "wrong", "right", "right", "wrong", "right", "stub", "right", "wrong", "right")
SEED = 20_240_501


@dataclass(frozen=True)
class Handed:
    """One submission. sources: by file name."""

    name: str
    kind: str
    sources: dict[str, str]


class Shelf:
    """The known ways to write the exercises of one room: sources by exercise."""

    def __init__(self, course: Course, room: Room) -> None:
        self.room = room
        self.reference = (course.reference / f"{room.module}.py").read_text(encoding="utf-8")
        self.file = f"{room.module}.py"
        names = vars(load_reference(course, room))
        own = [(room.path / name).read_text(encoding="utf-8") for name in ("variants.py", "mistakes.py")]

        def source_of(name: str) -> str:
            return function_source(next(text for text in own if f"def {name}(" in text), name)

        self.right: dict[str, list[str]] = {exercise.name: ["reference"] for exercise in room.exercises}
        for variant in load_variants(room, names):
            # Variants of a group work together only; what is measured does not need them.
            if variant.group is None:
                self.right[variant.exercise].append(source_of(variant.name))
        self.wrong = [(mistake.exercise, source_of(mistake.name)) for mistake in load_mistakes(room, names)]

    def write(self, kind: str, dice: random.Random) -> str:
        """Return a student's file: right, with one mistake ("wrong"), or the stub."""
        chosen = {exercise: dice.choice(sources) for exercise, sources in self.right.items()}
        if kind == "stub":
            chosen = dict.fromkeys(chosen, "stub")
        elif kind == "wrong":
            exercise, source = dice.choice(self.wrong)
            chosen[exercise] = source
        return compose_source(self.reference, chosen, self.room)


def make_cohort(course: Course, count: int) -> list[Handed]:
    """Return `count` submissions, the same ones each time; three in ten have one mistake, one in ten is empty."""
    dice = random.Random(SEED)
    shelves = [Shelf(course, room) for room in course.rooms]
    made = []
    for number in range(count):
        kind = PATTERN[number % len(PATTERN)]
        spoiled = dice.choice(shelves)
        sources = {
            shelf.file: shelf.write("right" if kind == "wrong" and shelf is not spoiled else kind, dice)
            for shelf in shelves
        }
        made.append(Handed(f"s{number:04d}", kind, sources))
    return made


def write_cohort(folder: Path, submissions: Sequence[Handed]) -> Path:
    """Write each submission as a folder of its files; return `folder`."""
    for submission in submissions:
        own = folder / submission.name
        own.mkdir(parents=True)
        for name, text in submission.sources.items():
            (own / name).write_text(text, encoding="utf-8")
    return folder


def read_cohort(folder: Path, files: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """Return name and sources of each submission that `write_cohort` wrote."""
    names = list(files)
    return [
        (own.name, {name: (own / name).read_text(encoding="utf-8") for name in names})
        for own in sorted(folder.iterdir())
    ]
