"""Work out what each answer must be given, on the trusted side: the room's own checks, run on known answers.

Nothing is guessed. A mistake's own function, a function that crashes or mutates, or the outcome that a call has
when a file cannot be imported stands in the student's place while all other functions are the reference's: what a
student is graded with where an exercise builds on another one of theirs that is wrong.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from autograder.checking.blame import verdict_of
from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.checking.running import Run, run_check
from autograder.checking.subject import Caller, trusted_caller
from autograder.course.compose import function_source
from autograder.course.mistakes import Mistake
from autograder.course.model import Course
from autograder.grading.session import grade
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Broke, Cause, Outcome, Raised
from autograder.simulate import hostile, spoiling
from autograder.simulate.plans import Answer, Key, Layout, Plan, Special
from autograder.simulate.shelf import Shelf
from autograder.simulate.truth import Expected
from autograder.simulate.writing import altered
from autograder.verdicts import Verdict

# Any secret gives the same verdicts: that is a law of a room.
_SECRET = b"simulated cohort"
_STOPPING = (Verdict.TIMED_OUT, Verdict.OUTPUT_EXCEEDED)
_OUTCOMES: Mapping[str, Outcome] = {
    "blank": Raised("NotImplementedError", ""),
    "loop": Broke(Cause.DEADLINE),
    **hostile.OUTCOMES,
    **spoiling.OUTCOMES,
}


class _Deserved(NamedTuple):
    verdict: Verdict
    mistake: str | None
    points: float | None


class Judge:
    """Holds the checks of a course and what each answer came to so far."""

    def __init__(self, course: Course, shelves: Sequence[Shelf]) -> None:
        self.shelves = {shelf.room.name: shelf for shelf in shelves}
        # The host is never started: all that runs is trusted.
        self.examiner = Examiner(course, course.rooms, Host(NONE), _SECRET)
        grade(self.examiner, (), lambda _: None)
        self.checks: dict[Key, list[Check]] = {key: [] for shelf in shelves for key in _keys(shelf)}
        for check in self.examiner.checks.values():
            self.checks[check.room, check.exercise].append(check)
        self._known: dict[tuple[Key, Answer | str], _Deserved] = {}

    def expected(self, plan: Plan) -> dict[Key, Expected]:
        """Return what every exercise of a submission that can be read must be given."""
        return {key: self._expected(plan, key, answer) for key, answer in plan.answers.items()}

    def _expected(self, plan: Plan, key: Key, answer: Answer) -> Expected:
        special = plan.special
        if special and special.name in spoiling.OUTCOMES and _spoils(special, plan.layout, key[0]):
            kind = "missing" if special.name == "missing_file" else special.name
            return Expected(kind, None, *self._remembered(key, special.name))
        return Expected(answer.kind, answer.name, *self._remembered(key, answer))

    def _remembered(self, key: Key, cause: Answer | str) -> _Deserved:
        if (key, cause) not in self._known:
            self._known[key, cause] = self._deserved(key, cause)
        return self._known[key, cause]

    def _deserved(self, key: Key, cause: Answer | str) -> _Deserved:
        if isinstance(cause, str):
            return self._replayed(key, lambda *_: _OUTCOMES[cause])
        if cause.kind in ("reference", "variant", "slow"):
            return _Deserved(Verdict.PASSED, None, round(sum(check.points for check in self.checks[key]), 6))
        if cause.kind in ("blank", "loop", "hostile"):
            outcome = _OUTCOMES[cause.name or cause.kind]
            return self._replayed(key, self._only(key, lambda *_: outcome))
        functions = {**self.shelves[key[0]].names, key[1]: self._function(key, cause)}
        deserved = self._replayed(key, trusted_caller(functions))
        return deserved._replace(points=None) if cause.kind == "mistake" else deserved

    def _only(self, key: Key, caller: Caller) -> Caller:
        """Return a caller for which one function is as `caller` has it and the others are the reference's."""
        others = trusted_caller(self.shelves[key[0]].names)

        def call(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Outcome:
            return (caller if name == key[1] else others)(name, arguments, keywords)

        return call

    def _function(self, key: Key, answer: Answer) -> Callable[..., Any]:
        shelf = self.shelves[key[0]]
        if answer.kind == "mistake":
            record = shelf.record(key[1], answer.name)
            assert isinstance(record, Mistake)
            return record.function
        names = dict(shelf.names)
        text = function_source(altered(shelf.source, shelf, key[1], answer), key[1])
        exec(compile(text, f"<{answer.kind}>", "exec"), names)  # noqa: S102 - text of our own making
        function: Callable[..., Any] = names[key[1]]
        return function

    def _replayed(self, key: Key, caller: Caller) -> _Deserved:
        kit = self.examiner.kits[key[0]]
        limits = kit.room.exercise(key[1]).limits
        runs: list[Run] = []
        for check in self.checks[key]:
            runs.append(run_check(check, caller, kit.oracle, kit.functions, _SECRET))
            if verdict_of(runs[-1], limits) in _STOPPING:
                break
        verdicts = [verdict_of(run, limits) for run in runs]
        verdict = next((verdict for verdict in verdicts if verdict is not Verdict.PASSED), Verdict.PASSED)
        candidates = [] if verdict is Verdict.PASSED else kit.replays.candidates(key[1], runs, kit.oracle)
        points = round(sum(run.check.points for run in runs if run.passed), 6)
        return _Deserved(verdict, candidates[0].name if len(candidates) == 1 else None, points)


def _spoils(special: Special, layout: Layout, room: str) -> bool:
    """Whether what is wrong with a file reaches a room; a notebook is run cell by cell, for what its functions need."""
    if layout.form == "ipynb":
        return room == special.room and special.name in spoiling.SPOIL_THEIR_CELL
    return layout.shared or room == special.room


def _keys(shelf: Shelf) -> list[Key]:
    return [(exercise.room, exercise.name) for exercise in shelf.room.exercises]
