"""Students with scores to hand on, for the tests of gradebooks."""

from dataclasses import replace
from pathlib import Path

from autograder.report import Person, report_from_json, write_report

SAMPLE = report_from_json((Path(__file__).parents[1] / "samples" / "report.json").read_text(encoding="utf-8"))


def student(name, score=4.5, ids=None, **changes):
    """The sample report of another student, with a score out of 13."""
    who = replace(SAMPLE.submission, id=name, student=name, people=(Person(name, ids or {}),), origin=f"{name}.zip")
    exempt = changes.get("exempt", False)
    changes = {"lateness": None, "max_points": 13.0, **changes}
    return replace(SAMPLE, submission=who, points=score, score=None if exempt else score, **changes)


def unreadable(name, ids=None):
    """A submission of the student that could not be read."""
    report = student(name, 0.0, ids, status="unreadable", problem="not a zip", exercises=())
    return replace(report, score=None)


def graded_folder(folder, reports):
    """A folder as `grade` leaves it, with these reports."""
    (folder / "reports").mkdir(parents=True)
    for number, report in enumerate(reports):
        write_report(folder / "reports" / f"{number}.json", report)
    return folder
