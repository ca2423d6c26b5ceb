"""Draw who hands in what and how, and which submissions are wrong as a whole.

What one student answers comes from the seed and the student's number; names, layouts and who is a special case
come from the seed and the number of students.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from autograder.simulate.answering import difficulties, draw_answers, draw_student
from autograder.simulate.hostile import ATTACKS
from autograder.simulate.plans import Answer, Key, Layout, Plan, Special
from autograder.simulate.roster import draw_names
from autograder.simulate.shelf import Shelf
from autograder.simulate.spoiling import BROKEN_NOTEBOOK, TAMPERED, TRUNCATED, WHOLES

SPECIAL_SHARE = 0.12
ALWAYS_DAMAGED_FROM = 20
# An endless loop costs a whole time-out when the cohort is graded.
STUDENTS_PER_LOOP = 15
LAYOUTS: tuple[Layout, ...] = (
    Layout("folder"),
    Layout("zip"),
    Layout("ipynb"),
    Layout("folder", by_room=True),
    Layout("py"),
    Layout("zip", by_room=True),
)


def draw_cohort(shelves: Sequence[Shelf], count: int, seed: int) -> list[Plan]:
    """Return the plans of `count` students."""
    entropy = seed % 2**64
    rng = np.random.default_rng([entropy, 0])
    names = draw_names(count, rng)
    layouts = [LAYOUTS[place % len(LAYOUTS)] for place in rng.permutation(count)]
    specials = _draw_specials(shelves, count, rng)
    hardness = difficulties(shelves)
    plans = []
    for number in range(count):
        student = draw_student(np.random.default_rng([entropy, 1, number]))
        answers: dict[Key, Answer] = {}
        for shelf in shelves:
            answers |= draw_answers(student, shelf, hardness)
        plan = Plan(names[number], student.ability, layouts[number], None, answers)
        plans.append(specialised(plan, specials[number]) if number in specials else plan)
    return _with_few_loops(plans, count // STUDENTS_PER_LOOP)


def specialised(plan: Plan, special: Special) -> Plan:
    """Return `plan` with something wrong as a whole, in a layout where that can happen."""
    layout, answers = plan.layout, dict(plan.answers)
    if special.name == "untouched":
        answers = dict.fromkeys(answers, Answer("blank"))
    if special.name in ATTACKS:
        answers |= {key: Answer("hostile", special.name) for key in answers if key[0] == special.room}
    if special.name in (TAMPERED, TRUNCATED):
        layout = Layout("zip")
    if special.name == BROKEN_NOTEBOOK:
        layout = Layout("ipynb")
    if special.name == "missing_file" and layout.shared:
        layout = Layout("folder")
    return replace(plan, layout=layout, special=special, answers=answers)


def _draw_specials(shelves: Sequence[Shelf], count: int, rng: np.random.Generator) -> dict[int, Special]:
    """Return the special cases by student number: as many different ones as there is room for."""
    cases = [*WHOLES, *ATTACKS]
    names = [cases[place] for place in rng.permutation(len(cases))]
    wanted = [names[number % len(names)] for number in range(round(SPECIAL_SHARE * count))]
    if count >= ALWAYS_DAMAGED_FROM:
        wanted += [TAMPERED, (TRUNCATED, BROKEN_NOTEBOOK)[int(rng.integers(2))]]
    rooms = [shelves[int(rng.integers(len(shelves)))].room.name for _ in wanted]
    numbers = [int(number) for number in rng.permutation(count)[: len(wanted)]]
    return {number: Special(name, room) for number, name, room in zip(numbers, wanted, rooms, strict=True)}


def _with_few_loops(plans: Sequence[Plan], most: int) -> list[Plan]:
    """Return the plans with at most so many endless loops; who would have had one more left the exercise blank."""
    loops = [
        (number, key) for number, plan in enumerate(plans) for key in plan.answers if plan.answers[key].kind == "loop"
    ]
    surplus = set(loops[most:])
    return [
        replace(
            plan,
            answers={
                key: Answer("blank") if (number, key) in surplus else answer for key, answer in plan.answers.items()
            },
        )
        for number, plan in enumerate(plans)
    ]
