"""What the grader trusts about one room, loaded once and used for every submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from autograder.checking.check import Check
from autograder.checking.diagnosis import Replays
from autograder.checking.recorded import RecordedOracle, RecordedReplays, Recording, read_recording
from autograder.checking.running import Bench, run_check
from autograder.checking.subject import Oracle, trusted_caller
from autograder.course.loading import load_mistakes, load_reference
from autograder.course.model import Course, Room
from autograder.course.texts import room_texts, spoken
from autograder.language import learn
from autograder.sandbox.outcome import Outcome
from autograder.sandbox.worker.wire import encode


@dataclass(frozen=True)
class RoomKit:
    """All that is trusted about one room: its answers, its known mistakes, and the lab where it has a capstone.

    recording: in a release, what stands in the place of the reference and the mistakes.
    """

    room: Room
    functions: frozenset[str]
    reference: ModuleType
    oracle: Oracle
    replays: Replays
    records: Mapping[str, type]
    lab: ModuleType | None
    recording: Recording | None = None

    def oracle_for(self, check: Check) -> Oracle:
        """Return the oracle that `check` asks."""
        if self.recording is None:
            return self.oracle
        return RecordedOracle(self.recording.answers.get(check.name, ()), self.functions)

    def reference_passes(self, check: Check, secret: bytes) -> bool:
        """Whether the reference passes `check`: the proof that a check which raised is not itself at fault."""
        if self.recording is not None:
            # It did when the release was made.
            return True
        trusted = trusted_caller(vars(self.reference))

        def caller(name: str, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Outcome:
            # What the wire does not carry even for the reference is the check's own fault, and nothing else is.
            encode((arguments, dict(keywords)), lambda _: 0)
            return trusted(name, arguments, keywords)

        return run_check(check, caller, self.oracle, self.functions, secret, Bench(self.lab)).passed


def prepare_room(course: Course, room: Room, secret: bytes, lab: ModuleType | None = None) -> RoomKit:
    """Load what is trusted about `room`; `lab` is the course's, for a room with a capstone. Raises `CourseError`."""
    reference = load_reference(course, room)
    functions = frozenset(exercise.name for exercise in room.exercises)
    names = vars(reference)
    records = {name: value for name, value in names.items() if hasattr(value, "_fields")}
    texts = room_texts(room)
    learn(texts.messages)
    oracle = Oracle(reference, functions)
    if course.recordings is not None:
        recording = read_recording(course.recordings / f"{room.name}.npz", records)
        return RoomKit(room, functions, reference, oracle, RecordedReplays(recording), records, lab, recording)
    replays = Replays(spoken(load_mistakes(room, names), texts), names, functions, secret)
    return RoomKit(room, functions, reference, oracle, replays, records, lab)
