"""However a run ends before its end: what was graded stays, nobody's process or file does, the next run goes on."""

import csv
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_cohort import (
    MODULE,
    ROOM,
    STORE,
    command,
    copy_of,
    environment,
    gradebook,
    one_line,
    put,
    reports,
    reused,
    write_cohort,
)

from autograder.grading.store import open_store
from autograder.grading.temporary import PREFIX

pytestmark = pytest.mark.slow

Running = subprocess.Popen

MANY = 60
TOGETHER = MANY + 3


@pytest.fixture
def folder(tmp_path: Path, course_folder: Path) -> Path:
    """More submissions than are graded before a test interrupts."""
    folder = write_cohort(tmp_path / "submissions", course_folder)
    text = (folder / "Cho" / MODULE).read_text(encoding="utf-8")
    for number in range(MANY):
        put(folder, f"student {number:02}", f"{text}\nNUMBER = {number}\n")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The folder that is graded into."""
    return tmp_path / "out"


@pytest.fixture
def temporary() -> Iterator[Path]:
    """What the runs of this test take for /tmp, which the sandbox's own user can reach."""
    with tempfile.TemporaryDirectory(prefix="autograder-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def start(folder: Path, course_folder: Path, tmp_path: Path, temporary: Path) -> Iterator[Callable[..., Running]]:
    """Start to grade; return the running command when it has written some reports."""
    started: list[Running] = []

    def run(*words: object, reports_first: int = 3) -> Running:
        def written() -> int:
            return len(list(tmp_path.glob("out/reports/*.json")))

        line = command(folder, course_folder, "-j", 2, *words)
        variables = environment(TMPDIR=str(temporary))
        enough = written() + reports_first
        process = subprocess.Popen(
            line, cwd=tmp_path, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        wait_for(lambda: written() >= enough or process.poll() is not None)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it does not come"
        time.sleep(0.01)


def family(ancestor: int) -> set[tuple[int, str]]:
    """A process and all below it, graders, servers and workers, each with the moment of its start."""
    parents, found = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if words[0] == "Z":
            continue
        parents[int(entry.name)], found[int(entry.name)] = int(words[1]), (int(entry.name), words[19])
    kin = {ancestor}
    while more := {pid for pid, parent in parents.items() if parent in kin} - kin:
        kin |= more
    return {found[pid] for pid in kin & set(found)}


def alive(processes: set[tuple[int, str]]) -> set[tuple[int, str]]:
    return {each for each in processes if each in family(each[0])}


@pytest.mark.parametrize("sandbox", ["bubblewrap", "sandlock"])
def test_after_ctrl_c_the_rest_alone_is_graded(sandbox, start, out, temporary):
    """The gradebook of the interrupted run is valid, and that of the next byte for byte an undisturbed run's."""
    process = start("--sandbox", sandbox)
    running = family(process.pid)
    assert len(running) >= 5, "the command, two graders, two servers"
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert f"of {TOGETHER} were not graded; the same command again grades the rest" in one_line(told)
    rows = list(csv.reader((out / "gradebook.csv").open(encoding="utf-8-sig", newline="")))
    graded = set(reports(out))
    assert 3 <= len(graded) == len(rows) - 1 < TOGETHER
    wait_for(lambda: not alive(running))
    assert list(temporary.iterdir()) == []

    process = start("--sandbox", sandbox, reports_first=0)
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert reused(out) == graded
    assert f"{len(graded)} of {TOGETHER} taken from out/{STORE}" in one_line(told)
    resumed = copy_of(out, "resumed")

    process = start("--sandbox", sandbox, "--regrade", reports_first=0)
    process.communicate(timeout=120)
    assert reused(out) == set()
    assert gradebook(out) == gradebook(resumed)


def test_ctrl_c_twice_leaves_on_the_spot(start, out, temporary):
    """Exit code 130 without a traceback, the graders gone soon after, and a store that has what was graded."""
    process = start("--sandbox", "sandlock")
    kept, running = set(reports(out)), family(process.pid)
    process.send_signal(signal.SIGINT)
    time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    assert "wrote" not in told, "it took its time to write a gradebook"
    wait_for(lambda: not alive(running))
    process = start("--sandbox", "sandlock", reports_first=0)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert kept <= reused(out)
    assert len(reports(out)) == TOGETHER
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("sandbox", ["bubblewrap", "sandlock"])
def test_a_run_that_is_killed_leaves_no_process_and_the_next_run_goes_on(sandbox, start, out, temporary):
    """After kill -9 the graders end by themselves; the next run takes what was graded and removes what was left."""
    process = start("--sandbox", sandbox)
    running = family(process.pid)
    process.kill()
    process.communicate(timeout=60)
    kept = set(reports(out))
    wait_for(lambda: not alive(running))
    assert [path.name.startswith(PREFIX) for path in temporary.iterdir()] == [True]
    with open_store(out / STORE):
        pass
    process = start("--sandbox", sandbox, reports_first=0)
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 0, told
    assert kept <= reused(out)
    assert len(reports(out)) == TOGETHER
    assert list(temporary.iterdir()) == []


def test_a_killed_run_hides_no_change_of_points(start, out, folder, temporary):
    """Points that a killed run has changed without a word are told by the run that goes on."""
    process = start(reports_first=0)
    process.communicate(timeout=120)
    put(folder, "Ada", (folder / "Cho" / MODULE).read_text(encoding="utf-8"))
    process = start(reports_first=0)
    wait_for(lambda: reports(out)["Ada"]["points"] == 3.75)
    process.kill()
    process.communicate(timeout=60)
    process = start(reports_first=0)
    told, _ = process.communicate(timeout=120)
    assert "Ada" in reused(out)
    assert "Ada 4 3.75 a06_init.initialize_he 4 → 3.75" in one_line(told)


@pytest.mark.parametrize("how", ["kill -9", "Ctrl-C", "Ctrl-C twice"])
def test_a_grader_in_the_middle_of_a_check_ends_too(how, start, folder, course_copy, tmp_path):
    """Though a check of ours sleeps, nothing that the command has started is left a few moments after its end."""
    asleep = tmp_path / "asleep"
    checks = course_copy / ROOM / "checks" / f"test_{MODULE}"
    text = checks.read_text(encoding="utf-8")
    call = "    params = student.initialize_he([3, 5, 2, 7], SeededRNG(2))\n"
    assert call in text
    nap = f"    import pathlib, time\n    pathlib.Path({str(asleep)!r}).touch()\n    time.sleep(600)\n"
    checks.write_text(text.replace(call, call + nap), encoding="utf-8")
    process = start("--course", course_copy, reports_first=0)
    wait_for(asleep.exists)
    running = family(process.pid)
    assert len(running) >= 5, "the command, two graders, two servers"
    for _ in range(2 if how == "Ctrl-C twice" else 1):
        process.send_signal(signal.SIGKILL if how == "kill -9" else signal.SIGINT)
        time.sleep(0.02)
    process.communicate(timeout=60)
    assert process.returncode == (-signal.SIGKILL if how == "kill -9" else 130)
    wait_for(lambda: not alive(running))
