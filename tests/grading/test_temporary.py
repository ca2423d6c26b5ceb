"""The folder for one run's temporary files: gone when the run is, whoever ends it, and nobody else's."""

import contextlib
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.errors import GraderFault
from autograder.grading.temporary import PREFIX, run_folder

HOLD = """
import sys
from autograder.grading.temporary import run_folder
with run_folder() as folder:
    (folder / "autograder-stage-x").mkdir()
    sys.stdout.write(f"{folder}\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the machine's own for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def held(place: Path):
    """A run in another process, and its folder."""
    run = subprocess.Popen(
        [sys.executable, "-c", HOLD], env={**os.environ, "TMPDIR": str(place)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert run.stdout is not None
    yield run, Path(run.stdout.readline().strip())
    run.kill()
    run.communicate()


def test_the_folder_is_removed_with_all_in_it(place):
    """What graders leave in it goes with it, also when the run ends by an error."""
    with contextlib.suppress(KeyError), run_folder() as folder:
        (folder / "autograder-scratch-x" / "deep").mkdir(parents=True)
        assert list(place.iterdir()) == [folder]
        raise KeyError
    assert list(place.iterdir()) == []


def test_another_user_can_pass_through_it_and_see_nothing(place):
    """Started as root, the sandbox's own user reaches what it is told of, and cannot list the rest."""
    with run_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o711


def test_the_folder_of_a_killed_run_is_removed_by_the_next(held, place):
    """Its lock is free when the process is dead, and that is what the next run goes by."""
    run, theirs = held
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert theirs.is_dir()
    with run_folder() as ours:
        assert sorted(place.iterdir()) == [ours]


def test_the_folder_of_a_run_that_lives_is_left_alone(held, place):
    """Two runs side by side have a folder each, and the end of one does nothing to the other."""
    _, theirs = held
    with run_folder() as ours:
        assert sorted(place.iterdir()) == sorted([ours, theirs])
    assert (theirs / "autograder-stage-x").is_dir()


def test_what_only_looks_like_a_run_s_folder_is_left_alone(place):
    """A file or a link of that name is not followed and not removed."""
    (place / "precious").mkdir()
    (place / "precious" / "file").write_text("kept")
    (place / f"{PREFIX}link").symlink_to(place / "precious")
    (place / f"{PREFIX}file").write_text("kept")
    with run_folder():
        pass
    assert sorted(path.name for path in place.iterdir()) == [f"{PREFIX}file", f"{PREFIX}link", "precious"]
    assert (place / "precious" / "file").read_text() == "kept"


def test_a_machine_without_a_temporary_folder_is_told_so(monkeypatch):
    """The fault says that no folder can be made, and which variable names another place."""
    monkeypatch.setattr(tempfile, "tempdir", "/dev/null/nowhere")
    with pytest.raises(GraderFault, match=r"no temporary folder can be made .*TMPDIR"), run_folder():
        pass
