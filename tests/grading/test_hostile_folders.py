"""Links, FIFOs, sockets, depth and permissions in what students hand in."""

import os
import socket
import tempfile
from pathlib import Path

import pytest
from handing_in import CODE, MODULES, only, put

from autograder.errors import IntakeError
from autograder.intake import refusals
from autograder.intake.folders import opened_file
from autograder.intake.reading import read_submissions

NOBODY = 65534


@pytest.fixture
def outside(tmp_path_factory):
    secret = tmp_path_factory.mktemp("outside") / "softmax.py"
    secret.write_text("secret = 1\n")
    return secret


@pytest.fixture
def unprivileged():
    """A folder to work in while permissions hold, which they do not for root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() != 0:
            yield folder
            return
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            os.seteuid(0)


def test_a_linked_source_is_not_followed(tmp_path, outside):
    """A link in a submission is noted, and the file behind it stays unread."""
    put(tmp_path, "ana/batchnorm.py")
    (tmp_path / "ana" / "softmax.py").symlink_to(outside)
    submission = only(tmp_path)
    assert "secret" not in "".join(submission.sources.values())
    assert any("softmax.py" in note and "symbolic link" in note for note in submission.notes)


def test_a_folder_of_nothing_but_links_says_why(tmp_path, outside):
    """The problem of a submission that is all links names the link."""
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / "softmax.py").symlink_to(outside)
    submission = only(tmp_path)
    assert submission.sources == {}
    assert "symbolic link" in submission.problem


def test_a_linked_folder_inside_is_not_entered(tmp_path, outside):
    """A link to a folder is no way out either, nor a loop."""
    put(tmp_path, "ana/batchnorm.py")
    (tmp_path / "ana" / "a05_softmax").symlink_to(outside.parent)
    (tmp_path / "ana" / "loop").symlink_to(".")
    assert set(only(tmp_path).sources) == {"batchnorm.py"}


@pytest.mark.parametrize("name", ["ana.py", "ana.zip", "ana.ipynb", "ana"])
def test_a_link_in_the_root_is_a_problem(tmp_path, outside, name):
    """An entry that is a link itself is reported for its student and not followed."""
    (tmp_path / name).symlink_to(outside.parent if name == "ana" else outside)
    submission = only(tmp_path)
    assert submission.student == "ana"
    assert "symbolic link" in submission.problem


def test_a_link_whose_name_has_a_dot_is_a_problem_too(tmp_path, outside):
    """A student's name is not taken for a file with an ending that nobody hands in; a file of that kind is."""
    (tmp_path / "J. R. Doe").symlink_to(outside.parent)
    (tmp_path / "roster.csv").symlink_to(outside)
    assert "symbolic link" in only(tmp_path).problem
    assert only(tmp_path).student == "J. R. Doe"


@pytest.mark.parametrize("place", ["ana.py", "ana/softmax.py"])
def test_a_file_with_a_second_name_is_not_read(tmp_path, outside, place):
    """A hard link can be anybody's file; without its other name the same file is read."""
    put(tmp_path, "bob/softmax.py")
    (tmp_path / place).parent.mkdir(exist_ok=True)
    os.link(outside, tmp_path / place)
    ana, bob = read_submissions(tmp_path, MODULES)
    assert "(a hard link)" in ana.problem
    assert ana.sources == {}
    assert bob.problem is None
    outside.unlink()
    assert "secret" in "".join(read_submissions(tmp_path, MODULES)[0].sources.values())


def test_a_step_swapped_for_a_link_is_not_followed(tmp_path, outside):
    """Opening by name refuses links at every step, whatever the listing had said."""
    (tmp_path / "swapped").symlink_to(outside.parent)
    root = os.open(tmp_path, os.O_RDONLY)
    try:
        with pytest.raises(OSError), opened_file(root, "swapped/softmax.py"):  # noqa: PT011 - ELOOP or ENOTDIR
            pass
    finally:
        os.close(root)


@pytest.mark.parametrize("place", ["ana.py", "ana/softmax.py"])
def test_a_fifo_is_never_opened(tmp_path, place):
    """A FIFO that nobody writes to does not hold the grader up."""
    (tmp_path / place).parent.mkdir(exist_ok=True)
    os.mkfifo(tmp_path / place)
    assert "FIFO" in only(tmp_path).problem


def test_a_fifo_put_there_after_the_listing_is_refused(tmp_path):
    """Opening by name does not block on a FIFO and does not read it."""
    os.mkfifo(tmp_path / "softmax.py")
    root = os.open(tmp_path, os.O_RDONLY)
    try:
        with pytest.raises(refusals.UnreadableError, match="FIFO"), opened_file(root, "softmax.py"):
            pass
    finally:
        os.close(root)


def test_a_socket_is_never_opened(tmp_path, monkeypatch):
    """A socket named like a source is reported and left alone."""
    (tmp_path / "ana").mkdir()
    monkeypatch.chdir(tmp_path / "ana")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("softmax.py")
        assert "socket" in only(tmp_path).problem


def test_caches_and_hidden_files_are_no_answers(tmp_path):
    """Bytecode folders, checkpoints and hidden files never answer for a module."""
    put(tmp_path, "ana/a/b/softmax.py")
    for place in ("__pycache__/softmax.py", ".ipynb_checkpoints/softmax.py", "__MACOSX/softmax.py", "._softmax.py"):
        put(tmp_path, f"ana/{place}", "wrong = 1\n")
    submission = only(tmp_path)
    assert dict(submission.sources) == {"a/b/softmax.py": CODE}
    assert submission.notes == ()


def test_what_is_no_source_is_ignored(tmp_path):
    """Data, bytecode and libraries beside an answer are neither read nor mentioned."""
    put(tmp_path, "ana/softmax.py")
    for name in ("x.npy", "softmax.pyc", "softmax.so", "weights.pkl", "report.pdf"):
        put(tmp_path, f"ana/{name}")
    submission = only(tmp_path)
    assert set(submission.sources) == {"softmax.py"}
    assert submission.notes == ()


def test_deep_folders_end(tmp_path):
    """A thousand nested folders are not walked to their end, and the file on top is still read."""
    put(tmp_path, "ana/softmax.py")
    deep = tmp_path / "ana"
    for _ in range(refusals.MAX_DEPTH + 1):
        deep /= "d"
    put(deep, "batchnorm.py")
    submission = only(tmp_path)
    assert set(submission.sources) == {"softmax.py"}
    assert any("deeper than" in note for note in submission.notes)


def test_a_folder_of_too_many_entries_is_refused(tmp_path):
    """Listing stops at the bound, counted over all sub-folders."""
    put(tmp_path, "ana/softmax.py")
    for number in range(refusals.MAX_ENTRIES):
        put(tmp_path, f"ana/d{number % 2}/{number}.txt", "")
    assert "more than 2,000 files" in only(tmp_path).problem


def test_a_folder_that_may_not_be_read_is_a_problem(unprivileged):
    """Missing permission on one student's folder is told for that student."""
    put(unprivileged, "bob/softmax.py")
    locked = put(unprivileged, "ana/softmax.py").parent
    locked.chmod(0)
    try:
        ana, bob = read_submissions(unprivileged, MODULES)
    finally:
        locked.chmod(0o700)
    assert "Permission denied" in ana.problem
    assert bob.problem is None


def test_a_file_that_may_not_be_read_is_a_problem(unprivileged):
    """Missing permission on a file is told with its name."""
    put(unprivileged, "ana/softmax.py").chmod(0)
    assert "softmax.py: cannot be opened (Permission denied)" in only(unprivileged).problem


def test_a_root_that_may_not_be_read_is_an_intake_error(unprivileged):
    """Missing permission on the whole folder ends the run with a reason."""
    root = unprivileged / "root"
    root.mkdir(mode=0)
    with pytest.raises(IntakeError, match="Permission denied"):
        read_submissions(root, MODULES)


def test_no_descriptor_is_left_open(tmp_path, outside):
    """Reading good, hostile and broken submissions leaks no descriptor."""
    put(tmp_path, "ana/softmax.py")
    put(tmp_path, "bob.zip", "no zip")
    put(tmp_path, "cy.ipynb", "{")
    (tmp_path / "dan.py").symlink_to(outside)
    os.mkfifo(tmp_path / "eve.py")
    # What earlier tests left to the garbage collector may be closed meanwhile, so only descriptors that are new count.
    before = {path.name for path in Path("/proc/self/fd").iterdir()}
    for _ in range(3):
        read_submissions(tmp_path, MODULES)
    after = {path.name for path in Path("/proc/self/fd").iterdir()}
    assert len(after - before) <= 1
