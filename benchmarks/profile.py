"""Show where the time of grading goes: a profile of the grader, and one of the worker.

    python -m benchmarks.profile

The grader's is taken of a session in this process with its worker in bubblewrap. The worker's is taken in a fork of
this process that serves the same calls without a sandbox, and leaves out the fork itself. What is counted is CPU time;
with --wall it is the clock on the wall, and a function that waits for the other side shows the other side's time. A
profiler makes Python's calls dearer than the rest: read the order, not the figures.
"""

import cProfile
import os
import pstats
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from autograder.checking.examiner import Examiner
from autograder.course import find_course
from autograder.course.model import Course
from autograder.grading.session import grade
from autograder.intake.reading import read_submissions
from autograder.intake.submission import Submission
from autograder.limits import Limits
from autograder.report import unchecked_json
from autograder.sandbox.backends import BUBBLEWRAP, NONE, STRONGEST_FIRST
from autograder.sandbox.host import Host
from autograder.sandbox.link import Descriptors
from autograder.sandbox.outcome import Exit
from autograder.sandbox.worker.serving import Service, Wire
from benchmarks.cohort import make_cohort, write_cohort
from benchmarks.course import make_course
from benchmarks.machine import ROOT, SECRET

WARM = 10
Clock = Callable[[], float]


class ProfiledHost(Host):
    """Forks a worker without a sandbox that leaves a profile in `folder` when the grader hangs up."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        super().__init__("none")
        self.folder, self.clock, self.child, self.count = folder, clock, 0, 0

    def start(self) -> None:
        """Do nothing: there is no server."""

    def spawn(self, limits: Limits | None = None) -> Descriptors:
        """Fork a worker."""
        del limits
        near, far = socket.socketpair()
        read, write = os.pipe()
        self.count += 1
        self.child = os.fork()
        if self.child == 0:
            near.close()
            os.close(read)
            for stream in (1, 2):
                os.dup2(write, stream)
            _serve_profiled(far.detach(), self.folder / f"{self.count}.prof", self.clock)
        far.close()
        os.close(write)
        end = near.detach()
        return Descriptors(end, end, read)

    def end(self, patience_seconds: float = 0.0) -> Exit:
        """Wait until the worker has written its profile and ended."""
        del patience_seconds
        _, status = os.waitpid(self.child, 0)
        return Exit(os.waitstatus_to_exitcode(status))


class HungUp(BaseException):
    """The grader has closed the wire; not an Exception, which the worker would report as the student's."""


class ProfiledWire(Wire):
    """A worker's wire that raises at the end in place of ending the process."""

    def _more(self, size: int) -> None:
        data = os.read(self.read_fd, size)
        if not data:
            raise HungUp
        self.buffer += data


def _serve_profiled(wire_fd: int, file: Path, clock: Clock) -> None:
    """Serve one submission under a profiler; never returns."""
    # A student's endless loop must not outlive the run.
    signal.alarm(60)
    profiler = cProfile.Profile(clock)
    try:
        profiler.runcall(Service(ProfiledWire(wire_fd, wire_fd)).run)
    except HungUp:
        profiler.dump_stats(file)
    finally:
        os._exit(0)


def profile_grader(course: Course, submissions: Iterable[Submission], sandbox: str, clock: Clock) -> pstats.Stats:
    """Return the profile of grading in this process, after a few submissions to warm up."""
    profiler = cProfile.Profile(clock)
    graded = 0

    def sink(report: object) -> None:
        nonlocal graded
        unchecked_json(report)  # type: ignore[arg-type]
        graded += 1
        if graded == WARM:
            profiler.enable()

    with Host(sandbox) as host:
        grade(_examiner(course, host), submissions, sink)
    profiler.disable()
    return pstats.Stats(profiler)


def profile_worker(course: Course, submissions: Iterable[Submission], folder: Path, clock: Clock) -> pstats.Stats:
    """Return the profiles of all workers, added up."""
    host = ProfiledHost(folder, clock)
    grade(_examiner(course, host), submissions, lambda report: None)  # noqa: ARG005
    first, *others = sorted(map(str, folder.glob("*.prof")))
    return pstats.Stats(first).add(*others)


def _examiner(course: Course, host: Host) -> Examiner:
    return Examiner(course, course.rooms, host, SECRET.encode())


def _show(title: str, stats: pstats.Stats, count: int, top: int) -> None:
    for order, meaning in (("tottime", "in the function itself"), ("cumtime", "with what it calls")):
        click.echo(f"\n{title}: milliseconds per submission, {meaning}\n")
        click.echo(f"{'own':>8} {'with':>8} {'calls':>8}")
        entries = sorted(_entries(stats), key=lambda entry: entry[order == "cumtime"], reverse=True)
        for own, total, calls, place in entries[:top]:
            click.echo(f"{own * 1e3 / count:8.3f} {total * 1e3 / count:8.3f} {calls / count:8.1f}  {place}")


def _entries(stats: pstats.Stats) -> Iterable[tuple[float, float, int, str]]:
    timings: dict[tuple[str, int, str], tuple[int, int, float, float, object]] = stats.stats  # type: ignore[attr-defined]
    for (file, line, name), (_, calls, own, total, _) in timings.items():
        place = name if file == "~" else f"{'/'.join(Path(file).parts[-3:])}:{line} {name}"
        yield own, total, calls, place


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--submissions", "count", type=click.IntRange(1), default=100, show_default=True)
@click.option("--checks", type=click.IntRange(11), default=25, show_default=True, help="Checks left in the course.")
@click.option("--top", type=click.IntRange(1), default=25, show_default=True, help="Entries to show.")
@click.option("--sandbox", type=click.Choice((*STRONGEST_FIRST, NONE)), default=BUBBLEWRAP, show_default=True)
@click.option("--wall", is_flag=True, help="Count time on the wall in place of CPU time.")
def main(*, count: int, checks: int, top: int, sandbox: str, wall: bool) -> None:
    """Show where the time of grading goes, in the grader and in the worker."""
    clock = time.perf_counter if wall else time.process_time
    with tempfile.TemporaryDirectory(prefix="autograder-profile-") as name:
        folder = Path(name)
        course = make_course(find_course(ROOT), folder / "course", checks)
        cohort = write_cohort(folder / "cohort", make_cohort(course, WARM + count))
        submissions = read_submissions(cohort, {f"{room.module}.py" for room in course.rooms})
        _show("grader", profile_grader(course, submissions, sandbox, clock), count, top)
        profiles = folder / "profiles"
        profiles.mkdir()
        _show("worker", profile_worker(course, submissions[WARM:], profiles, clock), count, top)


if __name__ == "__main__":
    main()
