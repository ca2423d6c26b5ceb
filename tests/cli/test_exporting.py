"""`autograder export` for CI and Gradescope, and `autograder collect`, as they are called."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.exports.github import MOST_BYTES
from autograder.report import Fault, report_from_json, settled, write_report

SAMPLE = Path(__file__).parents[1] / "samples" / "report.json"
REPORT = report_from_json(SAMPLE.read_text(encoding="utf-8"))
CLASSROOM = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL", "REVIEW_URL")
TOLD = {
    "tests": [
        {
            "nodeid": "x::test_a",
            "outcome": "passed",
            "user_properties": [{"exercise": "a05_softmax.softmax"}, {"points": 2}, {"visibility": "public"}],
        }
    ]
}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """`run("export", ...)`: the command in an empty folder, outside of any CI."""
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_STEP_SUMMARY", *CLASSROOM):
        monkeypatch.delenv(name, raising=False)

    def call(*words, code=0, **environment):
        done = CliRunner().invoke(main, [str(word) for word in words], env=environment)
        assert done.exit_code == code, done.output
        return done

    return call


@pytest.fixture
def grades(tmp_path):
    """A folder of grades with two students, one attempt that does not count, one exempt, one lost by the grader."""
    folder = tmp_path / "grades" / "reports"
    folder.mkdir(parents=True)

    def add(identity, **changes):
        who = replace(REPORT.submission, id=identity, student=identity)
        write_report(folder / f"{identity}.json", settled(replace(REPORT, submission=who, **changes)))

    add("ann")
    add("bob", points=13.0, lateness=None)
    add("bob-2", counts=False)
    return add


@pytest.mark.parametrize(
    ("command", "file"),
    [("gradescope", "results.json"), ("junit", "junit.xml"), ("ctrf", "ctrf-report.json"),
     ("gitlab", "gl-code-quality-report.json")],
)  # fmt: skip
def test_one_report_is_one_file(run, tmp_path, command, file):
    """Under the name that the platform looks for, under another, or in a folder that is there."""
    run("export", command, SAMPLE)
    run("export", command, SAMPLE, "-o", "other")
    assert (tmp_path / file).read_bytes() == (tmp_path / "other").read_bytes() != b""


def test_a_folder_of_grades_is_a_file_a_student(run, tmp_path, grades):
    """Those of the attempts that count; identities from a report cannot leave the folder."""
    write_report(
        tmp_path / "grades/reports/x.json", replace(REPORT, submission=replace(REPORT.submission, id="../../x"))
    )
    run("export", "junit", "grades", "-o", "out/junit")
    assert sorted(path.name for path in (tmp_path / "out/junit").iterdir()) == ["ann.xml", "bob.xml", "x.xml"]


def test_who_gets_no_results_json_is_named_and_costs_nobody_else(run, tmp_path, grades):
    """An exempt student is an expected gap (1), a fault of the grader's is ours (3); the others have their files."""
    grades("eve", exempt=True)
    assert "eve is exempt" in run("export", "gradescope", "grades", "-o", "out", code=1).output
    grades("flo", exercises=(), points=0.0, lateness=None, faults=(Fault("grader", "killed"),))
    assert "flo: nothing was graded" in run("export", "gradescope", "grades", "-o", "out", code=3).output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["ann.json", "bob.json"]


def test_what_is_not_verified_is_handed_on_only_when_that_is_said(run, tmp_path):
    """Gradescope and Classroom 50 refuse; what only shows a report shows it."""
    write_report(tmp_path / "told.json", replace(REPORT, verified=False))
    for command in ("gradescope", "classroom50"):
        assert "--allow-unverified" in run("export", command, "told.json", code=2).output
    assert not (tmp_path / "results.json").exists()
    run("export", "gradescope", "told.json", "--allow-unverified")
    run("export", "junit", "told.json")


def test_the_leaderboard_is_made_where_the_course_is_at_hand(run, tmp_path, whole_course):
    """The course says what is a capstone; without it there is no leaderboard, and with a wrong one an error."""
    capstone = replace(REPORT.exercises[0], name="softmax_regression")
    write_report(tmp_path / "report.json", replace(REPORT, exercises=(capstone,)))
    run("export", "gradescope", "report.json")
    assert "leaderboard" not in json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    run("export", "gradescope", "report.json", "--course", whole_course)
    names = [row["name"] for row in json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["leaderboard"]]
    assert names == ["a05_softmax.softmax_regression", "total"]
    run("export", "gradescope", "report.json", "--course", tmp_path, code=2)


def test_classroom_50_takes_its_variables_from_the_run(run, tmp_path, grades):
    """Without them, or with several reports, nothing is written."""
    run("export", "classroom50", SAMPLE, code=2)
    variables = dict.fromkeys(CLASSROOM, "x") | {"SUBMISSION_TAG": "submit/1"}
    assert "holds 2 reports" in run("export", "classroom50", "grades", code=2, **variables).output
    run("export", "classroom50", SAMPLE, **variables)
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["score"] == 400


def test_the_summary_is_added_to_that_of_the_job(run, tmp_path, course_folder):
    """What other steps have written stays; annotations are printed, at the student's own line."""
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    done = run("export", "github", SAMPLE, "--sources", course_folder.parent, GITHUB_STEP_SUMMARY=str(summary))
    assert summary.read_text(encoding="utf-8").startswith("before\n### score 4 of 13")
    assert done.output.startswith("::error file=assignments/a05_softmax/softmax.py,line=")
    assert ",line=1," not in done.output
    # Without a job to show it, it is printed; with -o it is a file.
    assert run("export", "github", SAMPLE).output.startswith("### score 4 of 13")
    run("export", "github", SAMPLE, "-o", "page.md")
    assert "before\n" + (tmp_path / "page.md").read_text(encoding="utf-8") == summary.read_text(encoding="utf-8")


def test_a_summary_never_grows_past_what_github_takes(run, tmp_path):
    """GitHub would drop all of it, also what other steps have written."""
    summary = tmp_path / "summary.md"
    with summary.open("wb") as file:
        file.truncate(MOST_BYTES - 200)
    run("export", "github", SAMPLE, GITHUB_STEP_SUMMARY=str(summary))
    assert MOST_BYTES - 200 < summary.stat().st_size <= MOST_BYTES
    run("export", "github", SAMPLE, GITHUB_STEP_SUMMARY=str(tmp_path / "no" / "where"), code=2)


def test_a_file_is_in_the_language_of_its_report(run, tmp_path):
    """Whatever the one who exports it speaks."""
    write_report(tmp_path / "zh.json", replace(REPORT, language="zh"))
    run("export", "gradescope", "zh.json")
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["output"].startswith("成绩 4 / 13")


def test_what_students_machines_tell_is_collected(run, tmp_path):
    """Each gets a report that the exports then mark; a file that is wrong is told of, and the exit code says so."""
    (tmp_path / "ann.json").write_text(json.dumps(TOLD), encoding="utf-8")
    (tmp_path / "bad.json").write_text("[]", encoding="utf-8")
    assert "the points are what the files say" in run("collect", "ann.json").output
    done = run("collect", "ann.json", "bad.json", "-o", "told", code=1)
    assert "bad: bad.json: is no pytest-json-report" in done.output
    assert report_from_json((tmp_path / "told/reports/ann.json").read_text(encoding="utf-8")).score == 2.0
    run("export", "gradescope", "told", "-o", "out", code=2)
    run("export", "junit", "told/reports/ann.json")
    assert "not verified" in (tmp_path / "junit.xml").read_text(encoding="utf-8")


def test_what_was_graded_here_is_never_written_over(run, tmp_path, grades):
    """A student's word does not take the place of a grader's; nothing of that call is written then."""
    for name in ("ann", "aaa"):
        (tmp_path / f"{name}.json").write_text(json.dumps(TOLD), encoding="utf-8")
    before = (tmp_path / "grades/reports/ann.json").read_bytes()
    assert "was graded here" in run("collect", "aaa.json", "ann.json", code=2).output
    assert (tmp_path / "grades/reports/ann.json").read_bytes() == before
    assert not (tmp_path / "grades/reports/aaa.json").exists()
    run("collect", "aaa.json")
    run("collect", "aaa.json")


def test_a_course_at_hand_says_what_checks_are_worth(run, tmp_path, course_folder):
    """The one check of the file is not among those of the course, so nothing is earned of what could be."""
    (tmp_path / "ann.json").write_text(json.dumps(TOLD), encoding="utf-8")
    run("collect", "ann.json", "--course", course_folder, "--assignment", "a05_softmax")
    report = report_from_json((tmp_path / "grades/reports/ann.json").read_text(encoding="utf-8"))
    assert (report.points, report.verified) == (0.0, False)
    assert report.max_points > 0
