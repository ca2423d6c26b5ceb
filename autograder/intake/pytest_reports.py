"""Reads what plain pytest in a room has left, a pytest-json-report file, from a machine that nobody vouches for."""

import json
import math
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from autograder.errors import AutograderError
from autograder.intake.names import shown
from autograder.report import Visibility
from autograder.verdicts import Verdict

MOST_BYTES = 16 << 20  # a report of every room with every check failing is a fiftieth of it
MOST_TESTS = 10_000
MOST_POINTS = 1_000.0
# As pytest leaves them: what tells them apart is the folder.
NAMELESS = (".report.json", "report.json")
_MOST_TEXT = 4_000
_MOST_NAME = 200
_OUTCOMES = {"passed": Verdict.PASSED, "skipped": Verdict.SKIPPED}


@dataclass(frozen=True)
class ToldCheck:
    """What a file says of one check; name: without "test_". points: what the check is worth, as the file has it."""

    room: str
    exercise: str
    name: str
    visibility: Visibility
    points: float
    verdict: Verdict
    text: str


def read_told_checks(file: Path) -> list[ToldCheck]:
    """Return the checks of a pytest-json-report file in its order; tests that are no checks are passed over.

    Raises `AutograderError`, which names the place, for anything that such a file does not hold.
    """
    document = _document(file)
    if not isinstance(document, dict) or not isinstance(document.get("tests"), list):
        raise AutograderError(
            f"{_called(file)}: is no pytest-json-report (an object with a list `tests`);"
            " expected the .report.json that pytest leaves in a room"
        )
    if len(document["tests"]) > MOST_TESTS:
        raise AutograderError(f"{_called(file)}: has {len(document['tests']):,} tests; expected {MOST_TESTS:,} at most")
    return list(_checks(document["tests"], _called(file)))


def _called(file: Path) -> str:
    """Return what messages call a file: students see them too, and not where the instructor keeps it."""
    return shown("/".join(file.parts[-2:]) if file.name in NAMELESS else file.name)


def _document(file: Path) -> Any:
    try:
        # Neither a link nor a pipe among what students' runs have uploaded is followed.
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise AutograderError(f"{_called(file)}: is not a regular file")
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise AutograderError(f"{_called(file)}: cannot be read ({error.strerror})") from None
    if len(data) > MOST_BYTES:
        raise AutograderError(f"{_called(file)}: is larger than {MOST_BYTES >> 20} MiB, so it is no report of pytest")
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise AutograderError(f"{_called(file)}: is not JSON: {shown(str(error))}") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _checks(tests: list[Any], file: str) -> Iterator[ToldCheck]:
    for number, test in enumerate(tests):
        place = f"{file}: tests[{number}]"
        if not isinstance(test, dict):
            raise AutograderError(f"{place}: expected an object")
        properties = _properties(test.get("user_properties", []), f"{place}.user_properties")
        if "exercise" in properties:
            yield _check(test, properties, place)


def _properties(value: object, place: str) -> dict[str, object]:
    if not isinstance(value, list) or len(value) > 100 or not all(isinstance(each, dict) for each in value):
        raise AutograderError(f"{place}: expected a list of objects")
    return {key: item for each in value for key, item in each.items()}


def _check(test: dict[str, Any], properties: dict[str, object], place: str) -> ToldCheck:
    room, _, exercise = _name(properties["exercise"], f"{place}: exercise").rpartition(".")
    if not room.isidentifier() or not exercise.isidentifier():
        raise AutograderError(f"{place}: exercise: expected room.exercise")
    points = properties.get("points")
    if not isinstance(points, int | float) or isinstance(points, bool) or not 0 <= points <= MOST_POINTS:
        raise AutograderError(f"{place}: points: expected a number from 0 to {MOST_POINTS:g}")
    visibility = properties.get("visibility")
    if visibility != "public" and visibility != "hidden":
        raise AutograderError(f"{place}: visibility: expected public or hidden")
    name = _name(test.get("nodeid"), f"{place}.nodeid").rpartition("::")[2].removeprefix("test_")
    outcome = _name(test.get("outcome"), f"{place}.outcome")
    return ToldCheck(
        room=room,
        exercise=exercise,
        name=name,
        visibility="hidden" if visibility == "hidden" else "public",
        points=math.floor(points * 1e6) / 1e6,
        verdict=_OUTCOMES.get(outcome, Verdict.FAILED),
        text=_text(test.get("call"), f"{place}.call"),
    )


def _name(value: object, place: str) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _MOST_NAME or not value.isprintable():
        raise AutograderError(f"{place}: expected text of at most {_MOST_NAME} printable characters")
    return value


def _text(call: object, place: str) -> str:
    if call is None:
        return ""
    if not isinstance(call, dict) or not isinstance(call.get("longrepr", ""), str):
        raise AutograderError(f"{place}: expected an object whose longrepr is text")
    return str(call.get("longrepr", ""))[:_MOST_TEXT]
