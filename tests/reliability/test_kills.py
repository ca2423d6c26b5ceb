"""Processes are killed at random in the middle of grading; what comes out is what would have come out anyway."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import Killer, grade, hand_in
from processes import command, parents

from autograder.audit.candidates import every_candidate
from autograder.course import load_mistakes, load_reference, load_variants, read_course

pytestmark = pytest.mark.slow

ROOM = "a05_softmax"
COHORT = 300
# In each sandbox; a hundred take some two minutes there.
KILLS = int(os.environ.get("KILLS", "10"))


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory, course_folder: Path) -> Path:
    """Three hundred submissions, right, wrong and blank, and none that loops: time should go into grading."""
    course = read_course(course_folder)
    room = course.room(ROOM)
    names = vars(load_reference(course, room))
    candidates = every_candidate(course, room, load_mistakes(room, names), load_variants(room, names))
    texts = [text for candidate in candidates for text in candidate.submission.sources.values()]
    folder = tmp_path_factory.mktemp("cohort") / "submissions"
    hand_in(folder, texts, COHORT, "softmax.py")
    return folder


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A temporary folder for the runs alone, which a sandbox's own user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def settings(temporary: Path) -> dict[str, str]:
    return {**os.environ, "AUTOGRADER_SECRET": "a secret of the kill tests", "TMPDIR": str(temporary)}


def reports(output: Path) -> dict[str, str]:
    """Every report without times and without the word on whether it was taken from the store."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (output / "reports").iterdir()}
    return {name: re.sub(r'"(seconds|reused)":[a-z0-9.e-]+', "", text) for name, text in texts.items()}


@pytest.mark.parametrize("backend", ["bubblewrap", "sandlock"])
def test_many_kills_change_nothing(
    cohort: Path, course_folder: Path, tmp_path: Path, temporary: Path, backend: str
) -> None:
    """Coordinator, graders, servers and workers are killed with -9; gradebook and reports are byte-identical.

    Afterwards no process of any of these runs is alive, and nothing of theirs is in the temporary folder.
    """
    environment = settings(temporary)
    rest = ("--assignment", ROOM, "--course", course_folder, "--sandbox", backend)
    words = [sys.executable, "-m", "autograder", "grade", cohort, "-o", tmp_path / "calm", *rest]
    subprocess.run(list(map(str, words)), env=environment, check=True, capture_output=True)
    seed = random.randrange(1 << 32)
    sys.stdout.write(f"seed {seed}\n")
    killer = Killer(KILLS, random.Random(seed))
    rounds = 0
    while killer.left:
        rounds += 1
        output = tmp_path / f"round {rounds}"
        starts = grade((cohort, "-o", output, *rest), killer, environment)
        assert (output / "gradebook.csv").read_bytes() == (tmp_path / "calm" / "gradebook.csv").read_bytes()
        assert reports(output) == reports(tmp_path / "calm")
        sys.stdout.write(f"round {rounds}: {starts} starts, {dict(killer.killed)}\n")
    assert sum(killer.killed.values()) == KILLS
    assert set(killer.killed) == {"coordinator", "grader", "server", "worker"}
    assert what_is_left(temporary) == []


def what_is_left(temporary: Path) -> list[str]:
    """Files in the temporary folder, and processes whose command or environment names it, once they had time to end."""
    for _ in range(50):
        left = [path.name for path in temporary.iterdir()]
        left += [command(pid) for pid in parents() if pid != os.getpid() and str(temporary) in told_by(pid)]
        if not left:
            break
        time.sleep(0.2)
    return left


def told_by(pid: int) -> str:
    try:
        return command(pid) + Path(f"/proc/{pid}/environ").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def test_what_was_graded_before_a_kill_is_not_graded_again(
    cohort: Path, course_folder: Path, tmp_path: Path, temporary: Path
) -> None:
    """The coordinator is killed half-way: the next run takes the first half from the store and says so."""
    environment = settings(temporary)
    words = [sys.executable, "-m", "autograder", "grade", cohort, "-o", tmp_path / "out", "--assignment", ROOM]
    words += ["--course", course_folder]
    running = subprocess.Popen(list(map(str, words)), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    folder = tmp_path / "out" / "reports"
    while running.poll() is None and not (folder.is_dir() and len(list(folder.glob("*.json"))) > COHORT // 3):
        time.sleep(0.01)
    running.kill()
    running.communicate()
    written = {path.name for path in folder.glob("*.json")}
    assert COHORT // 3 < len(written) < COHORT
    done = subprocess.run(list(map(str, words)), env=environment, capture_output=True, text=True)
    reused = {
        path.name for path in folder.glob("*.json") if json.loads(path.read_text(encoding="utf-8"))["reused"] is True
    }
    assert done.returncode == 0, done.stderr
    assert written <= reused
    assert len(reused) < COHORT
    assert f"{len(reused)} of {COHORT}" in done.stdout + done.stderr
