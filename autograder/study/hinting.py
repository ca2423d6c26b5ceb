"""Hand out an exercise's hints one level at a time; the last one only to who has tried twice."""

from dataclasses import dataclass, replace

from autograder.course.model import Exercise
from autograder.study.diary import Diary, Entry

ATTEMPTS_FOR_THE_LAST = 2


@dataclass(frozen=True)
class Hints:
    """What may be shown: hints, weakest first. missing: how many failed attempts the next one still waits for."""

    shown: tuple[str, ...]
    levels: int
    missing: int = 0


def next_hint(exercise: Exercise, diary: Diary, language: str) -> tuple[Hints, Diary]:
    """Return the hints that are open after one more is asked for, and the diary that remembers it."""
    name = f"{exercise.room}.{exercise.name}"
    hints, entry = exercise.hints[language], diary.entry(name)
    level = min(entry.hints + 1, len(hints))
    missing = _missing(entry, level, len(hints))
    if missing:
        return Hints(hints[: level - 1], len(hints), missing), diary
    return Hints(hints[:level], len(hints)), diary.with_entry(name, replace(entry, hints=level))


def _missing(entry: Entry, level: int, levels: int) -> int:
    """Return how many different failing versions are still asked for before hint `level`."""
    if level < levels or entry.hints >= levels:
        return 0
    return max(0, ATTEMPTS_FOR_THE_LAST - len(entry.attempts))
