"""Which file of a submission answers for which module."""

import zipfile

import pytest
from handing_in import CODE, MODULES, NOTEBOOK, only, put, put_zip

from autograder.intake import refusals
from autograder.intake.reading import read_submissions
from autograder.intake.submission import source_for


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_a_single_file_answers_for_every_module(tmp_path, suffix):
    """A file named for its student is the source of all rooms."""
    put(tmp_path, f"wang_wei{suffix}", NOTEBOOK if suffix == ".ipynb" else CODE)
    submission = only(tmp_path)
    assert source_for(submission, "softmax") == source_for(submission, "batchnorm")
    assert source_for(submission, "softmax")[0] == f"wang_wei{suffix}"


@pytest.mark.parametrize("inside", ["homework.py", "homework.ipynb", "test_me.py"])
def test_the_only_file_of_a_folder_answers_for_every_module(tmp_path, inside):
    """One file that is named like no module counts, whatever its name."""
    put(tmp_path, f"ana/{inside}", NOTEBOOK if inside.endswith("ipynb") else CODE)
    assert source_for(only(tmp_path), "batchnorm")[0] == inside


def test_a_named_file_comes_before_the_notebook(tmp_path):
    """The notebook answers only for modules without a file of their own."""
    put(tmp_path, "ana/softmax.py")
    put(tmp_path, "ana/all.ipynb", NOTEBOOK)
    submission = only(tmp_path)
    assert source_for(submission, "softmax")[0] == "softmax.py"
    assert source_for(submission, "batchnorm")[0] == "all.ipynb"


def test_a_named_file_comes_before_a_notebook_of_the_same_name(tmp_path):
    """softmax.py beside softmax.ipynb is read, and the notebook is noted."""
    put(tmp_path, "ana/softmax.py")
    put(tmp_path, "ana/softmax.ipynb", NOTEBOOK)
    put(tmp_path, "ana/batchnorm.ipynb", NOTEBOOK)
    submission = only(tmp_path)
    assert source_for(submission, "softmax")[0] == "softmax.py"
    assert source_for(submission, "batchnorm")[0] == "batchnorm.ipynb"


def test_a_notebook_comes_before_an_unnamed_file(tmp_path):
    """Of hw.ipynb and hw.py, which is often its export, the notebook is read and the other noted."""
    put(tmp_path, "ana/hw.ipynb", NOTEBOOK)
    put(tmp_path, "ana/hw.py")
    submission = only(tmp_path)
    assert source_for(submission, "softmax")[0] == "hw.ipynb"
    assert any("hw.py" in note for note in submission.notes)


def test_the_copy_in_its_rooms_folder_wins(tmp_path):
    """Of two files of one name the one in the room's folder is read, and the other is noted."""
    put(tmp_path, "ana/a05_softmax/softmax.py", "new = 1\n")
    put(tmp_path, "ana/old/softmax.py")
    put(tmp_path, "ana/softmax.py")
    submission = only(tmp_path)
    assert source_for(submission, "softmax") == ("a05_softmax/softmax.py", "new = 1\n")
    assert any("old/softmax.py" in note for note in submission.notes)


def test_a_short_form_of_the_module_is_its_room_too(tmp_path):
    """The folder a06_init is the room of initialization.py."""
    put(tmp_path, "ana/a06_init/initialization.py", "new = 1\n")
    put(tmp_path, "ana/initialization.py")
    (submission,) = read_submissions(tmp_path, {"initialization.py"})
    assert source_for(submission, "initialization")[1] == "new = 1\n"


def test_without_a_rooms_folder_the_shortest_path_wins(tmp_path):
    """A copy in old_softmax/ does not beat the file on top."""
    put(tmp_path, "ana/old_softmax/softmax.py")
    put(tmp_path, "ana/softmax.py", "top = 1\n")
    assert source_for(only(tmp_path), "softmax") == ("softmax.py", "top = 1\n")


@pytest.mark.parametrize("name", ["softmax (1).py", "softmax-2.py", "Softmax.PY"])
def test_a_second_download_is_read_under_its_first_name(tmp_path, name):
    """What browsers and platforms do to a name does not cost the student the room."""
    put(tmp_path, f"ana/{name}")
    put(tmp_path, "ana/batchnorm.py", "b = 1\n")
    submission = only(tmp_path)
    assert source_for(submission, "softmax") == ("softmax.py", CODE)
    assert f"{name} was read as softmax.py" in submission.notes


def test_the_exact_name_beats_a_second_download(tmp_path):
    """softmax.py is read even where softmax (1).py lies beside it."""
    put(tmp_path, "ana/softmax.py", "exact = 1\n")
    put(tmp_path, "ana/softmax (1).py")
    assert source_for(only(tmp_path), "softmax")[1] == "exact = 1\n"


def test_what_the_exact_name_beats_is_noted(tmp_path):
    """Copies that some disk or browser would have called softmax.py are named as not read, and answer for nothing."""
    put(tmp_path, "ana/softmax.py")
    for copy in ("Softmax.py", "softmax (1).py"):
        put(tmp_path, f"ana/{copy}", "copy = 1\n")
    submission = only(tmp_path)
    assert "softmax.py was read, and not Softmax.py, softmax (1).py" in submission.notes
    assert source_for(submission, "batchnorm") is None


def test_several_unnamed_files_are_not_guessed_among(tmp_path):
    """Two files of unknown names are a problem that names both and what was expected."""
    put(tmp_path, "ana/one.py")
    put(tmp_path, "ana/two.py")
    submission = only(tmp_path)
    assert submission.sources == {}
    for word in ("one.py", "two.py", "softmax.py"):
        assert word in submission.problem


def test_a_students_own_tests_answer_for_nothing(tmp_path):
    """test_softmax.py beside softmax.py is not taken for batchnorm.py."""
    put(tmp_path, "ana/softmax.py")
    put(tmp_path, "ana/test_softmax.py")
    assert source_for(only(tmp_path), "batchnorm") is None


def test_a_single_subfolder_is_looked_into(tmp_path):
    """A zip that holds nothing but one folder is read like its content."""
    put_zip(tmp_path / "ana.zip", {"homework/final/softmax.py": CODE})
    assert source_for(only(tmp_path), "softmax") == ("homework/final/softmax.py", CODE)


def test_the_one_zip_in_a_folder_is_read(tmp_path):
    """A folder that holds only a zip is read from that zip, and says so."""
    put_zip(tmp_path / "ana" / "work.zip", {"softmax.py": CODE})
    submission = only(tmp_path)
    assert submission.form == "folder"
    assert dict(submission.sources) == {"softmax.py": CODE}
    assert "read from work.zip" in submission.notes


def test_a_zip_in_a_zip_is_not_read(tmp_path):
    """Nesting ends at one level, with a reason."""
    put_zip(tmp_path / "inner.zip", {"softmax.py": CODE})
    inner = (tmp_path / "inner.zip").read_bytes()
    (tmp_path / "inner.zip").unlink()
    with zipfile.ZipFile(tmp_path / "ana.zip", "w") as archive:
        archive.writestr("work.zip", inner)
    submission = only(tmp_path)
    assert "only work.zip" in submission.problem


def test_two_zips_in_a_folder_are_not_guessed_among(tmp_path):
    """Two archives are a problem that names both."""
    put_zip(tmp_path / "ana" / "a.zip", {"softmax.py": CODE})
    put_zip(tmp_path / "ana" / "b.zip", {"softmax.py": CODE})
    assert "a.zip, ana" not in only(tmp_path).problem
    assert "a.zip, b.zip" in only(tmp_path).problem


def test_a_zip_beside_sources_is_noted_and_left(tmp_path):
    """Loose sources count before an archive."""
    put(tmp_path, "ana/softmax.py")
    put_zip(tmp_path / "ana" / "a.zip", {"softmax.py": "zipped = 1\n"})
    submission = only(tmp_path)
    assert dict(submission.sources) == {"softmax.py": CODE}
    assert any("a.zip" in note for note in submission.notes)


def test_one_bad_file_costs_itself_alone(tmp_path):
    """A source that does not decode leaves a note, and the other module is still graded."""
    put(tmp_path, "ana/softmax.py")
    (tmp_path / "ana" / "batchnorm.py").write_bytes(b"x = '\xff'\n")
    submission = only(tmp_path)
    assert submission.problem is None
    assert set(submission.sources) == {"softmax.py"}
    assert any("batchnorm.py: byte 0xff in line 1" in note for note in submission.notes)


def test_a_source_of_exactly_the_bound_is_read_and_one_byte_more_is_not(tmp_path):
    """The bound on a source is a bound and not an estimate."""
    put(tmp_path, "ana/softmax.py", "#" * refusals.MAX_SOURCE_BYTES)
    put(tmp_path, "bob/softmax.py", "#" * (refusals.MAX_SOURCE_BYTES + 1))
    ana, bob = read_submissions(tmp_path, MODULES)
    assert ana.problem is None
    assert "larger than 1 MiB" in bob.problem


def test_a_submission_beyond_its_bound_is_refused(tmp_path):
    """Nine sources of the largest size are more than one submission may hold."""
    modules = {f"m{number}.py" for number in range(9)}
    for module in modules:
        put(tmp_path, f"ana/{module}", "#" * refusals.MAX_SOURCE_BYTES)
    (submission,) = read_submissions(tmp_path, modules)
    assert "more than 8 MiB" in submission.problem
    assert submission.sources == {}


def test_too_many_sources_are_refused(tmp_path):
    """201 sources are one too many, and the count is told."""
    for number in range(refusals.MAX_SOURCES):
        put(tmp_path, f"ana/n{number}.py", "")
    put(tmp_path, "ana/softmax.py")
    assert "holds 201 source files" in only(tmp_path).problem


def test_a_venv_in_the_folder_is_passed_over(tmp_path):
    """An environment handed in with the homework costs nothing."""
    for number in range(refusals.MAX_SOURCES + 1):
        put(tmp_path, f"ana/venv/lib/n{number}.py", "")
    put(tmp_path, "ana/softmax.py")
    assert only(tmp_path).problem is None


def test_a_source_name_holds_nothing_that_a_terminal_obeys(tmp_path):
    """The name under which a source is compiled has no control characters."""
    put(tmp_path, "ana/a\x1b[2J\nb.py")
    (name,) = only(tmp_path).sources
    assert name.isprintable()
    assert name.endswith("b.py")


def test_notes_are_bounded(tmp_path):
    """A submission cannot fill a report with notes."""
    put(tmp_path, "ana/softmax.py")
    for number in range(60):
        (tmp_path / "ana" / f"link{number}.py").symlink_to("softmax.py")
    notes = only(tmp_path).notes
    assert len(notes) == refusals.MAX_NOTES + 1
    assert notes[-1].startswith("and 40 more")
