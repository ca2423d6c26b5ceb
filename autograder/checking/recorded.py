"""Recorded answers: what a release has in the place of the reference and of the known mistakes.

A release is for machines that have neither. For each public check it holds what the oracle answers to the questions
that the check asks, and what every known mistake gives there, so that a mistake can be named without its source.
The file is an `.npz` of byte arrays: values as the wire writes them, and one array of JSON about the whole. It is
read with the wire's own bounds, and nothing in it is code.
"""

import builtins
import io
import json
import math
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from autograder.checking.check import Check
from autograder.checking.diagnosis import Replays
from autograder.checking.failure import CheckFailed
from autograder.checking.running import Calls, Passed, Run, Unusable
from autograder.checking.subject import Oracle
from autograder.course.mistakes import Mistake
from autograder.errors import CourseError
from autograder.language import ENGLISH, language, phrase, say
from autograder.sandbox.outcome import Outcome, Raised, Returned
from autograder.sandbox.worker.wire import Malformed, Special, decode, encode

SCHEMA = 1
ABOUT = "about"
# Of a larger array so many elements are recorded, evenly spread: enough to tell two arrays apart.
SAMPLE = 500
_UNKNOWN = phrase("your values differ from those of a right solution, and what follows from them is not known here")


@dataclass(frozen=True)
class Question:
    """One question that a check asks the oracle, and the outcome; arguments as `plain` leaves them."""

    function: str
    arguments: Any
    outcome: Outcome


@dataclass(frozen=True)
class Recording:
    """What is known of one room.

    answers: by check. runs: by mistake and public check of its exercise, whether it passed and what its own function
    gave. mistakes: what students may be told of them, by language.
    """

    answers: Mapping[str, tuple[Question, ...]]
    runs: Mapping[tuple[str, str], tuple[bool, Calls]]
    mistakes: tuple[Mapping[str, Any], ...]


def sampled(value: Any) -> Any:
    """Return the value with each large array replaced by its shape and a sample of its elements."""
    if isinstance(value, np.ndarray) and value.size > 2 * SAMPLE:
        return ["of a large array", list(value.shape), value.reshape(-1)[:: value.size // SAMPLE].copy()]
    if isinstance(value, dict):
        return {key: sampled(item) for key, item in value.items()}
    return [sampled(item) for item in value] if isinstance(value, list | tuple) else value


def plain(value: Any) -> Any:
    """Return an argument of a question in a form to compare: generators by how they begin, all functions alike."""
    if hasattr(value, "spec"):
        return encode(value, lambda _: 0)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        # The check may go on to change it in place.
        value = value.copy()
    return "a function" if callable(value) else sampled(value)


def write_recording(recording: Recording) -> bytes:
    """Return the recording as the bytes of an `.npz`; equal recordings give equal bytes."""
    members = {
        ABOUT: json.dumps({"schema": SCHEMA, "mistakes": recording.mistakes}, sort_keys=True).encode(),
        **{
            f"answers/{check}": encode([_written(each) for each in asked]) for check, asked in recording.answers.items()
        },
    }
    for (mistake, check), (passed, calls) in recording.runs.items():
        told = [[name, *_told(outcome)] for name, outcome in _sampled_calls(calls)]
        members[f"runs/{mistake}/{check}"] = encode([passed, told])
    file = io.BytesIO()
    arrays: dict[str, Any] = {name: np.frombuffer(members[name], dtype=np.uint8) for name in sorted(members)}
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def _written(question: Question) -> list[Any]:
    return [question.function, question.arguments, *_told(question.outcome)]


def _told(outcome: Outcome) -> tuple[str, Any, bool]:
    if isinstance(outcome, Returned):
        return "returned", outcome.value, outcome.global_state_touched
    assert isinstance(outcome, Raised)
    return "raised", [outcome.type, outcome.message], False


def read_recording(file: Path, records: Mapping[str, type]) -> Recording:
    """Return the recording in `file`; `records` are the named tuples of its room, by name.

    Raises CourseError, naming the file, when it cannot be read or is no recording.
    """

    def record(name: str, fields: tuple[str, ...]) -> type:
        kind = records.get(name)
        if kind is None or getattr(kind, "_fields", None) != fields:
            raise Malformed(f"a named tuple {name!r} that the room does not have")
        return kind

    special = Special(record=record)
    answers: dict[str, tuple[Question, ...]] = {}
    runs: dict[tuple[str, str], tuple[bool, Calls]] = {}
    try:
        with np.load(file, allow_pickle=False) as members:
            about = json.loads(members[ABOUT].tobytes())
            if about["schema"] != SCHEMA:
                _refuse(file, f"it is of schema {about['schema']!r}, and this version reads {SCHEMA}")
            for name in members.files:
                kind, _, key = name.partition("/")
                if kind == "answers":
                    answers[key] = tuple(_question(*each) for each in decode(members[name].tobytes(), special))
                elif kind == "runs":
                    mistake, _, check = key.partition("/")
                    passed, calls = decode(members[name].tobytes(), special)
                    runs[mistake, check] = passed, tuple((call[0], _outcome(*call[1:])) for call in calls)
    except OSError as error:
        _refuse(file, error.strerror or "it is damaged")
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, zlib.error, Malformed) as error:
        _refuse(file, f"{type(error).__name__}: {error}")
    return Recording(answers, runs, tuple(about["mistakes"]))


def _refuse(file: Path, why: str) -> NoReturn:
    raise CourseError(f"{file}: cannot be read as recorded answers ({why}); get the release anew")


def _question(function: str, arguments: Any, kind: str, value: Any, touched: Any) -> Question:
    return Question(function, arguments, _outcome(kind, value, touched))


def _outcome(kind: str, value: Any, touched: Any) -> Outcome:
    return Returned(value, global_state_touched=bool(touched)) if kind == "returned" else Raised(*value)


class RecordedOracle(Oracle):
    """The fixture `oracle` of one check in a release: it knows the answers to the questions that were recorded."""

    def __init__(self, questions: Sequence[Question], functions: frozenset[str]) -> None:
        self._questions, self._functions = questions, functions

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in self._functions:
            raise AttributeError(f"the reference of this room has no exercise {name!r}")

        def answer(*arguments: Any, **keywords: Any) -> Any:
            asked = plain([list(arguments), keywords])
            for question in self._questions:
                if question.function == name and _same_question(asked, question.arguments):
                    return _given(question.outcome)
            # A check asks what nobody recorded only where its question follows from the student's own values.
            raise CheckFailed(said := say(_UNKNOWN), safe_evidence=said)

        return answer


def _same_question(asked: Any, recorded: Any) -> bool:
    """Whether two questions are one, but for the rounding of another machine; finer than any numerical derivative."""
    if isinstance(asked, np.ndarray) and isinstance(recorded, np.ndarray):
        same_kind = asked.shape == recorded.shape and asked.dtype.kind == recorded.dtype.kind
        if not same_kind or asked.dtype.kind not in "fc":
            return same_kind and np.array_equal(asked, recorded)
        return np.allclose(asked, recorded, rtol=1e-11, atol=1e-13, equal_nan=True)
    if isinstance(asked, dict) and isinstance(recorded, dict):
        return asked.keys() == recorded.keys() and all(_same_question(asked[key], recorded[key]) for key in asked)
    if isinstance(asked, list | tuple) and isinstance(recorded, list | tuple):
        return len(asked) == len(recorded) and all(map(_same_question, asked, recorded))
    if isinstance(asked, float) and isinstance(recorded, float):
        return asked == recorded or math.isclose(asked, recorded, rel_tol=1e-11) or (asked != asked != recorded)
    return type(asked) is type(recorded) and bool(asked == recorded)


def _given(outcome: Outcome) -> Any:
    if isinstance(outcome, Returned):
        return _own(outcome.value)
    assert isinstance(outcome, Raised)
    kind = getattr(builtins, outcome.type, None)
    raise (kind if isinstance(kind, type) and issubclass(kind, Exception) else RuntimeError)(outcome.message)


def _own(value: Any) -> Any:
    """Return a copy that a check may write to, as it may to what the reference gives."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _own(item) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_own, value))
    return type(value)(map(_own, value)) if isinstance(value, list | tuple) else value


class RecordedReplays(Replays):
    """What each known mistake came to in each public check when the release was made."""

    def __init__(self, recording: Recording) -> None:
        super().__init__([_mistake(each) for each in recording.mistakes], {}, frozenset(), b"")
        self._recorded = recording.runs

    def of(self, mistake: Mistake, check: Check, oracle: Oracle) -> Run:  # noqa: ARG002 - the answers are here
        """Return the run of `check` with `mistake` in place of its exercise."""
        passed, calls = self._recorded[mistake.name, check.name]
        return Run(check, Passed() if passed else Unusable("recorded", ""), calls, 0.0)

    def candidates(
        self, exercise: str, runs: Sequence[Run], oracle: Oracle, unlent: Collection[str] = ()
    ) -> list[Mistake]:
        """Return the mistakes that gave what the student's function gave in every one of `runs`."""
        comparable = [replace(run, calls=_sampled_calls(run.calls)) for run in runs]
        return super().candidates(exercise, comparable, oracle, unlent)


def _sampled_calls(calls: Calls) -> Calls:
    return tuple(
        (name, replace(outcome, value=sampled(outcome.value)) if isinstance(outcome, Returned) else outcome)
        for name, outcome in calls
    )


def _mistake(told: Mapping[str, Any]) -> Mistake:
    texts = told.get(language()) or told[ENGLISH]
    return Mistake(
        name=told["name"],
        exercise=told["exercise"],
        function=_nothing,
        caught_by=(),
        explanation=texts["explanation"],
        covers=(),
        read=texts["read"],
        suggest=texts["suggest"],
    )


def _nothing(*_: Any, **__: Any) -> NoReturn:
    raise NotImplementedError("the source of a mistake is no part of a release")
