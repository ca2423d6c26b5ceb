"""The known mistakes of every room are explained in Chinese alone, to a student who reads Chinese."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.audit.candidates import every_candidate
from autograder.audit.secrets import secret
from autograder.checking.examiner import Examiner
from autograder.course import load_mistakes, load_reference, read_course
from autograder.grading.session import grade
from autograder.language import speaking
from autograder.report import CheckResult, Report
from autograder.sandbox.backends import NONE
from autograder.sandbox.host import Host
from autograder.verdicts import Verdict

pytestmark = pytest.mark.slow

COURSE = Path(__file__).parent.parent.parent / "assignments"
ROOMS = sorted(path.parent.name for path in COURSE.glob("*/texts.zh.toml"))
CHINESE = re.compile("[\u4e00-\u9fff]")
# Code stands alone or between signs; three lower-case words in a row are a sentence.
ENGLISH = re.compile(r"(?<![\w`.])[A-Za-z]{2,}(?: [a-z]{2,}){2}(?![\w(])")
# What numpy says is quoted as it is.
WARNING = re.compile(r"\w+Warning: [ -~]*")


def told(check: CheckResult) -> Iterator[str]:
    """Every text on a failed check that is ours."""
    assert check.feedback is not None
    yield from (check.sentence, check.title, check.feedback.verdict, check.feedback.next_step)
    yield from (check.feedback.pattern, check.feedback.likely_cause)
    if check.verdict is Verdict.FAILED:
        yield check.feedback.evidence


@pytest.mark.parametrize("name", ROOMS)
def test_no_mistake_is_explained_in_english(name):
    """Sentence, title, evidence, pattern, cause and advice of each failed check; what has no Chinese is an error.

    That every text has its Chinese is a law that the audit holds for all; here every fourth mistake is read, or all of
    them with EVERY_MISTAKE=1.
    """
    course = read_course(COURSE).without_capstones()
    room = course.room(name)
    mistakes = load_mistakes(room, vars(load_reference(course, room)))[:: 1 if os.environ.get("EVERY_MISTAKE") else 4]
    with speaking("zh", strict=True), Host(NONE) as host:
        reports: list[Report] = []
        examiner = Examiner(course, [room], host, secret(0))
        grade(examiner, [each.submission for each in every_candidate(course, room, mistakes, ())], reports.append)
    assert len(reports) == len(mistakes) + 2
    leaks = set()
    for report in reports:
        assert report.faults == ()
        failed = [check for each in report.exercises for check in each.checks if check.feedback is not None]
        for check in failed:
            shown = [WARNING.sub("", text) for text in told(check)]
            leaks |= {(check.name, found[0]) for text in shown if (found := ENGLISH.search(text))}
            assert CHINESE.search(check.sentence), check.name
    assert leaks == set()
