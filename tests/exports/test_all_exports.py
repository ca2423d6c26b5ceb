"""The law over all exports: one score to the last digit, nothing of hidden checks too early, nothing that does harm.

An export takes part with one entry in `EXPORTS`, in all_exports.py beside this.
"""

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from all_exports import EXPORTS, NEED_A_SCORE, NOW, TABLES
from any_report import DOUBT, MARK, marked, reports, timed
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from autograder.errors import AutograderError, GraderFault
from autograder.exports.reports import is_lost
from autograder.report import Fault, report_from_json, settled

SAMPLE = Path(__file__).parents[1] / "samples" / "report.json"
REPORT = report_from_json(SAMPLE.read_text(encoding="utf-8"))
GOLDEN = Path(__file__).parent / "golden"
law = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=set(Phase) - {Phase.explain}
)


def strings(value):
    """Every text in what a reader of the file gets, keys too."""
    if isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in strings(part))
    elif isinstance(value, list):
        yield from (text for item in value for text in strings(item))
    elif isinstance(value, str):
        yield value


def made(report):
    """Each export with the file that it makes of the report; those left out that make none."""
    for name, export in EXPORTS.items():
        note(name)
        if name in NEED_A_SCORE and (report.exempt or is_lost(report)):
            with pytest.raises(AutograderError):
                export.make(report)
        else:
            yield name, export, export.make(report)


@law
@given(report=reports())
def test_the_score_is_the_same_to_the_last_digit(report):
    """What is read back from each file is the decimal of the report's score; where there is none, none is read."""
    for _, export, data in made(report):
        assert export.score(data) == export.expected(report)


@law
@given(report=reports())
def test_nothing_of_a_hidden_check_is_seen_too_early(report):
    """No text of a hidden check, no name of a mistake and no message of a fault is in what a student gets to see."""
    is_past = report.due is not None and datetime.fromisoformat(report.due) <= NOW
    shown_now = report.hidden_results == "visible" or (report.hidden_results == "after_due" and is_past)
    for name, export, data in made(marked(report)):
        seen = "\n".join(strings(export.seen(data)))
        for never in ("mistake", "output", "where", "message"):
            assert f"{MARK}{never}" not in seen
        if not shown_now:
            assert MARK not in seen
        if report.hidden_results == "hidden" or name != "gradescope":
            assert shown_now or MARK not in data.decode("utf-8")


@law
@given(report=reports())
def test_no_doubt_of_the_instructor_is_handed_on(report):
    """Whose a submission may be as well, with other students' names, is in no file for a platform."""
    for _, _, data in made(report):
        assert DOUBT not in data.decode("utf-8")


@law
@given(report=reports(), seconds=st.sampled_from([0.004, 1234.5]))
def test_no_time_is_told(report, seconds):
    """However long checks took, each file is the same, but for the whole seconds that Gradescope counts itself."""
    for (_, export, data), (_, _, other) in zip(made(report), made(timed(report, seconds)), strict=True):
        assert export.seen(data) == export.seen(other)


@law
@given(report=reports())
def test_what_is_written_is_valid_harmless_and_the_same_each_time(report):
    """No character of a file or of a text in it commands a terminal or hides; equal reports give equal bytes."""
    for name, export, data in made(report):
        assert data == export.make(report)
        for text in (data.decode("utf-8").removeprefix("\ufeff"), *strings(export.seen(data))):
            # A cell of a table may hold lines and tabs, and directions that a name is written in.
            kept = re.sub(r"[\r\n\t]", "", text) if name in TABLES else text.replace("\n", "")
            assert [c for c in kept if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in "\u202e\u2066"] == []


@law
@given(report=reports(verified=False))
def test_what_is_not_verified_says_so(report):
    """Whoever reads a file is told that the score comes from the student's own machine."""
    for _, export, data in made(report):
        if export.says_unverified and export.score(data) is not None:
            assert "verified" in "\n".join(strings(export.seen(data)))


@pytest.mark.parametrize("name", EXPORTS)
def test_a_fault_of_the_grader_hands_no_zero_on(name):
    """Where nothing was graded, by the grader's own fault, no 0 is handed on; what only shows it says what it is."""
    lost = settled(replace(REPORT, exercises=(), points=0.0, lateness=None, faults=(Fault("grader", "killed"),)))
    if name in NEED_A_SCORE:
        with pytest.raises(GraderFault):
            EXPORTS[name].make(lost)
    elif EXPORTS[name].expected(lost) is None:
        assert EXPORTS[name].score(EXPORTS[name].make(lost)) is None
    else:
        assert "grader" in EXPORTS[name].make(lost).decode("utf-8").lower()


FILES = {
    "gradescope": "gradescope.json",
    "junit": "junit.xml",
    "ctrf": "ctrf.json",
    "classroom50": "classroom50.json",
    "github": "github.md",
    "gitlab": "gitlab.json",
    "csv": "gradebook.csv",
}


@pytest.mark.parametrize("name", FILES)
def test_the_sample_is_exported_as_it_has_always_been(name):
    """Byte for byte; after a change that is meant, run this file with Python, and look at what has changed."""
    assert EXPORTS[name].make(REPORT) == (GOLDEN / FILES[name]).read_bytes()


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each, file in FILES.items():
        (GOLDEN / file).write_bytes(EXPORTS[each].make(REPORT))
