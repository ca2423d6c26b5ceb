"""Moodle's bulk downloads, in all of their naming schemes, as folders and as the zip itself."""

import zipfile

import pytest
from downloading import CODE, WRITERS, by_student, taken_in, write_folder, write_zip

from autograder.errors import IntakeError

SCHEMES = {
    "since 4.1": ("Ada Lovelace_12345_assignsubmission_file/softmax.py", "Ada Lovelace", {"moodle": "12345"}),
    "before 4.1": ("Ada Lovelace_12345_assignsubmission_file_/softmax.py", "Ada Lovelace", {"moodle": "12345"}),
    "flat": ("Ada Lovelace_12345_assignsubmission_file_softmax.py", "Ada Lovelace", {"moodle": "12345"}),
    "blind": ("Participant_12345_assignsubmission_file/softmax.py", "Participant 12345", {"moodle": "12345"}),
    "team": ("Group A_17_assignsubmission_file/softmax.py", "Group A", {}),
    "no team": ("Default group_assignsubmission_file/softmax.py", "Default group", {}),
    "flat no team": ("Default group_assignsubmission_file_softmax.py", "Default group", {}),
}


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_naming_scheme_gives_the_student_the_id_and_the_file(scheme, form, tmp_path):
    """Whatever Moodle's version and settings, whose it is and what was handed in are read from the names."""
    name, student, ids = SCHEMES[scheme]
    intake = taken_in(WRITERS[form](tmp_path, {name: CODE}))
    (submission,) = intake.submissions
    assert intake.platform.name == "moodle"
    assert submission.problem is None
    assert (submission.student, dict(submission.sources)) == (student, {"softmax.py": CODE})
    assert [dict(person.ids) for person in submission.people] == ([ids] if ids else [])


@pytest.mark.parametrize("form", WRITERS)
def test_text_and_files_of_one_student_are_one_submission(form, tmp_path):
    """What was typed into Moodle's page lies beside the files and is nobody else's; alone it is told as what it is."""
    intake = taken_in(WRITERS[form](tmp_path, {
        "Ada_1_assignsubmission_file/softmax.py": CODE,
        "Ada_1_assignsubmission_onlinetext/onlinetext.html": "<p>hello</p>",
        "Bob_2_assignsubmission_onlinetext/onlinetext.html": "<p>def softmax</p>",
        "Cy_3_assignsubmission_onlinetext_onlinetext.html": "<p>def softmax</p>",
    }))  # fmt: skip
    found = by_student(intake)
    assert dict(found["Ada"].sources) == {"softmax.py": CODE}
    for name in ("Bob", "Cy"):
        assert "holds no .py" in found[name].problem
        assert "as text on Moodle's page" in " ".join(found[name].notes)


def test_a_students_own_zip_inside_the_zip_is_read_in_memory(tmp_path):
    """A zip in Moodle's zip is opened where it is, and nothing is written beside the download."""
    inner = write_zip(tmp_path / "inner.zip", {"work/softmax.py": CODE}).read_bytes()
    (tmp_path / "inner.zip").unlink()
    place = write_zip(tmp_path / "all.zip", {"Ada_1_assignsubmission_file/my work.zip": inner})
    (submission,) = taken_in(place).submissions
    assert dict(submission.sources) == {"work/softmax.py": CODE}
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]


NAMES = {
    "commas": "Lovelace, Ada", "quotes": 'Ada "the" Count\'ess', "a formula": "=cmd|' '!A1", "Chinese": "王小明",
    "newline": "Ada\nLovelace", "escape": "\x1b[31mAda", "trailing dots": "Ada...", "override": "Ada\u202egnp",
    "digits": "Ada 99", "a sign": "@SUM(1)", "combining": "E\u0301mile", "long": "A" * 200,
}  # fmt: skip


@pytest.mark.parametrize("form", WRITERS)
def test_hostile_names_stay_the_students_names_and_never_become_files(form, tmp_path):
    """Every name survives to the letter, and its report gets an id that is safe as a file."""
    members = {f"{name}_{at}_assignsubmission_file/softmax.py": CODE for at, name in enumerate(NAMES.values(), 1)}
    found = by_student(taken_in(WRITERS[form](tmp_path, members)))
    assert set(found) == set(NAMES.values())
    for submission in found.values():
        assert submission.problem is None
        assert all(letter == "-" or letter.isalnum() or letter == "\u0301" for letter in submission.id)


def test_two_students_of_one_name_keep_their_ids_whoever_else_is_there(tmp_path):
    """The files of two Li Wei are named for their numbers, so that a third changes neither, and neither is noted."""
    two = {f"Li Wei_{number}_assignsubmission_file/softmax.py": CODE for number in (20, 30)}
    three = {"Li Wei_10_assignsubmission_file/softmax.py": CODE, **two}
    before = {s.people[0].ids["moodle"]: s.id for s in taken_in(write_zip(tmp_path / "2.zip", two)).submissions}
    after = {s.people[0].ids["moodle"]: s.id for s in taken_in(write_zip(tmp_path / "3.zip", three)).submissions}
    assert before == {"20": "Li-Wei-20", "30": "Li-Wei-30"}
    assert {number: after[number] for number in before} == before
    assert all(s.notes == () for s in taken_in(tmp_path / "3.zip").submissions)


def raw_named(name, encoding):
    """A zip entry whose name has the bytes of an old encoding and no flag that says so."""
    info = zipfile.ZipInfo("x" * len(name.encode(encoding)))
    info.external_attr = 0o644 << 16
    return info, name.encode(encoding)


@pytest.mark.parametrize(("name", "encoding"), [("王小明", "gbk"), ("Zoë Müller", "cp437")])
def test_names_in_the_encodings_of_old_archivers_are_read(name, encoding, tmp_path):
    """GBK and CP437, which zips do not declare, are told apart for each name."""
    path = f"{name}_7_assignsubmission_file/softmax.py"
    info, raw = raw_named(path, encoding)
    place = write_zip(tmp_path / "all.zip", {info: CODE})
    place.write_bytes(place.read_bytes().replace(info.filename.encode(), raw))
    (submission,) = taken_in(place).submissions
    assert (submission.student, submission.problem) == (name, None)


HOSTILE = {
    "climbs out": ("Eve_2_assignsubmission_file/../../softmax.py", CODE),
    "has a name of": (f"Eve_2_assignsubmission_file/{'a/' * 3000}softmax.py", CODE),
    "NUL": None,
    "symbolic link": None,
    "unpacks to": ("Eve_2_assignsubmission_file/softmax.py", b"\0" * (65 * 1024 * 1024)),
    "more than 2,000 entries": None,
    "twice": None,
    "softmax.py twice": None,
}


def hostile_members(what):
    name = "Eve_2_assignsubmission_file/softmax.py"
    if what == "symbolic link":
        info = zipfile.ZipInfo(name)
        info.external_attr = 0o120777 << 16
        return [(info, "/etc/passwd")]
    if what == "more than 2,000 entries":
        return [(f"Eve_2_assignsubmission_file/{at}.txt", "") for at in range(2001)]
    if what == "softmax.py twice":
        return [("Eve_2_assignsubmission_file_softmax.py", CODE), ("Eve_2_assignsubmission_file_softmax.py", "other")]
    if what == "twice":
        return [(name, CODE), (name, "other")]
    if what == "NUL":
        return [("Eve_2_assignsubmission_file/soft#max.py", CODE)]
    return [HOSTILE[what]]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_entry_costs_its_own_student_alone(what, tmp_path):
    """The neighbours are read, before and after it in the archive; the refusal says what was wrong."""
    place = tmp_path / "all.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Ada_1_assignsubmission_file/softmax.py", CODE)
        for name, text in hostile_members(what):
            archive.writestr(name, text)
        archive.writestr("Zoe_3_assignsubmission_file/softmax.py", CODE)
    if what == "NUL":
        place.write_bytes(place.read_bytes().replace(b"soft#max", b"soft\0max"))
    found = by_student(taken_in(place))
    assert found["Ada"].problem is None
    assert found["Zoe"].problem is None
    assert what in found["Eve"].problem
    assert found["Eve"].sources == {}


def test_an_entry_that_is_nobodys_is_told_and_costs_nobody(tmp_path):
    """What climbs out of the archive at its first step is passed over by name."""
    place = write_zip(tmp_path / "all.zip", {"../evil.py": CODE, "Ada_1_assignsubmission_file/softmax.py": CODE})
    intake = taken_in(place)
    assert [s.student for s in intake.submissions] == ["Ada"]
    assert intake.passed_over == ("..",)


def test_a_zip_of_three_hundred_students_is_read(tmp_path):
    """A whole course in one archive: each student once, with their own file."""
    place = write_zip(tmp_path / "all.zip", {
        f"Student {at}_{1000 + at}_assignsubmission_file/softmax.py": f"x = {at}\n" for at in range(300)
    })  # fmt: skip
    submissions = taken_in(place).submissions
    assert len({s.id for s in submissions}) == len(submissions) == 300
    assert all(dict(s.sources) == {"softmax.py": f"x = {s.student.split()[1]}\n"} for s in submissions)


def test_the_folder_that_a_computer_puts_around_everything_is_looked_into(tmp_path):
    """macOS packs the folder itself, and leaves traces of its own."""
    place = write_zip(tmp_path / "all.zip", {
        "CS101/Ada_1_assignsubmission_file/softmax.py": CODE,
        "CS101/.DS_Store": "x",
        "__MACOSX/CS101/._Ada_1_assignsubmission_file": "x",
    })  # fmt: skip
    assert [s.student for s in taken_in(place).submissions] == ["Ada"]


def test_moodles_sheet_beside_the_folders_is_no_submission(tmp_path):
    """A worksheet in the folder is passed over, and is no reason for doubt."""
    place = write_folder(tmp_path / "d", {"Grades.csv": "a", "Ada_1_assignsubmission_file/softmax.py": CODE})
    intake = taken_in(place)
    assert (len(intake.submissions), intake.passed_over) == (1, ("Grades.csv",))


def test_a_mixture_is_not_guessed_at(tmp_path):
    """Folders that Moodle has not named, beside some that it has, are told with what each would be."""
    place = write_folder(tmp_path / "d", {"Bob/softmax.py": CODE, "Ada_1_assignsubmission_file/softmax.py": CODE})
    with pytest.raises(IntakeError) as caught:
        taken_in(place)
    for words in ("--platform moodle", "--platform folder", "Bob"):
        assert words in str(caught.value)
    assert [s.student for s in taken_in(place, platform="moodle").submissions] == ["Ada"]
    assert len(taken_in(place, platform="folder").submissions) == 2


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06", b"not a zip at all" * 10])
def test_an_archive_that_is_none_is_refused_with_its_path(data, tmp_path):
    """A damaged download is one clear sentence."""
    (tmp_path / "all.zip").write_bytes(data)
    with pytest.raises(IntakeError, match=r"all\.zip .*(is no zip|damaged)"):
        taken_in(tmp_path / "all.zip")


def test_an_archive_with_too_many_entries_names_where_they_are(tmp_path, monkeypatch):
    """Beyond the bound of a cohort the whole archive is refused, and the folder with the most entries is named."""
    monkeypatch.setattr("autograder.intake.downloads.MAX_COHORT_ENTRIES", 50)
    place = write_zip(tmp_path / "all.zip", {f"Eve_2_assignsubmission_file/{at}.txt": "" for at in range(60)})
    with pytest.raises(IntakeError, match=r"holds 60 entries, and 50 is the most; .*Eve_2"):
        taken_in(place)


def test_an_empty_archive_and_one_of_pictures_say_what_was_looked_for(tmp_path):
    """No submission at all is an error and not a cohort of nobody."""
    with pytest.raises(IntakeError, match="is empty"):
        taken_in(write_zip(tmp_path / "empty.zip", {}))
    with pytest.raises(IntakeError, match=r"saw only a\.jpg"):
        taken_in(write_zip(tmp_path / "pictures.zip", {"a.jpg": "x"}))
