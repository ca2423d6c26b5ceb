"""The canonical report: all that is known about one graded submission, and its JSON form.

Gradebooks, pages and the files of every platform are made from a `Report` and from nothing else. Its JSON is
described for other programs by `schema/report.schema.json`; reading here is exactly as strict as that schema.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias, cast

from autograder.atomic import write_atomically
from autograder.errors import AutograderError
from autograder.language import Language
from autograder.strict import keep_repeated, plain, read, refuse
from autograder.verdicts import Verdict

SCHEMA_VERSION = "1.2"
_NOT_FOR_TERMINALS = re.compile(
    "[\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

Visibility: TypeAlias = Literal["public", "hidden"]
Form: TypeAlias = Literal["folder", "zip", "py", "ipynb"]
Status: TypeAlias = Literal["graded", "unreadable"]
HiddenResults: TypeAlias = Literal["hidden", "after_due", "visible"]


@dataclass(frozen=True)
class Feedback:
    """The six slots of what a student is told about a failed check, in the order in which they are shown.

    An empty slot is left out. Those of a hidden check hold no inputs and no values.
    """

    verdict: str
    evidence: str
    pattern: str
    likely_cause: str
    read: str
    next_step: str


@dataclass(frozen=True)
class CheckResult:
    """What one check found; `feedback` is None when there is nothing to explain.

    sentence: what its name says, in the report's language.
    """

    name: str
    sentence: str
    title: str
    law: str
    visibility: Visibility
    verdict: Verdict
    points: float
    max_points: float
    seconds: float
    feedback: Feedback | None


@dataclass(frozen=True)
class ExerciseResult:
    """What one exercise earned.

    mistake: the known mistake that explains the failure.
    followed_through: graded with the reference's version of an earlier function.
    output: what the student's code printed; empty where a hidden check could leak through it.
    """

    room: str
    name: str
    verdict: Verdict
    points: float
    max_points: float
    seconds: float
    mistake: str | None
    followed_through: bool
    output: str
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True)
class Fault:
    """A failure of the grader itself: where, and what was seen. It costs the student nothing."""

    where: str
    message: str


@dataclass(frozen=True)
class Environment:
    """What the submission was graded with; part of the key under which a result may be reused."""

    python: str
    numpy: str
    blas: str
    platform: str
    sandbox: str


@dataclass(frozen=True)
class Person:
    """Somebody whose work a submission is.

    ids: what platforms know them by, by kind: "email", "login", "sis", "canvas", "moodle", "lti", "nbgrader" and
    whatever else a roster has a column for.
    """

    name: str
    ids: Mapping[str, str]


@dataclass(frozen=True)
class Identity:
    """Whose submission this is, where it came from, and the digest of what was read.

    people: whose work it is, as far as a roster or the platform's names say; several for a group. attempt: counted
    from 1. submitted: when it was handed in, as "2026-11-20T08:24:20.000Z". commit: of a git clone.
    doubts: what could not be told of whose it is. For the instructor alone: other students may be named in it.
    """

    id: str
    student: str
    origin: str
    form: Form
    digest: str
    notes: tuple[str, ...]
    people: tuple[Person, ...] = ()
    attempt: int = 1
    submitted: str | None = None
    commit: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lateness:
    """How late a submission was and what that costs; penalty: points taken off; rule: the sentence that says why."""

    late_seconds: float
    penalty: float
    rule: str


@dataclass(frozen=True)
class Report:
    """One graded submission; `problem` says why an unreadable one could not be read, and is None else.

    language: that of every text for people.
    hidden_results: when students may see what came of each hidden check; its points are always in their score.
    score: what is handed on, the points without what lateness costs; None for a submission that gets none, because it
    is unreadable or its student exempt. due: when it was due, None where nobody said.
    counts: whether this is the attempt whose score is handed on.
    verified: graded here, in a sandbox, and not told by somebody's own machine.
    reused: taken from the results store, where an earlier run had put it; `seconds` are then that run's.
    """

    schema_version: str
    language: Language
    engine_version: str
    engine_digest: str
    room_digests: Mapping[str, str]
    environment: Environment
    submission: Identity
    status: Status
    problem: str | None
    exercises: tuple[ExerciseResult, ...]
    points: float
    max_points: float
    seconds: float
    reused: bool
    faults: tuple[Fault, ...]
    hidden_results: HiddenResults = "hidden"
    score: float | None = None
    due: str | None = None
    lateness: Lateness | None = None
    exempt: bool = False
    counts: bool = True
    verified: bool = True


def settled(report: Report) -> Report:
    """Return the report with the score that its points, lateness and exemption come to."""
    return replace(report, score=_score(report))


def _score(report: Report) -> float | None:
    if not _gets_a_score(report):
        return None
    penalty = report.lateness.penalty if report.lateness else 0.0
    return round(max(0.0, report.points - penalty), 6)


def _gets_a_score(report: Report) -> bool:
    return report.status == "graded" and not report.exempt


def report_to_json(report: Report) -> str:
    """Return one line of JSON with sorted keys, ending in a newline; equal reports give equal text.

    Raises
    ------
    AutograderError : a value that could not be read back, such as NaN; the message names its place.
    """
    document = plain(report)
    _report(document)
    return _line(document)


def unchecked_json(report: Report) -> str:
    """Return what `report_to_json` returns, unchecked and in an eighth of the time.

    For a reader that checks everything again, as the coordinator does with what its graders send.
    """
    return _line(report)


def _line(document: object) -> str:
    text = json.dumps(
        document, default=vars, allow_nan=False, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    # A file name or wild output can hold a lone surrogate: UTF-8 cannot carry it, a JSON escape can. And whoever
    # prints a report on a terminal should meet neither its commands (C1, DEL) nor text that runs backwards or is
    # not seen.
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return _NOT_FOR_TERMINALS.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def report_from_json(text: str) -> Report:
    """Return the report that `text` describes.

    Raises
    ------
    AutograderError : not JSON, a wrong type, an unknown, missing or repeated key, a number out of bounds or
        another schema version; the message names the place, as in `exercises[2].checks[0].points`.
    """
    try:
        document = json.loads(text, object_pairs_hook=keep_repeated)
    except (ValueError, RecursionError) as error:
        raise AutograderError(
            f"The report is not JSON: {error}. Grade the submission again to have a fresh one."
        ) from error
    return _report(document)


def write_report(path: Path, report: Report) -> None:
    """Write the report's JSON to `path`: the whole of it or, with an AutograderError, nothing."""
    write_atomically(path, report_to_json(report).encode("utf-8"))


def schema() -> dict[str, object]:
    """Return the JSON Schema (2020-12) that every report satisfies, as shipped with this package."""
    # Late: few callers want the schema, and resources cost as much to import as all the rest here.
    from importlib.resources import files

    text = files("autograder").joinpath("schema", "report.schema.json").read_text(encoding="utf-8")
    return cast("dict[str, object]", json.loads(text))


def _report(document: object) -> Report:
    # Before all else: in a report of another version the unknown keys are not what is wrong.
    if isinstance(document, dict) and document.get("schema_version", SCHEMA_VERSION) != SCHEMA_VERSION:
        refuse("schema_version", f"'{SCHEMA_VERSION}'", document["schema_version"])
    report = read(Report, document)
    if report.status == "unreadable" and report.problem is None:
        refuse("problem", "text that says why the submission is unreadable", None)
    if report.status == "graded" and report.problem is not None:
        refuse("problem", "null, for the submission was graded", report.problem)
    if _gets_a_score(report) != (report.score is not None):
        refuse("score", "a number" if _gets_a_score(report) else "null: unreadable, or exempt", report.score)
    return report
