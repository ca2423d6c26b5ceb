"""Root and an ordinary user grade alike: no submission ever runs as root, and both sandboxes hold for both."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.sandbox import drop

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
ORDINARY_UID = 61_000
WHO = """

def accuracy(A, y):
    import os
    raise ValueError(f"I am {os.getuid()}, {os.geteuid()}, of {os.getgroups()}")


def one_hot(y, num_classes):
    for place in ("/etc/shadow", "/etc/passwd", "/root/.bashrc", "/proc/1/environ"):
        try:
            raise ValueError(open(place).read()[:40])
        except OSError:
            pass
    raise ValueError("nothing can be read")
"""


@dataclass(frozen=True)
class User:
    """Somebody who grades, in a place of their own: the course and the package are copies there."""

    place: Path
    drops: bool

    def runs(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run `autograder` with these arguments, as this user, in the place."""
        words = [sys.executable, "-m", "autograder", *map(str, arguments)]
        if self.drops:
            needed = map(str, (sys.base_prefix, sys.prefix, self.place))
            giving_up_root = [sys.executable, "-I", "-S", str(drop.__file__), str(ORDINARY_UID), *needed]
            words = [*giving_up_root, "--", "env", "-C", str(self.place), *words]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.place), "PYTHONPATH": str(self.place)}
        environment |= {"COLUMNS": "100", "AUTOGRADER_SECRET": "a secret of the tests of users"}
        return subprocess.run(words, cwd=self.place, env=environment, capture_output=True, text=True)


@pytest.fixture(params=["root", "an ordinary user"])
def user(request: pytest.FixtureRequest) -> Iterator[User]:
    """Root, where the tests run as root, and an ordinary user."""
    is_root = os.geteuid() == 0
    if request.param == "root" and not is_root:
        pytest.skip("this is not root")
    place = Path(tempfile.mkdtemp(prefix="users of the tests "))
    place.chmod(0o755)
    for name in ("autograder", "reference", "assignments"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    drops = is_root and request.param != "root"
    for path in (place, *place.rglob("*")) if drops else ():
        os.chown(path, ORDINARY_UID, ORDINARY_UID)
    yield User(place, drops)
    shutil.rmtree(place)


def test_the_doctor_finds_that_both_sandboxes_hold(user: User) -> None:
    """Every attack of the doctor's is refused, in either sandbox."""
    done = user.runs("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed" not in done.stdout
    assert "✓  bubblewrap: reading" in done.stdout
    assert "✓  sandlock: reading" in done.stdout


@pytest.mark.parametrize("backend", ["bubblewrap", "sandlock"])
def test_a_submission_is_nobody_and_reads_nothing(user: User, backend: str) -> None:
    """It is not root, in no group of root's, and neither the machine's nor the grader's files are there for it."""
    place = user.place
    right = (place / "reference" / "softmax.py").read_text(encoding="utf-8")
    student = place / "submissions" / "student"
    student.mkdir(parents=True)
    (student / "softmax.py").write_text(right + WHO, encoding="utf-8")
    done = user.runs("grade", "submissions", "-o", "out", "--assignment", "a05_softmax", "--sandbox", backend)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((place / "out" / "reports" / "student.json").read_text(encoding="utf-8"))
    told = {item["name"]: item["checks"][0]["feedback"] for item in report["exercises"] if item["points"] == 0}
    who = re.search(r"I am (\d+), (\d+), of \[(.*?)\]", told["accuracy"]["evidence"])
    assert who is not None
    assert "0" not in (who[1], who[2], *who[3].split(", "))
    assert "nothing can be read" in told["one_hot"]["evidence"]
