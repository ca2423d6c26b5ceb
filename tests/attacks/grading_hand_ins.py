"""Grade the hostile hand-ins beside three honest neighbours, through the real command line on a terminal."""

import json
import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import on_terminal
from hostile_hand_ins import HandIn, read_hand_ins
from watch import descendants
from zipping import REFERENCE, notebook, zipped

HAND_INS = read_hand_ins()
NEIGHBOURS = {"Ann Berg": 20.0, "李华.zip": 20.0, "Tom.ipynb": 18.0}


@dataclass(frozen=True)
class Graded:
    """What a run of `autograder grade` came to.

    files: report file -> its text. changed: paths outside its output. left: temporary files, and processes.
    """

    code: int
    screen: str
    files: dict[str, str]
    gradebook: bytes
    changed: set[str]
    left: list[str]

    @cached_property
    def reports(self) -> list[dict[str, Any]]:
        """Every report as its file has it."""
        return [json.loads(text) for text in self.files.values()]

    def of(self, hand_in: HandIn) -> list[dict[str, Any]]:
        """The reports on one hand-in's entries."""
        return [report for report in self.reports if hand_in.must.matches(report["submission"]["origin"])]


def put_neighbours(folder: Path) -> None:
    """Two perfect students and one with a mistake, each in another form."""
    right = REFERENCE.read_text(encoding="utf-8")
    (folder / "Ann Berg").mkdir(parents=True)
    (folder / "Ann Berg" / "softmax.py").write_text(right, encoding="utf-8")
    (folder / "李华.zip").write_bytes(zipped(("a05_softmax/softmax.py", right)))
    wrong = "def one_hot(y, num_classes):\n    return np.eye(num_classes)[y]\n"
    (folder / "Tom.ipynb").write_text(notebook(right, wrong), encoding="utf-8")


def tree(base: Path, leaving_out: set[Path]) -> dict[str, tuple[int, ...]]:
    """Everything below `base`, links not followed: its mode and, if it is no folder, its size and time of change."""
    found = {}
    for place, folders, files in os.walk(base):
        here = Path(place)
        folders[:] = [name for name in folders if here / name not in leaving_out]
        for name in (*folders, *files):
            seen = (here / name).lstat()
            changing = () if stat.S_ISDIR(seen.st_mode) else (seen.st_size, seen.st_mtime_ns)
            found[str(here / name)] = (seen.st_mode, *changing)
    return found


@contextmanager
def attackers_at_work(folder: Path) -> Iterator[None]:
    """Let those who go on changing what they have handed in do so."""
    stop = threading.Event()
    threads = [threading.Thread(target=one.meanwhile, args=(folder, stop)) for one in HAND_INS if one.meanwhile]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def graded_on_terminal(base: Path, backend: str, course: Path, *, attacked: bool) -> Graded:
    """Grade the folder base/in/submissions as somebody who works in base/cwd and has all else below base too."""
    folder, output = base / "in" / "submissions", base / "out"
    for name in ("cwd", "home"):
        (base / name).mkdir()
    put_neighbours(folder)
    for hand_in in HAND_INS if attacked else ():
        hand_in.module.hand_in(folder)
    command = [sys.executable, "-m", "autograder", "grade", folder, "-o", output, "--course", course]
    command += ["--assignment", "a05_softmax", "--sandbox", backend, "-j", "2"]
    leaving_out = {output, folder / "Swapped"}
    before, alive = tree(base, leaving_out), descendants()
    # Not below pytest's own folder, which keeps out the uid that grading as root drops to.
    with tempfile.TemporaryDirectory() as temporary, attackers_at_work(folder) if attacked else nullcontext():
        Path(temporary).chmod(0o755)
        environment = {"AUTOGRADER_SECRET": "a secret of the tests", "TMPDIR": temporary, "HOME": base / "home"}
        code, screen = on_terminal.run(command, base / "cwd", environment)
        left = [*map(str, Path(temporary).iterdir()), *(descendants() - alive)]
    assert code in (0, 1), screen
    changed = {path for path, _ in before.items() ^ tree(base, leaving_out).items()}
    files = {path.name: path.read_text(encoding="utf-8") for path in (output / "reports").iterdir()}
    return Graded(code, screen, files, (output / "gradebook.csv").read_bytes(), changed, left)
