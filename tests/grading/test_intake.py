"""The folder of submissions: what counts as one, and what is said when there is none."""

import itertools
import os
import unicodedata

import pytest
from handing_in import CODE, MODULES, NOTEBOOK, only, put, put_zip

from autograder.errors import IntakeError
from autograder.intake.reading import read_submissions
from autograder.intake.submission import digest_of, source_for


def test_each_of_the_four_forms_is_read(tmp_path):
    """A folder, a zip, a .py and a notebook each become one submission with its text."""
    put(tmp_path, "ana/softmax.py")
    put(tmp_path, "bob.py")
    put(tmp_path, "cy.ipynb", NOTEBOOK)
    put_zip(tmp_path / "dan.ZIP", {"softmax.py": CODE})
    seen = {s.student: (s.form, s.problem, dict(s.sources)) for s in read_submissions(tmp_path, MODULES)}
    assert seen == {
        "ana": ("folder", None, {"softmax.py": CODE}),
        "bob": ("py", None, {"bob.py": CODE}),
        "cy": ("ipynb", None, {"cy.ipynb": "# cell 1\nx = 1\n"}),
        "dan": ("zip", None, {"softmax.py": CODE}),
    }


def test_submissions_come_sorted_by_id(tmp_path):
    """The order does not depend on the file system."""
    for name in ("_zz", "ana", "王伟", "Bob"):
        put(tmp_path, f"{name}/softmax.py")
    ids = [submission.id for submission in read_submissions(tmp_path, MODULES)]
    assert ids == sorted(ids)
    assert set(ids) == {"zz", "ana", "王伟", "Bob"}


def test_a_missing_folder_is_named(tmp_path):
    """A path that leads nowhere is told with the path and what was expected."""
    with pytest.raises(IntakeError, match=r"no folder and no .zip .*nowhere; expected one that holds"):
        read_submissions(tmp_path / "nowhere", MODULES)


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    """A single file given as the folder is refused with advice."""
    with pytest.raises(IntakeError, match=r"is not a folder.*folder of its own"):
        read_submissions(put(tmp_path, "ana.py"), MODULES)


def test_an_empty_folder_is_told(tmp_path):
    """An empty folder is an error and not a cohort of nobody."""
    with pytest.raises(IntakeError, match="is empty"):
        read_submissions(tmp_path, MODULES)


@pytest.mark.parametrize("name", ["notes.txt", "truth.json", "truth.tsv", "grades.csv", "README.md", ".hidden.py"])
def test_a_folder_without_a_known_file_is_told(tmp_path, name):
    """Files that are nobody's answer do not make a folder of submissions, and the message shows them."""
    put(tmp_path, name)
    with pytest.raises(IntakeError) as caught:
        read_submissions(tmp_path, MODULES)
    assert name in str(caught.value)
    assert "looked for each student" in str(caught.value)


def test_a_folder_of_folders_without_a_source_is_told(tmp_path):
    """The wrong folder, full of other things, is an error and not forty empty students."""
    put(tmp_path, "photos/a.jpg")
    put(tmp_path, "music/b.mp3")
    with pytest.raises(IntakeError, match=r"has 2 folders, and no \.py"):
        read_submissions(tmp_path, MODULES)


def test_what_machines_and_instructors_leave_in_the_root_is_ignored(tmp_path):
    """Hidden files, macOS left-overs, read-me and truth files are no students."""
    put(tmp_path, "ana/softmax.py")
    for name in (".DS_Store", ".git/config", "__MACOSX/x.py", "__pycache__/y.py", "README.md", "truth.json", "g.csv"):
        put(tmp_path, name)
    assert only(tmp_path).student == "ana"


def test_one_student_without_an_answer_costs_nobody_else(tmp_path):
    """An empty folder is unreadable with a reason while its neighbour is read."""
    put(tmp_path, "ana/softmax.py")
    (tmp_path / "bob").mkdir()
    ana, bob = read_submissions(tmp_path, MODULES)
    assert ana.problem is None
    assert bob.sources == {}
    assert "holds no .py" in bob.problem


def test_another_kind_of_archive_is_a_problem_of_its_student(tmp_path):
    """A .rar is somebody's submission, so it is reported and not lost."""
    put(tmp_path, "ana.rar")
    submission = only(tmp_path)
    assert submission.student == "ana"
    assert "only .zip is read" in submission.problem


def test_names_stay_as_written_and_ids_are_safe(tmp_path):
    """Newlines, escapes, markup and formulas stay in the name and never reach the id."""
    names = ["=1+1", "a\nb", "\x1b[31mred", "<b>x<b>", "CON", "Ünï", "李雷"]
    for name in names:
        put(tmp_path, f"{name}/softmax.py")
    submissions = read_submissions(tmp_path, MODULES)
    assert {s.student for s in submissions} == set(names)
    assert {s.id for s in submissions} == {"1-1", "a-b", "31mred", "b-x-b", "student-CON", "Ünï", "李雷"}


def test_a_name_that_is_not_utf8_is_still_text(tmp_path):
    """A folder name in GBK bytes becomes Chinese, and can be encoded again."""
    folder = os.fsencode(tmp_path) + b"/" + "王小明".encode("gbk")
    os.mkdir(folder)  # noqa: PTH102 - pathlib takes no bytes
    with open(folder + b"/softmax.py", "w") as file:  # noqa: PTH123
        file.write(CODE)
    assert only(tmp_path).student == "王小明"


def test_two_entries_of_one_student_are_both_read_and_noted(tmp_path):
    """A folder and a zip of the same name get different ids, and each mentions the other."""
    put(tmp_path, "ana/softmax.py")
    put_zip(tmp_path / "ana.zip", {"softmax.py": CODE})
    first, second = read_submissions(tmp_path, MODULES)
    assert (first.id, second.id) == ("ana", "ana-2")
    assert any("ana.zip" in note for note in first.doubts + second.doubts)


@pytest.mark.parametrize(
    "names",
    [
        [unicodedata.normalize(form, "Zoë.py").encode() for form in ("NFC", "NFD")],
        ["作业.py".encode("gbk"), "作业.py".encode()],
    ],
)
def test_a_name_that_looks_the_same_is_told_of(tmp_path, names):
    """Two files whose names differ to the disk alone are two submissions, and each has a note of the other."""
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(CODE)
    first, second = read_submissions(tmp_path, MODULES)
    assert first.id != second.id
    for one, other in ((first, second), (second, first)):
        assert f"the same student also has {other.origin}, graded apart from this" in one.doubts


def test_a_crowd_of_namesakes_is_counted(tmp_path):
    """The note stays short however many there are."""
    name = "éèêë"
    spellings = {"".join(letters) for letters in itertools.product(*zip(name, map(decomposed, name), strict=True))}
    for spelling in spellings:
        put(tmp_path, f"{spelling}.py")
    assert len(spellings) == 16
    for submission in read_submissions(tmp_path, MODULES):
        (note,) = submission.doubts
        assert note.endswith(" and 12 more, graded apart from this")


def decomposed(letter):
    return unicodedata.normalize("NFD", letter)


def test_a_file_named_for_an_exercise_in_the_root_is_noted(tmp_path):
    """One student's own folder, given by mistake, is recognised and told."""
    put(tmp_path, "softmax.py")
    assert any("not for a student" in note for note in only(tmp_path).notes)


def test_the_digest_is_of_content_and_form(tmp_path):
    """Equal sources in the same form share a digest whatever the student; another text or form does not."""
    put(tmp_path, "ana/softmax.py")
    put(tmp_path, "bob/softmax.py")
    put(tmp_path, "cy/softmax.py", CODE + "\n")
    put_zip(tmp_path / "dan.zip", {"softmax.py": CODE})
    ana, bob, cy, dan = read_submissions(tmp_path, MODULES)
    assert ana.digest == bob.digest
    assert len({ana.digest, cy.digest, dan.digest}) == 3


def test_the_digest_knows_where_a_name_ends():
    """Moving a character from a name to its text changes the digest; the order of sources does not."""
    assert digest_of("folder", {"a": "bc"}) != digest_of("folder", {"ab": "c"})
    assert digest_of("folder", {"a": "1", "b": "2"}) == digest_of("folder", {"b": "2", "a": "1"})


def test_two_readings_are_equal(tmp_path):
    """Reading is deterministic."""
    put(tmp_path, "ana/softmax.py")
    put(tmp_path, "ana/old/softmax.py", "x = 1\n")
    put(tmp_path, "bob.ipynb", NOTEBOOK)
    assert read_submissions(tmp_path, MODULES) == read_submissions(tmp_path, MODULES)


def test_a_module_that_was_not_handed_in_has_no_source(tmp_path):
    """A folder with one known module answers for that one alone."""
    put(tmp_path, "ana/softmax.py")
    submission = only(tmp_path)
    assert source_for(submission, "softmax") == source_for(submission, "softmax.py") == ("softmax.py", CODE)
    assert source_for(submission, "batchnorm.py") is None
