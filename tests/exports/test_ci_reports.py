"""JUnit, CTRF and GitLab's code quality: what readers of these formats make of a report."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import junitparser
import pytest
from platform_rules import CTRF, GITLAB, junit_schema

from autograder.exports.ctrf import ctrf_report
from autograder.exports.gitlab import gitlab_code_quality
from autograder.exports.junit import junit_xml
from autograder.exports.places import Place
from autograder.language import speaking
from autograder.report import settled
from autograder.verdicts import Verdict


@pytest.fixture
def unreadable(sample):
    return settled(
        replace(sample, status="unreadable", problem="is a .rar archive", exercises=(), points=0.0, lateness=None)
    )


def changed(report, **changes):
    """The report with these changes in its first check."""
    one = report.exercises[0]
    check = replace(one.checks[0], **changes)
    return replace(report, exercises=(replace(one, checks=(check, *one.checks[1:])), *report.exercises[1:]))


def suite(report, tmp_path):
    """What junitparser reads of a report."""
    (tmp_path / "junit.xml").write_bytes(junit_xml(report))
    junit_schema().validate(str(tmp_path / "junit.xml"))
    (found,) = junitparser.JUnitXml.fromfile(str(tmp_path / "junit.xml"))
    return found


def test_junit_has_a_case_a_check_and_the_scores_as_properties(sample, tmp_path):
    """Counts are right, failures hold the feedback, points stand in each case's output."""
    found = suite(sample, tmp_path)
    assert (found.tests, found.failures, found.skipped, found.errors) == (8, 4, 0, 0)
    values = {each.name: each.value for each in found.properties()}
    assert (values["score"], values["points"], values["max_points"], values["verified"]) == ("4", "4.5", "13", "true")
    case = next(case for case in found if case.name == "every column sums to one")
    assert case.classname == "a05_softmax.softmax"
    assert case.result[0].type == "failed"
    assert case.result[0].text.splitlines()[-1].startswith("try: print(softmax(Z)")
    assert case.system_out == "0 of 1.5 points"


def test_junit_holds_no_character_that_xml_forbids(sample, tmp_path):
    """NUL, escapes, a lone surrogate and the end of a CDATA section come out as text that can be read."""
    feedback = replace(sample.exercises[1].checks[1].feedback, evidence="a\x00b\x1b[2J\ud800\ufffe]]><testcase/>")
    report = changed(sample, verdict=Verdict.FAILED, feedback=feedback, sentence='"<&>"\n\x07')
    case = next(iter(suite(report, tmp_path)))
    assert case.name == '"<&>" \\x07'
    assert "a\\x00b\\x1b[2J\\ud800\\ufffe]]><testcase/>" in case.result[0].text


def test_junit_cases_of_one_name_are_told_apart(sample, tmp_path):
    """GitLab would show one of them only."""
    report = replace(sample, exercises=(sample.exercises[0], sample.exercises[0]))
    keys = [(case.classname, case.name) for case in suite(report, tmp_path)]
    assert len(keys) == len(set(keys)) == 4


def test_what_did_not_run_or_the_grader_spoilt_is_skipped(sample, tmp_path):
    """Neither is a failure of the student's; CTRF calls the second "other"."""
    for verdict, status in ((Verdict.SKIPPED, "skipped"), (Verdict.GRADER_FAULT, "other")):
        report = changed(sample, verdict=verdict)
        assert isinstance(next(iter(suite(report, tmp_path))).result[0], junitparser.Skipped)
        assert json.loads(ctrf_report(report))["results"]["tests"][0]["status"] == status


def test_an_unreadable_submission_fails_one_test_and_has_no_score(unreadable, tmp_path):
    """The pipeline shows why, and no reader finds a 0 that nobody gave."""
    found = suite(unreadable, tmp_path)
    assert (found.tests, found.failures) == (1, 1)
    assert next(iter(found)).result[0].message == "is a .rar archive"
    assert "score" not in {each.name for each in found.properties()}
    document = json.loads(ctrf_report(unreadable))
    CTRF.validate(document)
    assert document["results"]["summary"]["failed"] == 1
    assert document["results"]["extra"]["score"] is None
    (issue,) = json.loads(gitlab_code_quality([unreadable], {}))
    assert issue["severity"] == "blocker"
    assert "is a .rar archive" in issue["description"]


def test_ctrf_counts_what_it_lists_and_keeps_points_in_extra(sample):
    """It is valid by rules that know no other key; its only times are that of the submission and 0."""
    document = json.loads(ctrf_report(sample))
    CTRF.validate(document)
    results = document["results"]
    assert (results["summary"]["tests"], results["summary"]["passed"], results["summary"]["failed"]) == (8, 4, 4)
    assert results["summary"]["start"] == results["summary"]["stop"] == 1795163060797
    assert results["tests"][3]["extra"] == {"points": 0, "max_points": 1.5}
    assert (results["extra"]["score"], results["extra"]["points"]) == (4, 4.5)


def test_gitlab_gets_an_issue_for_each_check_that_fails_at_its_function(sample):
    """The first issue is the score; severity goes by the verdict; the place is the function's."""
    places = {("a05_softmax", "softmax"): Place("assignments/a05_softmax/softmax.py", 29)}
    issues = json.loads(gitlab_code_quality([sample], places))
    GITLAB.validate(issues)
    assert issues[0]["description"].startswith("score 4 of 13")
    failed = next(issue for issue in issues if "every column sums to one" in issue["description"])
    assert failed["severity"] == "major"
    assert failed["location"] == {"path": "assignments/a05_softmax/softmax.py", "lines": {"begin": 29}}
    stub = next(issue for issue in issues if "start with dgamma" in issue["description"])
    assert stub["severity"] == "info"
    # Where no course says where a room's file is, the usual place stands in.
    assert stub["location"] == {"path": "assignments/a10_batchnorm/batchnorm.py", "lines": {"begin": 1}}


def test_gitlab_knows_an_issue_again_whatever_is_said_of_it(sample):
    """Other feedback is the same issue; another score is a new one, so that a change is shown; none is there twice."""
    before = json.loads(gitlab_code_quality([sample], {}))
    check = sample.exercises[1].checks[1]
    other = replace(check, feedback=replace(check.feedback, evidence="something else"))
    exercise = replace(sample.exercises[1], checks=(sample.exercises[1].checks[0], other))
    report = settled(replace(sample, points=3.0, exercises=(sample.exercises[0], exercise)))
    after = json.loads(gitlab_code_quality([report], {}))
    same = {issue["fingerprint"] for issue in before} & {issue["fingerprint"] for issue in after}
    assert same == {issue["fingerprint"] for issue in after[1:]}
    twice = json.loads(gitlab_code_quality([sample, sample], {}))
    assert len({issue["fingerprint"] for issue in twice}) == len(twice)


def test_these_formats_speak_chinese(sample):
    """Whatever is ours in them is in the language of the reader."""
    with speaking("zh", strict=True):
        assert ET.fromstring(junit_xml(sample)).find(".//testcase/system-out").text == "得分 1 / 1"
        assert json.loads(gitlab_code_quality([sample], {}))[0]["description"].startswith("成绩 4 / 13")
        assert "隐藏检查" in ctrf_report(sample).decode("utf-8")
