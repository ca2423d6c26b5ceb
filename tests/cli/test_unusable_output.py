"""An output folder that cannot be used is refused in a sentence, before anything is graded and with nothing changed."""

import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small_cohort import STORE, command, environment, one_line, put, reports, reused, write_cohort

from autograder.grading.store import open_store


@pytest.fixture
def folder(tmp_path: Path, course_folder: Path) -> Path:
    """The submissions of Ada, Ben and Cho."""
    return write_cohort(tmp_path / "submissions", course_folder)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder that is graded into."""
    return tmp_path / "out"


@pytest.fixture
def grade(folder: Path, course_folder: Path, tmp_path: Path):
    """Grade the cohort; whatever comes of it."""

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        line = command(folder, course_folder, *words)
        return subprocess.run(line, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=120)

    return run


def a_folder(path: Path) -> None:
    path.mkdir()


def random_bytes(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def another_programs(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    database.close()


def truncated(path: Path) -> None:
    content = a_store(path)
    path.write_bytes(content[: len(content) // 2])


def flipped(path: Path) -> None:
    content = bytearray(a_store(path))
    middle = len(content) // 2
    content[middle : middle + 8192] = bytes(byte ^ 0xFF for byte in content[middle : middle + 8192])
    path.write_bytes(content)


def newer(path: Path) -> None:
    a_store(path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 2")
    database.close()


def a_store(path: Path) -> bytes:
    """The content of a store with a few dozen results."""
    with open_store(path) as store:
        for number in range(40):
            store.keep(f"{number:064x}", "x" * 5000)
    return path.read_bytes()


UNUSABLE: dict[str, tuple[Callable[[Path], None], str]] = {
    "a folder": (a_folder, "is not a file"),
    "random bytes": (random_bytes, "is no results store, or no longer one (it is no SQLite file)"),
    "another program's database": (another_programs, "is another program's database"),
    "truncated": (truncated, "is damaged"),
    "bytes flipped in the middle": (flipped, "is damaged"),
    "of a newer version": (newer, "is a results store of version 2, and this autograder knows version 1"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_store_that_cannot_be_used_is_named_and_left_as_it_is(what, grade, out):
    """One line says what was seen and what to do; not a byte of the file is changed, and nothing is graded."""
    make, seen = UNUSABLE[what]
    (out / "reports").mkdir(parents=True)
    make(out / STORE)
    before = content_of(out)
    done = grade()
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    told = one_line(done.stderr)
    assert told.startswith(f"autograder: out/{STORE} {seen}")
    assert "move it away" in told or "-o" in told
    assert content_of(out) == before


def content_of(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.mark.slow
def test_a_result_whose_bytes_have_changed_on_the_disk_is_found_out(grade, out):
    """A digit that was flipped in the middle of a result is no new score: the run says that the store is damaged."""
    grade()
    content = (out / STORE).read_bytes()
    assert content.count(b'"points":4.0,') > 0
    (out / STORE).write_bytes(content.replace(b'"points":4.0,', b'"points":9.0,'))
    done = grade()
    assert done.returncode == 2
    assert f"out/{STORE} is damaged (the entry" in one_line(done.stderr)
    (out / STORE).unlink()
    assert grade().returncode == 0
    assert reused(out) == set()


def test_a_folder_into_which_another_run_grades_is_refused_at_once(grade, out):
    """The second run ends in a moment, says who has the folder and what to do, and disturbs nothing."""
    out.mkdir()
    with open_store(out / STORE) as store:
        store.keep("key", "text")
        start = time.monotonic()
        done = grade()
        assert time.monotonic() - start < 20
        assert done.returncode == 2
        assert one_line(done.stderr) == (
            f"autograder: another autograder is grading into out/ (it holds {STORE});"
            " wait for it, or name another folder with -o"
        )
        store.keep("another key", "text")
    assert reports(out) == {}
    with open_store(out / STORE) as store:
        assert store.has(["key", "another key"]) == {"key", "another key"}


@pytest.mark.slow
def test_of_two_runs_at_once_one_grades_and_one_is_refused(folder, course_folder, tmp_path, out):
    """Whichever comes first finishes with every report; the other one ends with 2 and has done nothing."""
    for number in range(6):
        put(folder, f"more {number}", "x = 1\n")
    both: list[subprocess.Popen[str]] = []

    def start() -> None:
        line = command(folder, course_folder)
        both.append(subprocess.Popen(line, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE, text=True))

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ended = {process.wait(timeout=120): process.stderr.read() for process in both}
    assert sorted(ended) == [0, 2]
    assert "another autograder is grading into out/" in ended[2]
    assert len(reports(out)) == 9


# The mounts of a private namespace go when its last process does, however the test ends.
PRIVATE = ["unshare", "--mount", *["--map-root-user"] * (os.geteuid() != 0), "sh", "-ec"]


@pytest.fixture
def in_private_mounts(folder: Path, course_folder: Path, tmp_path: Path) -> Callable[[str], str]:
    """Run a shell script in which `grade` grades the cohort into ./out, with mounts that nobody else sees.

    Without a sandbox: what it needs has nothing to do with the disk that is tried here.
    """

    def run(script: str) -> str:
        line = " ".join(f"'{word}'" for word in command(folder, course_folder, "--sandbox", "none", "--unsafe"))
        whole = f'exec 2>&1\ngrade() {{ {line} "$@"; }}\n{script}'
        done = subprocess.run(
            [*PRIVATE, whole], cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return one_line(done.stdout)

    return run


@pytest.mark.slow
def test_a_read_only_folder_is_refused_before_anything_is_graded(in_private_mounts):
    """A file system that takes no writes is refused, root or not, whether the folder is empty or has a store."""
    told = in_private_mounts(
        """
        mkdir out && mount -t tmpfs -o ro tmpfs out
        grade && exit 1 || echo "ended with $?"
        umount out && mount -t tmpfs tmpfs out && grade > /dev/null && mount -o remount,ro out
        before=$(find out -type f -exec cksum {} + | sort)
        grade && exit 1 || echo "ended with $?"
        test "$before" = "$(find out -type f -exec cksum {} + | sort)"
        """
    )
    assert told.count("ended with 2") == 2
    assert "the folder out/reports cannot be made: Read-only file system; name another with -o" in told
    assert "nothing can be written to out/reports/; give yourself the right to, or name another folder with -o" in told


@pytest.mark.slow
def test_a_full_disk_is_named_and_what_is_safe_is_not_graded_again(in_private_mounts, folder):
    """The run ends with 3 and says how much is safe; with more room the same command grades the rest."""
    for number in range(30):
        put(folder, f"student {number}", f"x = {number}\n")
    told = in_private_mounts(
        """
        mkdir out && mount -t tmpfs -o size=200k tmpfs out
        grade && exit 1 || echo "ended with $?"
        mount -o remount,size=20m out
        grade
        """
    )
    first, _, second = told.partition("ended with 3")
    assert "could not be written" in first
    safe = int(first.partition(" of 33 results are safe in out/results.sqlite3")[0].split()[-1])
    assert 0 < safe < 33
    assert f"{safe} of 33 taken from out/results.sqlite3" in second
    assert "wrote 33 reports" in second
