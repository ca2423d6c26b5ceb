"""Reports of people whom the platform knows."""

from dataclasses import replace
from pathlib import Path

from autograder.report import Person, report_from_json

REPORT = report_from_json((Path(__file__).parents[1] / "samples" / "report.json").read_text(encoding="utf-8"))
NAMES = {"u1": "张三", "u2": "欧阳娜娜", "u3": "Ann, O'Hara", "u4": 'Bob "b" \u202eX'}


def report_of(user, name="", points=4.5, **changes):
    """The sample report as that of another person with this score."""
    people = (Person(name or NAMES.get(user, user), {"lti": user} if user else {}),)
    who = replace(REPORT.submission, id=f"s_{user}", student=name or NAMES.get(user, user), people=people)
    return replace(REPORT, submission=who, points=points, score=points - 0.5, **changes)


CLASS = [report_of(user, points=4.0 + index) for index, user in enumerate(NAMES)]


def endings(outcomes):
    """What became of each score."""
    return [outcome.ending for outcome in outcomes]


def given(platform):
    """The scores that the platform has, by user."""
    return {user: score["scoreGiven"] for (_, user), score in platform.scores.items()}
