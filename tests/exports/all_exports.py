"""All exports in one table: how each is made of a report, and how its score is read back as its platform would."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from platform_rules import CTRF, GITLAB, GRADESCOPE, classroom50_problems, junit_schema, runner_commands

from autograder.errors import AutograderError
from autograder.exports.canvas_csv import new_gradebook
from autograder.exports.classroom50 import classroom50_result
from autograder.exports.ctrf import ctrf_report
from autograder.exports.github import github_annotations, github_summary
from autograder.exports.gitlab import gitlab_code_quality
from autograder.exports.gradebook import write_gradebook
from autograder.exports.gradescope import gradescope_results
from autograder.exports.junit import junit_xml
from autograder.exports.lti.configuration import Configuration
from autograder.exports.lti.scores import document
from autograder.exports.lti.shares import share_out
from autograder.exports.moodle import gradebook_table
from autograder.exports.nbgrader.course import CourseFolder
from autograder.exports.nbgrader.planning import planned
from autograder.exports.reports import is_lost
from autograder.exports.shown import decimal
from autograder.report import Person, Report

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLASSROOM = {
    "CLASSROOM": "cs101",
    "ASSIGNMENT": "networks",
    "SUBMISSION_TAG": "submit/2026-11-20T08-24-20Z",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/release/1",
}


def exact(report):
    """The score to the last digit, or None where there is none."""
    return None if report.score is None else Decimal(decimal(report.score))


def or_nothing(report):
    """The same where a platform takes no result without a score."""
    return exact(report) or Decimal(0)


def of_who_counts(report):
    """The same where only the attempt that counts is handed on, and no 0 that is the grader's fault."""
    return exact(report) if report.counts and not is_lost(report) else None


@dataclass(frozen=True)
class Export:
    """make: the file. score: what is read back from it, None for none. seen: what of it a student may get to see.

    expected: the score that should be in it. says_unverified: whether the file says so; the others are refused.
    """

    make: Callable[[Report], bytes]
    score: Callable[[bytes], Decimal | None]
    seen: Callable[[bytes], object]
    expected: Callable[[Report], Decimal | None] = exact
    says_unverified: bool = True


def strict(data):
    """What a strict reader makes of JSON: no NaN, no number too large to be one; decimals as they are written."""

    def refuse(name):
        raise AssertionError(name)

    return json.loads(data.decode("utf-8"), parse_constant=refuse, parse_float=Decimal, parse_int=Decimal)


def valid(data, schema):
    schema.validate(json.loads(data))
    return strict(data)


def gradescope_seen(data):
    """The results without what Gradescope itself keeps back until the due date, and what only instructors see."""
    document = valid(data, GRADESCOPE)
    tests = [test for test in document.get("tests", []) if test["visibility"] == "visible"]
    return {**document, "tests": tests, "execution_time": 0}


def junit_tree(data):
    junit_schema().validate(data.decode("utf-8").partition("?>")[2])
    return ET.fromstring(data)


def junit_score(data):
    values = {each.get("name"): each.get("value") for each in junit_tree(data).iter("property")}
    return Decimal(values["score"]) if "score" in values else None


def junit_seen(data):
    return [[each.tag, each.text or "", *each.attrib.values()] for each in junit_tree(data).iter()]


def classroom50_score(data):
    """The exact score, of which the whole one is what a reader of whole numbers can be told."""
    document = strict(data)
    assert classroom50_problems(json.loads(data), "cs101", "networks") == []
    exact = document["autograder"]["score"]
    assert abs(min(100 * exact, document["max-score"]) - document["score"]) <= Decimal("0.5")
    return exact


def of_the_line(text):
    """The score in the sentence that says it."""
    found = re.match(r"score (\d+(?:\.\d+)?) of ", text)
    return Decimal(found[1]) if found else None


def github_page(report):
    """The summary and the annotations; whatever a report holds, the runner finds no other command in them."""
    summary = github_summary([report], NOW)
    annotations = github_annotations([report], {}, NOW)
    assert runner_commands(summary) == []
    assert len(runner_commands(annotations)) == annotations.count("\n")
    assert {name for name, *_ in runner_commands(annotations)} <= {"error", "warning", "notice"}
    return (summary + annotations).encode("utf-8")


def github_score(data):
    heading = data.decode("utf-8").partition("\n")[0]
    return of_the_line(heading.removeprefix("### ").replace("\\", ""))


def gitlab_score(data):
    return of_the_line(valid(data, GITLAB)[0]["description"])


def gradebook(report):
    with tempfile.TemporaryDirectory() as folder:
        write_gradebook(Path(folder) / "gradebook.csv", [report])
        return (Path(folder) / "gradebook.csv").read_bytes()


def gradebook_rows(data):
    titles, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    return dict(zip(titles, row, strict=True))


def gradebook_score(data):
    row = gradebook_rows(data)
    score = row.get("score", row["total"])
    return Decimal(score) if score not in ("", "exempt") else None


def identified(report):
    """The report of one student whom every platform knows."""
    ann = Person("Ann", {"canvas": "77", "email": "ann@example.org", "lti": "u-1", "nbgrader": "ann"})
    return replace(report, submission=replace(report.submission, people=(ann,)))


def table(make, report):
    """The table that is made of the report, or an empty one where it has no score to hand on."""
    if of_who_counts(report) is not None:
        return make([identified(report)], "Networks (12)")[0]
    try:
        return make([identified(report)], "Networks (12)")[0]
    except AutograderError:
        return b""


def table_rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def canvas_score(data):
    cells = [row[-1] for row in table_rows(data)[2:]]
    return Decimal(cells[0]) if cells and cells[0] != "EX" else None


def moodle_score(data):
    cells = [row[2] for row in table_rows(data)[1:]]
    return Decimal(cells[0]) if cells else None


def lti_score(report):
    """What is sent to a platform, or nothing."""
    fixed = dict.fromkeys(field.name for field in fields(Configuration))
    shares = share_out([identified(report)]).sendable
    sent = [document(each, Configuration(**fixed | {"activity_progress": "Completed"}), NOW) for each in shares]
    return json.dumps(sent, allow_nan=False).encode("utf-8")


def nbgrader_rows(report):
    """What nbgrader would add up: the points of each exercise, and what lateness costs in each room."""
    rooms = {room: f"a{number}" for number, room in enumerate(dict.fromkeys(each.room for each in report.exercises))}
    safe = tuple(replace(each, room=rooms[each.room], name=f"f{at}") for at, each in enumerate(report.exercises))
    course = CourseFolder(Path("/there/is/no/course"))
    report = identified(replace(report, exercises=safe))
    found, _ = planned([report], course, {"ann"}, datetime.fromisoformat, lambda *_: True)
    rows = [
        {
            "points": [Decimal(decimal(exercise.points)) for exercise in hand_in.exercises],
            "penalty": Decimal(decimal(hand_in.penalty)),
            "summary": hand_in.summary,
            "feedback": dict(hand_in.feedback),
        }
        for hand_in in found
    ]
    return json.dumps(rows, default=str).encode("utf-8")


def nbgrader_score(data):
    rows = json.loads(data)
    return sum(sum(map(Decimal, row["points"])) - Decimal(row["penalty"]) for row in rows) if rows else None


EXPORTS = {
    "gradescope": Export(gradescope_results, lambda data: strict(data)["score"], gradescope_seen, expected=or_nothing),
    "junit": Export(lambda report: junit_xml(report, NOW), junit_score, junit_seen),
    "ctrf": Export(
        lambda report: ctrf_report(report, NOW),
        lambda data: strict(data)["results"]["extra"]["score"],
        lambda data: valid(data, CTRF),
    ),
    "classroom50": Export(
        lambda report: classroom50_result(report, CLASSROOM, NOW), classroom50_score, strict, expected=or_nothing
    ),
    "github": Export(github_page, github_score, lambda data: data.decode("utf-8")),
    "gitlab": Export(lambda report: gitlab_code_quality([report], {}, NOW), gitlab_score, strict),
    "csv": Export(gradebook, gradebook_score, gradebook_rows),
    "canvas": Export(
        partial(table, new_gradebook), canvas_score, table_rows, expected=of_who_counts, says_unverified=False
    ),
    "moodle": Export(
        partial(table, gradebook_table), moodle_score, table_rows, expected=of_who_counts, says_unverified=False
    ),
    "lti": Export(
        lti_score,
        lambda data: next((each["scoreGiven"] for each in strict(data)), None),
        strict,
        # A platform wants a maximum above zero.
        expected=lambda report: of_who_counts(report) if report.max_points else None,
    ),
    "nbgrader": Export(
        nbgrader_rows,
        nbgrader_score,
        strict,
        # It has no place for a score without an exercise, and its command leaves other attempts out.
        expected=lambda report: exact(report) if report.exercises and not is_lost(report) else None,
    ),
}
# These take no result without a score: an unreadable submission has 0 there, and an exempt student no file.
NEED_A_SCORE = {"gradescope", "classroom50"}
TABLES = {"csv", "canvas", "moodle"}
