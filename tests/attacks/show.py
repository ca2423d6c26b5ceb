"""Show what comes of attacks, for whoever writes one: python tests/attacks/show.py [-b BACKEND] PART_OF_A_NAME ...

Prints points, then for each exercise the verdict, the feedback on its first failing check and the output, and all
bait that was taken.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import bait
import watch
from arena import Seen, open_arena, run_attacks
from attack import read_attacks
from test_attacks import REAL, exercises, told

from autograder.pages.neutral import neutral_lines, neutralise

LINE, LINES = 400, 8


def described(backend: str, name: str, seen: Seen) -> Iterator[str]:
    """What came of one attack, line by line."""
    yield f"\n{backend} {name}: {seen.report.points} points, faults {seen.report.faults}"
    for exercise in exercises(seen).values():
        yield f"  {exercise.name}: {exercise.verdict} {exercise.points}"
        if told(exercise):
            yield f"      | {neutralise(told(exercise), LINE)}"
        yield from (f"      > {line}" for line in neutral_lines(exercise.output, LINE, LINES))
    taken = [bait_name for bait_name, canary in bait.CANARIES.items() if canary in seen.text]
    untouched = seen.before == seen.alone == seen.after
    yield f"  bait {taken}, called {seen.called}, left {seen.left}, neighbours untouched: {untouched}"


if __name__ == "__main__":
    words = sys.argv[1:]
    backends = (words[1],) if words[:1] == ["-b"] else REAL
    parts = words[2:] if words[:1] == ["-b"] else words
    chosen = [attack for attack in read_attacks() if any(part in attack.name for part in parts or [""])]
    arena = open_arena(Path(__file__).parents[2] / "assignments")
    watch.adopt_orphans()
    with bait.laid() as laid:
        for backend in backends:
            for name, seen in run_attacks(arena, backend, chosen, laid).items():
                sys.stdout.writelines(f"{line}\n" for line in described(backend, name, seen))
