"""Grade every attack between two honest neighbours, on one backend, and keep what was to be seen of each."""

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import bait
import numpy as np
import watch
from attack import Attack

from autograder.checking.examiner import Examiner
from autograder.checking.running import run_check
from autograder.checking.subject import trusted_caller
from autograder.course import read_course, reference_text
from autograder.course.model import Course
from autograder.grading.session import grade
from autograder.intake.submission import Submission, digest_of
from autograder.limits import Limits
from autograder.report import Report, report_to_json
from autograder.sandbox.host import Host

ROOM = "a05_softmax"
# What an ended process leaves may take a moment to go on a busy machine; what stays this long was left.
PATIENCE_SECONDS = 3.0
# A shorter line of a solution may stand in anybody's.
TELLING = 30

# Right answers, after a look at whatever a worker could have been left by the one before; and something to steal.
NEIGHBOUR = f'''
import os, resource, signal, sys, warnings
OWN = "{bait.CANARIES["neighbour"]}"
HELD = [bytearray(OWN.encode() * 100) for _ in range(100)]
SCRATCH = os.environ["TMPDIR"]
print(sorted(os.listdir(SCRATCH)), os.getcwd() == SCRATCH, os.environ["HOME"] == SCRATCH)
print(sorted(item for item in os.environ.items() if SCRATCH not in item))
print(sorted(name for name in sys.modules if name not in sys.stdlib_module_names and not name.startswith("numpy")))
COUNTED = (resource.RLIMIT_AS, resource.RLIMIT_NPROC)
print([resource.getrlimit(kind) for kind in range(16) if kind not in COUNTED], os.umask(0o22), os.getpriority(0, 0))
print([str(signal.getsignal(number)) for number in range(1, 32)], signal.pthread_sigmask(0, []))
print([name for name, value in vars(np).items() if getattr(value, "__module__", "numpy") == "softmax"])
print(np.random.get_state()[1][:3], len(warnings.filters), sys.getrecursionlimit(), sys.gettrace(), sys.stdout.encoding)
for number in range(20):
    with open(os.path.join(SCRATCH, f"left{{number}}"), "w") as file:
        file.write("{bait.CANARIES["scratch"]}" * 100)
'''


@dataclass(frozen=True)
class Seen:
    """What was seen of one attack.

    before, after, alone: the neighbour's report before it, after it, and where no attacker ever was; times taken
    out. left: what it left on the machine. called: which of the grader's sockets it reached.
    """

    report: Report
    text: str
    before: str
    after: str
    alone: str
    left: tuple[str, ...]
    called: tuple[str, ...]


@dataclass(frozen=True)
class Arena:
    """The course that is attacked. hidden: every number of a hidden input. answers: lines of the solutions."""

    course: Course
    hidden: frozenset[str]
    answers: frozenset[str]


def text_of(report: Report) -> str:
    """Return a report's JSON without times."""
    return re.sub(r'"seconds":[0-9.e-]+', '"seconds":0', report_to_json(report))


def run_attacks(arena: Arena, backend: str, attacks: Iterable[Attack], laid: bait.Bait) -> dict[str, Seen]:
    """Return what was seen of each attack, by name; those under the same limits meet the same server of workers."""
    by_limits: Mapping[Limits, list[Attack]] = defaultdict(list)
    for attack in attacks:
        by_limits[attack.limits].append(attack)
    seen: dict[str, Seen] = {}
    with Host(backend) as host:
        for limits, those in by_limits.items():
            seen |= _run(examiner_for(arena.course, host, limits), those, laid)
    return seen


def examiner_for(course: Course, host: Host, limits: Limits) -> Examiner:
    """Return an examiner of the one room that is attacked, every exercise under these limits."""
    room = course.room(ROOM).without_capstone()
    tight = replace(room, exercises=tuple(replace(exercise, limits=limits) for exercise in room.exercises))
    return Examiner(course, [tight], host, bait.SECRET)


def neighbour(course: Course) -> Submission:
    """Return the honest submission: the reference's answers, and something to steal."""
    text = reference_text(course, course.room(ROOM))
    return submission("neighbour", {"softmax.py": text + NEIGHBOUR})


def submission(name: str, sources: dict[str, str]) -> Submission:
    """Return what a student of that name hands in."""
    return Submission(name, name, name, "folder", sources, (), None, digest_of("folder", sources))


def _run(examiner: Examiner, attacks: list[Attack], laid: bait.Bait) -> dict[str, Seen]:
    honest, reports, seen = neighbour(examiner.course), [], {}
    # Before and after, a new server: one in which nobody is hostile, and one that the first attacker finds as new.
    examiner.host.close()
    grade(examiner, [honest, honest], reports.append)
    alone = text_of(reports[-1])
    examiner.host.close()

    def arriving() -> Iterator[Submission]:
        yield honest
        for attack in attacks:
            before, earlier = text_of(reports[-1]), _look(examiner)
            yield submission(attack.name, attack.sources)
            report, left = reports[-1], _left_behind(examiner, earlier)
            called = tuple(laid.callers())
            yield honest
            seen[attack.name] = Seen(report, text_of(report), before, text_of(reports[-1]), alone, left, called)

    grade(examiner, arriving(), reports.append)
    return seen


def _look(examiner: Examiner) -> watch.Machine:
    launched = examiner.host._launch
    return watch.look(launched.folders if launched else ())


def _left_behind(examiner: Examiner, earlier: watch.Machine) -> tuple[str, ...]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while (left := watch.left_behind(earlier, _look(examiner))) and time.monotonic() < deadline:
        time.sleep(0.05)
    return tuple(left)


def open_arena(course_folder: Path) -> Arena:
    """Return the course with all of it that no student may see."""
    course = read_course(course_folder)
    solution = reference_text(course, course.room(ROOM))
    stub = (course.room(ROOM).path / "softmax.py").read_text(encoding="utf-8")
    answers = {line for line in map(str.strip, solution.splitlines()) if len(line) > TELLING and line not in stub}
    # No submission is graded here: this only has the checks collected.
    examiner = examiner_for(course, Host("none"), Limits())
    grade(examiner, [], lambda _: None)
    return Arena(course, frozenset(_hidden_numbers(examiner)), frozenset(answers))


def _hidden_numbers(examiner: Examiner) -> set[str]:
    """Return every number that a hidden check passes to a student, to six decimals."""
    seen: set[str] = set()
    kit = examiner.kits[ROOM]
    trusted = trusted_caller(vars(kit.reference))

    def caller(name: str, arguments: tuple[Any, ...], keywords: Any) -> Any:
        for argument in arguments:
            if isinstance(argument, np.ndarray) and argument.dtype.kind == "f":
                seen.update(f"{abs(number):.6f}" for number in argument.ravel() if abs(number) % 1)
        return trusted(name, arguments, keywords)

    for check in examiner.checks.values():
        if check.visibility == "hidden":
            run_check(check, caller, kit.oracle, kit.functions, bait.SECRET)
    return seen
