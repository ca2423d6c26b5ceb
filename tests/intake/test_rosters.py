"""Rosters: how submissions are joined to people, and what is said where they cannot be."""

import pytest
from downloading import CODE, by_student, taken_in, write_folder, write_text, write_zip

from autograder.errors import IntakeError
from autograder.intake.roster import read_roster


def folder_of(tmp_path, *students):
    return write_folder(tmp_path / "submissions", {f"{name}/softmax.py": CODE for name in students})


def moodle(tmp_path, *names):
    """Students as "Name_number"."""
    return write_zip(tmp_path / "all.zip", {f"{name}_assignsubmission_file/softmax.py": CODE for name in names})


ROSTER = "Full name,Email address,Username,Student ID\nAda Lovelace,ada@x.org,ada01,S-7\n王小明,wang@x.org,wang,S-8\n"


@pytest.mark.parametrize(
    ("entry", "who"),
    [
        ("ada@x.org", "Ada Lovelace"), ("ADA@X.ORG", "Ada Lovelace"), ("ada01", "Ada Lovelace"),
        ("S-7", "Ada Lovelace"), ("Ada Lovelace", "Ada Lovelace"), ("ada  lovelace", "Ada Lovelace"),
        ("Lovelace, Ada", "Ada Lovelace"), ("AdaLovelace", "Ada Lovelace"), ("ada_lovelace", "Ada Lovelace"),
        ("王小明", "王小明"), ("wang", "王小明"),
    ],
)  # fmt: skip
def test_an_entry_is_found_by_id_email_login_or_name(entry, who, tmp_path):
    """However the instructor's folder names a student, the roster's name and ids are in the report."""
    intake = taken_in(folder_of(tmp_path, entry), roster=ROSTER)
    (submission,) = intake.submissions
    assert submission.student == who
    assert submission.people[0].name == who
    assert set(submission.people[0].ids) == {"email", "login", "sis"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_common_kind_of_csv_is_read(separator, encoding, ends, tmp_path):
    """Separators, byte order marks and line ends of Excel, Numbers and LibreOffice make no difference."""
    lines = ["NAME|E-Mail|GitHub Username", 'Ada "A" Lovelace|ada@x.org|ada', "", "Bob|b@x.org|bob"]
    text = ends.join(line.replace("|", separator).replace('"', "") for line in lines) + ends
    members = read_roster(write_text(tmp_path / "r.csv", text, encoding)).members
    assert [(m.person.name, dict(m.person.ids), m.row.number) for m in members] == [
        ("Ada A Lovelace", {"email": "ada@x.org", "github": "ada"}, 2),
        ("Bob", {"email": "b@x.org", "github": "bob"}, 4),
    ]


def test_names_with_commas_quotes_and_newlines_survive(tmp_path):
    """What a quoted cell holds is the name, to the letter."""
    text = 'name,email\n"Lovelace, Ada",a@x\n"Bob ""B""\nSmith",b@x\n=1+1,c@x\n'
    members = read_roster(write_text(tmp_path / "r.csv", text)).members
    assert [m.person.name for m in members] == ["Lovelace, Ada", 'Bob "B"\nSmith', "=1+1"]


WRONG = {
    "no known column": ("a,b\n1,2\n", "row 1: no known column among a, b"),
    "columns without end": ("name" + ",x" * 3000 + "\nA\n", "more than 2,000 columns"),
    "nobody": ("due\n2026-12-01T23:59Z\n", "row 1: no column says who"),
    "two columns": ("name,Student\nA,B\n", "columns 'name' and 'Student' both say the name"),
    "no rows": ("name,email\n", "no row below its titles"),
    "empty": ("", "row 1: is empty; expected titles such as name"),
    "an id twice": ("name,email\nA,x@x\nB,X@x\n", "row 3, column 'email': 'X@x' also stands in row 2"),
    "too many cells": ("name,email\nLovelace, Ada,a@x\n", "row 2: has 3 cells, and row 1 has 2 titles"),
    "a stray quote": ('name,email\n"Ada"x,a@x\n', "row 2"),
    "no zone": ("name,due\nAda,2026-12-01 23:59\n", "row 2, column 'due': '2026-12-01 23:59' is no time"),
    "no time": ("name,due\nAda,tomorrow\n", "row 2, column 'due'"),
    "no flag": ("name,exempt\nAda,perhaps\n", "row 2, column 'exempt': 'perhaps' is neither yes nor no"),
    "nobody in a row": ("name,email,group\nA,a@x,1\n,,2\n", "row 3: says neither a name nor an id"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_table_is_named_with_file_row_and_column(what, tmp_path):
    """Each mistake in a roster is one sentence that finds it."""
    text, told = WRONG[what]
    with pytest.raises(IntakeError) as caught:
        read_roster(write_text(tmp_path / "people.csv", text))
    assert "people.csv" in str(caught.value)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("name\nZoë\n".encode("latin-1"), "line 2, character 3: byte 0xeb is not UTF-8"),
        ("name\n王\n".encode("gbk"), "line 2, character 1: byte 0xcd is not UTF-8"),
        ("name\nA\n".encode("utf-16"), "is UTF-16; save it as CSV in UTF-8"),
        (b"PK\x03\x04xlsx", "is a spreadsheet"),
        (b"name\n" + b"A" * 5000 + b"\n", "row 2, column 'name': is too long"),
    ],
)
def test_bytes_that_are_no_table_are_named(data, told, tmp_path):
    """Other encodings and real spreadsheets are refused with the place and what to do."""
    file = tmp_path / "people.csv"
    file.write_bytes(data)
    with pytest.raises(IntakeError, match=r"people\.csv") as caught:
        read_roster(file)
    assert told in str(caught.value)


def test_a_missing_roster_is_named(tmp_path):
    """A path that leads nowhere is told with the path."""
    with pytest.raises(IntakeError, match=r"nowhere\.csv cannot be read"):
        read_roster(tmp_path / "nowhere.csv")


def test_an_id_decides_before_a_name_and_a_worksheet_is_a_roster(tmp_path):
    """Two Li Wei are told apart by Moodle's numbers, from the worksheet that Moodle itself gives."""
    roster = "Identifier,Full name,Email address,Status\nParticipant 11,Li Wei,a@x,\nParticipant 12,Li Wei,b@x,\n"
    intake = taken_in(moodle(tmp_path, "Li Wei_11", "Li Wei_12"), roster=roster)
    assert [s.people[0].ids["email"] for s in intake.submissions] == ["a@x", "b@x"]
    assert intake.remarks == ()


def test_two_rows_of_one_name_are_candidates_and_nobody_is_chosen(tmp_path):
    """Without an id the name fits both rows: graded under its own name, with both rows in the note."""
    intake = taken_in(folder_of(tmp_path, "Li Wei", "Ada"), roster="name,email\nLi Wei,a@x\nLi  wei,b@x\nAda,c@x\n")
    found = by_student(intake)
    assert found["Li Wei"].people == ()
    assert any("row 2 (Li Wei), row 3 (Li  wei)" in note for note in found["Li Wei"].doubts)
    assert found["Ada"].people[0].ids == {"email": "c@x"}
    assert any("not clear" in remark and "Li Wei" in remark for remark in intake.remarks)


def test_two_submissions_of_one_name_do_not_share_a_row(tmp_path):
    """Two students of Moodle's with one name, one of them on the roster by name alone: given to neither."""
    intake = taken_in(moodle(tmp_path, "Li Wei_11", "Li Wei_12"), roster="name,email\nLi Wei,a@x\n")
    for submission in intake.submissions:
        assert "email" not in submission.people[0].ids
        assert any("several submissions fit row 2" in note for note in submission.doubts)
        assert intake.standings[submission.id].is_only
    assert any("without a submission (1): Li Wei (row 2)" in remark for remark in intake.remarks)


def test_the_same_name_with_another_number_is_somebody_else(tmp_path):
    """A roster that has Moodle's numbers is not asked for names where the number differs."""
    intake = taken_in(moodle(tmp_path, "Li Wei_99"), roster="name,moodle\nLi Wei,11\n")
    (submission,) = intake.submissions
    assert submission.people[0].ids == {"moodle": "99"}
    assert any("not on the roster" in note for note in submission.doubts)


def test_an_id_and_a_name_that_contradict_each_other_are_candidates(tmp_path):
    """The number of one row and the name of another is nobody's for sure."""
    intake = taken_in(moodle(tmp_path, "Bob_11"), roster="name,moodle\nAda,11\nBob,12\n")
    (submission,) = intake.submissions
    assert submission.student == "Bob"
    assert any("row 2 (Ada), row 3 (Bob)" in note for note in submission.doubts)


def test_who_is_missing_and_who_is_a_stranger_is_listed(tmp_path):
    """Both lists are given, and the exempt are not missed."""
    roster = "name,exempt\nAda,\nBob,\nCho,yes\n"
    remarks = " / ".join(taken_in(folder_of(tmp_path, "Ada", "Eve"), roster=roster).remarks)
    assert "not on the roster, graded under their own names (1): Eve" in remarks
    assert "on the roster, without a submission (1): Bob (row 3)" in remarks
    assert "Cho" not in remarks


def test_a_groups_members_are_all_in_the_report(tmp_path):
    """A team's submission names everybody whom the roster puts into it, whatever number Moodle gave the team."""
    roster = "name,email,moodle,group\nAda,a@x,17,Rockets\nBob,b@x,18,Rockets\nCy,c@x,19,Default group\n"
    intake = taken_in(moodle(tmp_path, "Rockets_17", "Default group"), roster=roster)
    found = by_student(intake)
    assert [person.name for person in found["Rockets"].people] == ["Ada", "Bob"]
    assert [person.name for person in found["Default group"].people] == ["Cy"]
    assert intake.remarks == ()


def test_a_group_that_the_roster_does_not_know_is_told(tmp_path):
    """It is graded under its own name."""
    (submission,) = taken_in(moodle(tmp_path, "Group B_17"), roster="name,group\nAda,Group A\n").submissions
    assert submission.student == "Group B"
    assert any("no row of the roster is of the group Group B" in note for note in submission.doubts)


def test_of_a_group_the_latest_extension_holds_and_exempt_is_who_all_are(tmp_path):
    """One member's extension is the group's; one member's exemption is not."""
    roster = "name,group,due,exempt\nAda,G1,2026-12-01T00:00Z,x\nBob,G1,2026-12-03T01:00+01:00,\nCy,G2,,x\n"
    intake = taken_in(folder_of(tmp_path, "G1", "G2"), roster=roster)
    assert intake.standings["G1"].due == "2026-12-03T00:00:00.000Z"
    assert [intake.standings[name].exempt for name in ("G1", "G2")] == [False, True]


def test_first_and_last_names_in_two_columns_make_one(tmp_path):
    """As Gradescope writes them."""
    roster = "First Name,Last Name,SID\nAda,Lovelace,7\n"
    (submission,) = taken_in(folder_of(tmp_path, "Ada Lovelace"), roster=roster).submissions
    assert (submission.people[0].name, dict(submission.people[0].ids)) == ("Ada Lovelace", {"sis": "7"})


def test_a_roster_does_not_change_the_names_of_reports(tmp_path):
    """With or without it, a student's report has the same file."""
    place = moodle(tmp_path, "Ada_11", "Bob_12")
    roster = "name,moodle\nAugusta Ada King,11\n"
    assert [s.id for s in taken_in(place).submissions] == [s.id for s in taken_in(place, roster=roster).submissions]


def test_a_misspelt_column_is_told(tmp_path):
    """An extension is not lost in silence; columns that are nothing like ours are a gradebook's own."""
    roster = "name,extention,Section\nAda,2026-12-08T23:59+01:00,S1\n"
    (remark,) = taken_in(folder_of(tmp_path, "Ada"), roster=roster).remarks
    assert "roster.csv: nothing is read of the column 'extention' (is it extension?)" in remark
