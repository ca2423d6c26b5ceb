"""Draw what one student answers: right by ability and difficulty, wrong by habits that run through all rooms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from autograder.simulate.altering import CRASHES, can_mutate
from autograder.simulate.plans import Answer, Key, Kind
from autograder.simulate.shelf import Shelf
from autograder.simulate.themes import draw_propensities, theme_of

# How those who do not know an answer go wrong.
WRONG: Mapping[Kind, float] = {
    "mistake": 0.60,
    "crash": 0.10,
    "blank": 0.20,
    "slow": 0.05,
    "loop": 0.02,
    "mutating": 0.03,
}
SHARE_CORRECT = 0.6
LOGITS_PER_STAR = 0.5
VARIANT_SHARE = 0.5
GROUP_SHARE = 0.3


@dataclass(frozen=True)
class Student:
    """One student's ability, standard normal, how likely each theme of mistakes is, and their own luck."""

    ability: float
    propensities: Mapping[str, float]
    rng: np.random.Generator


def draw_student(rng: np.random.Generator) -> Student:
    """Return a student who draws from `rng`."""
    return Student(float(rng.normal()), draw_propensities(rng), rng)


def difficulties(shelves: Sequence[Shelf]) -> dict[Key, float]:
    """Return each exercise's difficulty in logits, placed so that the share of right answers is SHARE_CORRECT."""
    exercises = [exercise for shelf in shelves for exercise in shelf.room.exercises]
    middle = fmean(exercise.difficulty for exercise in exercises)
    # A logistic curve averaged over N(0, 1) abilities is nearly one that is flatter by this factor.
    flattening = np.sqrt(1 + np.pi / 8)
    ease = float(flattening * np.log(SHARE_CORRECT / (1 - SHARE_CORRECT)))
    return {
        (exercise.room, exercise.name): LOGITS_PER_STAR * (exercise.difficulty - middle) - ease
        for exercise in exercises
    }


def draw_answers(student: Student, shelf: Shelf, hardness: Mapping[Key, float]) -> dict[Key, Answer]:
    """Return the student's answers to one room."""
    keys = [(exercise.room, exercise.name) for exercise in shelf.room.exercises]
    chances = {key: 1 / (1 + np.exp(hardness[key] - student.ability)) for key in keys}
    right = {exercise for (_, exercise), chance in chances.items() if student.rng.random() < chance}
    together = _draw_group(student, shelf, right)
    answers: dict[Key, Answer] = {}
    for room, exercise in keys:
        draw = _draw_right if exercise in right else _draw_wrong
        answers[room, exercise] = together.get(exercise) or draw(student, shelf, exercise)
    return answers


def _draw_group(student: Student, shelf: Shelf, right: set[str]) -> dict[str, Answer]:
    """Return variants that only work together, if the student is to hand in some."""
    groups: dict[str, dict[str, Answer]] = {}
    for exercise, variants in shelf.variants.items():
        for variant in variants:
            if variant.group is not None:
                groups.setdefault(variant.group, {})[exercise] = Answer("variant", variant.name)
    fitting = [members for members in groups.values() if set(members) <= right]
    if not fitting or student.rng.random() >= GROUP_SHARE:
        return {}
    return fitting[int(student.rng.integers(len(fitting)))]


def _draw_right(student: Student, shelf: Shelf, exercise: str) -> Answer:
    alone = [variant.name for variant in shelf.variants[exercise] if variant.group is None]
    if not alone or student.rng.random() >= VARIANT_SHARE:
        return Answer("reference")
    return Answer("variant", alone[int(student.rng.integers(len(alone)))])


def _draw_wrong(student: Student, shelf: Shelf, exercise: str) -> Answer:
    kind = list(WRONG)[int(student.rng.choice(len(WRONG), p=list(WRONG.values())))]
    if kind == "crash":
        return Answer("crash", list(CRASHES)[int(student.rng.integers(len(CRASHES)))])
    mistakes = shelf.mistakes[exercise]
    if kind in ("blank", "slow", "loop") or (kind == "mutating" and can_mutate(shelf.source, exercise)):
        return Answer(kind)
    if not mistakes:
        return Answer("blank")
    weights = np.array([student.propensities[theme_of(mistake)] for mistake in mistakes])
    return Answer("mistake", mistakes[int(student.rng.choice(len(mistakes), p=weights / weights.sum()))].name)
