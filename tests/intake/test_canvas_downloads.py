"""Canvas' flat downloads: names, marks, resubmissions, and names that can be read in two ways."""

import pytest
from downloading import CODE, WRITERS, by_student, taken_in

OTHER = "def softmax(Z):\n    return 2 * Z\n"


@pytest.fixture(params=sorted(WRITERS))
def download(request, tmp_path):
    """Write a download in each form."""
    return lambda members: WRITERS[request.param](tmp_path, members)


@pytest.mark.parametrize(
    ("name", "student", "kind", "number", "late"),
    [
        ("lovelaceada_77_900_softmax.py", "lovelaceada", "canvas", "77", False),
        ("lovelaceada_LATE_77_900_softmax.py", "lovelaceada", "canvas", "77", True),
        ("anon_x1Y2z_900_softmax.py", "user x1Y2z", "canvas_anonymous", "x1Y2z", False),
        ("LATE_anon_x1Y2z_900_softmax.py", "user x1Y2z", "canvas_anonymous", "x1Y2z", True),
        ("77_900_softmax.py", "user 77", "canvas", "77", False),
        ("王小明_77_900_softmax.py", "王小明", "canvas", "77", False),
        ("ada_77_900_softmax.py", "ada", "canvas", "77", False),
        ("a_b_c_77_900_softmax.py", "a_b_c", "canvas", "77", False),
        ("group_of_late_people_77_900_softmax.py", "group_of_late_people", "canvas", "77", False),
    ],
)
def test_a_name_says_who_which_id_and_whether_late(name, student, kind, number, late, download):
    """Whatever stands before the two numbers is the student; what stands behind them is the file."""
    intake = taken_in(download({name: CODE}))
    (submission,) = intake.submissions
    assert intake.platform.name == "canvas"
    assert (submission.student, dict(submission.people[0].ids)) == (student, {kind: number})
    assert dict(submission.sources) == {"softmax.py": CODE}
    assert any("marked as late" in note for note in submission.notes) is late


def test_a_file_name_with_numbers_stays_whole(download):
    """Numbers that come later belong to the file, as Canvas leaves none in a row inside a name."""
    (submission,) = taken_in(download({"lovelaceada_77_900_hw_1_2_softmax.py": CODE})).submissions
    assert submission.people[0].ids == {"canvas": "77"}
    assert list(submission.sources) == ["hw_1_2_softmax.py"]


def test_several_files_of_a_student_are_one_submission(download):
    """Files are put together by the user's id, also for two users of the same name."""
    found = taken_in(download({
        "liwei_77_900_softmax.py": CODE, "liwei_77_901_batchnorm.py": "x = 1\n", "liwei_78_902_softmax.py": OTHER,
    })).submissions  # fmt: skip
    assert [(s.id, sorted(s.sources)) for s in found] == [
        ("liwei-77", ["batchnorm.py", "softmax.py"]),
        ("liwei-78", ["softmax.py"]),
    ]


def test_an_attachment_called_like_a_page_is_the_students_own(download):
    """text.html can be handed in as a file, and its user is the first number."""
    (submission,) = taken_in(download({"ada_77_900_softmax.py": CODE, "ada_77_901_text.html": "<p>"})).submissions
    assert submission.people[0].ids == {"canvas": "77"}


@pytest.mark.parametrize("page", ["lovelaceada_77_text.html", "lovelaceada_LATE_77_link.html", "anon_x_link.html"])
def test_a_text_or_link_alone_is_told_as_what_it_is(page, download):
    """Nothing of a page is graded, and the student is not lost."""
    found = taken_in(download({page: "<p>", "other_5_6_softmax.py": CODE})).submissions
    (submission,) = (s for s in found if s.student != "other")
    assert "holds no .py" in submission.problem
    assert "as text or a link" in " ".join(submission.notes)


def test_a_resubmitted_file_makes_a_second_attempt_that_counts(download):
    """-1 before the suffix is the later file; what was not handed in again belongs to both attempts."""
    intake = taken_in(download({
        "ada_77_900_softmax.py": CODE, "ada_77_950_softmax-1.py": OTHER, "ada_77_901_batchnorm.py": "x = 1\n",
    }))  # fmt: skip
    first, second = sorted(intake.submissions, key=lambda s: s.attempt)
    assert (first.id, second.id) == ("ada-77", "ada-77-attempt-2")
    assert dict(first.sources) == {"softmax.py": CODE, "batchnorm.py": "x = 1\n"}
    assert dict(second.sources) == {"softmax.py": OTHER, "batchnorm.py": "x = 1\n"}
    assert [intake.standings[s.id].is_last for s in (first, second)] == [False, True]


def test_a_number_in_the_only_copy_is_no_attempt(download):
    """Canvas gives the last attempt's files alone, under the names that they got."""
    (submission,) = taken_in(download({"ada_77_950_softmax-2.py": CODE})).submissions
    assert dict(submission.sources) == {"softmax.py": CODE}
    assert submission.attempt == 1


AMBIGUOUS = "team_7_55_66_softmax.py"


def test_three_numbers_in_a_row_are_reported_with_both_readings(download):
    """Without a roster nobody is chosen: it is graded under the file's own name, and both candidates are told."""
    intake = taken_in(download({AMBIGUOUS: CODE, "ada_77_900_softmax.py": OTHER}))
    submission = by_student(intake)["team_7_55_66_softmax"]
    (note,) = (note for note in submission.doubts if "cannot tell whose" in note)
    assert "team, user 7, file 55_66_softmax.py" not in note
    assert "team, user 7, file 66_softmax.py" in note
    assert "team_7, user 55, file softmax.py" in note
    assert submission.people == ()
    assert submission.problem is None
    assert any(AMBIGUOUS in remark for remark in intake.remarks)


@pytest.mark.parametrize(("number", "name", "file"), [("7", "Team", "66_softmax.py"), ("55", "Team_7", "softmax.py")])
def test_a_roster_settles_three_numbers_in_a_row(number, name, file, download):
    """The reading whose user the roster has is taken."""
    intake = taken_in(download({AMBIGUOUS: CODE}), roster=f"Student,ID\n{name},{number}\n")
    (submission,) = intake.submissions
    assert submission.people[0].ids["canvas"] == number
    assert submission.people[0].name == name
    assert list(submission.sources) == [file]


def test_a_roster_with_both_or_neither_settles_nothing(download):
    """Two candidates stay two candidates."""
    for rows in ("A,7\nB,55\n", "A,1\nB,2\n"):
        intake = taken_in(download({AMBIGUOUS: CODE}), roster=f"Student,ID\n{rows}")
        assert any("cannot tell whose" in note for note in intake.submissions[0].doubts)


def test_canvas_own_gradebook_is_a_roster(download):
    """Its columns are known, the row of possible points is nobody, and names written family name first are turned."""
    roster = 'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Lovelace, Ada",77,s1,ada,1\n'
    intake = taken_in(download({"lovelaceada_77_900_softmax.py": CODE}), roster=roster)
    (submission,) = intake.submissions
    assert submission.student == "Lovelace, Ada"
    assert dict(submission.people[0].ids) == {"canvas": "77", "sis": "s1", "login": "ada"}
    assert intake.remarks == ()


@pytest.mark.parametrize(
    ("rows", "emails"),
    [
        ("Wei Li,a@x\n", ["a@x"]),
        ("Li Wei,b@x\n", ["b@x"]),
        ('"Li, Wei",c@x\n', ["c@x"]),
        ("Wei Li,a@x\nLi Wei,b@x\n", []),
    ],
)
def test_names_run_together_are_found_either_way_round_and_never_guessed(rows, emails, download):
    """liwei is Wei Li as Canvas sorts, or somebody with one name; of two that fit none is chosen."""
    (submission,) = taken_in(download({"liwei_77_900_softmax.py": CODE}), roster=f"name,email\n{rows}").submissions
    assert [person.ids["email"] for person in submission.people if "email" in person.ids] == emails


def test_who_is_marked_as_late_without_a_time_is_told(download):
    """Canvas does not say by how much, so no policy takes anything off: somebody has to know."""
    (remark,) = taken_in(download({"ada_LATE_77_900_softmax.py": CODE, "bo_78_901_softmax.py": CODE})).remarks
    assert "marked as late" in remark
    assert remark.endswith("(1): ada_LATE_77_900_softmax.py")
