"""Canvas' gradebook file: Canvas reads every score out of it to the last digit, and nothing else has changed."""

import csv
import io
from dataclasses import replace

import pytest
from any_report import reports as any_reports
from click.testing import CliRunner
from handing_on import graded_folder, student, unreadable
from hypothesis import given, settings
from hypothesis import strategies as st
from importers import CanvasCourse, canvas_after, canvas_import

from autograder.cli import main
from autograder.errors import AutograderError
from autograder.exports.canvas_csv import fill_gradebook
from autograder.exports.deliveries import LeftAlone
from autograder.exports.sheet import sheet_of
from autograder.exports.shown import decimal
from autograder.report import Person

COURSE = CanvasCourse(
    students={1: ("Lovelace, Ada", "s1", "ada"), 2: ("李, 四", "s2", "li4"), 3: ("Lovelace, Ada", "s3", "ada2"),
              4: ("=cmd", "s4", "eve")},
    titles={12: "Homework 1", 13: "Homework 2"},
    grades={(1, 12): "3.00", (1, 13): "9.00", (2, 12): "EX", (3, 13): "7.00"},
    notes=("Notes",),
    unassigned=((4, 13),),
)  # fmt: skip
HEADER = "Student,ID,SIS User ID,SIS Login ID,Section,Notes,Homework 1 (12),Homework 2 (13),Current Score,Final Grade"
GRADEBOOK = f'''{HEADER}
,,,,,,Manual Posting,,,
    Points Possible,,,,,,13.00,10.00,(read only),(read only)
"Lovelace, Ada",1,s1,ada,"Lab A, B","say ""hi""",3.00,9.00,80.0,B
"李, 四",2,s2,li4,A,,EX,,,
"Lovelace, Ada",3,s3,ada2,A,,,7.00,,
"=""=cmd""",4,s4,eve,A,,,N/A,,
'''.replace("\n", "\r\n")


def filled(reports, text=GRADEBOOK, column="Homework 1 (12)", **options):
    """The filled file and what became of whom."""
    return fill_gradebook(sheet_of(text.encode(), "Grades.csv"), reports, column=column, **options)


def grades_after(data, course=COURSE):
    outcome = canvas_import(data, course)
    assert not outcome.new_students
    assert not outcome.new_assignments
    return canvas_after(outcome, course)


def test_canvas_enters_the_scores_and_changes_nothing_else():
    """A student is found by Canvas' id, by SIS id or by login; whoever has no score keeps the old grade."""
    ada = student("Ada", 2 / 3, {"canvas": "1"})
    other = student("Someone", 13.0, {"sis": "s3"})
    data, tally = filled([ada, other, student("Eve", 0.0, {"login": "EVE"}), unreadable("李四", {"canvas": "2"})])
    wanted = {**COURSE.grades, (1, 12): "0.666667", (3, 12): "13", (4, 12): "0"}
    assert grades_after(data) == wanted
    assert tally.written == ("Ada", "Someone", "Eve")
    assert tally.left == (LeftAlone("李四", "the submission could not be read, so it has no score"),)


def test_all_other_bytes_stay():
    """Rows, columns, quotes, the rows of points and of postings: only the one cell is another."""
    data, _ = filled([student("Ada", 4.25, {"canvas": "1"})])
    assert data == GRADEBOOK.replace(',"say ""hi""",3.00,', ',"say ""hi""",4.25,').encode()


def test_an_exempt_student_is_excused_and_one_excused_in_canvas_stays_so():
    """EX is written for the one, and never overwritten for the other."""
    data, tally = filled([student("A", exempt=True, ids={"sis": "s1"}), student("B", 1.0, {"sis": "s2"})])
    assert grades_after(data)[1, 12] == "EX"
    assert grades_after(data)[2, 12] == "EX"
    assert [(each.name, each.why) for each in tally.left] == [("B", "is excused in Canvas (EX), but not exempt here")]


def test_a_student_who_is_not_assigned_is_left_alone():
    """Canvas writes N/A there, which is no grade to replace."""
    _, tally = filled([student("E", ids={"canvas": "4"}, max_points=10.0)], column="Homework 2")
    assert tally.left[0].why == "is not assigned this assignment in Canvas (N/A)"


@pytest.mark.parametrize(
    ("reports", "why"),
    [
        ([student("Ada Lovelace")], "its name is that of several rows: line 4 (ID 1), line 6 (ID 3)"),
        ([student("Ada", ids={"canvas": "1", "sis": "s3"})],
         "its ids lead to several rows: line 4 (ID 1), line 6 (ID 3)"),
        ([student("李 四", ids={"canvas": "77"})], "is not in Grades.csv"),
        ([student("Nobody")], "is not in Grades.csv"),
        ([student("A", ids={"canvas": "1"}), student("B", ids={"sis": "s1"})],
         "line 4 (ID 1) is claimed by several submissions: A.zip, B.zip"),
    ],
)  # fmt: skip
def test_who_is_not_certain_is_told_and_never_guessed(reports, why):
    """A name that two have, ids that disagree, a namesake with another id, two submissions for one row."""
    data, tally = filled(reports)
    assert {each.why for each in tally.left} == {why}
    assert data == GRADEBOOK.encode()


def test_a_name_finds_its_row_however_it_is_turned():
    """ "四 李" is "李, 四"; a formula that Canvas has shielded is known too; one by id goes before one by name."""
    _, tally = filled([student("=cmd"), student("Eve", ids={"canvas": "4"})])
    assert tally.written == ("Eve",)
    assert tally.left[0].why.startswith("line 7 (ID 4) has the same name")
    assert filled([student("=cmd")])[1].written == ("=cmd",)


def test_an_attempt_that_does_not_count_and_a_lost_one_hand_nothing_on():
    """The attempt that counts is written, whatever the order."""
    old = student("Ada", 13.0, {"canvas": "1"}, counts=False)
    data, _ = filled([old, student("Ada", 1.0, {"canvas": "1"}), old])
    assert grades_after(data)[1, 12] == "1"


@pytest.mark.parametrize(("column", "found"), [("Homework 2", "7"), ("13", "7"), (" Homework 2 (13) ", "7")])
def test_a_column_is_named_by_title_by_id_or_by_both(column, found):
    """As far as only one column is meant."""
    data, _ = filled([student("A", 7.0, {"canvas": "1"}, max_points=10.0)], column=column)
    assert grades_after(data)[1, 13] == found


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (
            None,
            r"line 1: which assignment is meant is not certain; .*: Homework 1 \(12\) in column 7, Homework 2",
        ),
        ("Homework", r"the column 'Homework' is not there; .* Candidates: Notes, Homework 1 \(12\), Homework 2 \(13\)"),
        ("Current Score", "is not there"),
    ],
)
def test_a_column_that_is_not_certain_is_refused_with_the_candidates(column, told):
    """Nothing is guessed, and a total is no assignment."""
    with pytest.raises(AutograderError, match=told):
        filled([student("A")], column=column)


def test_two_columns_of_one_title_are_told_apart_by_their_ids():
    """The title alone is refused; with the id it is found."""
    text = GRADEBOOK.replace("Homework 2 (13)", "Homework 1 (13)").replace("10.00", "13.00")
    with pytest.raises(AutograderError, match=r"Homework 1 \(12\) in column 7, Homework 1 \(13\) in column 8"):
        filled([student("A")], text, column="Homework 1")
    assert filled([student("A", ids={"canvas": "1"})], text, column="13")[1].written == ("A",)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Name,ID,Section,H (1)", "line 1: begins with 'Name', 'ID'; a gradebook of Canvas begins with Student, ID"),
        ("Student,ID,SIS User ID,Section,H (1)", r"column 3 \(SIS User ID\): after SIS User ID, Canvas needs"),
        ("Student,ID,sis user id,SIS Login ID,Section,H (1)",
         "Canvas needs the column Section here, but it is 'sis user id'"),
        ("Student,ID,H (1)", r"column 3 \(H \(1\)\): Canvas needs the column Section"),
    ],
)  # fmt: skip
def test_a_header_that_canvas_would_refuse_is_refused_first(header, told):
    """By file, line and column."""
    with pytest.raises(AutograderError, match=f"Grades.csv, {'' if told.startswith('line') else '.*'}{told}"):
        filled([student("A")], f"{header}\nA,1,,,,\n", column=None)


@pytest.mark.parametrize(
    "header",
    ["Student,ID,Section,H (1)", "Student,ID,SIS Login ID,Section,H (1)", "LastName,FirstName,ID,Section,H (1)",
     "Student,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,H (1)"],
)  # fmt: skip
def test_every_header_of_canvas_is_known(header):
    """With and without the columns that an administrator can switch on."""
    cells = {"ID": "1", "Student": '"Li, Bo"', "LastName": "Li", "FirstName": "Bo"}
    row = ",".join(cells.get(title, "") for title in header.split(","))
    data, tally = filled([student("Bo Li", 3.0)], f"{header}\n{row}\n", column=None)
    assert tally.written == ("Bo Li",)
    assert data.decode().splitlines()[1] == f"{row}3"


def test_points_possible_that_differ_are_told_and_scaled_only_on_demand():
    """The message names both numbers; --scale fits the one to the other, --no-scale hands points on as they are."""
    text = GRADEBOOK.replace("13.00", "100.00")
    ada = [student("Ada", 4.5, {"canvas": "1"})]
    with pytest.raises(AutograderError, match=r"line 3: Points Possible of Homework 1 \(12\) is 100, but .* 13 points"):
        filled(ada, text)
    assert grades_after(filled(ada, text, scale=True)[0])[1, 12] == "34.615385"
    assert grades_after(filled(ada, text, scale=False)[0])[1, 12] == "4.5"


def test_a_column_that_canvas_keeps_to_itself_is_refused():
    """Canvas says so in the row of points."""
    with pytest.raises(AutograderError, match=r"line 3, column 7 \(Homework 1 \(12\)\): Canvas does not take grades"):
        filled([student("A")], GRADEBOOK.replace("13.00", "(read only)"))


def test_a_gradebook_with_semicolons_decimal_commas_and_a_mark_stays_one():
    """As Canvas writes it for a reader whose spreadsheet wants that."""
    text = GRADEBOOK.replace(",", ";").replace('"Lovelace; Ada"', '"Lovelace, Ada"').replace("3.00", "3,00")
    text = "\ufeff" + text.replace("Lab A; B", "Lab A, B").replace("13,00", "13,00")
    data, _ = filled([student("Eve", 0.25, {"canvas": "4"})], text)
    assert data.startswith(b"\xef\xbb\xbfStudent;ID;")
    assert ";0,25;" in data.decode()
    assert grades_after(data)[4, 12] == "0.25"


@settings(max_examples=60, deadline=None)
@given(st.lists(any_reports(), min_size=1, max_size=3), st.data())
def test_whatever_is_graded_canvas_reads_to_the_last_digit(reports, data):
    """Names with commas, quotes, line ends, formulas and text that runs backwards, twice the same too."""
    people = [Person(each.submission.student, {"canvas": str(number)}) for number, each in enumerate(reports, start=1)]
    reports = [
        replace(each, submission=replace(each.submission, people=(person,)), counts=True, faults=(), max_points=13.0)
        for each, person in zip(reports, people, strict=True)
    ]
    names = [name.encode("utf-8", "replace").decode().replace("\0", "") or "x" for name in (one.name for one in people)]
    text = io.StringIO(newline="")
    rows = csv.writer(text, quoting=data.draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])))
    rows.writerow(["Student", "ID", "Section", "H (1)"])
    rows.writerow(["    Points Possible", "", "", "13"])
    rows.writerows([f"x{name}", number, "A", "5.00"] for number, name in enumerate(names, start=1))
    course = CanvasCourse({at: (f"x{name}", "", "") for at, name in enumerate(names, start=1)}, {1: "H"})
    before = text.getvalue().encode()
    out, _ = fill_gradebook(sheet_of(before, "g.csv"), reports)
    outcome = canvas_import(out, course)
    for number, report in enumerate(reports, start=1):
        wanted = "EX" if report.exempt else "5.00" if report.score is None else decimal(report.score)
        assert outcome.grades[number, 1] == wanted
    assert not outcome.new_students


def run(*arguments):
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_the_command_writes_another_file_and_says_what_became_of_whom(tmp_path):
    """The downloaded file stays as it is, names of those left alone are shown, ten of them at most."""
    (tmp_path / "Grades.csv").write_bytes(GRADEBOOK.encode())
    lost = [student(f"S{n:02}") for n in range(12)]
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.0, {"canvas": "1"}), *lost])
    arguments = ("canvas", grades, "--gradebook", tmp_path / "Grades.csv", "--column", "12")
    done = run(*arguments, "-o", tmp_path / "out.csv")
    assert done.exit_code == 1
    assert f"wrote 1 score to {tmp_path / 'out.csv'}\nleft alone: 12 scores\n  S00, S01," in done.output
    assert "S09 and 2 more: is not in" in done.output
    assert (tmp_path / "Grades.csv").read_bytes() == GRADEBOOK.encode()
    assert grades_after((tmp_path / "out.csv").read_bytes())[1, 12] == "4"


def test_the_command_writes_in_place_only_when_asked_to(tmp_path):
    """Neither without -o nor with -o that is the same file; with --in-place it does."""
    file = tmp_path / "Grades.csv"
    file.write_bytes(GRADEBOOK.encode())
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.0, {"canvas": "1"})])
    arguments = ("canvas", grades, "--gradebook", file, "--column", "12")
    assert run(*arguments).exit_code == 2
    same = run(*arguments, "-o", tmp_path / "grades" / ".." / "Grades.csv")
    assert same.exit_code == 2
    assert "is the downloaded file itself" in same.output
    assert file.read_bytes() == GRADEBOOK.encode()
    assert run(*arguments, "--in-place").exit_code == 0
    assert grades_after(file.read_bytes())[1, 12] == "4"


def test_a_bad_file_leaves_nothing_behind(tmp_path):
    """The error is one line, names the file, and no output is begun."""
    (tmp_path / "Grades.csv").write_text("Student,ID\n", encoding="utf-8")
    grades = graded_folder(tmp_path / "grades", [student("Ada")])
    done = run("canvas", grades, "--gradebook", tmp_path / "Grades.csv", "-o", tmp_path / "out.csv")
    assert done.exit_code == 2
    assert done.output.startswith(f"autograder: {tmp_path / 'Grades.csv'}, line 1")
    assert not (tmp_path / "out.csv").exists()


def test_a_score_that_nobody_verified_is_handed_on_only_when_allowed(tmp_path):
    """And then a note says whose they are."""
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.0, {"canvas": "1"}, verified=False)])
    arguments = ("canvas", grades, "--title", "H", "-o", tmp_path / "out.csv")
    assert run(*arguments).exit_code == 2
    assert not (tmp_path / "out.csv").exists()
    allowed = run(*arguments, "--allow-unverified")
    assert allowed.exit_code == 0
    assert "not verified, told by the students' own machines: Ada" in allowed.output


def test_the_csv_command_writes_the_gradebook(tmp_path):
    """The same table that `grade` writes."""
    grades = graded_folder(tmp_path / "grades", [student("Ada", 4.0, {"email": "a@x.org"})])
    assert run("csv", grades, "-o", tmp_path / "g.csv").exit_code == 0
    assert (tmp_path / "g.csv").read_bytes().startswith(b"\xef\xbb\xbfid,student,email,status,")
