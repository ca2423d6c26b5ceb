"""Record what the reference and the known mistakes of a room answer in its public checks."""

from collections.abc import Callable, Mapping
from typing import Any

from autograder.checking.check import Check
from autograder.checking.examiner import Examiner
from autograder.checking.kit import RoomKit
from autograder.checking.recorded import Question, Recording, plain, write_recording
from autograder.checking.running import Calls, Run, run_check
from autograder.checking.subject import Oracle, trusted_caller
from autograder.course.loading import load_mistakes, load_variants
from autograder.course.mistakes import Mistake
from autograder.course.model import Course, Room
from autograder.course.texts import room_texts, spoken
from autograder.errors import CourseError
from autograder.grading.session import grade
from autograder.language import LANGUAGES
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host
from autograder.sandbox.outcome import Raised, Returned
from autograder.sandbox.worker.wire import Unsendable, encode

# Public checks draw nothing from the secret, so any will do.
_SECRET = b"nothing hidden is recorded"


class _Listening(Oracle):
    """An oracle that remembers what it was asked and what it answered."""

    def __init__(self, oracle: Oracle) -> None:
        self._oracle = oracle
        self.asked: list[Question] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._oracle, name)

        def answer(*arguments: Any, **keywords: Any) -> Any:
            # Before the answer, since it may draw from a generator among them.
            question = plain([list(arguments), keywords])
            try:
                value = ask(*arguments, **keywords)
            except Exception as error:
                self.asked.append(Question(name, question, Raised(type(error).__name__, str(error))))
                raise
            self.asked.append(Question(name, question, Returned(value)))
            return value

        return answer


def record_room(course: Course, room: Room) -> bytes:
    """Return the recording of a room, for `read_recording`: an `.npz` without any code.

    Raises CourseError when the reference does not pass a public check, or an answer cannot be recorded.
    """
    room = room.without_capstone()
    # The host is never started: all that runs is the course's own.
    examiner = Examiner(course.without_capstones(), [room], Host(NONE), _SECRET)
    grade(examiner, (), lambda _: None)
    kit = examiner.kits[room.name]
    public = [check for check in examiner.checks.values() if check.visibility == "public"]
    mistakes = load_mistakes(room, vars(kit.reference))
    answers: dict[str, tuple[Question, ...]] = {}
    runs: dict[tuple[str, str], tuple[bool, Calls]] = {}
    for check in public:
        oracle = _Listening(kit.oracle)
        if not _run(check, kit, oracle, {}).passed:
            raise CourseError(
                f"{room.name}: the reference does not pass {check.name}; run autograder audit {room.name}"
            )
        for variant in load_variants(room, vars(kit.reference)):
            _run(check, kit, oracle, {variant.exercise: variant.function})
        for mistake in mistakes:
            if mistake.exercise == check.exercise:
                run = _run(check, kit, oracle, {mistake.exercise: mistake.function})
                own = tuple(call for call in run.calls if call[0] == mistake.exercise)
                runs[mistake.name, check.name] = run.passed, own
        answers[check.name] = _distinct(oracle.asked)
    kept = [mistake for mistake in mistakes if _is_to_be_told(mistake, runs)]
    names = {mistake.name for mistake in kept}
    sendable = {key: run for key, run in runs.items() if key[0] in names}
    try:
        return write_recording(Recording(answers, sendable, tuple(_told(kept, room))))
    except Unsendable as error:
        raise CourseError(f"{room.name}: an answer of the oracle cannot be recorded: {error}") from error


def _run(check: Check, kit: RoomKit, oracle: Oracle, instead: Mapping[str, Callable[..., Any]]) -> Run:
    functions = {name: getattr(kit.reference, name) for name in kit.functions} | dict(instead)
    return run_check(check, trusted_caller(functions), oracle, kit.functions, _SECRET)


def _distinct(asked: list[Question]) -> tuple[Question, ...]:
    """Return the questions without repetitions: every mistake leads to most of them again."""
    found = {encode([each.function, each.arguments]): each for each in reversed(asked)}
    return tuple(reversed(found.values()))


def _is_to_be_told(mistake: Mistake, runs: Mapping[tuple[str, str], tuple[bool, Calls]]) -> bool:
    """Whether a public check catches a mistake, and all that it gives can be written.

    What is said of one that only hidden checks catch would tell of these. What cannot be written is never what a
    worker sends, either.
    """
    own = [run for (name, _), run in runs.items() if name == mistake.name]
    try:
        encode([outcome.value for _, calls in own for _, outcome in calls if isinstance(outcome, Returned)])
    except Unsendable:
        return False
    return not all(passed for passed, _ in own)


def _told(mistakes: list[Mistake], room: Room) -> list[dict[str, Any]]:
    """Return what students may be told of each mistake, by language; not which checks catch it."""
    told: list[dict[str, Any]] = [{"name": mistake.name, "exercise": mistake.exercise} for mistake in mistakes]
    for language in LANGUAGES:
        for each, mistake in zip(told, spoken(mistakes, room_texts(room, language)), strict=True):
            texts = {"explanation": mistake.explanation, "read": mistake.read, "suggest": mistake.suggest}
            each[language] = texts
    return told
