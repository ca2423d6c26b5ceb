"""The course's secret: long enough, nobody else's to read, and one however many runs ask for it first."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.grading.environment import SECRET_FILE, course_secret

ASK = """
import sys
from pathlib import Path
from autograder.grading.environment import course_secret
sys.stdin.readline()
sys.stdout.write(course_secret(Path(sys.argv[1])).decode())
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course's folder that has no secret yet, and no variable that gives one."""
    monkeypatch.delenv("AUTOGRADER_SECRET", raising=False)
    (tmp_path / "assignments").mkdir()
    return tmp_path / "assignments"


def test_the_first_run_makes_a_secret_that_its_owner_alone_can_read(course):
    """It is long, the same ever after, and nothing else is left beside it."""
    secret = course_secret(course)
    assert len(secret) == 64
    assert course_secret(course) == secret
    file = course.parent / SECRET_FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_runs_that_start_at_once_have_the_same_secret(course):
    """Of many first runs one makes the secret, and all the others read that one."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(course)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(8)
    ]
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    assert {run.communicate(timeout=60)[0] for run in runs} == {course_secret(course).decode()}
    assert [path.name for path in (course.parent / SECRET_FILE).parent.iterdir()] == [SECRET_FILE.name]


@pytest.mark.parametrize("secret", ["x", "fifteen letters"])
def test_a_secret_that_could_be_guessed_is_refused(secret, course, monkeypatch):
    """A short one is refused in a line that says where it stands and how long it has to be, file or variable."""
    (course.parent / SECRET_FILE).parent.mkdir()
    (course.parent / SECRET_FILE).write_text(secret + "\n")
    with pytest.raises(AutograderError, match=rf"in {course.parent}.* has {len(secret)} characters.* 16 or more"):
        course_secret(course)
    monkeypatch.setenv("AUTOGRADER_SECRET", secret)
    with pytest.raises(AutograderError, match=rf"in AUTOGRADER_SECRET has {len(secret)} characters.* 16 or more"):
        course_secret(course)


def test_sixteen_characters_are_enough(course, monkeypatch):
    """The shortest secret that is taken comes back as it was given."""
    monkeypatch.setenv("AUTOGRADER_SECRET", "sixteen letters!")
    assert course_secret(course) == b"sixteen letters!"


def test_a_secret_that_cannot_be_made_is_named(course):
    """Where a file stands in place of its folder the message says which, and what to do instead."""
    (course.parent / ".autograder").write_text("in the way")
    with pytest.raises(AutograderError, match=r"\.autograder/secret can be neither read nor made .*AUTOGRADER_SECRET"):
        course_secret(course)
