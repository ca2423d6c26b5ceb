"""A student's loop in a real terminal: watch, keys, hints, the map."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

WAIT_SECONDS = 60.0
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A pseudo-terminal with `autograder check --watch` in it."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.master, slave = pty.openpty()
        environment = {**os.environ, "COLUMNS": "100", "LINES": "60", "TERM": "xterm"}
        command = [sys.executable, "-m", "autograder", "check", *words, "--watch"]
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        self.seen = ""

    def press(self, key: str) -> None:
        self.seen = ""
        os.write(self.master, key.encode())

    def wait_for(self, text: str) -> str:
        """Read until `text` stands on the screen."""
        deadline = time.monotonic() + WAIT_SECONDS
        while text not in " ".join(self.seen.split()):
            assert time.monotonic() < deadline, f"{text!r} never came; the screen:\n{self.seen}"
            if select.select([self.master], [], [], 0.1)[0]:
                self.seen += ESCAPES.sub("", os.read(self.master, 65536).decode("utf-8", "replace"))
        return self.seen

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)


@pytest.fixture
def terminal(course_copy: Path) -> Iterator[Terminal]:
    """A watch over the softmax room of a course that may be changed."""
    running = Terminal(course_copy, "a05_softmax")
    yield running
    running.close()


def write(course_copy: Path, body: str) -> None:
    """Write one_hot into the student's file."""
    file = course_copy / "a05_softmax" / "softmax.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r'raise NotImplementedError\("a05_softmax\.one_hot"\)', body, text), encoding="utf-8")


@pytest.mark.slow
def test_a_watch_checks_what_is_saved_and_obeys_its_keys(terminal: Terminal, course_copy: Path) -> None:
    """Saving shows the new mistake, h a hint, l the map, n the next exercise, x gives the stub back, q ends it."""
    terminal.wait_for("watching; at hand: a05_softmax.one_hot")
    terminal.seen = ""
    write(course_copy, "return np.eye(num_classes)[y]")
    terminal.wait_for("watching; at hand: a05_softmax.one_hot")
    assert "likely" in terminal.seen
    terminal.press("h")
    terminal.wait_for("Ask again for the next one.")
    terminal.press("l")
    assert "◐ one_hot" in " ".join(terminal.wait_for("watching; at hand").split())
    terminal.press("x")
    terminal.wait_for("any other key: no")
    terminal.press("n")
    terminal.wait_for("Nothing was changed.")
    terminal.press("x")
    terminal.wait_for("any other key: no")
    terminal.press("y")
    terminal.wait_for("is its stub again")
    assert 'NotImplementedError("a05_softmax.one_hot")' in (course_copy / "a05_softmax" / "softmax.py").read_text()
    terminal.press("n")
    terminal.wait_for("watching; at hand: a05_softmax.softmax")
    terminal.press("q")
    assert terminal.process.wait(WAIT_SECONDS) == 0


@pytest.mark.slow
def test_a_half_written_file_does_not_end_the_watch(terminal: Terminal, course_copy: Path) -> None:
    """A syntax error is shown, and mending it is seen."""
    terminal.wait_for("watching; at hand: a05_softmax.one_hot")
    file = course_copy / "a05_softmax" / "softmax.py"
    whole = file.read_bytes()
    terminal.seen = ""
    file.write_bytes(whole[: len(whole) // 2] + b"\n(((")
    terminal.wait_for("SyntaxError")
    terminal.wait_for("watching; at hand")
    terminal.seen = ""
    file.write_bytes(whole)
    assert "SyntaxError" not in terminal.wait_for("watching; at hand")


def test_a_check_is_remembered_by_the_map(autograder, course_copy: Path) -> None:
    """What failed is begun, and it comes next."""
    write(course_copy, "return np.eye(num_classes)[y]")
    autograder("check", "a05_softmax.one_hot", cwd=course_copy)
    drawn = " ".join(autograder("map", cwd=course_copy).stdout.split())
    assert "◐ one_hot" in drawn
    assert "next: autograder check a05_softmax.one_hot" in drawn


def test_hints_are_asked_for_by_name(autograder, course_copy: Path) -> None:
    """A wrong name is corrected, and the last hint waits for two attempts."""
    assert "1/3" in autograder("hint", "one_hot", cwd=course_copy).stdout
    assert "2/3" in autograder("hint", "a05_softmax.one_hot", cwd=course_copy).stdout
    assert "2 to go" in " ".join(autograder("hint", "one_hot", cwd=course_copy).stdout.split())
    wrong = autograder("hint", "one_hott", cwd=course_copy)
    assert wrong.returncode == 2
    assert "one_hot" in wrong.stderr


def test_a_course_that_cannot_be_written_to_can_still_be_checked(autograder, course_copy: Path) -> None:
    """The diary's place is taken by a file: that is said, and the check goes on."""
    (course_copy / ".autograder").write_text("in the way", encoding="utf-8")
    done = autograder("check", "a05_softmax.one_hot", cwd=course_copy)
    assert done.returncode == 1
    assert ".autograder" in done.stderr
    assert "not written yet" in done.stdout
