"""Attempts of one student, their order and which of them counts; times and where they are from."""

from dataclasses import replace

import pytest
from downloading import CODE, by_student, taken_in, write_folder

from autograder.errors import IntakeError
from autograder.grading.terms import Standing, Terms, counting, on_terms
from autograder.intake.attempts import best_of
from autograder.report import report_from_json, settled

ROSTER = "name,email,login\nAda,ada@x,ada01\nBob,bob@x,bob01\n"


@pytest.fixture
def two_of_ada(tmp_path):
    """Ada under her email and under her login, Bob once."""
    return write_folder(tmp_path / "submissions", {f"{name}/softmax.py": CODE for name in ("ada@x", "ada01", "bob01")})


@pytest.fixture
def report():
    from pathlib import Path

    sample = Path(__file__).parent.parent / "samples" / "report.json"
    whole = report_from_json(sample.read_text(encoding="utf-8"))
    return settled(replace(whole, due=None, lateness=None, exempt=False, points=4.0))


def test_two_entries_of_one_row_are_attempts_in_the_order_of_their_times(two_of_ada):
    """The roster says that they are one student's, the table of times says which came last."""
    times = "entry,time\nada01,2026-11-20T10:00+01:00\nada@x,2026-11-20T11:00+01:00\n"
    intake = taken_in(two_of_ada, roster=ROSTER, times=times)
    order = {s.origin: (s.attempt, intake.standings[s.id].is_last) for s in intake.submissions}
    assert order == {"ada01": (1, False), "ada@x": (2, True), "bob01": (1, True)}
    assert {s.origin: s.submitted for s in intake.submissions}["ada01"] == "2026-11-20T09:00:00.000Z"
    assert any("says times.csv" in note for s in intake.submissions for note in s.notes)


@pytest.mark.parametrize("times", [None, "entry,time\nada01,2026-11-20T10:00Z\n",
                                   "entry,time\nada01,2026-11-20T10:00Z\nada@x,2026-11-20T10:00Z\n"])  # fmt: skip
def test_attempts_without_an_order_are_reported_and_all_count(times, two_of_ada):
    """No time, one time of two, or twice the same: nobody's work is guessed away."""
    intake = taken_in(two_of_ada, roster=ROSTER, times=times)
    adas = [s for s in intake.submissions if s.student == "Ada"]
    assert len(adas) == 2
    assert all(intake.standings[s.id].is_last for s in adas)
    assert all(any("nobody says which came last" in note for note in s.notes) for s in adas)
    (remark,) = intake.remarks
    assert "ada01" in remark
    assert "ada@x" in remark


def test_two_entries_of_one_name_are_no_attempts_without_an_id(tmp_path):
    """A folder and a zip of one name may be two people: both are graded, apart, with a note."""
    place = write_folder(tmp_path / "s", {"ana/softmax.py": CODE, "ana.py": CODE})
    intake = taken_in(place)
    assert all(intake.standings[s.id].is_only for s in intake.submissions)
    assert all("also has" in " ".join(s.doubts) for s in intake.submissions)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("student,time\nAda,noon\n", "row 2, column 'time': 'noon' is no time"),
        ("student,time\nAda,\n", "row 2: has no time"),
        ("time\n2026-11-20T10:00Z\n", "no column says who"),
        ("student,time\nAda,2026-11-20T10:00\n", "distance from UTC"),
    ],
)
def test_a_wrong_table_of_times_is_named(table, told, two_of_ada):
    """Row and column are in the message."""
    with pytest.raises(IntakeError, match=r"times\.csv") as caught:
        taken_in(two_of_ada, times=table)
    assert told in str(caught.value)


def test_times_are_found_by_any_id_and_by_name(two_of_ada):
    """A table by email fits an entry by login when the roster knows both."""
    found = by_student(taken_in(write_folder(two_of_ada.parent / "one", {"bob01/softmax.py": CODE}), roster=ROSTER,
                                times="email,submitted at\nbob@x,2026-11-20T10:00Z\n"))  # fmt: skip
    assert found["Bob"].submitted == "2026-11-20T10:00:00.000Z"


def test_several_times_of_one_student_are_not_chosen_from(two_of_ada):
    """Two rows that fit are told by number, and no time is taken."""
    intake = taken_in(two_of_ada, times="student,time\nbob01,2026-11-20T10:00Z\nbob01,2026-11-21T10:00Z\n")
    bob = by_student(intake)["bob01"]
    assert bob.submitted is None
    assert any("rows 2, 3" in note for note in bob.doubts)


def test_a_time_that_fits_two_submissions_is_nobodys(tmp_path):
    """One row for a name that two have, or for a student with two attempts, says neither's time."""
    names = ("Li Wei_11", "Li Wei_12", "Ada_13")
    place = write_folder(tmp_path / "m", {f"{name}_assignsubmission_file/softmax.py": CODE for name in names})
    times = "student,time\nLi Wei,2026-11-20T10:00Z\nAda,2026-11-20T11:00Z\n"
    intake = taken_in(place, times=times)
    assert [s.submitted for s in intake.submissions] == ["2026-11-20T11:00:00.000Z", None, None]
    assert all("fits several submissions" in " ".join(s.doubts) for s in intake.submissions[1:])


def attempts_of(report, *points):
    """Attempts of one student with these points; None for one that could not be read."""
    every = []
    for at, earned in enumerate(points, 1):
        one = replace(report, submission=replace(report.submission, id=f"a{at}", attempt=at))
        if earned is None:
            one = replace(one, status="unreadable", problem="x", exercises=(), points=0.0, max_points=0.0)
        every.append(settled(replace(one, points=earned or 0.0)))
    return every


@pytest.mark.parametrize(
    ("points", "best"),
    [((1, 3, 2), "a2"), ((3, 3, 2), "a1"), ((None, 0, 0), "a2"), ((None, None), "a1"), ((2, None), "a1")],
)
def test_the_best_attempt_counts_and_of_equals_the_first(points, best, report):
    """Exactly one counts, and one that cannot be read only where there is no other."""
    every = attempts_of(report, *points)
    counts = best_of(every, {each.submission.id: "ada" for each in every})
    assert [name for name in counts if counts[name]] == [best]
    assert best_of(reversed(every), {each.submission.id: "ada" for each in every}) == counts


def test_the_best_is_told_after_lateness(report):
    """More points that came late can be worth less."""
    from autograder.grading.lateness import read_policy

    every = attempts_of(report, 3.0, 4.0)
    every[0] = replace(every[0], submission=replace(every[0].submission, submitted="2026-11-20T10:00:00.000Z"))
    every[1] = replace(every[1], submission=replace(every[1].submission, submitted="2026-11-23T10:00:00.000Z"))
    standings = {each.submission.id: Standing("ada", is_only=False) for each in every}
    terms = Terms("2026-11-20T12:00:00.000Z", read_policy("20%/day"), "best", standings)
    handed = [on_terms(each, terms) for each in every]
    assert [each.score for each in handed] == [3.0, 1.6]
    assert [each.counts for each in handed] == [False, False]
    assert counting(handed, terms) == {"a1": True, "a2": False}


def test_exempt_and_late_and_latest(report):
    """The latest attempt counts; the exempt have no score; a due date of one's own goes before the course's."""
    late = replace(report, submission=replace(report.submission, submitted="2026-11-20T12:00:01.000Z"))
    name = report.submission.id
    due = "2026-11-20T12:00:00.000Z"

    def handed(**standing):
        from autograder.grading.lateness import read_policy

        return on_terms(late, Terms(due, read_policy("10%/day"), "latest", {name: Standing("x", **standing)}))

    assert (handed().score, handed().counts, handed().due) == (3.6, True, due)
    assert handed(exempt=True).score is None
    assert handed(due="2026-11-21T00:00:00.000Z").score == 4.0
    assert handed(due="2026-11-21T00:00:00.000Z").lateness is None
    assert handed(is_last=False).counts is False
